"""Horizontal bars: zero at the left, labels and columns beside them, clicks that name a row."""

from dataclasses import replace

import polars as pl
import pytest
from boxes import cut, overlaps, text_boxes

from dashboard.draw import choices, figure, narrowest
from dashboard.draw.theme import COLOURS, FIVE_TWELFTHS, SEVEN_TWELFTHS
from dashboard.drawings import Bars, Column

WORKERS = Bars(
    "name",
    {"high": "high-risk", "other": "other"},
    (
        Column("cases", "cases", bold=True, opens=True),
        Column("target", "target"),
        Column("standing", "", attention="over"),
    ),
    mark="target",
    mark_heading="own target",
    strong="over",
)


def workers(rows: int = 2, name: str = "Priya N.") -> pl.DataFrame:
    return pl.DataFrame(
        {
            "name": [name, *(f"Worker {i}" for i in range(1, rows))],
            "high": [9] * rows,
            "other": [15] * rows,
            "cases": [24] * rows,
            "target": [20] * rows,
            "standing": ["4 over"] * rows,
            "over": [True] * rows,
        }
    )


def test_bars_begin_at_zero_and_stack() -> None:
    chart = figure(WORKERS, workers(), "light")
    high, other = (trace for trace in chart.data if trace.type == "bar")
    assert chart.layout.xaxis.range[0] == 0
    assert list(high.base) == [0, 0]
    assert list(other.base) == [9, 9]
    assert list(other.x) == [15, 15]


def test_the_second_blue_is_outlined() -> None:
    other = figure(WORKERS, workers(), "light").data[1]
    assert other.marker.color == COLOURS["light"].second
    assert other.marker.line.color == COLOURS["light"].second_edge
    assert list(other.marker.line.width) == [1, 1]


def test_everything_is_labelled_directly() -> None:
    texts = [box.text for box in text_boxes(figure(WORKERS, workers(), "light"), 1120)]
    for text in ("Priya N.", "high-risk", "other", "own target", "cases", "24", "4 over"):
        assert text in texts


def test_attention_is_said_in_words_and_colour() -> None:
    chart = figure(WORKERS, workers(), "dark")
    late = [t for t in chart.data if t.type == "scatter" and "4 over" in t.text[0]]
    assert late[0].textfont.color == COLOURS["dark"].attention_text
    assert late[0].text[0] == "<b>4 over</b>"


def test_the_hover_box_reads_in_words() -> None:
    hover = figure(WORKERS, workers(), "light").data[0].hovertext[0]
    assert (
        hover == "<b>Priya N.</b><br>high-risk 9<br>other 15<br>own target 20<br>cases 24<br>4 over"
    )


@pytest.mark.parametrize("width", [FIVE_TWELFTHS, SEVEN_TWELFTHS, 1120])
@pytest.mark.parametrize("rows", [1, 2, 8, 40])
@pytest.mark.parametrize("name", ["Jo", "A very long name that nobody could ever have had before"])
def test_no_text_is_cut_or_lies_on_another(width: int, rows: int, name: str) -> None:
    chart = figure(WORKERS, workers(rows, name), "light", width)
    boxes = text_boxes(chart, width)
    assert overlaps(boxes) == []
    assert cut(boxes, chart, width) == []


@pytest.mark.parametrize(
    ("high", "other", "target"), [(0, 0, 20), (20, 1, 1), (1, 20, 10), (500, 400, 20), (7, 13, 20)]
)
def test_headings_keep_apart_wherever_the_marks_are(high: int, other: int, target: int) -> None:
    frame = workers(3).with_columns(
        high=pl.lit(high), other=pl.lit(other), cases=pl.lit(high + other), target=pl.lit(target)
    )
    for width in (FIVE_TWELFTHS, SEVEN_TWELFTHS):
        assert overlaps(text_boxes(figure(WORKERS, frame, "light", width), width)) == []


def test_many_rows_make_the_chart_taller() -> None:
    assert figure(WORKERS, workers(40), "light").layout.height > 40 * 30


def test_a_long_name_is_shortened_on_the_chart_and_full_in_the_hover_box() -> None:
    name = "Buckinghamshire and Milton Keynes community safety partnership team"
    chart = figure(WORKERS, workers(2, name), "light", FIVE_TWELFTHS)
    assert any(box.text.endswith("…") for box in text_boxes(chart, FIVE_TWELFTHS))
    assert name in chart.data[0].hovertext[0]


def test_names_that_begin_alike_stay_different() -> None:
    names = [f"Thames Valley Police, {area}" for area in ("Berkshire", "Oxfordshire", "Slough")]
    frame = pl.DataFrame({"agency": names, "n": [3, 2, 1]})
    chart = figure(Bars("agency", {"n": "referrals"}), frame, "light", 300)
    labels = [each.text for each in chart.layout.annotations]
    assert len(set(labels)) == 3
    assert [label.rpartition(", ")[2] for label in labels] == ["Berkshire", "Oxfordshire", "Slough"]


def test_unknown_is_not_drawn_as_zero() -> None:
    frame = workers(2).with_columns(
        pl.Series("high", [None, 9], pl.Int64), pl.Series("other", [None, 15], pl.Int64)
    )
    chart = figure(WORKERS, frame, "light")
    texts = [box.text for box in text_boxes(chart, 1120)]
    assert "not known" in texts
    assert "high-risk not known" in chart.data[0].hovertext[0]


def test_only_zeros_are_drawn() -> None:
    frame = pl.DataFrame({"agency": ["Police"], "n": [0]})
    chart = figure(Bars("agency", {"n": "referrals"}), frame, "light")
    assert list(chart.layout.xaxis.range) == [0, 1]


