"""What the thresholds do to one count."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dashboard.disclosure import Rules


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, 0), (5, 5), (6, 5), (7, 5), (8, 10), (12, 10), (13, 15), (1003, 1005)],
)
def test_counts_are_rounded_to_the_nearest_5(count, shown):
    assert Rules().shown(count) == shown


def test_counts_of_1_to_4_are_hidden_and_nought_is_not():
    assert [count for count in range(10) if Rules().hides(count)] == [1, 2, 3, 4]


@pytest.mark.parametrize(("shown", "low", "high"), [(0, 0, 0), (5, 5, 7), (10, 8, 12)])
def test_what_a_shown_number_gives_away(shown, low, high):
    assert Rules().could_be(shown) == (low, high)


@given(some.integers(1, 12), some.integers(1, 12), some.integers(0, 200))
def test_a_shown_number_could_be_just_the_counts_that_are_shown_so(below, to, count):
    rules = Rules(hide_below=below, round_to=to)
    if rules.hides(count):
        return
    shown = rules.shown(count)
    alike = [n for n in range(250) if not rules.hides(n) and rules.shown(n) == shown]
    assert rules.could_be(shown) == (alike[0], alike[-1])
    assert (shown == 0) == (count == 0)
