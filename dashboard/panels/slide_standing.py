"""Slides of where the service stands: beside its month before, its last meeting, its records."""

import polars as pl

from dashboard.drawings import Table
from dashboard.panel import Panel
from dashboard.panels.slide import About, Slide, few, made
from queries import meeting
from queries.released import RULES, TOO_FEW, Slice


def where_we_are(about: About) -> Slide:
    keys = (
        "referrals_received",
        "cases_allocated",
        "active_cases",
        "unallocated_cases",
        "days_referral_to_allocation",
        "contacts_on_time_rate",
    )
    month = about.month

    def sentence(rows: pl.DataFrame) -> str:
        now = dict(rows.select("key", "now").iter_rows())
        active, waiting = now.get("active_cases", TOO_FEW), now.get("unallocated_cases", TOO_FEW)
        if TOO_FEW in (active, waiting):
            return f"{active} cases are active" if active != TOO_FEW else few("Active cases")
        return f"{active} cases are active; {waiting} accepted referrals wait for a case manager"

    panel = Panel(
        "where-we-are",
        question="Where are we?",
        result=lambda view: meeting.standing(view, keys, month),
        reading=sentence,
        caption=lambda _: f"{about.settings.whole_name}, {month.period}, beside the month before",
        drawn_as=Table(),
        headings={
            "measure": "Measure",
            "now": _short(month),
            "before": "Before",
            "aim": "Target",
        },
        measures=keys,
        definition=RULES,
        without=f"The numbers of {month.period} are {TOO_FEW}",
    )
    return made(about, "where_we_are", panel, sentence, month)


def what_changed(about: About) -> Slide:
    keys = (
        "referrals_received",
        "referrals_accepted",
        "cases_allocated",
        "cases_closed",
        "high_risk_active_cases",
        "partner_actions_overdue",
    )
    now = about.week
    seen = meeting.seen_already(about.previous, now)

    def sentence(rows: pl.DataFrame) -> str:
        return meeting.what_changed(rows, now, seen=seen)

    panel = Panel(
        "what-changed",
        question="What has changed since the last meeting?",
        result=lambda view: meeting.since_last(view, about.previous, keys, now),
        reading=sentence,
        caption=lambda _: f"{about.settings.whole_name}, {now.period}",
        drawn_as=Table(),
        headings={"measure": "Measure", "now": "Now", "before": "Before", "change": "Change"},
        measures=keys,
        definition=f"Before: the newest period that the last meeting was shown. {RULES}",
        note=lambda rows: f"Before: {rows['was'][0]}" if rows["was"][0] else "",
        without=f"What changed is {TOO_FEW}",
    )
    return made(about, "what_changed", panel, sentence, now)


def first_and_last(about: About) -> Slide:
    keys = (
        "referrals_received",
        "cases_allocated",
        "cases_closed",
        "active_cases",
        "high_risk_active_cases",
        "partner_actions_overdue",
    )
    month = about.month

    def sentence(rows: pl.DataFrame) -> str:
        return meeting.the_record(rows, month)

    panel = Panel(
        "first-and-last",
        question="What is the most or the fewest for a long time?",
        result=lambda view: meeting.records(view, keys, month),
        reading=sentence,
        caption=lambda _: f"{about.settings.whole_name}, {month.period}, among the months before",
        drawn_as=Table(),
        headings={"measure": "Measure", "now": _short(month), "said": "Beside the months before"},
        measures=keys,
        definition=f"A record is named where it stands out of six months or more. {RULES}",
        without=f"The numbers of {month.period} are {TOO_FEW}",
    )
    return made(about, "first_and_last", panel, sentence, month)


def _short(cut: Slice) -> str:
    return cut.period if cut.kind == "month" else "Now"
