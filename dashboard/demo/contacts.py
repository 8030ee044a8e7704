"""Contacts of the case manager: by risk, mostly in time, some missed or cancelled."""

import numpy as np
import polars as pl

from dashboard.demo import profile
from dashboard.demo.assessments import LEVELS, Assessed, level_on
from dashboard.demo.cases import DIRECT, Cases
from dashboard.demo.chance import (
    NEVER,
    Ints,
    between,
    coded,
    ids,
    on,
    pick,
    working_day,
    working_day_before,
    yes,
)

KEPT, MISSED, CANCELLED = 0, 1, 2
OUTCOMES = ("kept", "missed", "cancelled")
INTERVALS = np.array([profile.CONTACT_DAYS[level] for level in LEVELS])
KINDS = ("in_person", "telephone", "video", "multi_agency", "other")


def contacts(
    rng: np.random.Generator, block: Cases, made: Assessed, today: int, width: int
) -> pl.DataFrame:
    """The table `contacts` of a block, its ids still to be given.

    From one kept contact to the next the set time of the case's risk on that day is kept to, or
    a little more goes by, often because one in between was missed.
    """
    end = np.minimum(block.last_day(today), block.quiet_from)
    days: list[Ints] = []
    cases: list[Ints] = []
    outcomes: list[Ints] = []

    def record(case: Ints, day: Ints, outcome: Ints) -> None:
        before_end = day < end[case]
        cases.append(case[before_end])
        days.append(day[before_end])
        outcomes.append(outcome[before_end])

    case = np.arange(len(block))
    day = working_day(block.allocated + between(rng, 1, 6, len(block)))
    while len(case):
        open_ = day < end[case]
        case, day = case[open_], day[open_]
        size = len(case)
        record(case, day, np.full(size, KEPT))
        interval = INTERVALS[level_on(made, day, case)]
        in_time = working_day_before(day + interval - between(rng, 0, interval // 7, size))
        lateness = 1 + np.floor(rng.exponential(3.5, size)).astype(np.int64)
        late = yes(rng, profile.CONTACT_LATE, size)
        fails = yes(rng, np.where(late, 0.75, 0.06), size)
        tried = working_day_before(day + np.maximum(interval * np.where(late, 4, 2) // 4 - 1, 1))
        not_kept = np.where(yes(rng, 0.75, size), MISSED, CANCELLED)
        record(case[fails], tried[fails], not_kept[fails])
        day = np.where(late, working_day(day + interval + lateness), in_time)
    _after_closure(rng, block, today, record_all=(cases, days, outcomes))

    of_case, on_day, outcome = (np.concatenate(each) for each in (cases, days, outcomes))
    order = np.lexsort((outcome, on_day, of_case))
    of_case, on_day, outcome = of_case[order], on_day[order], outcome[order]
    return pl.DataFrame(
        {
            "case_id": ids("C", block.number[of_case], width),
            "occurred_on": on(on_day),
            "kind": coded(KINDS, _kinds(rng, block, of_case, on_day)),
            "outcome": coded(OUTCOMES, outcome),
        }
    )


def _after_closure(
    rng: np.random.Generator,
    block: Cases,
    today: int,
    record_all: tuple[list[Ints], list[Ints], list[Ints]],
) -> None:
    """A mistake that real records have: a contact entered for a case already closed."""
    day = working_day(block.closed + between(rng, 1, 9, len(block)))
    wrong = np.flatnonzero(yes(rng, profile.CONTACT_AFTER_CLOSURE, len(block)) & (day <= today))
    for listed, values in zip(
        record_all, (wrong, day[wrong], np.full(len(wrong), KEPT)), strict=True
    ):
        listed.append(values)


def _kinds(rng: np.random.Generator, block: Cases, case: Ints, day: Ints) -> Ints:
    changed = (block.engaged_on[case, 1] <= day) & (block.engaged_on[case, 1] < NEVER)
    engaged = np.where(changed, block.engaged[case, 1], block.engaged[case, 0])
    drawn = [
        pick(rng, [weights.get(kind, 0.0) for kind in KINDS], len(case))
        for weights in (profile.KINDS_OF_DIRECT, profile.KINDS_OF_DISRUPT_ONLY)
    ]
    return np.where(engaged == DIRECT, *drawn)
