"""One measure in many places: small charts on one scale."""

from datetime import date

import polars as pl
import pytest
from boxes import cut, overlaps, place, text_boxes

from dashboard.draw import figure
from dashboard.draw.base import NARROWEST, key_values
from dashboard.draw.theme import FULL
from dashboard.drawings import Multiples

MULTIPLES = Multiples("county", "name", "month", "value", note="note", unit="per 10,000 people")


def months(counties: dict[str, int], by: float = 1.0, **columns: object) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "county": county,
                "name": f"{county} and District {i}",
                "month": date(2026, month, 1),
                "value": by * (month + i),
                "note": "A post filled" if month == 9 and i == 0 else None,
            }
            for county, count in counties.items()
            for i in range(count)
            for month in range(1, 13)
        ],
        schema_overrides={"note": pl.String},
    ).with_columns(**columns)


@pytest.mark.parametrize("by", [0.01, 1.0, 1000.0, -1.0])
@pytest.mark.parametrize(
    "counties", [{"Berkshire": 1}, {"Berkshire": 6, "Buckinghamshire": 2}, {"London": 14}]
)
def test_no_text_of_small_multiples_is_cut_or_lies_on_another(counties, by) -> None:
    chart = figure(MULTIPLES, months(counties, by), "light", FULL)
    boxes = text_boxes(chart, FULL)
    assert overlaps(boxes) == []
    assert cut(boxes, chart, FULL) == []


@pytest.mark.parametrize("width", [NARROWEST, 358, 700])
def test_in_a_narrow_window_the_names_of_counties_stand_over_their_charts(width: int) -> None:
    frame = months({"Buckinghamshire with Milton Keynes": 3, "Oxfordshire": 2}, 0.01)
    boxes = text_boxes(figure(MULTIPLES, frame, "light", width), width)
    assert overlaps(boxes) == []
    assert width == 700 or "Buckinghamshire with Milton Keynes" in [box.text for box in boxes]


@pytest.mark.parametrize("last", [0.0, 0.03, 0.4])
@pytest.mark.parametrize("before", [6, 20])
def test_the_last_value_stands_over_the_axis_and_its_months(last: float, before: int) -> None:
    starts = [date(2025 + month // 12, month % 12 + 1, 1) for month in range(before)]
    rows = pl.DataFrame(
        {
            "county": "Berkshire",
            "name": "Slough",
            "month": starts,
            "value": [0.5, *[0.2] * (before - 2), last],
            "note": None,
        }
    )
    chart = figure(MULTIPLES, rows, "light", FULL)
    boxes = text_boxes(chart, FULL)
    assert overlaps(boxes) == []
    _, axis = place(chart, starts[0], 0, FULL)
    said = {0.0: "0", 0.03: "0.03", 0.4: "0.40"}[last]
    written = [box for box in boxes if box.text == said and box.left > FULL / 2]
    assert len(written) == 1
    assert written[0].bottom <= axis
    # Nothing moves a value that is high enough: the range is 0 to 0.53 over 96 pixels.
    middle = (written[0].top + written[0].bottom) / 2
    assert round(axis - middle, 1) == {0.0: 13.0, 0.03: 13.0, 0.4: 72.5}[last]


def quarters(count: int, districts: int) -> pl.DataFrame:
    starts = [date(2024 + quarter // 4, quarter % 4 * 3 + 1, 1) for quarter in range(count)]
    return pl.concat(
        [
            pl.DataFrame({"month": starts}).with_columns(
                county=pl.lit("Berkshire"),
                name=pl.lit(f"District {i}"),
                value=pl.lit(0.93),
                note=pl.lit(None, pl.String),
            )
            for i in range(districts)
        ]
    )


@pytest.mark.parametrize(
    ("count", "districts", "said"),
    [
        (11, 6, ["2024", "2026"]),
        (11, 2, ["Jan 2024", "Jan 2025", "Jan 2026"]),
        (40, 6, ["2024", "2029"]),
        (4, 6, ["Jan", "Oct"]),
    ],
)
def test_small_charts_over_more_than_a_year_name_its_januaries(count, districts, said) -> None:
    chart = figure(MULTIPLES, quarters(count, districts), "light", FULL)
    boxes = text_boxes(chart, FULL)
    under = [
        each.text for each in boxes if each.text[:2] == "20" or each.text[:3] in {"Jan", "Oct"}
    ]
    assert under == said * districts
    ticks = [each.x0 for each in chart.layout.shapes][: -(-count // 4)]
    assert ticks == [] if count == 4 else [day.year for day in ticks][:3] == [2024, 2025, 2026]
    assert overlaps(boxes) == []
    assert cut(boxes, chart, FULL) == []


def test_all_small_charts_have_one_scale() -> None:
    chart = figure(MULTIPLES, months({"Berkshire": 3, "Oxfordshire": 2}), "light", FULL)
    ranges = {chart.layout[f"yaxis{i or ''}"].range for i in ("", 2, 3, 4, 5)}
    assert len(ranges) == 1
    assert ranges.pop()[0] == 0


def test_a_gap_stays_a_gap_and_an_annotation_is_a_rule() -> None:
    gap = months({"Berkshire": 2}).with_columns(
        value=pl.when(pl.col("month") == date(2026, 6, 1)).then(None).otherwise("value")
    )
    chart = figure(MULTIPLES, gap, "light", FULL)
    assert chart.data[0].connectgaps is False
    assert chart.data[0].y[5] is None
    assert [shape.x0 for shape in chart.layout.shapes] == [date(2026, 9, 1)]
    assert "A post filled" in chart.data[0].hovertext[8]


def test_a_district_without_a_value_says_so() -> None:
    frame = months({"Berkshire": 1}, value=pl.lit(None, pl.Float64))
    texts = [box.text for box in text_boxes(figure(MULTIPLES, frame, "light", FULL), FULL)]
    assert "not known" in texts
    assert key_values(MULTIPLES, frame) == ["Berkshire and District 0: not known"]
