"""The slide of the measure that changed last by more than chance."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import polars as pl

from dashboard.drawings import ControlChart
from dashboard.panels.released import over_time
from dashboard.panels.slide import HEIGHT, About, Slide, made
from queries import meeting, special_causes, words
from queries.measure import Measure
from queries.measures import MEASURES
from queries.released_trend import how_open
from queries.special_causes import Cause
from queries.view import View

SIZED = 0.5  # of the months of a measure that must be shown for it to be charted
TRENDS = (
    "referrals_received",
    "active_cases",
    "days_referral_to_allocation",
    "mean_dash_score",
    "high_risk_rate",
    "planned_completion_rate",
    "contacts_on_time_rate",
    "reviews_on_time_rate",
    "partner_actions_on_time_rate",
)


_KINDS = {"improvement": "Improvement in", "concern": "Concern over"}


def trend(about: About) -> Slide | None:
    """The chart whose last special cause is the newest; the first one where there is none."""
    found: list[tuple[date, int, Slide]] = []
    for index, key in enumerate(TRENDS):
        panel = over_time(key, about.view, about.month, HEIGHT)
        if not isinstance(panel.drawn_as, ControlChart):
            continue
        panel = replace(
            panel, result=_labelled(panel.result), note=partial(_rests_on, MEASURES[key])
        )
        slide = made(about, "trend", panel, _sentence(MEASURES[key].title), about.month)
        shown = slide.rows["value"].is_not_null().sum()
        if slide.rows.is_empty() or shown < SIZED * slide.rows.height:
            continue
        latest = _latest(slide.rows)
        found.append((latest.last if latest else date.min, -index, slide))
    return max(found, key=lambda each: each[:2])[2] if found else None


def _latest(rows: pl.DataFrame) -> Cause | None:
    """The special cause that the slide tells of: the last, if it is of the last year."""
    recent = special_causes.recent_causes(rows)
    return recent[-1] if recent else None


def _labelled(result: Callable[[View], pl.LazyFrame]) -> Callable[[View], pl.LazyFrame]:
    """The rows with the words of the cause that is told of alone: older ones would take its room
    on the chart."""

    def labelled(view: View) -> pl.LazyFrame:
        rows = result(view).collect()
        latest = _latest(rows)
        if latest is None:
            return rows.lazy()
        told = pl.int_range(pl.len()) == latest.row
        return rows.with_columns(cause=pl.when(told).then("cause")).lazy()

    return labelled


def _sentence(title: str) -> Callable[[pl.DataFrame], str]:
    """What changed last, and whether that is good."""

    def sentence(rows: pl.DataFrame) -> str:
        latest, reading = _latest(rows), special_causes.reading(rows).rstrip(".")
        if latest is None or latest.variation not in _KINDS:
            return words.fit(f"{title}: {words.within(reading)}", reading, limit=meeting.SENTENCE)
        name = f"{_KINDS[latest.variation]} {words.within(title)}"
        _, _, on_the_chart = latest.said.partition(": ")
        said = (f"{name}: {words.within(each)}" for each in (reading, on_the_chart))
        return words.fit(*said, name, limit=meeting.SENTENCE)

    return sentence


def _rests_on(measure: Measure, rows: pl.DataFrame) -> str:
    kind = "Trial limits" if rows["trial"][-1] else "Limits"
    made = f"{kind} from {words.counted(int(rows['points'][-1]), 'month')}."
    return f"{made} {how_open(rows, measure)}".strip()
