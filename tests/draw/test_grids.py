"""Small grids: one scale, every cell printed, clicks that name a row of the whole frame."""

import polars as pl
import pytest
from boxes import cut, overlaps, text_boxes

from dashboard.draw import choices, figure, narrowest
from dashboard.draw.base import NARROWEST
from dashboard.draw.theme import COLOURS
from dashboard.drawings import Grids

FLOWS = Grids(
    "kind",
    "before",
    "after",
    "cases",
    headings="says",
    rows_heading="at intake",
    across_heading="at exit",
)
LEVELS = ("None", "Standard", "Moderate", "High")


def flows(kinds: int = 4, says: str = "106 used it: 100 milder, 2 worse; 1 began") -> pl.DataFrame:
    names = ("Physical", "Sexual", "Harassment and stalking", "Jealous and controlling")
    return pl.DataFrame(
        [
            {"kind": names[k], "before": b, "after": a, "cases": k * 16 + i * 4 + j, "says": says}
            for k in range(kinds)
            for i, b in enumerate(LEVELS)
            for j, a in enumerate(LEVELS)
        ]
    )


def test_all_grids_are_shaded_on_one_scale() -> None:
    maps = [trace for trace in figure(FLOWS, flows(), "light").data if trace.type == "heatmap"]
    assert {(trace.zmin, trace.zmax) for trace in maps} == {(-0.5, 3.5)}
    # The largest of all is 63: the first grid, up to 15, is in the lowest class throughout.
    assert {level for row in maps[0].z for level in row if level is not None} == {0}
    assert maps[3].z[3][3] == 3
    assert maps[0].z[0][0] is None


def test_on_a_phone_no_column_is_out_of_sight() -> None:
    frame = flows()
    assert narrowest(FLOWS, frame) <= NARROWEST
    chart = figure(FLOWS, frame, "light", NARROWEST)
    # What became worse is never what is cut.
    words = [each.text for each in chart.layout.annotations if "milder" in each.text]
    assert all(text.endswith("2 worse; 1 began") for text in words)
    boxes = text_boxes(chart, NARROWEST)
    assert cut(boxes, chart, NARROWEST) == []
    assert overlaps(boxes) == []


def test_a_click_names_the_row_of_the_whole_frame() -> None:
    marks = [trace for trace in figure(FLOWS, flows(), "light").data if trace.type == "scatter"]
    assert list(marks[1].customdata[0]) == [16, "cases"]
    named = {row: text for row, _, text in choices(FLOWS, flows())}
    assert named[23] == "Sexual, standard at intake, high at exit: 23"
    assert 0 not in named  # no case, nothing to open


def test_both_sides_are_named() -> None:
    found = [box.text for box in text_boxes(figure(FLOWS, flows(1), "dark"), 1120)]
    for text in ("at intake", "at exit", "None", "High"):
        assert text in found


def test_words_on_dark_cells_are_light() -> None:
    marks = [trace for trace in figure(FLOWS, flows(), "light").data if trace.type == "scatter"]
    assert marks[3].textfont.color[15] == COLOURS["light"].on_ramp[3]


@pytest.mark.parametrize("kinds", [1, 2, 3, 4])
@pytest.mark.parametrize("says", ["", "106 used it: 100 milder, 2 worse; 1 began", "x" * 200])
def test_no_text_is_cut_or_lies_on_another(kinds: int, says: str) -> None:
    chart = figure(FLOWS, flows(kinds, says), "light", 1120)
    boxes = text_boxes(chart, 1120)
    assert overlaps(boxes) == []
    assert cut(boxes, chart, 1120) == []
