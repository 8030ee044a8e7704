"""What MARAC and police hold on people before, during and after a case, and comparison people."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from dashboard.demo import profile
from dashboard.demo.cases import Cases
from dashboard.demo.chance import (
    Floats,
    Ints,
    between,
    coded,
    happened,
    ids,
    on,
    pick,
    working_day,
)

CATEGORIES = (*profile.CRIME_CATEGORIES, "domestic_incident")


@dataclass(frozen=True)
class Change:
    """The rate of something during and after a case, against before."""

    during: float
    after: float


NO_CHANGE = Change(1.0, 1.0)
MARAC_CHANGE = Change(profile.MARAC_DURING, profile.MARAC_AFTER)
POLICE_CHANGE = Change(profile.POLICE_DURING, profile.POLICE_AFTER)


def marac(
    rng: np.random.Generator,
    person: pl.Series,
    victim: pl.Series,
    district: Ints,
    spans: Ints,
    changes: bool,
    today: int,
) -> pl.DataFrame:
    """The table `marac_referrals` of some people, its ids still to be given.

    `spans` has the columns allocated and closed; `changes` says whether less happens since.
    """
    change = MARAC_CHANGE if changes else NO_CHANGE
    who, referred = _over_time(rng, profile.MARAC_REFERRALS, spans, change, today)
    heard = referred + 7 + between(rng, 0, 21, len(referred))
    return pl.DataFrame(
        {
            "person_id": person.gather(who),
            "victim_survivor_id": victim.gather(who),
            "area_code": coded([each.code for each in profile.DISTRICTS], district[who]),
            "referred_on": on(referred),
            "heard_on": happened(working_day(heard), today),
        }
    )


def police(
    rng: np.random.Generator,
    person: pl.Series,
    spans: Ints,
    changes: bool,
    today: int,
) -> pl.DataFrame:
    """The table `police_incidents` of some people, its ids still to be given.

    Some are known to the police far better than others; what is no crime falls less.
    """
    change = POLICE_CHANGE if changes else NO_CHANGE
    known = rng.gamma(1.5, 1 / 1.5, len(person))
    crimes = _over_time(rng, profile.CRIMES * known, spans, change, today)
    milder = Change(1 + (change.during - 1) / 2, 1 + (change.after - 1) / 2)
    others = _over_time(rng, profile.OTHER_INCIDENTS * known, spans, milder, today)
    who, day = (np.concatenate(each) for each in zip(crimes, others, strict=True))
    is_crime = np.repeat([True, False], [len(crimes[0]), len(others[0])])
    order = np.lexsort((day, who))
    who, day, is_crime = who[order], day[order], is_crime[order]
    category = pick(rng, list(profile.CRIME_CATEGORIES.values()), len(who))
    return pl.DataFrame(
        {
            "person_id": person.gather(who),
            "occurred_on": on(day),
            "is_crime": is_crime,
            "category": coded(CATEGORIES, np.where(is_crime, category, len(CATEGORIES) - 1)),
        }
    )


def _over_time(
    rng: np.random.Generator,
    a_year: float | Floats,
    spans: Ints,
    change: Change,
    today: int,
) -> tuple[Ints, Ints]:
    """Who and when: events at a yearly rate before, at shares of it during and after."""
    start, end = spans[:, 0], np.minimum(spans[:, 1], today + 1)
    windows = (
        (start - profile.WINDOW_BEFORE, start, 1.0),
        (start, end, change.during),
        (end, np.minimum(end + profile.WINDOW_AFTER, today + 1), change.after),
    )
    who, days = [], []
    for first, until, share in windows:
        length = np.maximum(until - first, 0)
        count = rng.poisson(np.asarray(a_year) * share * length / 365.25)
        person = np.repeat(np.arange(len(spans)), count)
        who.append(person)
        days.append(first[person] + np.floor(rng.random(len(person)) * length[person]))
    people, day = np.concatenate(who), np.concatenate(days).astype(np.int64)
    order = np.lexsort((day, people))
    return people[order], day[order]


def comparison(rng: np.random.Generator, held: Cases, width: int) -> tuple[pl.Series, Ints, Ints]:
    """Ids, districts and spans of people like service users who were never allocated."""
    size = round(len(held) * profile.COMPARISON_PEOPLE)
    like = np.sort(between(rng, 0, len(held) - 1, size))
    spans = np.stack([held.allocated[like], held.closed[like]], axis=1)
    return ids("P", np.arange(1, size + 1), width), held.district[like], spans


def comparison_table(people: pl.Series, district: Ints, spans: Ints, today: int) -> pl.DataFrame:
    """The table `comparison_people`."""
    return pl.DataFrame(
        {
            "person_id": people,
            "area_code": coded([each.code for each in profile.DISTRICTS], district),
            "index_on": on(spans[:, 0]),
            "end_on": happened(spans[:, 1], today),
        }
    )
