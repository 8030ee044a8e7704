"""Local points with intervals beside published marks: zero, words where nothing can be said."""

import polars as pl
import pytest
from boxes import cut, overlaps, place, text_boxes

from dashboard.draw import choices, figure
from dashboard.draw.base import key_values
from dashboard.drawings import Benchmarks, Column

DRAWING = Benchmarks(
    "measure",
    "value",
    "lower",
    "upper",
    "note",
    columns=(
        Column("value", "local", bold=True, percent=True),
        Column("n", "cases\n(n)", opens=True),
        Column("words", "published"),
    ),
    published="published",
    x_title="right of zero: fewer than before; left: more",
)


def results(**columns: list) -> pl.DataFrame:
    frame = {
        "measure": ["Physical abuse", "MARAC repeats, 12 months", "Criminal incidents"],
        "value": [0.81, -0.02, None],
        "lower": [0.77, -0.4, None],
        "upper": [0.85, 0.44, None],
        "note": [None, None, "too early to say: 12 of 30, 193 to come"],
        "n": [320, 412, 12],
        "published": [0.82, None, 0.3],
        "words": ["82% fewer", "fewer than control", "30% fewer"],
    }
    return pl.DataFrame(frame | columns)


def lines(chart) -> list[tuple[float, float, float, float]]:
    return [(s.x0, s.x1, s.y0, s.y1) for s in chart.layout.shapes]


def test_intervals_and_published_marks_lie_on_their_rows():
    drawn = lines(figure(DRAWING, results(), "light"))
    assert (0.77, 0.85, 0, 0) in drawn
    assert (-0.4, 0.44, 1, 1) in drawn
    upright = [(x0, (y0 + y1) / 2) for x0, x1, y0, y1 in drawn if x0 == x1 != 0]
    assert upright == [(0.82, 0)]  # without a local value nothing stands beside it


def test_zero_is_always_on_the_axis_and_everything_within_it():
    chart = figure(DRAWING, results(), "light")
    low, high = chart.layout.xaxis.range
    assert low == -0.4
    assert high >= 0.85
    assert (0, 0, 0, 1) in lines(chart)
    only_high = results(value=[0.8, 0.8, 0.8], lower=[0.7] * 3, upper=[0.9] * 3)
    assert figure(DRAWING, only_high, "light").layout.xaxis.range[0] == 0


def test_an_interval_beyond_the_axis_is_cut_at_its_end():
    wide = figure(DRAWING, results(lower=[0.77, -3.0, None]), "light")
    assert wide.layout.xaxis.range[0] == -1
    assert (-1, 0.44, 1, 1) in lines(wide)


def test_what_is_unknown_has_words_and_no_point():
    chart = figure(DRAWING, results(), "light")
    points = next(trace for trace in chart.data if trace.mode == "markers")
    assert list(points.y) == [0, 1]
    texts = [box.text for box in text_boxes(chart, 1120)]
    assert "too early to say: 12 of 30, 193 to come" in texts
    assert "published" in texts
    assert "local, 95% interval" in texts


def test_the_text_alternative_has_value_interval_and_published():
    said = key_values(DRAWING, results())
    assert said[0] == "Physical abuse: 81%, 95% interval 77% to 85%, published 82%, 320 cases (n)"
    assert said[2].startswith("Criminal incidents: too early to say: 12 of 30")


def test_numbers_that_count_records_can_be_chosen():
    assert choices(DRAWING, results())[0] == (0, "n", "Physical abuse: 320 cases (n)")


@pytest.mark.parametrize("width", [621, 1120])
@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(
    "columns",
    [
        {},
        {
            "value": [None] * 3,
            "lower": [None] * 3,
            "upper": [None] * 3,
            "note": ["not recorded"] * 3,
        },
        {"measure": ["A measure whose name is far too long to be drawn beside anything"] * 3},
    ],
)
def test_no_text_is_cut_or_lies_on_another(width, mode, columns):
    frame = results(**columns).with_columns(pl.col("value", "lower", "upper").cast(pl.Float64))
    chart = figure(DRAWING, frame, mode, width)
    boxes = text_boxes(chart, width)
    assert not overlaps(boxes)
    assert not cut(boxes, chart, width)


@pytest.mark.parametrize("width", [600, 800, 1120])
def test_words_in_place_of_a_value_do_not_lie_on_the_line_of_zero(width):
    frame = results(
        value=[-0.9, -0.8, None],
        lower=[-0.95, -1.0, None],
        upper=[-0.85, -0.6, None],
        note=[None, None, "not recorded"],
        published=[None] * 3,
    )
    chart = figure(DRAWING, frame, "dark", width)
    (words,) = [box for box in text_boxes(chart, width) if box.text == "not recorded"]
    zero, _ = place(chart, 0, 2, width)
    # Where there is no room at its right they stand at its left, six pixels from it.
    assert min(abs(words.left - zero), abs(words.right - zero)) == pytest.approx(6)
