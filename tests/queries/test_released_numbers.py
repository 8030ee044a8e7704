"""What is read from released cells: only from them, and a hidden one stays hidden in all of it."""

from datetime import date

import polars as pl
import pytest
from released_cells import REFERRALS, SPRING, SUMMER, Cells, cell, quarter

from dashboard.shell.numbers import headline
from queries import (
    released,
    released_areas,
    released_changes,
    released_cover,
    released_headlines,
    released_outcomes,
    released_splits,
    released_trend,
    special_causes,
    words,
)
from queries.measures import MEASURES
from queries.released import TOO_FEW, Slice

DAYS, SHARE = "days_referral_to_allocation", "idva_engaged_rate"
MONTH = Slice("whole", "", "Everywhere", "month", date(2026, 10, 1), date(2026, 10, 31))
QUARTER = Slice("county", "berkshire", "Berkshire", "quarter", date(2026, 7, 1), date(2026, 9, 30))


def months(measure: str, **values: float | None) -> list[dict[str, object]]:
    days = {
        "sep": ("2026-09-01", "2026-09-30"),
        "oct": ("2026-10-01", "2026-10-31"),
        "year": ("2025-10-01", "2025-10-31"),
    }
    return [cell(measure, value, *days[name]) for name, value in values.items()]


def test_each_number_stands_beside_the_month_before_and_the_year_before():
    view = Cells(
        *months(REFERRALS, year=15, sep=20, oct=35),
        *months(DAYS, sep=18, oct=25),
        *months(SHARE, sep=0.75, oct=0.8),
        targets=[(DAYS, "all", "2024-01-01", None, 14)],
    )
    rows = released_changes.beside(view, (REFERRALS, DAYS, SHARE), MONTH).collect().to_dicts()
    shown = [
        [row[name] for name in ("now", "before", "year_earlier", "change", "aim")] for row in rows
    ]
    assert shown == [
        ["35", "20", "15", "15 more", None],
        ["25", "18", None, "up 7 days", "14"],
        ["80%", "75%", None, "up 5 points", None],
    ]


def share(value: float, least: float, most: float, start: str, end: str):
    return cell("risk_reduced_rate", value, start, end, least=least, most=most, denominator=25)


def test_a_share_that_rounding_leaves_open_is_said_as_a_range():
    # 20 of 25 may have been 18 of 27 or 22 of 23; 100 of 125 was 98 of 127 to 102 of 123.
    few = share(0.8, 0.667, 0.957, "2026-10-01", "2026-10-31")
    many = share(0.8, 0.772, 0.829, "2026-10-01", "2026-10-31")
    assert released.said("risk_reduced_rate", few) == "67–96%"
    assert released.said("risk_reduced_rate", many) == "80%"
    # A reduction that may be a rise is written with "to": a dash would be taken for a minus.
    fewer = cell("physical_abuse_reduction", 0.1, *SUMMER, least=-0.2, most=0.3)
    assert released.said("physical_abuse_reduction", fewer) == "−20% to 30%"


def test_of_such_shares_no_change_in_points_is_said():
    low = share(0.4, 0.3, 0.5, "2026-09-01", "2026-09-30")
    high = share(0.8, 0.667, 0.957, "2026-10-01", "2026-10-31")
    near = share(0.6, 0.45, 0.75, "2026-09-01", "2026-09-30")
    assert released_changes.in_words(MEASURES["risk_reduced_rate"], high, low) == "higher"
    assert released_changes.in_words(MEASURES["risk_reduced_rate"], low, high) == "lower"
    assert released_changes.in_words(MEASURES["risk_reduced_rate"], high, near) == (
        "no clear change"
    )
    # Written alike, 67–96%, and yet it may have been 67% and then 96%.
    before = share(0.8, 0.667, 0.957, "2026-09-01", "2026-09-30")
    assert released_changes.in_words(MEASURES["risk_reduced_rate"], high, before) == (
        "no clear change"
    )
    ((number, _),) = released_headlines.headlines(Cells(before, high), ["risk_reduced_rate"], MONTH)
    assert headline(number, opens=False).change == "no clear change"
    view = Cells(low, high)
    ((number, hidden),) = released_headlines.headlines(view, ["risk_reduced_rate"], MONTH)
    assert not hidden
    shown = headline(number, opens=False)
    assert (shown.value, shown.change, shown.previous) == ("67–96%", "higher", "from 30–50%")


