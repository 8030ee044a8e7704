"""The share of cases still open by age."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.statistics import log_survival

# Weeks of remission on 6-mercaptopurine, Freireich and others 1963; + still in remission.
REMISSION = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
ENDED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]


def survival(days, closed, horizon):
    return np.exp(log_survival(days, closed, horizon))


def test_it_is_the_published_estimate_as_far_as_ten_have_come():
    # As printed in textbooks: 0.857 at 6, 0.807 at 7, 0.753 at 10, 0.690 at 13, 0.627 at 16.
    still_open = survival(REMISSION, ENDED, 40)
    assert still_open[[0, 5, 6, 7, 9, 10, 12, 13, 16, 17]] == pytest.approx(
        [1, 1, 0.857, 0.807, 0.807, 0.753, 0.753, 0.690, 0.627, 0.627], abs=5e-4
    )


def test_beyond_it_cases_close_at_one_rate_by_hand():
    # Ten are left on day 17. All ages count towards the rate here: 9 closures and a half over
    # the 359 + 21 days at which somebody was at risk, days 0 to 35.
    still_open = survival(REMISSION, ENDED, 40)
    assert still_open[18:] / still_open[17:-1] == pytest.approx(np.exp(-9.5 / 380))


def test_ages_without_a_closure_are_not_taken_to_last_for_ever():
    still_open = survival([100] * 12, [0] * 12, 400)
    assert still_open[100] == 1
    assert still_open[400] == pytest.approx(np.exp(-300 * 0.5 / (101 * 12)))


def test_where_all_of_one_age_closed_the_next_case_may_not():
    assert survival([50] * 20, [1] * 20, 50)[50] == pytest.approx(0.5 / 20)


def test_a_single_case_is_enough():
    assert survival([3], [0], 2).tolist() == [1, 1, 1]


@given(
    st.lists(st.tuples(st.integers(0, 400), st.booleans()), min_size=1, max_size=60),
    st.integers(0, 800),
)
def test_the_share_never_rises_and_never_reaches_nothing(stays, horizon):
    days, closed = zip(*stays, strict=True)
    still_open = log_survival(days, closed, horizon)
    assert len(still_open) == horizon + 1
    assert still_open[0] <= 0
    assert np.all(np.diff(still_open) <= 0)
    assert np.isfinite(still_open[-1])
