"""What partner agencies were asked to do for a case, and when they did it."""

import numpy as np
import polars as pl

from dashboard.demo import profile
from dashboard.demo.arrivals import COUNTY_KEYS
from dashboard.demo.cases import Cases
from dashboard.demo.chance import (
    NEVER,
    Ints,
    after,
    between,
    coded,
    day_number,
    happened,
    ids,
    on,
    pick,
    working_day,
    yes,
)
from dashboard.demo.partnership import AGENCIES
from dashboard.demo.stories import OVERDUE_PARTNER, OVERDUE_SINCE

# Partners act in other shares than they refer: police less, housing and treatment more.
LEAST_SHARE_OF_ACTIONS = 0.08
MORE_ACTIONS = {OVERDUE_PARTNER: 0.25}


def partner_actions(rng: np.random.Generator, block: Cases, today: int, width: int) -> pl.DataFrame:
    """The table `partner_actions` of a block, its ids still to be given."""
    last_day = block.last_day(today)
    case = np.repeat(
        np.arange(len(block)), rng.poisson(profile.ACTIONS_OF_A_CASE * 1.3, len(block))
    )
    raised = working_day(block.allocated[case] + 2 + between(rng, 0, 250, len(case)))
    case, raised = (each[raised < last_day[case]] for each in (case, raised))
    order = np.lexsort((raised, case))
    case, raised = case[order], raised[order]
    size = len(case)
    agency = _acting_agency(rng, block.county[case], raised)
    spans = np.array(profile.ACTION_DUE_AFTER)
    due = working_day(raised + spans[between(rng, 0, len(spans) - 1, size)])

    overdue = next(n for n, each in enumerate(AGENCIES) if each.agency_id == OVERDUE_PARTNER)
    never_share = np.where(
        (agency == overdue) & (raised >= today - OVERDUE_SINCE),
        profile.ACTION_NEVER_OF_THE_OVERDUE_PARTNER,
        profile.ACTION_NEVER,
    )
    done = np.where(
        yes(rng, profile.ACTION_LATE, size),
        due + 1 + after(rng, (10, 0.8), size),
        between(rng, raised, due, size),
    )
    done = np.where(yes(rng, never_share, size), NEVER, done)
    kinds = profile.ACTION_KINDS
    return pl.DataFrame(
        {
            "case_id": ids("C", block.number[case], width),
            "agency_id": coded([each.agency_id for each in AGENCIES], agency),
            "kind": coded(kinds, pick(rng, list(kinds.values()), size)),
            "raised_on": on(raised),
            "due_on": on(due),
            "completed_on": happened(done, today),
        }
    )


def _acting_agency(rng: np.random.Generator, county: Ints, raised: Ints) -> Ints:
    agency = np.zeros(len(county), dtype=np.int64)
    joined = np.array([day_number(each.joined_on) for each in AGENCIES])
    for number, key in enumerate(COUNTY_KEYS):
        here = np.flatnonzero(county == number)
        weights = [
            (each.share + MORE_ACTIONS.get(each.agency_id, LEAST_SHARE_OF_ACTIONS))
            * (each.county == key)
            for each in AGENCIES
        ]
        police = next(n for n, each in enumerate(AGENCIES) if each.county == key)
        drawn = pick(rng, weights, len(here))
        agency[here] = np.where(joined[drawn] <= raised[here], drawn, police)
    return agency
