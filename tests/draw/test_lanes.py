"""The timeline of a case: one axis, every event in its lane, late things said in words."""

from datetime import date, timedelta

import polars as pl
from boxes import cut, overlaps, text_boxes
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.draw import figure, narrowest
from dashboard.draw.base import key_values
from dashboard.draw.theme import COLOURS
from dashboard.drawings import Lanes

LANES = Lanes(("Engagement", "Contacts", "Reviews", "DASH score", "MARAC"))
SCHEMA = {"lane": pl.String, "on": pl.Date, "to": pl.Date, "mark": pl.String, "text": pl.String}
Row = tuple[str | None, date, date | None, str, str | None]


def rows(*events: Row) -> pl.DataFrame:
    return pl.DataFrame(list(events), schema=SCHEMA, orient="row")


CASE = rows(
    ("Engagement", date(2026, 2, 9), date(2026, 5, 4), "state_pale", "Disrupt only"),
    ("Engagement", date(2026, 5, 4), None, "state", "Direct"),
    ("Contacts", date(2026, 3, 1), None, "kept", "Telephone: kept"),
    ("Contacts", date(2026, 3, 9), None, "missed", None),
    ("Contacts", date(2026, 10, 8), date(2026, 10, 31), "late", "quiet 23 days"),
    ("Reviews", date(2026, 9, 21), None, "open", "due, not held"),
    ("DASH score", date(2026, 7, 27), None, "score", "13|IDVA: moderately reduced"),
    ("MARAC", date(2026, 3, 24), None, "event", "repeat, same pair"),
    (None, date(2026, 8, 14), None, "note", "Weekly panel starts"),
)


def test_the_axis_ends_on_the_last_day_named() -> None:
    chart = figure(LANES, CASE, "light")
    assert tuple(chart.layout.xaxis.range) == (date(2026, 2, 9), date(2026, 10, 31))


def test_an_open_state_lasts_to_the_end_of_the_axis() -> None:
    direct = next(t for t in figure(LANES, CASE, "light").data if "Direct" in (t.text or ""))
    assert max(direct.x) == date(2026, 10, 31)


def test_what_is_late_is_said_in_words_and_in_the_colour_of_attention() -> None:
    chart = figure(LANES, CASE, "light")
    words = next(each for each in chart.layout.annotations if "quiet" in each.text)
    assert words.text == "<b>quiet 23 days</b>"
    assert words.font.color == COLOURS["light"].attention_text


def test_missed_and_kept_differ_in_shape() -> None:
    symbols = [t.marker.symbol for t in figure(LANES, CASE, "light").data if t.mode == "markers"]
    assert "line-ns" in symbols
    assert "x-thin" in symbols
    assert "diamond-open" in symbols


def test_a_score_is_bold_and_its_words_stand_beside_it() -> None:
    texts = [each.text for each in figure(LANES, CASE, "light").layout.annotations]
    assert "<b>13</b>" in texts
    assert "IDVA: moderately reduced" in texts


def test_of_two_scores_too_near_each_other_the_latest_is_printed() -> None:
    near = [("DASH score", date(2026, 7, 27), None, "score", "13")]
    near += [("DASH score", date(2026, 7, 29), None, "score", "11")]
    frame = rows(("MARAC", date(2024, 3, 24), None, "event", "heard"), *near)
    texts = [each.text for each in figure(LANES, frame, "light", 336).layout.annotations]
    assert "<b>11</b>" in texts
    assert "<b>13</b>" not in texts


def test_every_lane_is_said_to_a_screen_reader() -> None:
    said = key_values(LANES, CASE)
    assert said[1] == "Contacts: 3 entries, the latest quiet 23 days 8 October 2026"
    assert said[3] == "DASH score: 1 entry, the latest 13 IDVA: moderately reduced 27 July 2026"


def test_on_a_phone_a_lane_has_the_whole_width_and_its_name_over_it() -> None:
    frame = rows(
        *CASE.iter_rows(),
        (None, date(2026, 8, 20), None, "note", "A note as long as one may be, which a phone has"),
    )
    chart = figure(LANES, frame, "light", narrowest(LANES, frame))
    boxes = text_boxes(chart, 336)
    assert cut(boxes, chart, 336) == []
    assert overlaps(boxes) == []
    assert chart.layout.margin.l < 10


def test_one_event_alone() -> None:
    chart = figure(LANES, rows(("MARAC", date(2026, 3, 24), None, "event", "heard")), "dark")
    assert cut(text_boxes(chart, 1120), chart, 1120) == []


MARKS = ("kept", "missed", "held", "open", "step", "event", "score")


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(LANES.lanes),
            st.integers(0, 300),
            st.sampled_from(MARKS),
            st.sampled_from(["12", "heard", "repeat, same pair", "Housing: move arranged"]),
        ),
        min_size=2,
        max_size=40,
        unique_by=lambda event: event[:2],
    )
)
def test_no_text_is_cut_or_lies_on_another(events: list[tuple[str, int, str, str]]) -> None:
    start = date(2026, 1, 1)
    frame = rows(
        *((lane, start + timedelta(days=n), None, mark, text) for lane, n, mark, text in events)
    )
    chart = figure(LANES, frame, "light")
    boxes = text_boxes(chart, 1120)
    assert overlaps(boxes) == []
    assert cut(boxes, chart, 1120) == []
