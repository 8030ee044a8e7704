"""Districts month by month: complete months only, none is 0, unknown is a gap, news by rule."""

from datetime import date

import polars as pl

from queries import area_trend, notes
from queries.measures import MEASURES

RECEIVED = MEASURES["referrals_received"]
AREAS = """
areas
area_code | name    | county      | population
B1        | Slough  | berkshire   | 10000
B2        | Reading | berkshire   | 20000
O1        | Oxford  | oxfordshire |
"""


def referrals(**days: list[str]) -> str:
    rows = [f"{area}-{i} | {area} | {day}" for area, on in days.items() for i, day in enumerate(on)]
    return "\nreferrals\nreferral_id | area_code | received_on\n" + "\n".join(rows)


def trend(view, measure=RECEIVED, form="value") -> pl.DataFrame:
    return area_trend.trend(view, measure, form).collect()


def of(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    return rows.filter(pl.col("name") == name)


def test_twelve_complete_months_the_running_one_left_out(lens):
    text = AREAS + referrals(B1=["2026-01-05", "2026-01-20", "2026-03-31", "2026-04-02"])
    rows = of(trend(lens(text, as_at="2026-04-10")), "Slough")
    assert list(rows["month"])[:2] == [date(2025, 4, 1), date(2025, 5, 1)]
    assert rows["month"][-1] == date(2026, 3, 1)
    assert list(rows["value"]) == [0] * 9 + [2, 0, 1]
    assert rows["key"][-1] == "B1 2026-03-01"


def test_rates_need_a_population(lens):
    text = AREAS + referrals(B1=["2026-03-01"], B2=["2026-03-01"], O1=["2026-03-01"])
    rows = trend(lens(text, as_at="2026-03-31"), form="rate")
    assert of(rows, "Slough")["value"][-1] == 1.0
    assert of(rows, "Reading")["value"][-1] == 0.5
    assert of(rows, "Oxford")["value"].null_count() == 12
    assert list(of(rows, "Oxford")["n"])[-1] == 1


def test_counties_stay_together_and_the_highest_district_comes_first(lens):
    text = AREAS + referrals(B2=["2026-03-01", "2026-03-02"], O1=["2026-03-01"] * 3)
    rows = trend(lens(text, as_at="2026-03-31"))
    assert list(rows["name"].unique(maintain_order=True)) == ["Reading", "Slough", "Oxford"]


def test_a_share_of_nothing_is_a_gap(lens):
    text = (
        AREAS
        + referrals(B1=["2026-01-05"])
        + """

cases
case_id | referral_id | area_code | allocated_on | closed_on  | closure_reason
C1      | B1-0        | B1        | 2026-01-06   | 2026-03-01 | planned_completion
"""
    )
    rows = trend(lens(text, as_at="2026-03-31"), MEASURES["planned_completion_rate"])
    assert list(of(rows, "Slough")["value"]) == [None] * 11 + [1.0]


def test_a_point_beyond_the_limits_of_the_last_months_is_news(lens):
    steady = [f"2025-{month:02}-0{day}" for month in range(1, 13) for day in (1, 2)]
    text = AREAS + referrals(B1=steady + ["2025-12-03"] * 9, B2=steady)
    rows = trend(lens(text, as_at="2025-12-31", start="2025-01-01"))
    assert set(of(rows, "Slough")["moved"]) == {"up"}
    assert set(of(rows, "Reading")["moved"]) == {None}
    assert area_trend.who_moved(rows) == "Slough has risen of late; the others vary as usual"
    assert area_trend.who_moved(of(rows, "Reading")) == (
        "No district has moved beyond its usual variation"
    )


def test_annotations_stand_with_the_districts_they_concern(lens):
    text = (
        AREAS
        + referrals(B1=["2026-01-05"])
        + """

annotations
on         | area      | text
2026-02-10 | berkshire | A new court service
2026-02-11 | B1        | A post filled
2026-03-01 | all       | A campaign
2024-01-01 | all       | Long ago
"""
    )
    rows = trend(lens(text, as_at="2026-03-31"))
    assert list(of(rows, "Slough")["note"])[-2:] == [
        "A new court service; A post filled",
        "A campaign",
    ]
    assert list(of(rows, "Oxford")["note"])[-2:] == [None, "A campaign"]
    assert notes.of_months(of(rows, "Reading")) == (
        "February 2026: A new court service. March 2026: A campaign."
    )


def test_before_a_month_is_complete_there_is_nothing_to_draw(lens):
    text = AREAS + referrals(B1=["2026-01-05"])
    rows = trend(lens(text, as_at="2026-01-10", start="2026-01-01"))
    assert set(rows["month"].dt.year()) == {2025}
    assert area_trend.who_moved(rows.head(0)) == "Nothing is known month by month"