def test_by_how_much_rounding_may_have_moved_a_share_stands_under_its_chart():
    view = Cells(
        share(0.4, 0.3, 0.5, "2026-09-01", "2026-09-30"),
        share(0.8, 0.667, 0.957, "2026-10-01", "2026-10-31"),
    )
    rows = released_trend.control_chart(view, MEASURES["risk_reduced_rate"], MONTH).collect()
    assert rows.select("value", "least", "most").rows() == [(0.4, 0.3, 0.5), (0.8, 0.667, 0.957)]
    # 0.957 less 0.8 is 0.157, more than any other.
    assert released_trend.how_open(rows, MEASURES["risk_reduced_rate"]) == (
        "Rounding may have moved a value by up to 16 points."
    )
    assert released_trend.how_open(rows, MEASURES["referrals_received"]) == ""


def test_a_hidden_number_is_too_few_to_show_and_so_is_every_change_from_it():
    view = Cells(*months(REFERRALS, sep=None, oct=35), *months(DAYS, sep=18, oct=None))
    rows = released_changes.beside(view, (REFERRALS, DAYS), MONTH).collect()
    assert rows["now"].to_list() == ["35", TOO_FEW]
    assert rows["before"].to_list() == [TOO_FEW, "18"]
    assert rows["change"].to_list() == [TOO_FEW, TOO_FEW]
    assert rows["size"].to_list() == [None, None]
    assert released_changes.what_moved_most(rows) == ("There is no earlier period to compare with")


def test_what_moved_most_is_said_with_its_acronyms():
    view = Cells(
        *months("marac_repeat_rate", sep=0.25, oct=0.5), *months(REFERRALS, sep=20, oct=20)
    )
    rows = released_changes.beside(view, (REFERRALS, "marac_repeat_rate"), MONTH).collect()
    assert released_changes.what_moved_most(rows) == (
        "Most changed: MARAC repeats, now 50%, up 25 points"
    )


def test_counties_are_compared_in_their_last_quarter_where_months_are_looked_at():
    view = Cells(
        *months(REFERRALS, oct=35),
        quarter("berkshire", 30, *SUMMER),
        quarter("oxfordshire", None, *SUMMER),
        quarter("oxfordshire", 10, *SPRING),
    )
    period = released_areas.comparable(view, REFERRALS, MONTH, "county")
    assert period is not None
    assert (period.start, period.end) == (QUARTER.start, QUARTER.end)
    rows = released_areas.compared(view, MEASURES[REFERRALS], period).collect()
    assert rows["name"].to_list() == ["Berkshire", "Oxfordshire"]
    assert rows["now"].to_list() == ["30", TOO_FEW]
    assert rows["before"].to_list() == [None, "10"]
    assert released_areas.how_many_hidden(rows) == f"One area: {TOO_FEW}."


def test_a_rate_per_head_is_made_from_the_released_count():
    view = Cells(
        cell(REFERRALS, 40, *SUMMER, "quarter"),
        cell(REFERRALS, 16, *SUMMER, "quarter", "district", "B1"),
        cell(REFERRALS, None, *SUMMER, "quarter", "district", "B2"),
        cell(REFERRALS, 20, *SUMMER, "quarter", "district", "O1"),
    )
    whole = MONTH.at("quarter", QUARTER.start, QUARTER.end)
    period = released_areas.comparable(view, REFERRALS, whole, "district")
    rows = released_areas.by_district(
        view, MEASURES[REFERRALS], period, whole, per_head=True
    ).collect()
    assert rows["name"].to_list() == ["Oxford", "Slough", "Reading"]
    assert [round(value, 3) if value else value for value in rows["value"]] == [1.212, 1.0, None]
    # Reading is hidden, and may stand anywhere.
    assert rows["rank"].to_list() == [None, None, None]
    assert rows["lower"].null_count() == rows["upper"].null_count() == 1
    assert round(rows["whole"][0], 4) == round(40 / 503_000 * 10_000, 4)


