"""Is Drive live everywhere, and are referrals and places on course?"""

from collections.abc import Mapping

import polars as pl

from dashboard.drawings import Bars, Column, Courses, Fans, Lines, Matrix, Table
from dashboard.panel import Panel
from queries import course, notes, pathway, places, sources, words
from queries.runway import ASSUMES
from queries.view import View


def _with_notes(*said: str) -> str:
    return " ".join(filter(None, said))


def _daggered(noted: str) -> str:
    return f"† {noted}" if noted else ""


def _received(view: View) -> str:
    return f"Referrals received {words.period(view.start, view.end)}"


COURSE = Panel(
    "course",
    question="Are referrals on the funded course in every county?",
    result=course.course,
    reading=course.who_is_behind,
    caption=lambda view: f"Running totals since launch, to {words.day(view.as_at)}; dashed: course",
    drawn_as=Courses(
        group="county",
        x="on",
        lines={"referrals": "referred", "allocations": "allocated"},
        course="course",
        headings="heading",
        attention="is_behind",
        notes=True,
    ),
    headings={
        "county": "County",
        "on": "Day",
        "referrals": "Referrals",
        "allocations": "Allocations",
        "course": "Funded course",
        "note": "Noted",
    },
    measures=("referrals_received", "cases_allocated"),
    note=lambda frame: _with_notes(course.where_it_is(frame), notes.in_words(frame)),
    definition="A district is live from its first referral. Referrals without a district are in "
    "the total and in no county. The funded course spreads each target evenly over its days. "
    "Targets are set by your service. Dotted lines: what was noted on a day.",
)

SINCE_OWN_LAUNCH = Panel(
    "since-own-launch",
    question="How do the counties stand at the same age?",
    result=course.since_own_launch,
    reading=course.who_leads,
    caption=lambda _: (
        "Referrals received in all, by whole weeks since each county’s first referral"
    ),
    drawn_as=Lines(
        "week", {"referrals": "referrals"}, group="county", x_title="weeks since first referral"
    ),
    headings={"county": "County", "week": "Week", "referrals": "Referrals"},
    measures=("referrals_received",),
    definition="A county’s launch is the day of its first referral. Whole weeks only.",
)

PATHWAY = Panel(
    "pathway",
    question="How far do referrals come, and how long does each step take?",
    result=pathway.pathway,
    reading=pathway.where_most_stop,
    caption=lambda view: f"{_received(view)}, by stage reached; pale: not, or not yet",
    drawn_as=Bars(
        "stage",
        {"referrals": "reached"},
        columns=(
            Column("referrals", "referrals", bold=True, opens=True),
            Column("share", "of stage\nbefore", percent=True, opens=True, of="before"),
            Column("median_days", "median\ndays", opens=True, of="timed"),
            Column("slow_days", "slowest\ntenth", opens=True, of="timed"),
        ),
        of="before",
        of_heading="at the stage before",
        rest_heading="not reached",
    ),
    headings={
        "stage": "Stage",
        "referrals": "Referrals",
        "before": "At stage before",
        "share": "Share of stage before",
        "median_days": "Median days",
        "slow_days": "Slowest tenth, days",
    },
    percent=("share",),
    measures=("referrals_received",),
    definition="A referral counts at a stage if it reached it, or a later one, by the as-at date, "
    "also where it was withdrawn afterwards; “accepted so far” on the referrals page are those "
    "that still stand as accepted, out of all received. "
    "Days are counted from the stage before, where both days are recorded; a tenth of referrals "
    "took as long as “slowest tenth” or longer.",
    note=lambda frame: (
        f"n = {words.figure(frame['referrals'][0])}. Stages not yet due are no failure."
    ),
)

SOURCES = Panel(
    "sources",
    question="Who refers?",
    result=sources.by_sector,
    reading=sources.who_refers_most,
    caption=_received,
    drawn_as=Bars(
        "sector",
        {"referrals": "referrals"},
        columns=(
            Column("referrals", "now", bold=True, opens=True),
            Column("year_before", "year\nearlier", opens=True),
        ),
    ),
    headings={
        "sector": "Sector",
        "referrals": "Referrals",
        "year_before": "Same days a year earlier",
    },
    measures=("referrals_received",),
    note=lambda frame: f"n = {words.figure(int(frame['referrals'].sum()))}.",
)

