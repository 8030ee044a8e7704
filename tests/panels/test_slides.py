"""The slides of the meeting: one sentence each, from released cells alone, in the order set."""

from datetime import date

import polars as pl
import pytest
from released_cells import Cells, cell
from sqlalchemy import make_url

from dashboard.database import connect
from dashboard.database.settings import SLIDES as LISTED
from dashboard.database.settings import Settings
from dashboard.panels.slides import SLIDES, slides
from dashboard.snapshot import read_snapshot
from dashboard.snapshot.releases import read_release
from queries.meeting import SENTENCE
from queries.released import TOO_FEW

ON = date(2026, 11, 24)
WEEK, BEFORE = ("2026-11-02", "2026-11-08"), ("2026-10-26", "2026-11-01")


def weeks(new: float | None, old: float | None) -> list[dict[str, object]]:
    key = "referrals_received"
    return [cell(key, new, *WEEK, "week"), cell(key, old, *BEFORE, "week")]


def made(view: Cells, previous: Cells | None = None, **chosen: object):
    settings = Settings(**{"meeting_slides": ("what_changed",), **chosen})  # type: ignore[arg-type]
    return slides(view, previous, settings, ON)


MONTH = cell("referrals_received", 40, "2026-10-01", "2026-10-31")


def test_every_slide_of_the_settings_can_be_made():
    assert tuple(SLIDES) == LISTED


def test_without_a_released_month_there_are_no_slides():
    assert made(Cells()) == []


def test_what_changed_is_the_newest_week_beside_the_one_last_shown():
    (slide,) = made(Cells(MONTH, *weeks(15, 10)), Cells(MONTH, *weeks(15, 10)[1:]))
    assert slide.sentence == (
        "Referrals received in the week of 2 November 2026: 15, five more than before"
    )
    assert slide.rows.select("now", "before", "change").rows() == [("15", "10", "five more")]
    assert slide.period == "The week of 2 November 2026"
    assert "Before: the week of 26 October 2026" in slide.source


def test_a_week_that_the_last_meeting_saw_is_no_news():
    view = Cells(MONTH, *weeks(15, 10))
    (slide,) = made(view, view)
    assert slide.sentence == (
        "Nothing newer than the week of 2 November 2026 has been released since the last meeting"
    )


@pytest.mark.parametrize(("new", "old"), [(None, 10), (None, None)])
def test_a_hidden_week_gives_nothing_away(new, old):
    (slide,) = made(Cells(MONTH, *weeks(new, old)))
    assert slide.sentence == "What changed in the week of 2 November 2026 is too few to show"
    assert slide.rows["change"].to_list() == ["too few to show"]


def test_decisions_are_those_of_the_settings_and_no_slide_without_any():
    view = Cells(MONTH)
    assert made(view, meeting_slides=("decisions",)) == []
    (slide,) = made(
        view, meeting_slides=("decisions",), meeting_decisions=("Who chairs in January",)
    )
    assert slide.sentence == "One decision to take today"
    assert slide.rows["decision"].to_list() == ["Who chairs in January"]


def test_a_record_is_named_where_it_beats_half_a_year():
    values = [20, 25, 20, 30, 25, 20, 25, 40]
    months = [
        cell("referrals_received", value, f"2026-{month:02}-01", f"2026-{month:02}-28")
        for month, value in enumerate(values, start=3)
    ]
    (slide,) = made(Cells(*months), meeting_slides=("first_and_last",))
    assert slide.sentence == "Referrals received in October 2026: 40, the highest on record"


def test_slides_of_a_real_release_are_in_order_short_and_say_their_period(released_database):
    engine = connect(make_url(released_database))
    snapshot, release = read_snapshot(engine), read_release(engine)
    assert release is not None
    view = snapshot.released(release)
    settings = Settings(meeting_decisions=("Who chairs in January",))
    found = slides(view, None, settings, ON)
    keys = [slide.key for slide in found]
    assert keys == [key for key in LISTED if key in keys]
    assert len(keys) >= 10
    for slide in found:
        assert 0 < len(slide.sentence) <= SENTENCE
        assert slide.period
        assert slide.source
        assert slide.rows.equals(slide.panel.result(view).collect())
    counts = found[0].rows.filter(pl.col("key").is_in(["active_cases", "referrals_received"]))
    assert all(int(now) % 5 == 0 for now in counts["now"] if now != TOO_FEW)
