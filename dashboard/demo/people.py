"""Service users: who was referred, who was referred again, and what they need."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from dashboard.demo import profile
from dashboard.demo.chance import (
    NEVER,
    Ints,
    coded,
    ids,
    pick,
    yes,
)
from dashboard.demo.referrals import Pathways

DAYS_BEFORE_REFERRED_AGAIN = 56


@dataclass(frozen=True)
class ServiceUsers:
    """`of_referral` numbers the service user of each referral, from 1 in order of referral."""

    of_referral: Ints
    count: int


def service_users(rng: np.random.Generator, referrals: Pathways, closed: Ints) -> ServiceUsers:
    """Most referrals are of somebody new; some are of a person whose last one had ended.

    `closed` is the day on which the case of each referral closes, NEVER without one.
    """
    over = np.minimum(
        np.minimum(referrals.withdrawn, referrals.declined),
        np.where(referrals.eligible, closed, referrals.screened),
    )
    earlier = _earlier(rng, referrals)
    again = (
        yes(rng, profile.REFERRED_AGAIN, len(referrals))
        & (earlier >= 0)
        & ~referrals.entered_twice
        & (over[earlier] < NEVER)
        & (over[earlier] + DAYS_BEFORE_REFERRED_AGAIN <= referrals.received)
    )
    # Each referral is followed by one other at most, and only first referrals are.
    again &= ~again[earlier]
    followed, first_follower = np.unique(earlier[again], return_index=True)
    followers = np.flatnonzero(again)[first_follower]
    new = np.ones(len(referrals), dtype=bool)
    new[followers] = False
    number = np.cumsum(new)
    number[followers] = number[followed]
    return ServiceUsers(number, int(new.sum()))


def _earlier(rng: np.random.Generator, referrals: Pathways) -> Ints:
    """For each referral some earlier one of the same district; -1 for the first."""
    earlier = np.full(len(referrals), -1)
    for district in range(len(profile.DISTRICTS)):
        here = np.flatnonzero(referrals.district == district)
        if len(here):
            order = np.arange(len(here))
            chosen = np.floor(rng.random(len(here)) * order).astype(np.int64)
            earlier[here] = np.where(order > 0, here[chosen], -1)
    return earlier


def service_user_tables(
    rng: np.random.Generator, users: ServiceUsers, referrals: Pathways, width: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The tables `service_users` and `needs`."""
    first = np.unique(users.of_referral, return_index=True)[1]
    year_referred = referrals.received[first] // 365.2425 + 1970
    mean, spread = profile.AGE_AT_REFERRAL
    age = np.clip(np.rint(rng.normal(mean, spread, users.count)), 17, 79)
    table = pl.DataFrame(
        {
            "sex": coded(
                profile.SEX_OF_SERVICE_USERS,
                pick(rng, list(profile.SEX_OF_SERVICE_USERS.values()), users.count),
            ),
            "year_of_birth": (year_referred - age).astype(np.int64),
            "serial": yes(rng, profile.SERIAL, users.count),
            "high_harm": yes(rng, profile.HIGH_HARM, users.count),
        }
    )
    names = ids("SU", np.arange(1, users.count + 1), width).alias("service_user_id")
    table = table[_as_original(users, referrals)].select(names, pl.all())
    has = yes(rng, np.array(list(profile.NEEDS.values())), (users.count, len(profile.NEEDS)))
    user, need = np.nonzero(has)
    needs = pl.DataFrame(
        {"service_user_id": ids("SU", user + 1, width), "need": coded(profile.NEEDS, need)}
    )
    return table, needs


def _as_original(users: ServiceUsers, referrals: Pathways) -> Ints:
    """Whose description each service user bears: that of the original, if entered twice."""
    described = np.arange(users.count)
    copies = np.flatnonzero(referrals.entered_twice)
    described[users.of_referral[copies] - 1] = users.of_referral[copies - 1] - 1
    return described