def test_where_rounding_may_have_made_a_run_the_chart_says_so():
    # Mean 20.3 from the second month on; 18 is below it by less than the 4 it may be off.
    values = [22.0] * 12 + [18.0] * 8
    view = Cells(
        *(
            cell(
                REFERRALS,
                value,
                f"{2025 + n // 12}-{n % 12 + 1:02}-01",
                f"{2025 + n // 12}-{n % 12 + 1:02}-28",
                least=value - 4,
                most=value + 4,
            )
            for n, value in enumerate(values)
        )
    )
    last = MONTH.at("month", date(2026, 8, 1), date(2026, 8, 28))
    rows = released_trend.control_chart(view, MEASURES[REFERRALS], last).collect()
    assert rows["rule"].null_count() == rows.height
    assert rows["open"].to_list()[-8:] == [True] * 8
    assert special_causes.reading(rows) == (
        "Rounding leaves open whether it changed by more than chance"
    )
    long = special_causes.reading_of("Partners’ actions on time", rows, words.FULL)
    assert long == "Partners’ actions on time: rounding may hide a change beyond chance"


def test_a_month_beyond_a_limit_that_rounding_may_have_put_there_is_told():
    rows = pl.DataFrame(
        {
            "value": [10.0, 21.0, 9.0, None, 25.0],
            "lower": [9.5] * 5,
            "upper": [20.0] * 5,
            "rule": [None, None, None, None, "outside"],
        }
    )
    told = released_trend.left_unmarked
    assert told(rows) == (
        "Two months beyond a limit are not marked: rounding alone may have put them there."
    )
    assert told(rows[:2]) == (
        "One month beyond a limit is not marked: rounding alone may have put it there."
    )
    assert told(rows[:1]) == ""


@pytest.mark.parametrize(
    ("summer", "called", "said"),
    [
        (None, "To Jun: Slough", "Reading is not above a year before"),
        (10, "Slough", "One of two districts is above a year before"),
    ],
)
def test_a_district_is_followed_up_to_the_last_quarter_only_where_that_is_shown(
    summer, called, said
):
    # Reading's 15 could have been 11, and the 12 of a year before 14: not clearly above.
    a_year_before = ("2025-07-01", "2025-09-30")
    view = Cells(
        *(
            cell(REFERRALS, value, *days, "quarter", "district", area, **could_be)
            for area, values, could_be in (
                ("B1", (5, 10, summer), {}),
                ("B2", (12, None, 15), {"least": 11.0, "most": 14.0}),
            )
            for days, value in zip((a_year_before, SPRING, SUMMER), values, strict=True)
        )
    )
    rows = released_areas.over_time(
        view, MEASURES[REFERRALS], date(2026, 9, 30), per_head=False
    ).collect()
    assert set(rows["called"]) == {called, "Reading"}
    assert released_areas.how_many_above(rows) == said
    hidden = ", among them the last period of one district" if summer is None else ""
    assert released_areas.how_many_end_earlier(rows) == f"Gaps are {TOO_FEW}{hidden}."


def test_districts_without_a_year_before_are_not_compared():
    view = Cells(
        *(
            cell(REFERRALS, 10, *days, "quarter", "district", area)
            for area in ("B1", "B2")
            for days in (SPRING, SUMMER)
        )
    )
    rows = released_areas.over_time(
        view, MEASURES[REFERRALS], date(2026, 9, 30), per_head=False
    ).collect()
    assert released_areas.how_many_above(rows) == "No district can be compared with a year before"


def test_a_state_is_that_of_a_day_and_what_happens_of_a_period():
    def said(key: str) -> str:
        return released_areas.captioned("What", MEASURES[key], QUARTER)

    assert said("active_cases") == "What on 30 September 2026"
    assert said(REFERRALS) == "What, 1 July to 30 September 2026"


def test_another_period_than_the_one_asked_for_is_explained():
    why = released_areas.why_another
    assert why(MONTH, QUARTER, "county") == "Counties are released by quarter."
    year = QUARTER.at("year", date(2025, 4, 1), date(2026, 3, 31))
    assert why(QUARTER, year, "district") == "Districts are released by financial year."
    assert why(QUARTER, QUARTER, "district") == ""


