"""Courses, lines, fans: one scale from zero, labels at the ends of lines, none on another."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest
from boxes import cut, overlaps, place, struck, text_boxes
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.draw import figure
from dashboard.draw.theme import COLOURS, FIVE_TWELFTHS, SEVEN_TWELFTHS
from dashboard.drawings import Courses, Fans, Lines

START = date(2026, 4, 1)
COURSES = Courses(
    "county", "on", {"referrals": "referred", "allocations": "allocated"}, "course", "says", "late"
)


def courses(
    referred: int, allocated: int, course: int, weeks: int = 30, bend: float = 1.0
) -> pl.DataFrame:
    """Three counties on the same lines; counts end after `weeks` of 52, and bend by `bend`."""
    rows = [
        {
            "county": county,
            "on": START + timedelta(weeks=week),
            "referrals": round(referred * (week / weeks) ** bend) if week <= weeks else None,
            "allocations": round(allocated * (week / weeks) ** bend) if week <= weeks else None,
            "course": course * week / 52,
            "says": "15 behind the course",
            "late": county == "Berkshire",
        }
        for county in ("Berkshire", "Buckinghamshire", "Oxfordshire")
        for week in range(53)
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def test_small_charts_share_one_scale_from_zero() -> None:
    chart = figure(COURSES, courses(155, 90, 290), "light")
    ranges = {tuple(chart.layout[f"yaxis{n}"].range) for n in ("", "2", "3")}
    assert len(ranges) == 1
    assert ranges.pop()[0] == 0
    assert 0 not in chart.layout.yaxis.tickvals


def test_small_charts_are_labelled_at_their_ends() -> None:
    texts = [box.text for box in text_boxes(figure(COURSES, courses(155, 90, 290), "light"), 1120)]
    assert texts.count("155 referred") == 3
    assert texts.count("course 290 by Mar 2027") == 3
    assert "Apr" in texts


def test_a_heading_asks_for_attention_in_words_and_colour() -> None:
    chart = figure(COURSES, courses(155, 90, 290), "light")
    heads = [each for each in chart.layout.annotations if "behind" in each.text]
    assert [each.font.color == COLOURS["light"].attention_text for each in heads] == [
        True,
        False,
        False,
    ]


def test_what_is_not_yet_known_is_not_drawn() -> None:
    chart = figure(COURSES, courses(155, 90, 290), "light")
    main = next(t for t in chart.data if t.line.width == 3.5)
    assert max(main.x) == START + timedelta(weeks=30)


def with_notes(rows: pl.DataFrame, weeks: list[int]) -> pl.DataFrame:
    """The same with something noted in these weeks, everywhere."""
    noted = pl.col("on").is_in([START + timedelta(weeks=week) for week in weeks])
    return rows.with_columns(
        note_on=pl.when(noted).then("on"), note=pl.when(noted).then(pl.lit("A post falls vacant"))
    )


@settings(max_examples=30)
@given(
    st.integers(0, 600),
    st.integers(0, 600),
    st.integers(0, 600),
    st.integers(1, 52),
    st.sampled_from([0.2, 0.5, 1.0, 2.0, 5.0]),
    st.lists(st.integers(0, 52), max_size=6),
)
def test_no_label_of_a_course_is_cut_or_lies_on_another_or_on_a_line(
    referred: int, allocated: int, course: int, weeks: int, bend: float, noted: list[int]
) -> None:
    rows = with_notes(courses(referred, allocated, course, weeks, bend), noted)
    chart = figure(replace(COURSES, notes=True), rows, "light")
    boxes = text_boxes(chart, 1120)
    assert overlaps(boxes) == []
    assert cut(boxes, chart, 1120) == []
    assert struck(boxes, chart, 1120) == []


def test_the_name_of_a_course_is_broken_where_its_line_has_no_room_for_it() -> None:
    rows = with_notes(courses(342, 206, 320, 46, 1.3), [4, 10, 16, 40])
    chart = figure(replace(COURSES, notes=True), rows, "light")
    texts = [each.text for each in chart.layout.annotations]
    assert texts.count("course 320<br>by Mar 2027") == 3
    boxes = text_boxes(chart, 1120)
    assert struck(boxes, chart, 1120) == []
    _, end = place(chart, START, 320, 1120)
    assert all(end < box.top < end + 40 for box in boxes if "course 320" in box.text)


def test_one_county_alone_and_one_day_alone() -> None:
    one = courses(155, 90, 290).filter(pl.col("county") == "Berkshire")
    for frame in (one, one.head(1)):
        chart = figure(COURSES, frame, "dark")
        assert overlaps(text_boxes(chart, 1120)) == []


def test_weeks_on_the_axis_are_named() -> None:
    drawing = Lines("week", {"n": "referrals"}, group="county", x_title="weeks since the first")
    frame = pl.DataFrame(
        {"county": ["A"] * 60 + ["B"] * 60, "week": [*range(60)] * 2, "n": [*range(60)] * 2}
    )
    chart = figure(drawing, frame, "light", SEVEN_TWELFTHS)
    texts = [box.text for box in text_boxes(chart, SEVEN_TWELFTHS)]
    assert "weeks since the first" in texts
    assert chart.layout.yaxis.range[0] == 0


@settings(max_examples=25)
@given(st.lists(st.integers(0, 500), min_size=1, max_size=5), st.integers(2, 30))
def test_no_label_of_a_line_is_cut_or_lies_on_another(lasts: list[int], months: int) -> None:
    names = ["Berkshire", "Buckinghamshire", "Oxfordshire", "Thames Valley", "Elsewhere"]
    frame = pl.DataFrame(
        [
            {"on": date(2024 + m // 12, m % 12 + 1, 1), "n": last * m / months, "area": names[i]}
            for i, last in enumerate(lasts)
            for m in range(months + 1)
        ]
    )
    chart = figure(Lines("on", {"n": "cases"}, group="area"), frame, "light", FIVE_TWELFTHS)
    boxes = text_boxes(chart, FIVE_TWELFTHS)
    assert overlaps(boxes) == []
    assert cut(boxes, chart, FIVE_TWELFTHS) == []
    assert struck(boxes, chart, FIVE_TWELFTHS) == []


def test_a_gap_stays_a_gap() -> None:
    frame = pl.DataFrame(
        {"on": [START, date(2026, 5, 1), date(2026, 6, 1)], "share": [0.8, None, 0.9]}
    )
    chart = figure(Lines("on", {"share": "on time"}, percent=True), frame, "light")
    line = next(t for t in chart.data if t.line.width == 3.5)
    assert list(line.y) == [0.8, None, 0.9]
    assert line.connectgaps is False
    assert "90% on time" in [box.text for box in text_boxes(chart, 1120)]


FANS = Fans(
    "county",
    "on",
    "active",
    "middle",
    "lower",
    "upper",
    "places",
    "says",
    "late",
    value_heading="active",
    limit_heading="places",
)


def fans(now: float, growth: float, places: float | None, late: bool = True) -> pl.DataFrame:
    rows = [
        {
            "county": county,
            "on": START + timedelta(weeks=week),
            "active": max(now + growth * week, 0) if week <= 0 else None,
            "middle": max(now + growth * week, 0) if week >= 0 else None,
            "lower": max(now + (growth - 0.5) * week, 0) if week >= 0 else None,
            "upper": max(now + (growth + 0.5) * week, 0) if week >= 0 else None,
            "places": places,
            "says": "full not before 11 January 2027, and by 8 March 2027",
            "late": late,
        }
        for county in ("Berkshire", "Oxfordshire")
        for week in range(-26, 27)
    ]
    schema = {"places": pl.Float64, "active": pl.Float64, "middle": pl.Float64}
    return pl.DataFrame(rows, schema_overrides=schema, infer_schema_length=None)


def diamonds(chart) -> list[tuple[date, float, str]]:
    return [
        (trace.x[0], trace.y[0], trace.marker.color)
        for trace in chart.data
        if trace.marker.symbol == "diamond"
    ]


def test_the_limit_is_marked_on_the_day_that_the_words_name_and_nowhere_else() -> None:
    day = date(2026, 6, 7)  # within a week of the rows
    rows = fans(50, 0.5, 60).with_columns(
        first=pl.when(pl.col("county") == "Oxfordshire").then(pl.lit(day))
    )
    chart = figure(replace(FANS, met_on="first"), rows, "light")
    assert diamonds(chart) == [(day, 60, COLOURS["light"].attention)]
    # The rule itself stays plain: what may be is no claim.
    assert {t.line.color for t in chart.data if t.line.width} == {
        COLOURS["light"].text,
        COLOURS["light"].main,
    }


def test_without_such_a_day_or_a_limit_nothing_is_marked() -> None:
    assert diamonds(figure(FANS, fans(50, 0.5, 60), "light")) == []
    rows = fans(50, 0.5, None).with_columns(first=pl.lit(START))
    assert diamonds(figure(replace(FANS, met_on="first"), rows, "light")) == []


def test_without_a_known_limit_there_is_no_rule() -> None:
    texts = [box.text for box in text_boxes(figure(FANS, fans(50, 0.5, None), "light"), 1120)]
    assert not any("places" in text for text in texts)


@settings(max_examples=30)
@given(
    st.floats(0, 200),
    st.floats(-2, 3),
    st.floats(1, 200),
    st.lists(st.floats(-9, 9), min_size=27, max_size=27),
    st.lists(st.integers(-26, 26), max_size=3),
)
def test_no_label_of_a_fan_is_cut_or_lies_on_another_or_on_a_line(
    now: float, growth: float, places: float, restless: list[float], noted: list[int]
) -> None:
    moved = dict(zip((START - timedelta(weeks=w) for w in range(27)), restless, strict=True))
    rows = with_notes(fans(now, growth, places), noted).with_columns(
        (pl.col("active") + pl.col("on").replace_strict(moved, default=0.0)).clip(0),
        first=pl.lit(START + timedelta(weeks=12)),
    )
    chart = figure(replace(FANS, notes=True, met_on="first"), rows, "light", 720)
    boxes = text_boxes(chart, 720)
    assert overlaps(boxes) == []
    assert cut(boxes, chart, 720) == []
    assert struck(boxes, chart, 720) == []


def test_a_value_of_the_axis_stands_only_where_no_line_passes() -> None:
    # 80 would lie on the 89 places or on what was, 74 to 81; 50 and 100 lie on neither.
    rows = fans(81, 0.27, 89)
    texts = [box.text for box in text_boxes(figure(FANS, rows, "light"), 1120)]
    assert [text for text in texts if text.isdigit()] == ["50", "100"]


@pytest.mark.parametrize("frame", [courses(0, 0, 0), courses(1, 0, 0)])
def test_only_zeros_have_a_scale(frame: pl.DataFrame) -> None:
    assert figure(COURSES, frame, "light").layout.yaxis.range[1] > 0


def test_a_note_is_a_dotted_rule_in_its_own_small_chart_and_is_said_with_its_point() -> None:
    day, words = START + timedelta(days=10), "A <post> falls vacant"
    here = (pl.col("county") == "Oxfordshire") & (pl.col("on") == START + timedelta(weeks=2))
    rows = courses(155, 90, 290).with_columns(
        note_on=pl.when(here).then(pl.lit(day)), note=pl.when(here).then(pl.lit(words))
    )
    chart = figure(replace(COURSES, notes=True), rows, "light")
    dotted = [each for each in chart.layout.shapes if each.line.dash == "2px,2px"]
    assert [(each.x0, each.xref) for each in dotted] == [(day, "x3")]
    said = [text for trace in chart.data for text in (trace.hovertext or ()) if "vacant" in text]
    assert said
    assert all("A &lt;post&gt; falls vacant" in text for text in said)
    assert not [each for each in figure(COURSES, rows, "light").layout.shapes if each.line.dash]


def test_a_fan_has_its_notes_too() -> None:
    day = date(2026, 5, 20)
    rows = pl.DataFrame(
        {
            "county": ["Berkshire"] * 3,
            "on": [date(2026, 5, 4), date(2026, 6, 1), date(2026, 7, 1)],
            "active": [4.0, 5.0, None],
            "median": [None, None, 6.0],
            "lower": [None, None, 5.0],
            "upper": [None, None, 8.0],
            "places": [9.0, 9.0, 9.0],
            "says": ["not full"] * 3,
            "late": [False] * 3,
            "note_on": [None, day, None],
            "note": [None, "Moved", None],
        }
    )
    drawing = Fans(
        "county", "on", "active", "median", "lower", "upper", "places", "says", "late", notes=True
    )
    chart = figure(drawing, rows, "light")
    assert [each.x0 for each in chart.layout.shapes if each.line.dash == "2px,2px"] == [day]
    assert any("Moved" in text for trace in chart.data for text in (trace.hovertext or ()))
