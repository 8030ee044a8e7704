"""When and where referrals come in, and when the referral panel meets."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from dashboard.demo import profile
from dashboard.demo.chance import WEDNESDAY, Floats, Ints, day_number, pick, weekday

COUNTY_KEYS = [county.key for county in profile.COUNTIES]
COUNTY_OF_DISTRICT = np.array([COUNTY_KEYS.index(each.county) for each in profile.DISTRICTS])


@dataclass(frozen=True)
class Arrivals:
    """The rate at which referrals come in: a row for each county, a column for each day."""

    first_day: int
    by_day: Floats

    @property
    def expected(self) -> float:
        """How many would come in at the default size."""
        return float(self.by_day.sum())


def arrivals(today: date) -> Arrivals:
    """Ramp-up, weekdays and seasons, county by county, from launch to today."""
    first = day_number(profile.LAUNCHED_ON)
    days = np.arange(first, day_number(today) + 1)
    months = (days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)) % 12
    of_month = np.array([profile.QUIET_MONTHS.get(month, 1.0) for month in range(1, 13)])
    season = (of_month / of_month.mean())[months]
    working = (weekday(days) < 5) * 7 / 5
    by_day = []
    for county in profile.COUNTIES:
        up_to_speed = np.minimum((days - first) / (county.ramp_weeks * 7), 1.0)
        ramp = profile.RAMP_START + (1 - profile.RAMP_START) * up_to_speed
        by_day.append(county.referrals / 365.25 * ramp * season * working)
    return Arrivals(first, np.array(by_day))


def weekly_from(today: date) -> date:
    """The first Wednesday of the month from which the referral panel meets every week."""
    since = (today - profile.LAUNCHED_ON).days
    month = np.datetime64(profile.LAUNCHED_ON, "D") + int(since * profile.PANEL_WEEKLY_AFTER)
    first: date = month.astype("datetime64[M]").astype("datetime64[D]").item()
    return first + timedelta((WEDNESDAY - first.weekday()) % 7)


def next_panel(days: Ints, weekly: int) -> Ints:
    """The day of the first referral panel on or after each day."""
    panel = days + (WEDNESDAY - weekday(days)) % 7
    first = day_number(profile.LAUNCHED_ON)
    skipped = (panel < weekly) & ((panel - first) // 7 % 2 == 1)
    return np.asarray(panel + 7 * skipped, dtype=np.int64)


def districts(rng: np.random.Generator, county: Ints) -> Ints:
    """A district of each county, by its people and its own rate."""
    district = np.zeros(len(county), dtype=np.int64)
    for number in range(len(profile.COUNTIES)):
        here = np.flatnonzero(county == number)
        weights = [
            each.population * each.rate * (COUNTY_OF_DISTRICT[position] == number)
            for position, each in enumerate(profile.DISTRICTS)
        ]
        district[here] = pick(rng, weights, len(here))
    return district
