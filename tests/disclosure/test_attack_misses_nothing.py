"""The attack against counting out every possibility, over small systems."""

from datetime import date
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some

from dashboard.disclosure import Rules
from dashboard.disclosure.attack import Attack, Known, small_counts
from dashboard.disclosure.hiding import SHOWN, SMALL, known, withhold
from dashboard.disclosure.system import System

RULES = Rules()
DAY = date(2026, 1, 31)


def unknown(name):
    return ((name, None, None), "", DAY, DAY)


def totals(months):
    """A total and its parts, tied."""
    names = [f"part {n}" for n in range(len(months))]
    counts = {unknown("total"): sum(months)} | {
        unknown(name): count for name, count in zip(names, months, strict=True)
    }
    system = System(counts)
    system.equal((unknown("total"), 1), *((unknown(name), -1) for name in names))
    return system


def states(system):
    return np.array([SMALL if RULES.hides(int(n)) else SHOWN for n in system.truth], np.int8)


def by_counting(system, low, high):
    """The small counts that are the same in every possibility: total = sum of the others."""
    possible = [
        (sum(parts), *parts)
        for parts in product(
            *(range(int(a), int(b) + 1) for a, b in zip(low[1:], high[1:], strict=True))
        )
        if low[0] <= sum(parts) <= high[0]
    ]
    return {
        index
        for index, count in enumerate(system.truth)
        if RULES.hides(int(count)) and len({each[index] for each in possible}) == 1
    }


def free(system):
    return np.zeros(system.truth.size, bool)


@settings(max_examples=60)
@given(some.lists(some.integers(0, 14), min_size=2, max_size=5))
def test_given_away_is_what_counting_out_finds(months):
    system = totals(months)
    told = known(system, states(system), free(system), RULES)
    found = Attack(system, told).given_away(small_counts(system, RULES.hide_below))
    assert {target[0][0] for target in found} == by_counting(system, told.low, told.high)


@settings(max_examples=60)
@given(some.lists(some.integers(0, 14), min_size=2, max_size=5))
def test_after_withholding_nothing_is_given_away(months):
    system = totals(months)
    chosen = states(system)
    withhold(system, chosen, free(system), free(system), RULES, lambda _: 1.0)
    low, high = known(system, chosen, free(system), RULES).low, None
    told = known(system, chosen, free(system), RULES)
    withheld = chosen > SMALL
    low = np.where(withheld, 0, told.low)
    high = np.where(withheld, 60, told.high)
    attack = Attack(system, Known(low, high))
    assert attack.given_away(small_counts(system, RULES.hide_below)) == []


def test_two_tens_and_a_small_one_shown_as_fifteen_give_the_small_one_away():
    # 8 + 8 + 1 = 17, shown as 10 + 10 and 15: at least 16 of at most 17.
    system = totals([8, 8, 1])
    told = known(system, states(system), free(system), RULES)
    found = Attack(system, told).given_away(small_counts(system, RULES.hide_below))
    assert [system.unknowns[target[0][0]][0][0] for target in found] == ["part 2"]


def test_one_number_withheld_is_enough_there():
    system = totals([8, 8, 1])
    chosen = states(system)
    why = withhold(system, chosen, free(system), free(system), RULES, lambda _: 1.0)
    assert len(why) == 1


def test_a_small_difference_is_guarded_too():
    system = System({unknown("all"): 53, unknown("some"): 52})
    system.at_least((unknown("all"), 1), (unknown("some"), -1))
    system.differ(unknown("all"), unknown("some"))
    told = known(system, states(system), free(system), RULES)
    # Shown as 55 and 50: 53 to 57 and 48 to 52, so that the difference is 1 to 9.
    targets = small_counts(system, RULES.hide_below)
    assert targets == [((0, 1), (1, -1))]
    assert Attack(system, told).given_away(targets) == []
    exactly = Known(np.array([53.0, 52.0]), np.array([53.0, 52.0]))
    assert Attack(system, exactly).given_away(targets) == targets
