"""Numbers in a grid: shade by size, unknown empty, months and long names fit."""

from datetime import date

import polars as pl
import pytest
from boxes import cut, overlaps, text_boxes

from dashboard.draw import choices, figure, narrowest
from dashboard.draw.base import key_values
from dashboard.draw.theme import COLOURS, FIVE_TWELFTHS, SEVEN_TWELFTHS
from dashboard.drawings import Matrix

BY_MONTH = Matrix("agency", "month", "n", partial="partial")


def by_month(first: date, agencies: int = 2) -> pl.DataFrame:
    months = [
        date(first.year + (first.month + i - 1) // 12, (first.month + i - 1) % 12 + 1, 1)
        for i in range(12)
    ]
    return pl.DataFrame(
        [
            {
                "agency": f"Thames Valley Police, district {a}",
                "month": month,
                "n": a * i * 9,
                "partial": i == 11,
            }
            for a in range(agencies)
            for i, month in enumerate(months)
        ]
    )


@pytest.mark.parametrize("width", [FIVE_TWELFTHS, SEVEN_TWELFTHS, 1120])
@pytest.mark.parametrize("month", [1, 4, 11, 12])
def test_twelve_months_fit(width: int, month: int) -> None:
    chart = figure(BY_MONTH, by_month(date(2025, month, 1)), "light", width)
    boxes = text_boxes(chart, width)
    assert overlaps(boxes) == []
    assert cut(boxes, chart, width) == []


def test_months_are_drawn_for_a_phone() -> None:
    frame = by_month(date(2025, 11, 1))
    width = max(narrowest(BY_MONTH, frame), 358)
    chart = figure(BY_MONTH, frame, "light", width)
    assert cut(text_boxes(chart, width), chart, width) == []


def test_the_running_month_is_marked() -> None:
    chart = figure(BY_MONTH, by_month(date(2025, 11, 1)), "light", SEVEN_TWELFTHS)
    texts = [each.text for each in chart.layout.annotations]
    assert "2025<br>Nov" in texts
    assert "2026<br>Jan" in texts
    assert "so far<br>Oct" in texts


def test_shade_is_a_quarter_of_the_largest_and_none_for_zero_or_unknown() -> None:
    frame = pl.DataFrame(
        {"row": ["a"] * 5, "on": ["v", "w", "x", "y", "z"], "n": [0, None, 10, 60, 100]}
    )
    grid = figure(Matrix("row", "on", "n"), frame, "light").data[0].z
    assert [None if cell != cell else cell for cell in list(grid[0])] == [None, None, 0, 2, 3]


def test_text_on_a_shade_has_the_colour_of_its_class() -> None:
    frame = pl.DataFrame({"row": ["a"] * 2, "on": ["x", "y"], "n": [1, 100]})
    for mode in ("light", "dark"):
        text = figure(Matrix("row", "on", "n"), frame, mode).data[1]
        shades = COLOURS[mode].on_ramp  # type: ignore[index]
        assert list(text.textfont.color) == [shades[0], shades[3]]


def test_a_text_can_stand_in_place_of_the_number() -> None:
    frame = pl.DataFrame(
        {"row": ["a", "a"], "on": ["x", "y"], "n": [3, 0], "first": ["21 Mar 2024", "none"]}
    )
    drawing = Matrix("row", "on", "n", text="first")
    chart = figure(drawing, frame, "light").data[1]
    # None is a dot, and says so where it is pointed at.
    assert list(chart.text) == ["21 Mar 2024", "·"]
    assert list(chart.hovertext) == ["a, x: 21 Mar 2024", "a, y: none"]
    assert key_values(drawing, frame) == ["a: x 21 Mar 2024 and y none"]
    assert choices(drawing, frame) == [(0, "n", "a, x: 3")]


def test_a_month_with_a_note_has_a_dagger_and_its_cells_say_it() -> None:
    drawing = Matrix("agency", "month", "n", partial="partial", note="note")
    noted = pl.when(pl.col("month") == date(2026, 3, 1)).then(pl.lit("Post <vacant>"))
    rows = by_month(date(2026, 1, 1)).with_columns(note=noted)
    for width in (FIVE_TWELFTHS, 1120):
        chart = figure(drawing, rows, "light", width)
        heads = [each.text for each in chart.layout.annotations if "†" in each.text]
        assert len(heads) == 1
        boxes = text_boxes(chart, width)
        assert overlaps(boxes) == []
        said = [text for trace in chart.data for text in (trace.hovertext or ())]
        assert [text for text in said if "vacant" in text] == [
            text for text in said if "Mar 2026" in text
        ]
        assert "Post &lt;vacant&gt;" in "".join(said)
