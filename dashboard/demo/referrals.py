"""Referrals: who sends them, the screen, the referral panel, and the wait.

A referral is drawn without looking at any other, so that a service of any size is a longer list
of the same kind: `pathways` draws until the number asked for is reached.
"""

from dataclasses import dataclass, fields
from datetime import date

import numpy as np
import polars as pl

from dashboard.demo import profile
from dashboard.demo.arrivals import (
    COUNTY_KEYS,
    COUNTY_OF_DISTRICT,
    Arrivals,
    arrivals,
    districts,
    next_panel,
    weekly_from,
)
from dashboard.demo.chance import (
    NEVER,
    Bools,
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
from dashboard.demo.stories import DRIED_UP_DAYS, DRIED_UP_DISTRICT

ROUTES = ("operational_policing", "partner_agency", "marac", "referral_panel", "other")
ACCEPT, DEFER, DECLINE, UNDECIDED = 0, 1, 2, -1
DECISIONS = ("accept", "defer", "decline")
ROUNDS = 3  # a referral may be deferred twice


@dataclass
class Pathways:
    """Referrals, an array for each thing known of them; days as numbers, NEVER where not.

    Days may lie after today: the future is drawn too, and left out when records are written.
    `decided_on` and `decision` have a column for each round at the referral panel.
    `entered_twice` marks the copy, right after its original, of a referral entered twice.
    """

    received: Ints
    district: Ints
    agency: Ints
    route: Ints
    screened: Ints
    eligible: Bools
    withdrawn: Ints
    decided_on: Ints
    decision: Ints
    accepted: Ints
    declined: Ints
    allocated: Ints
    entered_twice: Bools

    def __len__(self) -> int:
        return len(self.received)

    @property
    def county(self) -> Ints:
        return COUNTY_OF_DISTRICT[self.district]

    def take(self, rows: Ints | Bools) -> "Pathways":
        """Some of them, in the order of `rows`."""
        return Pathways(*(getattr(self, each.name)[rows] for each in fields(self)))

    @staticmethod
    def together(parts: "list[Pathways]") -> "Pathways":
        return Pathways(
            *(
                np.concatenate([getattr(part, each.name) for part in parts])
                for each in fields(Pathways)
            )
        )


def draw(rng: np.random.Generator, rate: Arrivals, size: int, today: date) -> Pathways:
    """That many referrals, in no order; fewer where a district has dried up."""
    weekly = day_number(weekly_from(today))
    place = pick(rng, rate.by_day.ravel(), size)
    county, day = np.divmod(place, rate.by_day.shape[1])
    received = rate.first_day + day
    district = districts(rng, county)
    dried_up = [each.code for each in profile.DISTRICTS].index(DRIED_UP_DISTRICT)
    kept = (district != dried_up) | (received <= day_number(today) - DRIED_UP_DAYS)
    received, district, county = received[kept], district[kept], county[kept]
    size = len(received)

    agency = _agency(rng, county, received)
    screened = working_day(received + after(rng, profile.DAYS_TO_SCREEN, size))
    eligible = yes(rng, profile.ELIGIBLE, size)
    decided_on, decision = _decisions(rng, np.where(eligible, screened, NEVER), weekly)
    accepted = np.where(decision == ACCEPT, decided_on, NEVER).min(axis=1)
    declined = np.where(decision == DECLINE, decided_on, NEVER).min(axis=1)
    wait = np.where(
        accepted < weekly,
        after(rng, profile.DAYS_TO_ALLOCATION_AT_FIRST, size),
        after(rng, profile.DAYS_TO_ALLOCATION_LATER, size),
    )
    allocated = np.where(accepted < NEVER, working_day(accepted + wait), NEVER)

    would_withdraw = received + after(rng, profile.DAYS_TO_WITHDRAWAL, size)
    ended = np.minimum(np.minimum(allocated, declined), np.where(eligible, NEVER, screened))
    withdraws = yes(rng, profile.WITHDRAWN, size) & (would_withdraw < ended)
    withdrawn = np.where(withdraws, would_withdraw, NEVER)
    gone = decided_on >= withdrawn[:, None]
    return Pathways(
        received=received,
        district=district,
        agency=agency,
        route=_route(rng, agency),
        screened=np.where(screened < withdrawn, screened, NEVER),
        eligible=eligible,
        withdrawn=withdrawn,
        decided_on=np.where(gone, NEVER, decided_on),
        decision=np.where(gone, UNDECIDED, decision),
        accepted=np.where(accepted < withdrawn, accepted, NEVER),
        declined=declined,
        allocated=np.where(allocated < withdrawn, allocated, NEVER),
        entered_twice=np.zeros(size, dtype=bool),
    )


def pathways(rng: np.random.Generator, today: date, cases: int | None) -> Pathways:
    """All referrals by the day received: the default number, or as many as bring `cases` cases.

    Raises ValueError where so soon after launch none could have been allocated.
    """
    rate = arrivals(today)
    if cases is None:
        drawn = draw(rng, rate, round(rate.expected), today)
    else:
        drawn = _until(rng, rate, today, cases)
    drawn = _enter_some_twice(rng, drawn)
    return drawn.take(np.argsort(drawn.received, kind="stable"))


def _until(rng: np.random.Generator, rate: Arrivals, today: date, cases: int) -> Pathways:
    parts: list[Pathways] = []
    found = 0
    while found < cases:
        share = found / sum(map(len, parts)) if found else 0.5
        part = draw(rng, rate, int((cases - found) / share * 1.05) + 50, today)
        parts.append(part)
        found += int((part.allocated <= day_number(today)).sum())
        if not found and len(parts) > 3:
            raise ValueError(
                f"On {today} hardly a case could have been allocated: the made-up service went "
                f"live on {profile.LAUNCHED_ON}. Choose a later day."
            )
    drawn = Pathways.together(parts)
    brought = np.cumsum(drawn.allocated <= day_number(today))
    return drawn.take(np.arange(int(np.searchsorted(brought, cases)) + 1))


def _enter_some_twice(rng: np.random.Generator, drawn: Pathways) -> Pathways:
    """A mistake that real records have: the copy is found out and withdrawn in a few days."""
    twice = yes(rng, profile.ENTERED_TWICE, len(drawn))
    rows = np.repeat(np.arange(len(drawn)), 1 + twice)
    copied = drawn.take(rows)
    copies = np.append(False, rows[1:] == rows[:-1])
    copied.entered_twice = copies
    copied.withdrawn = np.where(copies, copied.received + 6, copied.withdrawn)
    for days in ("screened", "accepted", "declined", "allocated"):
        setattr(copied, days, np.where(copies, NEVER, getattr(copied, days)))
    copied.decided_on = np.where(copies[:, None], NEVER, copied.decided_on)
    return copied


def _agency(rng: np.random.Generator, county: Ints, received: Ints) -> Ints:
    """The referring agency; before it joined, the police of the county refer instead."""
    agency = np.zeros(len(county), dtype=np.int64)
    joined = np.array([day_number(each.joined_on) for each in AGENCIES])
    for number, key in enumerate(COUNTY_KEYS):
        here = np.flatnonzero(county == number)
        weights = [each.share * (each.county == key) for each in AGENCIES]
        police = next(n for n, each in enumerate(AGENCIES) if each.county == key)
        drawn = pick(rng, weights, len(here))
        agency[here] = np.where(joined[drawn] <= received[here], drawn, police)
    return agency


def _route(rng: np.random.Generator, agency: Ints) -> Ints:
    police = np.array([each.sector == "police" for each in AGENCIES])[agency]
    drawn = [
        pick(rng, [weights.get(route, 0.0) for route in ROUTES], len(agency))
        for weights in (profile.ROUTES_OF_POLICE, profile.ROUTES_OF_OTHERS)
    ]
    return np.where(police, *drawn)


def _decisions(rng: np.random.Generator, screened: Ints, weekly: int) -> tuple[Ints, Ints]:
    """Days and decisions of each round; those deferred are decided again at a later panel."""
    days = np.full((len(screened), ROUNDS), NEVER)
    decisions = np.full((len(screened), ROUNDS), UNDECIDED)
    ready = screened + 2
    open_ = screened < NEVER
    for turn in range(ROUNDS):
        panel = next_panel(ready, weekly)
        deferred = yes(rng, profile.DEFERRED if turn < ROUNDS - 1 else 0.0, len(screened))
        accepted = yes(rng, profile.ACCEPTED, len(screened))
        outcome = np.where(deferred, DEFER, np.where(accepted, ACCEPT, DECLINE))
        days[open_, turn] = panel[open_]
        decisions[open_, turn] = outcome[open_]
        open_ = open_ & deferred
        ready = panel + between(rng, 5, 12, len(screened))
    return days, decisions


def referral_tables(
    rng: np.random.Generator, referrals: Pathways, users: Ints, today: int, width: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The tables `referrals` and `referral_decisions`, with what is known today.

    `users` are the numbers of the service users.
    """
    names = ids("R", np.arange(1, len(referrals) + 1), width)
    table = pl.DataFrame(
        {
            "referral_id": names,
            "service_user_id": ids("SU", users, width),
            "area_code": coded([each.code for each in profile.DISTRICTS], referrals.district),
            "received_on": on(referrals.received),
            "agency_id": coded([each.agency_id for each in AGENCIES], referrals.agency),
            "route": coded(ROUTES, referrals.route),
            "screened_on": happened(referrals.screened, today),
            "eligible": pl.Series(referrals.eligible).set(
                pl.Series(referrals.screened > today), None
            ),
            "withdrawn_on": happened(referrals.withdrawn, today),
        }
    )
    referral, turn = np.nonzero(referrals.decided_on <= today)
    decision = referrals.decision[referral, turn]
    reason = np.select(
        [decision == ACCEPT, decision == DEFER],
        [0, 1],
        2 + pick(rng, list(profile.DECLINE_REASONS.values()), len(referral)),
    )
    decisions = pl.DataFrame(
        {
            "referral_id": names.gather(referral),
            "decided_on": on(referrals.decided_on[referral, turn]),
            "decision": coded(DECISIONS, decision),
            "reason": coded(
                ["meets_criteria", "more_information", *profile.DECLINE_REASONS], reason
            ),
        }
    )
    return table, decisions
