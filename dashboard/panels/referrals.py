"""Who is referred, what becomes of them, how long does it take, and who comes again?"""

from collections.abc import Mapping

import polars as pl

from dashboard.drawings import Bars, Column, Columns
from dashboard.panel import Panel
from dashboard.panels import trends
from dashboard.panels.earlier import (
    EARLIER,
    EARLIER_HEADINGS,
    SAME_AGE,
    SHARES_EARLIER,
    WHICH,
    compared,
)
from dashboard.panels.waits import waited
from queries import (
    acceptances,
    decision_reasons,
    referral_groups,
    referral_outcomes,
    referred_people,
    waits,
    words,
)
from queries.comparisons import BEFORE, YEAR
from queries.referral_groups import By
from queries.stretches import Step, shown_in_words
from queries.view import View
from queries.waits import Wait


def _received(view: View) -> str:
    return f"Referrals received {words.period(view.start, view.end)}"


def _outcomes(view: View) -> pl.LazyFrame:
    """What became of those received, and on each row the way to the number accepted."""
    both = acceptances.both_ways(view)
    return referral_outcomes.outcomes(view).join(both, how="cross", maintain_order="left")


def _both_numbers(rows: pl.DataFrame) -> str:
    n = words.figure(int(rows["referrals"].sum()))
    return f"n = {n}. {acceptances.in_words(rows.row(0, named=True))}".strip()


OUTCOMES = Panel(
    "referral-outcomes",
    question="What has become of the referrals received?",
    result=_outcomes,
    reading=referral_outcomes.what_became,
    caption=lambda view: compared(_received(view), view),
    drawn_as=Bars(
        "name",
        {"referrals": "referrals"},
        columns=(
            Column("referrals", "now", bold=True, opens=True),
            Column("share", "of those\nreceived", percent=True, opens=True, of="referrals"),
            *EARLIER,
        ),
        height=320,
    ),
    headings={
        "name": "Stands at",
        "referrals": "Referrals",
        "share": "Share of those received",
        **EARLIER_HEADINGS,
    },
    percent=("share",),
    measures=("referrals_received", "referrals_accepted"),
    definition="Each referral received in the period stands at one point on the as-at date. "
    "“Accepted” in the page’s sentence: allocated or waiting for a case manager, out of all "
    "received in the period; the headline number counts acceptances on their own day, whenever "
    "the referral was received. Deferred: decided on, and neither accepted nor declined yet. "
    f"Where one was both declined and accepted, the later decides. {SAME_AGE}",
    note=_both_numbers,
)

WAITING = Panel(
    "referrals-waiting",
    question="Who waits, at which step, and how long?",
    result=referral_outcomes.waiting_now,
    reading=referral_outcomes.how_many_wait,
    caption=lambda view: f"Waiting on {words.day(view.end)}; days since received",
    drawn_as=Bars(
        "name",
        {"referrals": "referrals"},
        columns=(
            Column("referrals", "now", bold=True, opens=True),
            Column("median_days", "median\ndays", opens=True, of="referrals"),
            Column("longest", "longest", opens=True, of="referrals"),
        ),
        height=220,
    ),
    headings={
        "name": "Waits for",
        "referrals": "Referrals",
        "earlier": "Received before the period",
        "median_days": "Median days since received",
        "longest": "Longest, days since received",
    },
    measures=("unallocated_cases",),
    definition="All that wait on the last day, whenever they were received. Days are counted from "
    "the day the referral was received. The panel again: deferred by it.",
    note=referral_outcomes.waited_before,
    without="No referral waits",
)

GROUPS: Mapping[By, str] = {
    "agency": "Agency",
    "route": "Route",
    "district": "District",
    "county": "County",
}
STEPS: Mapping[Step, str] = {"month": "Month", "week": "Week"}
_STACK = {"accepted": "accepted", "open": "not yet decided", "not_taken": "not taken on"}
_COUNTED = {
    "received": "Received",
    "eligible": "Eligible",
    "accepted": "Accepted",
    "waiting": "Waiting for screen or panel",
    "deferred": "Deferred",
    "declined": "Declined",
    "not_eligible": "Not eligible",
    "withdrawn": "Withdrawn",
}
_COUNTED_MEANS = (
    "Received are the accepted, those waiting for a screen or the panel, the deferred, the "
    "declined, the not eligible and the withdrawn, as they stand on the as-at date. Accepted: "
    "allocated, or waiting for a case manager. Eligible: found so at the screen, whatever came "
    "after. Not taken on: not eligible, declined or withdrawn. "
)


def by(group: By) -> Panel:
    """Referrals and what became of them, by agency, route, district or county."""
    return Panel(
        f"referrals-by-{group}",
        question=f"What becomes of the referrals of each {group}?",
        result=lambda view: referral_groups.groups(view, group),
        reading=lambda rows: referral_groups.busiest(rows, group),
        caption=lambda view: compared(_received(view), view),
        drawn_as=Bars(
            "name",
            _STACK,
            columns=(
                Column("received", "received", bold=True, opens=True),
                Column("eligible", "eligible", opens=True),
                Column("accepted", "accepted", opens=True),
                Column("waiting", "waiting", opens=True),
                Column("deferred", "deferred", opens=True),
                Column("declined", "declined", opens=True),
                *EARLIER,
            ),
            height=400,
        ),
        headings={
            "name": GROUPS[group],
            **_COUNTED,
            BEFORE: "Received just before",
            YEAR: "Received a year earlier",
        },
        measures=("referrals_received",),
        definition=f"{_COUNTED_MEANS}{SAME_AGE}",
        note=lambda frame: f"n = {words.figure(int(frame['received'].sum()))}.",
    )