def test_the_pale_part_goes_up_to_the_stage_before_and_leads_to_it() -> None:
    drawing = Bars("stage", {"n": "referrals"}, of="before", of_heading="stage before")
    frame = pl.DataFrame(
        {"stage": ["Referred", "Screened"], "n": [395, 380], "before": [None, 395]}
    )
    chart = figure(drawing, frame, "light")
    assert list(chart.data[1].x) == [0, 15]
    assert chart.data[1].marker.color == COLOURS["light"].pale
    assert chart.data[1].hovertext[1].endswith("stage before 395")
    assert [tuple(each) for each in chart.data[1].customdata] == [(0, "before"), (1, "before")]
    assert (1, "before", "Screened: 395 stage before") in choices(drawing, frame)


def stages(**columns: list[int | None]) -> pl.DataFrame:
    return pl.DataFrame({"stage": ["Referred", "Screened"], **columns})


def test_the_bar_and_its_pale_part_are_named_over_the_first_row() -> None:
    rows = stages(n=[300, 380], before=[400, 395])
    drawing = Bars("stage", {"n": "reached"}, of="before", of_heading="at the stage before")
    for named, rest in (
        (drawing, "at the stage before, the rest"),
        (replace(drawing, rest_heading="did not go on"), "did not go on"),
        (replace(drawing, of_heading=""), "the rest"),
    ):
        chart = figure(named, rows, "light")
        words = {each.text: each for each in chart.layout.annotations}
        assert words["<b>reached</b>"].x == 0
        assert words["<b>reached</b>"].font.color == COLOURS["light"].improvement_text
        assert words[f"<b>{rest}</b>"].x == 300
        assert words[f"<b>{rest}</b>"].font.color == COLOURS["light"].quiet


def test_nothing_is_named_where_no_bar_goes_on() -> None:
    drawing = Bars("stage", {"n": "reached"}, of="before", of_heading="before")
    for before in ([None, 380], [300, 380], [None, None]):
        rows = stages(n=[300, 380], before=before).with_columns(pl.col("before").cast(pl.Int64))
        texts = [each.text for each in figure(drawing, rows, "light").layout.annotations]
        assert texts == ["Referred", "Screened"]


@pytest.mark.parametrize("width", [300, FIVE_TWELFTHS, SEVEN_TWELFTHS, 1120])
@pytest.mark.parametrize("first", [0, 1, 200, 399, 400])
def test_names_of_bar_and_rest_keep_apart(width: int, first: int) -> None:
    drawing = Bars(
        "stage",
        {"n": "reached"},
        (Column("n", "referrals", bold=True), Column("before", "of stage\nbefore")),
        of="before",
        rest_heading="did not go on",
    )
    chart = figure(drawing, stages(n=[first, 10], before=[400, 20]), "light", width)
    boxes = text_boxes(chart, width)
    assert overlaps(boxes) == []
    assert cut(boxes, chart, width) == []


def test_a_click_names_its_row_and_part() -> None:
    chart = figure(WORKERS, workers(), "light")
    assert [tuple(each) for each in chart.data[0].customdata] == [(0, "high"), (1, "high")]
    cases = next(t for t in chart.data if t.type == "scatter" and t.customdata[0][1] == "cases")
    assert cases.hoverinfo == "text"
    target = next(t for t in chart.data if t.type == "scatter" and t.customdata[0][1] == "target")
    assert target.hoverinfo == "skip"


def test_what_can_be_clicked_can_be_chosen_from_a_list() -> None:
    assert choices(WORKERS, workers(1)) == [
        (0, "cases", "Priya N.: 24 cases"),
        (0, "high", "Priya N.: 9 high-risk"),
        (0, "other", "Priya N.: 15 other"),
    ]


def test_a_long_name_stands_whole_on_two_lines_between_short_ones():
    long = "Local authority community safety"
    drawing = Bars("name", {"n": "n"}, (Column("n", "now"), Column("n", "year\nearlier")))
    frame = pl.DataFrame({"name": ["Police", long, "Housing"], "n": [114, 3, 1]})
    chart = figure(drawing, frame, "light", 434)
    assert "Local authority<br>community safety" in [each.text for each in chart.layout.annotations]
    boxes = text_boxes(chart, 434)
    assert overlaps(boxes) == []
    assert cut(boxes, chart, 434) == []
    # At the end of a short chart rows are higher for it; one of many rows it would make long.
    last = figure(drawing, frame[[0, 2, 1]], "light", 434)
    assert cut(text_boxes(last, 434), last, 434) == []
    assert any("<br>community" in each.text for each in last.layout.annotations)
    others = pl.DataFrame({"name": [f"Housing {n}" for n in range(6)], "n": [1] * 6})
    many = figure(drawing, pl.concat([others, frame[[1]]]), "light", 434)
    assert not any("<br>community" in each.text for each in many.layout.annotations)


def test_in_the_narrowest_window_labels_break_before_numbers_are_out_of_sight():
    drawing = Bars(
        "standing",
        {"adults": "adults", "children": "children"},
        (Column("adults", "adults"), Column("children", "children")),
    )
    names = ["Reached in time", "First contact not yet due", "Never reached"]
    frame = pl.DataFrame({"standing": names, "adults": [137, 13, 45], "children": [248, 26, 68]})
    phone = 348  # pixels of a panel on one of 390
    assert narrowest(drawing, frame) <= phone
    chart = figure(drawing, frame, "light", phone)
    boxes = text_boxes(chart, phone)
    assert {"248", "26", "68", "First contactnot yet due"} <= {box.text for box in boxes}
    assert cut(boxes, chart, phone) == []
    assert overlaps(boxes) == []