def test_parts_of_a_state_are_those_of_the_last_day_of_a_year():
    year = ("2025-04-01", "2026-03-31", "year")
    view = Cells(
        cell("active_cases", 20, *year, split="engagement", part="Direct"),
        cell(REFERRALS, 20, *year, split="sector", part="Police"),
    )
    when = released_splits.year_in_words
    assert when(view, "engagement", MONTH) == "Everywhere, on 31 March 2026"
    assert when(view, "sector", MONTH) == "Everywhere, 1 April 2025 to 31 March 2026"


def test_how_much_is_hidden_is_in_whole_per_cent_of_n_and_never_none_by_rounding():
    weeks = [
        f"{2026 - each // 50}-{each // 4 % 12 + 1:02}-{each % 4 + 1:02}" for each in range(200)
    ]
    view = Cells(
        *(
            cell(REFERRALS, None if each == 0 else 5, *(day, day), "week")
            for each, day in enumerate(weeks)
        ),
        *(quarter("berkshire", value, *days) for value, days in ((None, SPRING), (5, SUMMER))),
    )
    (row,) = released_cover.hidden(view).collect().to_dicts()
    # One of 200 and one of two: 0.5% is not shown as none, nor as 1% of rounding up alone.
    assert (row["whole"], row["whole_n"]) == (0.01, 200)
    assert (row["county"], row["county_n"]) == (0.5, 2)
    assert (row["district"], row["district_n"]) == (None, None)
    said = released_cover.how_much_is_hidden(released_cover.hidden(view).collect())
    assert said == "Hidden: 1% for the whole area and 50% by county"


def test_outcomes_are_put_beside_the_published_ones_or_said_to_be_too_early():
    since = ("2024-03-21", "2026-10-31", "launch")
    view = Cells(
        cell("physical_abuse_reduction", 0.85, *since, denominator=100.0),
        cell("sexual_abuse_reduction", 0.5, *since, denominator=20.0),
        cell("risk_reduced_rate", None, *since, denominator=40.0),
        cell("police_incidents_change", -0.2, *since, denominator=200.0, lower=-0.3, upper=-0.1),
    )
    place = MONTH.at("launch", date(2024, 3, 21), date(2026, 10, 31))
    rows = released_outcomes.beside_published(view, place, least=30).collect()
    by_name = {row["measure"]: row for row in rows.to_dicts()}
    assert by_name["Fewer using physical abuse"]["value"] == 0.85
    assert by_name["Fewer using sexual abuse"]["note"] == "too early to say, n = 20"
    assert by_name["Risk reduced at exit"]["note"] == TOO_FEW
    police = by_name["Fewer criminal incidents"]
    assert (police["value"], police["lower"], police["upper"]) == (0.2, 0.1, 0.3)
    # Criminal incidents are 20% fewer, and the published 30%.
    said = released_outcomes.how_they_compare(rows)
    assert said == "None is more than 10 points below the published result"


def test_the_finest_period_comes_first_and_the_latest_of_each_kind():
    view = Cells(*months(REFERRALS, sep=20, oct=35), cell(REFERRALS, 90, *SUMMER, "quarter"))
    offered = released.periods(view, MONTH)
    assert [(cut.kind, cut.end.isoformat()) for cut in offered] == [
        ("month", "2026-10-31"),
        ("month", "2026-09-30"),
        ("quarter", "2026-09-30"),
    ]


def test_a_split_names_its_measure_and_all_parts_that_share_the_largest_number():
    def said(*numbers: float | None, title: str = "Referrals by sector") -> str:
        parts = [
            {"part": part, "value": number, "now": TOO_FEW if number is None else f"{number:g}"}
            for part, number in zip(("Police", "Probation", "Housing"), numbers, strict=True)
        ]
        found = pl.DataFrame(parts, schema_overrides={"value": pl.Float64})
        return released_splits.largest_part(found, title)

    assert said(20, 15, None) == "Referrals by sector: Police is largest at 20"
    assert said(20, 20, 15) == "Police and Probation are largest at 20"
    assert said(20, 20, 20) == "Referrals by sector: all parts alike at 20"
    assert said(20, 15, None, title="What was asked of the partners") == "Police is largest at 20"
    assert said(None, None, None) == "Too few to show"