BY: Mapping[By, Panel] = {group: by(group) for group in GROUPS}


def over_time(step: Step) -> Panel:
    """Referrals received by month or week, and what became of them."""
    return Panel(
        f"referrals-by-{step}",
        question=f"How many referrals come each {step}, and what becomes of them?",
        result=lambda view: referral_groups.over_time(view, step),
        reading=lambda rows: referral_groups.latest_in_words(rows, step),
        caption=lambda view: f"Referrals received by {step}, {shown_in_words(view, step)}",
        drawn_as=Columns("start", _STACK, total="received", mark=YEAR, mark_heading="year earlier"),
        headings={
            "start": f"{step.title()} from",
            **_COUNTED,
            YEAR: "Received a year earlier",
            "partial": "Still running",
            "note": "Noted",
        },
        measures=("referrals_received",),
        definition=_COUNTED_MEANS
        + ("Level line: the same month" if step == "month" else "Level line: the week 52 weeks")
        + (" a year earlier." if step == "month" else " earlier.")
        + " A running one is put beside as many days. Later ones had less time to be decided.",
        note=lambda frame: "Hatched: not over yet." if frame["partial"].any() else "",
    )


OVER_TIME: Mapping[Step, Panel] = {step: over_time(step) for step in STEPS}


TO_DECISION = waited(
    "decision",
    "days-to-decision",
    "from referral to the panel’s first decision",
    "days_referral_to_decision",
    50,
)
TO_ALLOCATION = waited(
    "allocation",
    "days-to-allocation",
    "from referral to allocation",
    "days_referral_to_allocation",
    50,
)

TRENDS: Mapping[Wait, Panel] = {
    "decision": trends.of("days_referral_to_decision"),
    "allocation": trends.of("days_referral_to_allocation"),
}

REASONS = Panel(
    "decision-reasons",
    question="Why does the panel decline and defer?",
    result=decision_reasons.reasons,
    reading=decision_reasons.why_most,
    caption=lambda view: f"Decisions {words.period(view.start, view.end)}, by reason",
    drawn_as=Bars(
        "reason",
        {"declined": "declined", "deferred": "deferred"},
        columns=(Column("decisions", "now", bold=True, opens=True), *EARLIER),
        height=320,
    ),
    headings={
        "reason": "Reason",
        "declined": "Declined",
        "deferred": "Deferred",
        "decisions": "Both",
        **EARLIER_HEADINGS,
    },
    definition="Each decision to decline or defer counts on its day; a referral may have several. "
    + WHICH,
    note=lambda frame: f"{words.n_of(int(frame['decisions'].sum()), 'decision')}.",
    without="Nothing was declined or deferred",
)

TRAITS = Panel(
    "referred-people",
    question="Are those referred high-harm, high-risk or serial, and were they referred before?",
    result=referred_people.shares,
    reading=referred_people.who_they_are,
    caption=lambda view: f"{_received(view)}; shares of those known",
    drawn_as=Bars(
        "name",
        {"yes": "yes", "no": "no", "unknown": "not known"},
        columns=(
            Column("yes", "yes", bold=True, opens=True),
            Column("unknown", "not\nknown", opens=True),
            Column("share", "of those\nknown", percent=True, opens=True, of="known"),
            *SHARES_EARLIER,
        ),
        height=260,
    ),
    headings={
        "name": "Trait",
        "yes": "Yes",
        "no": "No",
        "unknown": "Not known",
        "share": "Share of those known",
        **EARLIER_HEADINGS,
    },
    percent=("share", BEFORE, YEAR),
    definition="High-harm and serial (different victim-survivors): as recorded for the service "
    "user. High-risk: the first DASH assessment with a level in the case that came of the "
    "referral, a score of 14 or more or high by judgement or escalation; those without a case or "
    "an assessment yet are not known. Referred before: an earlier referral of the same person in "
    f"any area. Each referral counts once. {SAME_AGE}",
    note=lambda frame: f"{words.n_of(frame['received'][0], 'referral')}.",
)

AGAIN = Panel(
    "referred-again",
    question="How many people were referred again, and how soon?",
    result=referred_people.again,
    reading=referred_people.who_came_again,
    caption=lambda view: f"{_received(view)}, by time since the earlier one",
    drawn_as=Bars(
        "name",
        {"referrals": "referrals"},
        columns=(Column("referrals", "now", bold=True, opens=True), *EARLIER),
        height=260,
    ),
    headings={"name": "Earlier referral", "referrals": "Referrals", **EARLIER_HEADINGS},
    definition="A person was referred again if an earlier referral of theirs, in any area, is "
    "recorded; the time is since the last of them. Referrals that name nobody are left out. "
    + WHICH,
)


def headline(frames: Mapping[str, pl.DataFrame]) -> str:
    """The page in a sentence: how many came, were accepted and wait; or how long they waited."""
    if OUTCOMES.key in frames:
        return referral_outcomes.page_in_words(frames[OUTCOMES.key])
    rows = frames[TO_ALLOCATION.key]
    if rows.is_empty():
        return "No case was allocated to you in this period"
    return waits.how_long(rows, "allocation", words.TITLE)


HEADLINES = (
    "referrals_received",
    "referrals_accepted",
    "days_referral_to_decision",
    "days_referral_to_allocation",
    "unallocated_cases",
)
ALL = (OUTCOMES, WAITING, TO_DECISION, TO_ALLOCATION, REASONS, TRAITS, AGAIN)
# A referral has no case manager before it is allocated: of their own they have the waits.
OWN_HEADLINES = ("cases_allocated", "days_referral_to_allocation")
OWN = (TO_ALLOCATION,)
