"""The projection held against what then happened in simulated services."""

import numpy as np
import pytest
from simulated_services import AS_AT, service

from queries.runway import project

SERVICES = 200


def outcomes(**kind):
    """For each service: did the fan hold the caseload after 13 and 26 weeks, was it below."""
    for seed in range(SERVICES):
        of = service(seed, **kind)
        frame = project(of.open_ages, of.stays, of.weekly_allocations, 10_000, AS_AT).frame
        lower, median, upper = (frame[name].to_numpy() for name in ("lower", "median", "upper"))
        weeks = [13, 26]
        held = (lower <= of.active) & (of.active <= upper)
        yield [*held[weeks], *(of.active < median)[weeks]]


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind",
    [
        {},
        {"uneven": True},
        {"wandering": 0.0},
        {"a_week": 1.0},
        {"a_week": 10.0},
        {"history": 60},
    ],
    ids=["usual", "uneven weeks", "steady", "small", "large", "young"],
)
def test_the_fan_holds_what_happens_in_about_four_of_five_services(kind):
    held_13, held_26, below_13, below_26 = np.mean(list(outcomes(**kind)), axis=0)
    assert 0.7 <= held_13 <= 0.9
    assert 0.7 <= held_26 <= 0.9
    # As often above the median as below, give or take.
    assert 1 / 3 <= below_13 <= 2 / 3
    assert 1 / 3 <= below_26 <= 2 / 3


@pytest.mark.slow
def test_not_before_and_by_are_kept_in_about_nine_of_ten_services():
    early, late, reached = 0, 0, 0
    for seed in range(SERVICES):
        of = service(seed, a_week=5)
        places = len(of.open_ages) + 5
        projection = project(of.open_ages, of.stays, of.weekly_allocations, places, AS_AT)
        full = np.flatnonzero(of.active >= places)
        week = full[0] if len(full) else np.inf
        if projection.not_before is not None:
            reached += 1
            early += 7 * week < (projection.not_before - AS_AT).days
        if projection.by is not None:
            late += 7 * week > (projection.by - AS_AT).days
    assert reached > SERVICES / 2
    assert early / reached <= 0.17
    assert late / reached <= 0.17
