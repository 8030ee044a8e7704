"""The slide of the measure that changed last by more than chance."""

from dataclasses import replace
from datetime import date

import polars as pl

from dashboard.drawings import ControlChart
from dashboard.panels.released import over_time
from dashboard.panels.slide import HEIGHT, About, Slide, made
from queries import meeting, special_causes, words
from queries.measures import MEASURES

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


def trend(about: About) -> Slide | None:
    """The chart whose last special cause is the newest; the first one where there is none."""
    found: list[tuple[date, int, Slide]] = []
    for index, key in enumerate(TRENDS):
        panel = over_time(key, about.view, about.month, HEIGHT)
        if not isinstance(panel.drawn_as, ControlChart):
            continue
        title = MEASURES[key].title

        def sentence(rows: pl.DataFrame, title: str = title) -> str:
            reading = special_causes.reading(rows).rstrip(".")
            return words.fit(f"{title}: {words.within(reading)}", reading, limit=meeting.SENTENCE)

        panel = replace(panel, note=_rests_on)
        slide = made(about, "trend", panel, sentence, about.month)
        shown = slide.rows["value"].is_not_null().sum()
        if slide.rows.is_empty() or shown < SIZED * slide.rows.height:
            continue
        causes = special_causes.special_causes(slide.rows)
        recent = max((cause.last for cause in causes if cause.recent), default=date.min)
        found.append((recent, -index, slide))
    return max(found, key=lambda each: each[:2])[2] if found else None


def _rests_on(rows: pl.DataFrame) -> str:
    kind = "Trial limits" if rows["trial"][0] else "Limits"
    return f"{kind} from {words.counted(int(rows['points'][0]), 'month')}"
