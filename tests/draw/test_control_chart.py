"""Control charts: special causes differ in shape, colour and words, and no text meets another."""

import math
from datetime import date, datetime

import polars as pl
import pytest
from boxes import Box, cut, overlaps, place, struck, text_boxes
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.draw import choices, figure
from dashboard.draw.base import key_values
from dashboard.draw.theme import COLOURS, SEVEN_TWELFTHS, VARIATIONS
from dashboard.drawings import ControlChart
from queries.special_causes import special_causes
from queries.statistics import control_limits, xmr

CHART = ControlChart(places=1)
PHONE = 358
NOTES = {date(2025, 9, 1): "Referral panel meets every week", date(2025, 11, 1): "A post is vacant"}


_NOT_ROUNDED = pl.lit(None, pl.Float64)


def charted(
    values: list[float | None], notes: dict[date, str] | None = None, anew: int = 0
) -> pl.DataFrame:
    """A chart of these months; from row `anew` on with limits of their own."""
    months = [date(2024 + (10 + i) // 12, (10 + i) % 12 + 1, 1) for i in range(len(values))]
    parts = [(0, anew), (anew, len(values))] if anew else [(0, len(values))]
    rows = pl.concat(
        xmr(values[start:end], "lower").with_columns(
            since=pl.lit(months[start]), trial=pl.lit(control_limits(values[start:end]).trial)
        )
        for start, end in parts
    ).with_columns(pl.Series("month", months), _NOT_ROUNDED.alias("least"), most=_NOT_ROUNDED)
    said = {cause.row: cause.said for cause in special_causes(rows)}
    noted = [(notes or {}).get(month) for month in months]
    return rows.with_columns(
        pl.Series("cause", [said.get(i) for i in range(len(values))], pl.String),
        pl.Series("note", noted, pl.String),
        pl.Series(
            "note_on", [m if n else None for m, n in zip(months, noted, strict=True)], pl.Date
        ),
    )


CHANCE: list[float | None] = [18.5 + 0.3 * (-1) ** i for i in range(24)]
SPIKE = [*CHANCE[:20], 21.0, *CHANCE[21:]]


def texts(values: list[float | None], **notes: str) -> list[str]:
    return [box.text for box in text_boxes(figure(CHART, charted(values), "light"), 1120)]


def points(values: list[float | None], mode="light"):
    return figure(CHART, charted(values), mode).data[-1].marker


def test_a_special_cause_has_its_own_shape_and_colour() -> None:
    marks = points(SPIKE)
    assert (marks.symbol[20], marks.size[20], marks.color[20]) == VARIATIONS["concern"]
    assert (marks.symbol[0], marks.size[0], marks.color[0]) == VARIATIONS["common"]
    assert len({symbol for symbol, _, _ in VARIATIONS.values()}) == len(VARIATIONS)
    assert points(SPIKE, "dark").line.color == COLOURS["dark"].text


def test_it_is_said_in_words_beside_the_point_with_its_value() -> None:
    found = texts(SPIKE)
    assert any("July 2026 is" in text and "Concern" in text for text in found)
    assert "21.0" in found


def crowd(notes: dict[date, str]) -> pl.DataFrame:
    """A high month, then low ones close to each other, all outside of narrow limits."""
    values = [
        {2: 20.5, **dict.fromkeys((12, 15, 17, 20), 16.0)}.get(i, v) for i, v in enumerate(CHANCE)
    ]
    low, high = pl.col("value") < 17.5, pl.col("value") > 19.5
    when = pl.col("month").dt.strftime("%B %Y")
    return charted(values, notes).with_columns(
        mean=18.5,
        lower=17.5,
        upper=19.5,
        rule=pl.when(low | high).then(pl.lit("outside")),
        variation=pl.when(low).then(pl.lit("improvement")).otherwise(pl.lit("common")),
        cause=pl.when(low)
        .then(pl.format("Improvement: {} is below the lower limit", when))
        .when(high)
        .then(pl.format("Concern: {} is above the upper limit", when)),
    )


def beside(chart, frame: pl.DataFrame, width: int) -> list[tuple[Box, tuple[float, float], bool]]:
    """What is said of special causes, the place of the point, and whether it is above the mean."""
    found, boxes = [], text_boxes(chart, width)
    for row in frame.filter(pl.col("cause").is_not_null()).to_dicts():
        at = place(chart, row["month"], row["value"], width)
        found += [
            (box, at, row["value"] >= row["mean"])
            for box in boxes
            if box.text.replace(" ", "") == row["cause"].replace(" ", "")
        ]
    return found


def leaders(chart, width: int) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The ends of the lines from words to their points, in pixels."""
    lines = [each for each in chart.layout.shapes if isinstance(each.x0, datetime)]
    return [
        (place(chart, each.x0, each.y0, width), place(chart, each.x1, each.y1, width))
        for each in lines
    ]


def apart(box: Box, at: tuple[float, float]) -> float:
    x, y = at
    across = max(box.left - x, x - box.right, 0.0)
    return math.hypot(across, max(box.top - y, y - box.bottom, 0.0))


def belong(chart, frame: pl.DataFrame, width: int) -> bool:
    """Whether all that is said of causes stands at its point or is led to it.

    At it: 14 from its edge, which is 9 from its middle, or 14 from its value, which is 22 high and
    as near; letters stand up to 6 within their lines. A line begins at the words, which may be
    narrower than their room, and ends at the point or at its value. Several points may have the
    same words.
    """
    lines = leaders(chart, width)
    said = beside(chart, frame, width)
    return all(
        any(
            apart(box, at) <= 9 + 14 + 22 + 14 + 6
            or any(apart(box, start) <= 45 and math.dist(end, at) <= 60 for start, end in lines)
            for box, at, _ in said
            if box == each
        )
        for each, _, _ in said
    )


@pytest.mark.parametrize("notes", [{}, {date(2025, 6, 1): "A case manager’s post falls vacant"}])
def test_words_stand_at_their_points_or_are_led_to_them(notes) -> None:
    frame = crowd(notes)
    chart = figure(CHART, frame, "light")
    _, mean = place(chart, frame["month"][0], 18.5, 1120)
    said = beside(chart, frame, 1120)
    assert len(said) == 5
    assert belong(chart, frame, 1120)
    # Of three so near to each other one has no room under the mean.
    sides = [box.bottom <= mean if above else box.top >= mean for box, _, above in said]
    assert sorted(sides) == [False, True, True, True, True]
    assert len(leaders(chart, 1120)) == 1


def test_a_point_says_its_cause_when_pointed_at() -> None:
    line = figure(CHART, charted(SPIKE), "light").data[-1]
    assert line.hovertext[20] == "July 2026: 21.0<br>Concern: July 2026 is above the upper limit"
    assert line.hovertext[19] == "June 2026: 18.2"


def test_the_range_grows_on_the_side_where_words_need_room() -> None:
    frame = crowd({})
    bare = frame.with_columns(cause=pl.lit(None, pl.String))
    (low, high), (least, most) = (
        figure(CHART, each, "light").layout.yaxis.range for each in (frame, bare)
    )
    assert low < least - 0.3
    assert high - most < (least - low) / 2


def test_mean_and_limits_carry_their_values_at_the_right_end() -> None:
    frame = charted(SPIKE)
    chart = figure(CHART, frame, "light")
    ends = [box for box in text_boxes(chart, 1120) if "limit " in box.text or "mean" in box.text]
    names = [f"upper limit {frame['upper'][0]:.1f}", f"mean {frame['mean'][0]:.1f}"]
    assert [box.text for box in ends][:2] == names
    assert all(box.left > 1120 - chart.layout.margin.r for box in ends)


def test_trial_limits_are_called_so() -> None:
    assert any(text.startswith("trial limit") for text in texts(CHANCE[:11]))
    assert not any(text.startswith("trial limit") for text in texts(CHANCE[:12]))


def test_a_limit_that_cannot_be_is_not_drawn() -> None:
    frame = charted(CHANCE).with_columns(lower=pl.lit(None, pl.Float64))
    drawn = [box.text for box in text_boxes(figure(CHART, frame, "light"), 1120)]
    assert not any("lower limit" in text for text in drawn)
    assert any("upper limit" in text for text in drawn)


def test_annotations_are_rules_with_their_words_on_top() -> None:
    chart = figure(CHART, charted(CHANCE, NOTES), "light")
    found = [box.text for box in text_boxes(chart, 1120)]
    assert "Sep 2025: Referral panel meets every week" in found
    rules = [shape for shape in chart.layout.shapes if shape.x0 in NOTES]
    assert len(rules) == 2
    assert all(rule.x0 == rule.x1 and rule.y1 >= 1 for rule in rules)


def test_a_gap_stays_a_gap_and_cannot_be_chosen() -> None:
    frame = charted([*CHANCE[:5], None, *CHANCE[6:]])
    line = figure(CHART, frame, "light").data[-1]
    assert line.y[5] is None
    assert line.connectgaps is False
    assert [index for index, *_ in choices(CHART, frame)] == [
        i for i in range(23, -1, -1) if i != 5
    ]
    assert list(line.customdata[7]) == [7, "value"]


def test_one_point_and_constant_points_are_drawn() -> None:
    assert "mean 18.0" in texts([18.0])
    assert "always 5.0" in texts([5.0] * 24)


def test_shares_are_percentages() -> None:
    frame = charted([0.6, 0.7] * 12)
    drawn = text_boxes(figure(ControlChart(percent=True), frame, "light"), 1120)
    assert "mean 65%" in [box.text for box in drawn]


def test_a_screen_reader_is_told_the_last_value_the_limits_and_the_causes() -> None:
    said = key_values(CHART, charted(SPIKE))
    assert said[0] == "October 2026 18.2"
    assert said[-1] == "Concern: July 2026 is above the upper limit"


def test_a_thin_line_is_as_long_as_rounding_leaves_open() -> None:
    assert not figure(CHART, charted(SPIKE), "light").data[-1].error_y.visible
    rounded = charted(SPIKE).with_columns(least=pl.col("value") - 0.5, most=pl.col("value") + 2.0)
    bars = figure(CHART, rounded, "light").data[-1].error_y
    assert bars.visible
    assert bars.array == pytest.approx([2.0] * 24)
    assert bars.arrayminus == pytest.approx([0.5] * 24)


@pytest.mark.parametrize("width", [SEVEN_TWELFTHS, 1120])
@pytest.mark.parametrize("values", [SPIKE, [*SPIKE[:-1], SPIKE[-2]], [24.0, *SPIKE[1:]]])
def test_no_words_stand_on_the_thin_lines(values, width) -> None:
    frame = charted(values).with_columns(least=pl.col("value") - 1.5, most=pl.col("value") + 1.5)
    chart = figure(CHART, frame, "light", width)
    boxes = text_boxes(chart, width)
    for row in frame.iter_rows(named=True):
        x, top = place(chart, row["month"], row["most"], width)
        _, bottom = place(chart, row["month"], row["least"], width)
        on_it = [
            box.text
            for box in boxes
            if box.left + 1 < x < box.right - 1 and box.top < bottom and top < box.bottom
        ]
        assert on_it == []


STEP = [*[22.5] * 5, *[20.5] * 5, *CHANCE[10:]]


def test_limits_that_begin_anew_are_drawn_over_their_own_months() -> None:
    frame = charted(STEP, anew=10)
    chart = figure(CHART, frame, "light")
    bands = [shape for shape in chart.layout.shapes if shape.type == "rect"]
    # From the axis' beginning to half a month before September 2025, and from there to its end.
    assert [(band.x0, band.x1) for band in bands] == [
        (date(2024, 10, 14), date(2025, 8, 17)),
        (date(2025, 8, 17), date(2026, 10, 19)),
    ]
    # One step of two in nine; then steps of 0.6.
    assert bands[0].y0 == pytest.approx(21.5 - 2.66 * 2 / 9)
    assert bands[1].y0 == pytest.approx(18.5 - 2.66 * 0.6)
    means = [text for text in (box.text for box in text_boxes(chart, 1120)) if "mean" in text]
    assert means == ["mean 18.5", "mean 21.5"]
    assert "before September 2025 mean 21.5" in key_values(CHART, frame)


@settings(max_examples=60)
@given(
    st.lists(
        st.none() | st.integers(0, 240).map(lambda tenths: tenths / 10), min_size=1, max_size=30
    ),
    st.sets(st.integers(0, 29), max_size=4),
    st.sampled_from([SEVEN_TWELFTHS, 1120]),
    st.sampled_from([0, 8]),
)
def test_no_text_is_cut_or_lies_on_another(values, noted, width, anew) -> None:
    if all(value is None for value in values):
        values = [*values, 12.0]
    months = {
        date(2024 + (10 + i) // 12, (10 + i) % 12 + 1, 1): "A case manager’s post falls vacant"
        for i in noted
    }
    anew = anew if any(value is not None for value in values[:anew]) else 0
    anew = anew if any(value is not None for value in values[anew:]) else 0
    frame = charted(values, months, anew)
    chart = figure(CHART, frame, "light", width)
    boxes = text_boxes(chart, width)
    assert belong(chart, frame, width)
    assert struck(boxes, chart, width, leaders(chart, width)) == []
    assert overlaps(boxes) == []
    assert cut(boxes, chart, width) == []


def test_on_a_phone_a_note_stands_whole_in_lines_and_meets_nothing() -> None:
    values = [14.2, 13.9, 13.6, *[13.3, 13.5] * 4, *[13.2] * 9]
    boxes = text_boxes(figure(CHART, charted(values, NOTES), "light", PHONE), PHONE)
    assert overlaps(boxes) == []
    assert not any("…" in box.text for box in boxes)
