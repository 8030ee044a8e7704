"""A measure by month: complete months only, from the first that is known."""

from datetime import date

import pytest
from three_cases import PEOPLE

from dashboard.access import Role, Viewer
from queries import trend
from queries.behind import behind
from queries.measures import MEASURES
from queries.periods import Periods

MARAC = """
marac_referrals
marac_id | person_id | victim_survivor_id | area_code | referred_on | heard_on
M1       | S1        | V1                 | B1        | 2026-02-01  | 2026-02-10
M2       | S1        | V1                 | B1        | 2026-03-01  | 2026-03-10
M3       | S2        | V1                 | B1        | 2026-03-01  | 2026-03-11
M4       | S1        | V1                 | B1        | 2026-05-01  | 2026-05-10
M5       | S2        | V1                 | B1        | 2026-06-01  | 2026-06-10

annotations
on         | area | text
2026-03-02 | all  | Hearings every week
2026-03-20 | all  | A new chair
2026-09-01 | all  | Not yet
"""


def by_month(lens, key: str, as_at: str, end: str | None = None):
    return trend.by_month(MEASURES[key], lens(PEOPLE + MARAC.strip(), as_at, end=end)).collect()


def test_the_running_month_is_left_out_and_gaps_stay(lens) -> None:
    rows = by_month(lens, "marac_repeat_rate", "2026-06-15")
    # February: no repeat of 1; March: M2 repeats M1, M3 does not; April: none heard; May: M4.
    assert rows["month"].to_list() == [date(2026, m, 1) for m in (2, 3, 4, 5)]
    assert rows["value"].to_list() == [0, 0.5, None, 1]
    assert rows["denominator"].to_list() == [1, 2, 0, 1]


def test_a_month_that_ends_on_the_last_day_is_complete(lens) -> None:
    assert by_month(lens, "marac_repeat_rate", "2026-06-30")["month"][-1] == date(2026, 6, 1)


def test_the_limits_say_what_they_rest_on(lens) -> None:
    rows = by_month(lens, "marac_repeat_rate", "2026-06-15")
    # Points 0, 0.5 and 1 about 0.5; one moving range, 0.5: 0.5 +/- 2.66 x 0.5 is not possible.
    assert rows["mean"][0] == 0.5
    assert rows["lower"][0] is None
    assert rows["upper"][0] is None
    assert rows["trial"][0]
    assert trend.what_limits_rest_on(rows) == (
        "Trial limits from three months, no moving ranges screened out."
    )


def test_annotations_stand_in_their_month(lens) -> None:
    rows = by_month(lens, "marac_repeat_rate", "2026-06-15")
    assert rows["note"].to_list() == [None, "Hearings every week; A new chair", None, None]
    assert rows["note_on"][1] == date(2026, 3, 2)


def test_a_count_begins_after_its_first_month(lens) -> None:
    # The first hearing was on 10 February: February need not be whole. None in April is 0.
    rows = by_month(lens, "marac_heard", "2026-06-15")
    assert rows["month"].to_list() == [date(2026, m, 1) for m in (3, 4, 5)]
    assert rows["value"].to_list() == [2, 0, 1]


def test_24_months_or_the_period_if_it_is_longer(lens) -> None:
    short = lens(PEOPLE, "2026-06-30", start="2026-04-01")
    long = lens(PEOPLE, "2026-06-30", start="2023-01-15")
    assert len(trend.complete_months(short).each) == 24
    # Months are whole ones, also where the period begins within one.
    assert trend.complete_months(long).each[0].start == date(2023, 1, 1)
    assert trend.months_in_words(short) == "complete months to June 2026"


def test_nothing_known_has_no_rows(lens) -> None:
    rows = trend.by_month(MEASURES["mean_dash_score"], lens(PEOPLE, "2026-06-30")).collect()
    assert rows.is_empty()


def test_values_are_said_in_figures() -> None:
    score, share = MEASURES["mean_dash_score"], MEASURES["high_risk_rate"]
    assert trend.said_of(score, 17.64) == "17.6"
    assert trend.said_of(score, 17.64, finer=True) == "17.64"
    assert trend.said_of(share, 0.604) == "60%"
    assert trend.said_of(share, 0.604, finer=True) == "60.4%"
    assert trend.said_of(share, None) == "not known"


@pytest.mark.parametrize(
    "key", ["mean_dash_score", "high_risk_rate", "risk_reduced_rate", "marac_repeat_rate"]
)
def test_each_point_opens_as_many_records_as_it_is_out_of(made_up, key) -> None:
    view = made_up.lens(Viewer(Role.MANAGER, None))
    for row in trend.by_month(MEASURES[key], view).collect().tail(6).iter_rows(named=True):
        days = trend.days_of(row["month"])
        opened = behind(MEASURES[key], view, Periods((days,))).collect()
        assert opened.height == row["denominator"]
