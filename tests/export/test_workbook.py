"""The workbook: a cover, real numbers with formats, nothing that calculates, nothing merged."""

import io
from datetime import date, datetime, time

import openpyxl
import polars as pl
from hypothesis import given as always
from hypothesis import strategies as st
from leaving import VIEW, panel

from dashboard.export.about import Taken
from dashboard.export.workbook import sheet_names, workbook


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


@always(st.lists(st.text(max_size=60), max_size=30))
def test_names_of_sheets_are_such_as_spreadsheets_take(keys):
    names = sheet_names(keys)
    lowered = [name.lower() for name in [*names, "Cover", "Definitions", "Headline numbers"]]
    assert len(set(lowered)) == len(lowered)
    for name in names:
        assert 1 <= len(name) <= 31
        assert not set(name) & set("[]:*?/\\'")
