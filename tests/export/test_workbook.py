"""The workbook: a cover, real numbers with formats, nothing that calculates, nothing merged."""

import io
from dataclasses import replace
from datetime import date, datetime, time

import openpyxl
import polars as pl
import pytest
from hypothesis import given as always
from hypothesis import strategies as st
from leaving import AREAS, VIEW, panel

from dashboard.drawings import Bars, Table
from dashboard.export.about import About, Taken
from dashboard.export.cells import number_in
from dashboard.export.grid import grid
from dashboard.export.sheet_names import sheet_names
from dashboard.export.workbook import workbook
from queries.headlines import HeadlineNumber
from queries.measures import MEASURES


def day(month: int, on: int) -> datetime:
    """A day of 2026 as a workbook gives it back."""
    return datetime.combine(date(2026, month, on), time())


def opened(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_numbers_are_numbers_with_their_formats_and_unknown_is_an_empty_cell(small, about):
    sheet = opened(workbook([small], VIEW, about))["Held"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert rows == [
        ["Area", "Cases", "High-risk", "Days", "Since", "Own"],
        ["Slough", 12, 0.25, 1.5, day(4, 1), "yes"],
        ["'=HYPERLINK(1)", 0, None, 20, None, "no"],
        [None, 7, 1, None, day(5, 9), None],
    ]
    assert [cell.number_format for cell in sheet[6]][:5] == [
        "General",
        "#,##0",
        "0%",
        "#,##0.0",
        "d mmm yyyy",
    ]


def test_no_cell_of_any_sheet_is_a_formula(about):
    evil = pl.DataFrame({"area": ["=1+1", "+1", "-1", "@x", "\t=1", "  =1"]})
    sheets = opened(workbook([Taken(panel(), _wide(evil))], VIEW, about))
    for sheet in sheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
            assert not [cell for cell in row if str(cell.value or "").lstrip().startswith("=")]


def _wide(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(
        cases=pl.lit(1), share=pl.lit(0.5), days=pl.lit(2.0), on=pl.lit(None), own=pl.lit(None)
    )


def test_the_cover_says_whose_it_is_what_it_shows_and_who_took_it(small, about):
    cover = opened(workbook([small], VIEW, about))["Cover"]
    said = {row[0]: row[1] for row in cover.iter_rows(values_only=True) if row[0]}
    assert said["Service"] == "Drive Example"
    assert said["Beware"] == (
        "Made-up data: these records are invented. No real person is described."
    )
    assert said["Protection"] == "True counts: for those who may see them only."
    assert said["Areas"] == "Slough and Oxford"
    assert said["Period"] == "1 April to 30 June 2026"
    assert said["As at"] == "5 July 2026"
    assert said["Taken by"] == "Ada, as Manager"
    assert said["Taken at"] == "6 Jul 2026, 09:30"
    assert said["Held"] == "Who holds what?"


def test_every_sheet_has_a_frozen_heading_and_no_merged_cells(small, bars, about):
    book = opened(workbook([small, bars], VIEW, about))
    assert book.sheetnames == ["Cover", "Held", "Held 2", "Definitions"]
    for name in ("Held", "Held 2"):
        assert book[name].freeze_panes == "B6"
        assert book[name]["A1"].value == "Slough holds most"
        assert book[name]["A4"].value.startswith("Made-up data")
    assert all(not sheet.merged_cells.ranges for sheet in book)


def test_a_chart_stands_on_the_cells_of_its_sheet(bars, about):
    sheet = opened(workbook([bars], VIEW, about))["Held"]
    (chart,) = sheet._charts
    (series,) = chart.series
    assert series.val.numRef.f == "Held!$B$6:$B$8"
    assert series.cat.strRef.f == "Held!$A$6:$A$8"


def test_the_definitions_are_those_of_the_measures(small, about):
    sheet = opened(workbook([small], VIEW, about))["Definitions"]
    rows = {row[0]: row[1] for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert rows["Active cases"].startswith("Cases allocated on or before the last day")
    assert rows["Who holds what?"] == "By district."


RELEASED = Taken(
    replace(
        panel(),
        headings={"area": "Area", "now": "Now", "before": "Before", "change": "Change"},
        percent=(),
    ),
    pl.DataFrame(
        {
            "area": ["Slough", "Reading", "Oxford", "Cherwell"],
            "now": ["1,055", "69%", "14.0", "too few to show"],
            "before": ["40", "−17%", "not known", "0"],
            "change": ["15 more", "up 3 points", "too few", "as many"],
        }
    ),
)


def test_released_numbers_are_numbers_again_and_what_is_too_few_stays_words(about):
    sheet = opened(workbook([RELEASED], VIEW, protected(about)))["Held"]
    assert [[cell.value for cell in row[1:]] for row in sheet.iter_rows(min_row=6)] == [
        [1055, 40, "15 more"],
        [0.69, -0.17, "up 3 points"],
        [14, "not known", "too few"],
        ["too few to show", 0, "as many"],
    ]
    assert [sheet.cell(row, 2).number_format for row in (6, 7, 8)] == ["#,##0", "0%", "#,##0.0"]


def test_words_of_true_counts_stay_words(about):
    sheet = opened(workbook([RELEASED], VIEW, about))["Held"]
    assert [cell.value for cell in sheet["B"][5:]] == ["1,055", "69%", "14.0", "too few to show"]


def protected(about: About, **more) -> About:
    said = "Protected numbers: no count of 1 to 4 is shown."
    return replace(about, protected=said, **more)


@pytest.mark.parametrize("text", ["007", "7 of 9", "2025-26", "1,05", "E06000039", "", "%"])
def test_what_is_no_number_is_none(text):
    assert number_in(text) is None


def test_a_course_is_a_whole_number_and_small_rates_have_two_decimals(about):
    rows = pl.DataFrame(
        {"area": ["Slough"], "now": [55], "aim": [47.89041095890411], "rate": [0.9333]}
    )
    course = panel(drawing=Bars("area", {"now": "referrals"}, mark="aim", mark_heading="course"))
    named = {"area": "Area", "now": "Now", "aim": "Course", "rate": "Per 10,000 people"}
    taken = Taken(replace(course, headings=named, percent=()), rows)
    row = opened(workbook([taken], VIEW, about))["Held"][6]
    assert [cell.value for cell in row[1:4]] == [55, 48, 0.9333]
    assert [cell.number_format for cell in row[1:4]] == ["#,##0", "#,##0", "0.00"]
    assert grid(taken.panel, taken.frame, 1).rows == (("Slough", "55", "48", "0.93"),)


def test_headlines_are_whole_where_the_screen_shows_whole_numbers(about):
    points = pl.DataFrame(schema={"x": pl.Date, "value": pl.Float64})

    def number(key: str, value: float, target: float) -> HeadlineNumber:
        return HeadlineNumber(MEASURES[key], value, None, None, target, points, 31)

    numbers = [
        number("referrals_received", 45.0, 38.2191780821918),
        number("mean_dash_score", 13.5, 12.0),
        number("contacts_on_time_rate", 0.88, 0.9),
    ]
    sheet = opened(workbook([RELEASED], VIEW, about, numbers))["Headline numbers"]
    rows = [(row[1], row[3]) for row in sheet.iter_rows(min_row=5)]
    assert [(value.value, target.value) for value, target in rows] == [
        (45, 38),
        (13.5, 12),
        (0.88, 0.9),
    ]
    assert [target.number_format for _, target in rows] == ["#,##0", "#,##0.0", "0%"]


def test_a_headline_that_rounding_leaves_open_is_the_range_of_the_screen(about):
    points = pl.DataFrame(schema={"x": pl.Date, "value": pl.Float64})
    measure = MEASURES["risk_reduced_rate"]
    number = HeadlineNumber(
        measure, 0.8, 25, 1.0, 0.8, points, 31, said="67–96%", previously="76–100%"
    )
    sheet = opened(workbook([RELEASED], VIEW, protected(about), [number]))["Headline numbers"]
    assert [cell.value for cell in sheet[5]][1:5] == ["67–96%", "76–100%", 0.8, 25]


@pytest.mark.parametrize(
    ("drawing", "said"),
    [
        (Table(), "Not known. Never zero. Where a number is too few to show, the cell says so."),
        (
            Bars("area", {"cases": "cases"}),
            "Not known, or too few to show where no words say so. Never zero.",
        ),
    ],
)
def test_the_cover_says_what_an_empty_cell_is(about, drawing, said):
    taken = Taken(panel(drawing=drawing), AREAS)
    cover = opened(workbook([taken], VIEW, protected(about)))["Cover"]
    assert ("Empty cells", said) in list(cover.iter_rows(values_only=True))


@pytest.mark.parametrize(
    ("launched", "said"),
    [
        (date(2026, 5, 12), "12 May to 30 June 2026"),
        (date(2024, 3, 21), "1 April to 30 June 2026"),
        (date(2026, 8, 1), "1 April to 30 June 2026"),
    ],
)
def test_no_period_begins_before_the_service(about, launched, said):
    cover = dict(replace(about, launched=launched).lines(VIEW))
    assert cover["Period"] == said


def test_names_of_sheets_say_the_measure_and_keep_their_words_whole():
    def of(key: str, question: str, page: str = "Rollout") -> Taken:
        return Taken(replace(panel(key), question=question), AREAS, page=page)

    trend, areas = "does it change by more than chance?", "how do the counties compare?"
    assert sheet_names(
        [
            of("released-changes", "What has changed since the period before?"),
            of("released-trend-referrals_received", f"Referrals received: {trend}"),
            of("released-trend-days_to", f"Median days to allocation: {trend}"),
            of("released-areas-referrals_received", f"Referrals received: {areas}"),
            of("released-split-sector", "Referrals by sector: what were they?"),
            of("partner-agencies-of-all-cases-and-kinds", "Who is late?"),
            of("released-changes", "What has changed since the period before?", "Risk"),
            of("released-trend-referrals_received", f"Referrals received: {trend}", "Referrals"),
        ]
    ) == [
        "Changes",
        "Referrals received, trend",
        "Median days to allocation trend",
        "Referrals received, areas",
        "Referrals by sector",
        "Partner agencies of all cases",
        "Changes, Risk",
        "Referrals received, trend 2",
    ]


@always(st.lists(st.tuples(*[st.text(max_size=60)] * 3), max_size=30))
def test_names_of_sheets_are_such_as_spreadsheets_take(panels):
    names = sheet_names(
        [
            Taken(replace(panel(key), question=question), AREAS, page=page)
            for key, question, page in panels
        ]
    )
    lowered = [name.lower() for name in [*names, "Cover", "Definitions", "Headline numbers"]]
    assert len(set(lowered)) == len(lowered)
    for name in names:
        assert 1 <= len(name) <= 31
        assert not set(name) & set("[]:*?/\\'")
