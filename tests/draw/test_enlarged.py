"""A chart enlarged: all lengths grow alike, and what is data stays."""

import polars as pl

from dashboard.draw import figure
from dashboard.draw.enlarged import enlarged
from dashboard.drawings import Columns, Lines

MONTHS = pl.DataFrame({"x": [1.0, 2.0, 3.0], "value": [4.0, None, 6.0], "target": [5.0] * 3})


def test_letters_lines_and_margins_grow_and_data_does_not():
    small = figure(
        Lines("x", {"value": "cases"}, target="target", height=200), MONTHS, "light", 600
    )
    large = enlarged(small, 1.5)
    assert large.layout.height == 300
    assert large.layout.margin.t == small.layout.margin.t * 1.5
    assert large.layout.template.layout.font.size == 24
    assert large.layout.yaxis.range == small.layout.yaxis.range
    for before, after in zip(small.data, large.data, strict=True):
        assert list(before.y) == list(after.y)
        if before.line.width:
            assert after.line.width == before.line.width * 1.5
    dashes = [trace.line.dash for trace in large.data if trace.line.dash]
    assert dashes == ["6px,4.5px"]
    for before, after in zip(small.layout.annotations, large.layout.annotations, strict=True):
        assert (after.xshift or 0) == (before.xshift or 0) * 1.5
        assert (after.y, after.x) == (before.y, before.x)
    ends = [note.text for note in large.layout.annotations if "font-size" in note.text]
    assert ends
    assert all("font-size:27px" in text for text in ends)


def test_the_width_of_a_column_is_data():
    rows = pl.DataFrame({"x": [1], "value": [2.0]}).with_columns(
        x=pl.date(2026, 4, 1), partial=pl.lit(value=False), note=pl.lit(None, pl.String)
    )
    small = figure(Columns("x", {"value": "cases"}, "value"), rows, "light", 600)
    assert enlarged(small, 2).data[0].width == small.data[0].width


def test_a_column_that_is_hidden_says_so():
    rows = pl.DataFrame({"x": [1], "value": [None]}, schema={"x": pl.Int64, "value": pl.Float64})
    rows = rows.with_columns(
        x=pl.date(2026, 4, 1), partial=pl.lit(value=False), note=pl.lit(None, pl.String)
    )
    drawing = Columns("x", {"value": "cases"}, "value", without="too few to show")
    chart = figure(drawing, rows, "light", 600)
    assert any("too few to show" in str(trace.text) for trace in chart.data if trace.text)
