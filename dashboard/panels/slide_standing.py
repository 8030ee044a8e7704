"""Slides of where the service stands: beside its month before, its last meeting, its records."""

import polars as pl

from dashboard.drawings import Table
from dashboard.panel import Panel
from dashboard.panels.slide import About, Slide, few, made
from queries import meeting, released_firsts, words
from queries.measures import MEASURES
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
        "decisions_made",
        "cases_allocated",
        "cases_closed",
        "high_risk_active_cases",
        "mean_dash_score",
        "partner_actions_overdue",
    )
    newest, _ = meeting.newest_first(about.week, about.month)
    last = f"; last meeting: {words.day(about.previous_on)}" if about.previous_on else ""
    panel = Panel(
        "what-changed",
        question="What has changed since the last meeting?",
        result=lambda view: meeting.since_last(view, about.previous, keys, about.week, about.month),
        reading=meeting.what_changed,
        caption=lambda _: (
            f"{about.settings.whole_name}: what happened in {about.month.period}, "
            f"and how things stood on {words.day(newest.end)}{last}"
        ),
        drawn_as=Table(),
        headings={
            "measure": "Measure",
            "when": "Newest",
            "now": "Now",
            "before": "Before",
            "change": "Change",
        },
        measures=tuple(key for key in keys if key in MEASURES),
        definition="Before: the newest period that the last meeting was shown, or the one before "
        f"where it was shown this one already. {RULES}",
        without=f"What changed is {TOO_FEW}",
    )
    period = f"{about.month.period}; states on {words.day(newest.end)}"
    return made(about, "what_changed", panel, meeting.what_changed, newest, period)


def first_and_last(about: About) -> Slide:
    month = about.month

    def sentence(rows: pl.DataFrame) -> str:
        return released_firsts.newest_first(rows, meeting.SENTENCE)

    panel = Panel(
        "first-and-last",
        question="What can be shown for the first time, and who came last?",
        result=lambda view: released_firsts.firsts(view, about.previous, month.end),
        reading=sentence,
        caption=lambda _: "By quarter, the latest on top. Numbers too small to show do not count",
        drawn_as=Table(),
        headings={"said": "Shown for the first time", "when": "In"},
        measures=released_firsts.STEPS,
        definition=RULES,
        without="No quarter has been released yet",
    )
    quarter = meeting.newest(about.view, ("quarter",), month.name)
    last = quarter or month
    period = f"Quarters to {words.day(last.end)}"
    return made(about, "first_and_last", panel, sentence, last, period)


def highest_and_lowest(about: About) -> Slide:
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
        "highest-and-lowest",
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
    return made(about, "highest_and_lowest", panel, sentence, month)


def _short(cut: Slice) -> str:
    return cut.period if cut.kind == "month" else "Now"
