"""Case managers: who is recruited when, for which hours and districts, who leaves, who holds what.

A county is worked by one team, or in a larger service by several. Each team is walked through
day by day: once a quarter it recruits for the cases that are coming, now and then somebody
leaves and hands over, and every new case goes to the worker of its district with most room.
"""

import heapq
from dataclasses import dataclass, field

import numpy as np

from dashboard.demo import profile
from dashboard.demo.arrivals import COUNTY_KEYS, COUNTY_OF_DISTRICT
from dashboard.demo.cases import Cases
from dashboard.demo.chance import NEVER, Ints, between, day_number
from dashboard.demo.stories import (
    OVERLOADED_COUNTY,
    OVERLOADED_SHARE,
    VACANT_COUNTY,
    VACANT_DAYS,
)

QUARTER = 91
LEAST_STAY = 150
HOURS_CHANGED = 45  # days before today
HALF_A_POST = 9  # places


@dataclass
class Worker:
    """One case manager while a team is walked through; days as numbers."""

    started: int
    left: int
    target: int
    hours: list[tuple[int, float]]
    districts: frozenset[int]
    liked: float = 1.0  # the share of cases that come to this worker, against colleagues
    load: int = 0

    def in_post(self, day: int) -> bool:
        return self.started <= day < self.left

    def fte(self, day: int) -> float:
        return next((share for since, share in reversed(self.hours) if since <= day), 0.0)

    def places(self, day: int) -> float:
        return self.fte(day) * self.target if self.in_post(day) else 0.0


@dataclass
class Team:
    """The workers of a team and the spells for which they held cases."""

    county: int
    workers: list[Worker] = field(default_factory=list)
    spells: list[tuple[int, int, int, int]] = field(default_factory=list)  # case, worker, from, to
    vacant: bool = False  # at the end somebody leaves and is not replaced

    def places(self, day: int) -> float:
        return sum(worker.places(day) for worker in self.workers)

    def with_most_room(self, district: int, day: int) -> int:
        """The worker of this district who is fullest least; of any district if none covers it."""
        room = [
            (district not in each.districts, (each.load + 1) / (each.places(day) * each.liked), n)
            for n, each in enumerate(self.workers)
            if each.in_post(day)
        ]
        return min(room)[2]


def teams(rng: np.random.Generator, held: Cases, today: int) -> list[Team]:
    """All teams, with their workers and who held which case when."""
    made = []
    for county, key in enumerate(COUNTY_KEYS):
        cases = np.flatnonzero(held.county == county)
        active = int((held.closed[cases] > today).sum())
        number = max(1, round(active / profile.ACTIVE_CASES_OF_A_TEAM))
        of_team = between(rng, 0, number - 1, len(cases))
        for position in range(number):
            own = cases[of_team == position]
            team = Team(county, vacant=position == 0 and key == VACANT_COUNTY)
            _recruit(rng, team, held, own, today)
            if position == 0 and key == OVERLOADED_COUNTY:
                team.workers[0].liked = OVERLOADED_SHARE
            _walk(team, held, own, today)
            made.append(team)
    return made


def _recruit(rng: np.random.Generator, team: Team, held: Cases, cases: Ints, today: int) -> None:
    """Starters, leavers and hours, quarter by quarter, for the cases that come."""
    allocated, closed = np.sort(held.allocated[cases]), np.sort(held.closed[cases])

    def active(day: int) -> int:
        return int(np.searchsorted(allocated, day, "right") - np.searchsorted(closed, day, "right"))

    frozen = today - VACANT_DAYS - 30 if team.vacant else today
    for quarter in range(day_number(profile.LAUNCHED_ON), today + 1, QUARTER):
        end = min(quarter + QUARTER, today)
        busiest = max(active(day) for day in range(quarter, end + 1, 13))
        need = (active(today) if end == today else busiest) / profile.PLACES_IN_USE
        while not team.workers or (team.places(end) < need - HALF_A_POST and quarter <= frozen):
            _start(rng, team, quarter - int(rng.integers(1, 21)))
        if end < frozen and len(team.workers) > 3 and rng.random() < profile.LEAVES_IN_A_QUARTER:
            _leave(team, quarter + int(rng.integers(20, 80)))
    need = active(today) / profile.PLACES_IN_USE
    if team.vacant:
        _leave(team, today - VACANT_DAYS)
        if team.places(today) < need - 2 * HALF_A_POST:
            _start(rng, team, frozen - LEAST_STAY)
    _adjust_hours(team, need, today - HOURS_CHANGED, today)