BY_MONTH = Panel(
    "agencies-by-month",
    question="Which agencies refer month by month?",
    result=sources.by_month,
    reading=sources.busiest,
    caption=lambda view: f"Referrals received, 12 months to {words.month(view.end)}",
    drawn_as=Matrix("agency_name", "month", "referrals", partial="partial", note="note"),
    headings={
        "agency_name": "Agency",
        "month": "Month from",
        "referrals": "Referrals",
        "note": "Noted",
    },
    measures=("referrals_received",),
    note=lambda frame: _with_notes(
        "The last month is not over." if frame["partial"].any() else "",
        _daggered(notes.of_months(frame)),
    ),
)

FIRST_REFERRALS = Panel(
    "first-referrals",
    question="When did each agency first refer in each county, and which have sent none?",
    result=sources.first_referrals,
    reading=sources.who_sent_none,
    caption=lambda view: (
        f"Day of the first referral, up to {words.day(view.as_at)}; darker: more referrals"
    ),
    drawn_as=Matrix("agency_name", "county_name", "referrals", text="first"),
    headings={
        "agency_name": "Agency",
        "county_name": "County",
        "first_on": "First referral",
        "last_on": "Last referral",
        "referrals": "Referrals",
    },
    measures=("referrals_received",),
    definition="Every agency of the service; where some areas are seen, those with a referral or "
    "an action in them.",
)

RUNWAY = Panel(
    "runway",
    question="When will each county’s places be full?",
    result=places.fans,
    reading=places.when_counties_fill,
    caption=lambda view: f"Active cases to {words.day(view.as_at)}, and the 26 weeks to come",
    drawn_as=Fans(
        group="county",
        x="on",
        value="active",
        middle="median",
        lower="lower",
        upper="upper",
        limit="places",
        headings="heading",
        attention="is_soon",
        met_on="full_from",
        value_heading="active",
        limit_heading="places",
        notes=True,
    ),
    headings={
        "county": "County",
        "on": "Day",
        "active": "Active cases",
        "median": "Expected",
        "lower": "Low (10%)",
        "upper": "High (90%)",
        "places": "Places",
        "note": "Noted",
    },
    measures=("active_cases",),
    definition=f"{ASSUMES} The fan holds the middle 80% of 200 simulated futures. Places are the "
    "sum of case managers’ targets × hours, as they are on the as-at date. Dotted lines: what was "
    "noted on a day.",
    note=lambda frame: _with_notes(
        "A projection of the present pace, not a forecast of demand.", notes.in_words(frame)
    ),
)

OUTLOOK = Panel(
    "outlook",
    question="What does the projection rest on?",
    result=places.what_it_rests_on,
    reading=places.what_a_case_more_does,
    caption=lambda _: "Cases a week in the last half-year, and what another pace would change",
    drawn_as=Table(
        named="pace",
        columns=(
            Column("active", "Active", opens=True),
            Column("allocated", "Allocated a week", opens=True, of="allocations"),
        ),
    ),
    headings={
        "pace": "Pace",
        "places": "Places",
        "active": "Active",
        "allocated": "Allocated a week",
        "closed": "Closed a week",
        "full": "May be full",
        "fills": "Fills in",
    },
    percent=("fills",),
    measures=("active_cases", "cases_allocated", "cases_closed"),
    definition=f"{ASSUMES} Fills in: of the 200 futures drawn, the share in which all places "
    "are taken at some time within 26 weeks.",
    note=lambda frame: _with_notes(
        "Places: sum of case managers’ targets × hours, each rounded by itself.",
        places.only_in_all(frame),
    ),
)


def headline(frames: Mapping[str, pl.DataFrame]) -> str:
    """The page in a sentence: how far referrals are from the funded course."""
    return course.how_far(frames[COURSE.key])


HEADLINES = (
    "referrals_received",
    "active_cases",
    "days_referral_to_allocation",
    "risk_reduced_rate",
    "child_victim_survivors",
)
ALL = (COURSE, SINCE_OWN_LAUNCH, PATHWAY, SOURCES, BY_MONTH, FIRST_REFERRALS, RUNWAY, OUTLOOK)
