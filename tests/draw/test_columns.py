"""Upright columns over time: from zero, the running period marked, everything named beside."""

from datetime import date, timedelta

import polars as pl
import pytest
from boxes import cut, overlaps, place, text_boxes

from dashboard.draw import choices, figure
from dashboard.draw.base import key_values
from dashboard.draw.theme import FULL, SEVEN_TWELFTHS
from dashboard.drawings import Columns

DRAWING = Columns(
    "start",
    {"accepted": "accepted", "open": "not yet decided", "not_taken": "not taken on"},
    total="received",
    mark="year_earlier",
    mark_heading="year earlier",
)


def months(note: str | None = None, count: int = 12) -> pl.DataFrame:
    starts = [date(2025 + (11 + i) // 12, (11 + i) % 12 + 1, 1) for i in range(count)]
    return frame(starts, note)


def weeks(note: str | None = None) -> pl.DataFrame:
    return frame([date(2026, 5, 25) + timedelta(weeks=i) for i in range(26)], note)


def frame(starts: list[date], note: str | None) -> pl.DataFrame:
    count = len(starts)
    return pl.DataFrame(
        {
            "start": starts,
            "accepted": [20] * (count - 1) + [4],
            "open": [0] * (count - 1) + [14],
            "not_taken": [11] * (count - 1) + [6],
            "received": [31] * (count - 1) + [24],
            "year_earlier": [None] + [33] * (count - 2) + [19],
            "partial": [False] * (count - 1) + [True],
            "note": [None] * (count - 3) + [note, None, note],
        },
        schema_overrides={"note": pl.String},
    )


def test_columns_begin_at_zero_and_stack():
    chart = figure(DRAWING, months(), "light")
    assert chart.layout.yaxis.range[0] == 0
    assert chart.layout.barmode == "stack"
    assert [trace.y[0] for trace in chart.data if trace.type == "bar"] == [20, 0, 11]


def test_the_running_period_is_hatched_and_said():
    chart = figure(DRAWING, months(), "light")
    for bar in (trace for trace in chart.data if trace.type == "bar"):
        assert list(bar.marker.pattern.shape) == [""] * 11 + ["/"]
    assert "Nov<br>so far" in [each.text for each in chart.layout.annotations]
    assert "so far" in key_values(DRAWING, months())[0]


@pytest.mark.parametrize(
    ("rows", "width"), [(months, FULL), (months, SEVEN_TWELFTHS), (weeks, FULL)]
)
def test_no_text_is_cut_or_lies_on_another(rows, width):
    note = "Referral panel meets every week"
    chart = figure(DRAWING, rows(note), "light", width)
    boxes = text_boxes(chart, width)
    assert not cut(boxes, chart, width)
    assert not overlaps(boxes)
    named = {box.text for box in boxes}
    assert {"accepted", "not yet decided", "not taken on", "year earlier"} <= named
    assert not marked(boxes, chart, width)
    assert sum(note in text for text in named) >= 1


def heights(rows: pl.DataFrame) -> list[float]:
    """Pixels from the axis to the foot of each number."""
    chart = figure(DRAWING, rows, "light")
    numbers = next(trace for trace in chart.data if trace.type == "scatter")
    # 300 high less 8 above and two lines of 22 and 8 below; a number's point is its middle.
    return [round(y / chart.layout.yaxis.range[1] * 240 - 11, 1) for y in numbers.y]


def marked(boxes, chart, width):
    """Numbers that a level mark lies on."""
    marks = [
        (place(chart, each.x0, each.y0, width), place(chart, each.x1, each.y1, width))
        for each in chart.layout.shapes
        if each.y0 == each.y1
    ]
    return [
        box.text
        for box in boxes
        for (left, y), (right, _) in marks
        if box.text.isdigit() and box.left < right and left < box.right and box.top < y < box.bottom
    ]


def test_each_number_stands_on_its_column_wherever_the_mark_is():
    at = heights(months())
    # The highest, a mark at 33, is 218 of 240 pixels up: a line of 22 stays free over it.
    assert at[0] == at[1] == round(31 / 33 * 218, 1)
    assert at[-1] == round(24 / 33 * 218, 1)


def test_a_mark_stands_at_the_right_of_the_number_so_that_it_does_not_seem_its_own():
    chart = figure(DRAWING, months(), "light", FULL)
    boxes = {box.left: box for box in text_boxes(chart, FULL) if box.text == "31"}
    marks = [each for each in chart.layout.shapes if each.y0 == each.y1 == 33]
    lefts = sorted({place(chart, each.x0, each.y0, FULL)[0] for each in marks})
    # The first month has no year before.
    rights = [box.right for _, box in sorted(boxes.items())][1:]
    assert [round(left - right) for left, right in zip(lefts, rights, strict=False)] == [6] * 10


def test_parts_and_totals_can_be_asked_for():
    asked = {(row, part): text for row, part, text in choices(DRAWING, months())}
    assert asked[11, "received"] == "Nov 2026: 24"
    assert asked[11, "open"] == "Nov 2026: 14 not yet decided"
    assert (0, "open") not in asked


def test_the_number_over_a_column_is_chosen_like_its_parts():
    chart = figure(DRAWING, months(), "light")
    numbers = next(trace for trace in chart.data if trace.type == "scatter")
    assert numbers.customdata[-1] == [11, "received"]
    assert numbers.hoverinfo == "text"
    assert numbers.hovertext[-1] == key_values(DRAWING, months())[0]


def test_unknown_months_have_no_column():
    rows = months().with_columns(
        pl.when(pl.int_range(pl.len()) > 0).then(
            pl.col("accepted", "open", "not_taken", "received")
        )
    )
    chart = figure(DRAWING, rows, "dark")
    numbers = next(trace for trace in chart.data if trace.type == "scatter")
    assert numbers.customdata[0] == [1, "received"]
    assert len(numbers.text) == 11
    assert "not known" in key_values(DRAWING, rows)[-1]