def _start(rng: np.random.Generator, team: Team, day: int) -> None:
    """Somebody starts. The first of a team works full time; every third covers the county."""
    number = len(team.workers)
    shares = profile.FTE_OF_STARTERS
    fte = shares[(number + int(rng.integers(0, 3))) % len(shares)] if number else 1.0
    patch = number % 3
    districts = frozenset(
        position
        for position, district in enumerate(profile.DISTRICTS)
        if COUNTY_OF_DISTRICT[position] == team.county and patch in (0, district.patch + 1)
    )
    target = profile.CASELOAD_TARGETS[int(rng.integers(0, len(profile.CASELOAD_TARGETS)))]
    started = max(day, day_number(profile.LAUNCHED_ON) - 14)
    team.workers.append(Worker(started, NEVER, target, [(started, fte)], districts))


def _leave(team: Team, day: int) -> None:
    """Of those long enough in post, but never the first of the team, the longest leaves."""
    for worker in team.workers[1:]:
        if worker.left == NEVER and worker.started + LEAST_STAY <= day:
            worker.left = day
            return


def _adjust_hours(team: Team, need: float, day: int, today: int) -> None:
    """Hours go up or down by a little, until the team has the places it needs today."""
    for worker in team.workers[1:]:
        missing = need - team.places(today)
        if not worker.in_post(today) or worker.started >= day or abs(missing) < 1:
            continue
        fte = worker.fte(today)
        steps = np.clip(round(missing / worker.target / profile.FTE_STEP), -2, 2)
        changed = round(float(np.clip(fte + steps * profile.FTE_STEP, profile.FTE_LEAST, 1.0)), 2)
        if changed != fte:
            worker.hours.append((day, changed))


def _walk(team: Team, held: Cases, cases: Ints, today: int) -> None:
    """Day by day: cases close, workers leave and hand over, new cases are allocated."""
    closing: list[tuple[int, int]] = []
    holders: dict[int, tuple[int, int]] = {}
    leaving = sorted((worker.left, n) for n, worker in enumerate(team.workers))

    def take(case: int, day: int) -> None:
        number = team.with_most_room(int(held.district[case]), day)
        team.workers[number].load += 1
        holders[case] = (number, day)

    def end_spell(case: int, day: int) -> None:
        number, since = holders.pop(case)
        team.workers[number].load -= 1
        team.spells.append((case, number, since, day))

    def close_until(day: int) -> None:
        while closing and closing[0][0] <= day:
            closed, case = heapq.heappop(closing)
            end_spell(case, closed)

    def move_to(day: int) -> None:
        while leaving and leaving[0][0] <= day:
            left, number = leaving.pop(0)
            close_until(left)
            for case in [case for case, (holder, _) in holders.items() if holder == number]:
                end_spell(case, left)
                take(case, left)
        close_until(day)

    for case in cases.tolist():
        day = int(held.allocated[case])
        move_to(day)
        take(case, day)
        heapq.heappush(closing, (int(held.closed[case]), case))
    move_to(today)
    for case in list(holders):
        end_spell(case, NEVER)


def vacancy(made: list[Team]) -> tuple[str, int] | None:
    """The county with a vacant post and the day since when; none in a very small service."""
    for team in made:
        left = [worker.left for worker in team.workers if worker.left < NEVER]
        if team.vacant and left:
            return COUNTY_KEYS[team.county], max(left)
    return None
