"""Cases: how long they last, why they close, how they are worked, and where they move."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import polars as pl

from dashboard.demo import profile
from dashboard.demo.arrivals import COUNTY_OF_DISTRICT
from dashboard.demo.chance import (
    NEVER,
    Bools,
    Ints,
    after,
    between,
    coded,
    happened,
    ids,
    on,
    pick,
    working_day_before,
    yes,
)
from dashboard.demo.referrals import Pathways

PLANNED_COMPLETION = 0
REASONS = ("planned_completion", *profile.UNPLANNED_REASONS)
DIRECT, DISRUPT_ONLY = 0, 1
ENGAGEMENTS = ("direct", "disrupt_only")


@dataclass
class Cases:
    """Cases in order of allocation, an array for each thing known; the future is drawn too.

    `number` counts from 1; `referral` is a position in the referrals, `person` the number of the
    service user. `closed` may lie after today. `engaged_on` and `engaged` have a column for each
    spell of engagement, `moved` is the day of moving to `moved_to`.
    `quiet_from` and `rising` are set by the stories: no contact from that day; risk that rises.
    """

    number: Ints
    referral: Ints
    person: Ints
    district: Ints
    allocated: Ints
    planned_end: Ints
    closed: Ints
    reason: Ints
    plan: Ints
    engaged_on: Ints
    engaged: Ints
    moved: Ints
    moved_to: Ints
    quiet_from: Ints
    rising: Bools

    def __len__(self) -> int:
        return len(self.number)

    @property
    def county(self) -> Ints:
        return COUNTY_OF_DISTRICT[self.district]

    @property
    def storied(self) -> Bools:
        """Whether a story of a case was planted in it."""
        return self.rising | (self.quiet_from < NEVER)

    def take(self, rows: Any) -> "Cases":
        """Some of them, in the order of `rows`."""
        return Cases(*(getattr(self, each.name)[rows] for each in fields(self)))

    def blocks(self, size: int) -> "Iterator[Cases]":
        """All of them, a number at a time."""
        for start in range(0, len(self), size):
            yield self.take(slice(start, start + size))

    def last_day(self, today: int) -> Ints:
        """The day before which all work on a case lies: its closure, or the day after today."""
        return np.minimum(self.closed, today + 1)


def closures(rng: np.random.Generator, allocated: Ints) -> tuple[Ints, Ints, Ints]:
    """Planned end, day of closure and its reason, for these days of allocation."""
    size = len(allocated)
    planned_end = _months_later(allocated, profile.PLANNED_MONTHS)
    planned = yes(rng, profile.PLANNED, size)
    late = np.rint(rng.normal(2, 18, size)).astype(np.int64)
    early = np.rint(16 + rng.beta(1.5, 1.6, size) * 260).astype(np.int64)
    reason = 1 + pick(rng, list(profile.UNPLANNED_REASONS.values()), size)
    closed = working_day_before(np.where(planned, planned_end + late, allocated + early))
    return planned_end, closed, np.where(planned, PLANNED_COMPLETION, reason)


def all_cases(
    rng: np.random.Generator,
    referrals: Pathways,
    users: Ints,
    closing: tuple[Ints, Ints, Ints],
    today: int,
) -> Cases:
    """The cases allocated by today. `closing` is what `closures` drew for each referral."""
    of_referral = np.flatnonzero(referrals.allocated <= today)
    of_referral = of_referral[np.argsort(referrals.allocated[of_referral], kind="stable")]
    size = len(of_referral)
    allocated = referrals.allocated[of_referral]
    planned_end, closed, reason = (each[of_referral] for each in closing)
    plan = allocated + after(rng, profile.DAYS_TO_PLAN, size)
    agreed = yes(rng, profile.PLAN_AGREED, size) & (plan < closed)
    engaged_on, engaged = _engagement(rng, allocated, closed)
    district = referrals.district[of_referral]
    moved = allocated + between(rng, 40, 200, size)
    moves = yes(rng, profile.MOVES_DISTRICT, size) & (moved < closed) & (moved <= today)
    return Cases(
        number=np.arange(1, size + 1),
        referral=of_referral,
        person=users[of_referral],
        district=district,
        allocated=allocated,
        planned_end=planned_end,
        closed=closed,
        reason=reason,
        plan=np.where(agreed, plan, NEVER),
        engaged_on=engaged_on,
        engaged=engaged,
        moved=np.where(moves, moved, NEVER),
        moved_to=_elsewhere(rng, district),
        quiet_from=np.full(size, NEVER),
        rising=np.zeros(size, dtype=bool),
    )


def case_tables(
    held: Cases, today: int, width: int
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """The tables `cases`, `case_areas` and `engagement`."""
    codes = [each.code for each in profile.DISTRICTS]
    names = ids("C", held.number, width)
    table = pl.DataFrame(
        {
            "case_id": names,
            "referral_id": ids("R", held.referral + 1, width),
            "area_code": coded(codes, held.district),
            "allocated_on": on(held.allocated),
            "plan_agreed_on": happened(held.plan, today),
            "planned_end_on": on(held.planned_end),
            "closed_on": happened(held.closed, today),
            "closure_reason": coded(REASONS, np.where(held.closed <= today, held.reason, -1)),
        }
    )
    moved = held.moved < NEVER
    before = pl.DataFrame(
        {
            "case_id": names.filter(pl.Series(moved)),
            "area_code": coded(codes, held.district[moved]),
            "from_on": on(held.allocated[moved]),
            "to_on": on(held.moved[moved]),
        }
    )
    since = pl.DataFrame(
        {
            "case_id": names.filter(pl.Series(moved)),
            "area_code": coded(codes, held.moved_to[moved]),
            "from_on": on(held.moved[moved]),
            "to_on": on(np.full(int(moved.sum()), NEVER)),
        }
    )
    areas = pl.concat([before, since]).sort("case_id", "from_on")
    known = (held.engaged_on <= today) & (held.engaged_on < held.closed[:, None])
    case, spell = np.nonzero(known)
    engagement = pl.DataFrame(
        {
            "case_id": names.gather(case),
            "from_on": on(held.engaged_on[case, spell]),
            "engagement": coded(ENGAGEMENTS, held.engaged[case, spell]),
        }
    )
    return table, areas, engagement


def _months_later(days: Ints, months: int) -> Ints:
    """The same day of the month, that many months later."""
    later = pl.Series(np.where(days >= NEVER, 0, days)).cast(pl.Int32).cast(pl.Date)
    moved = later.dt.offset_by(f"{months}mo").cast(pl.Int32).to_numpy().astype(np.int64)
    return np.where(days >= NEVER, NEVER, moved)


def _engagement(rng: np.random.Generator, allocated: Ints, closed: Ints) -> tuple[Ints, Ints]:
    """Two spells of engagement at most: as it starts, and after a change if there is one."""
    size = len(allocated)
    starts = np.where(yes(rng, profile.STARTS_DIRECT, size), DIRECT, DISRUPT_ONLY)
    share = np.where(starts == DIRECT, profile.BECOMES_DISRUPT_ONLY, profile.BECOMES_DIRECT)
    change = allocated + between(rng, 18, 130, size)
    changes = yes(rng, share, size) & (change < closed)
    engaged_on = np.stack([allocated, np.where(changes, change, NEVER)], axis=1)
    return engaged_on, np.stack([starts, 1 - starts], axis=1)


def _elsewhere(rng: np.random.Generator, district: Ints) -> Ints:
    """Another district of the same county."""
    other = np.zeros(len(district), dtype=np.int64)
    for number in range(len(profile.DISTRICTS)):
        here = np.flatnonzero(district == number)
        neighbours = np.flatnonzero(COUNTY_OF_DISTRICT[number] == COUNTY_OF_DISTRICT)
        neighbours = neighbours[neighbours != number]
        other[here] = neighbours[between(rng, 0, len(neighbours) - 1, len(here))]
    return other
