"""What do partner agencies send and do, where is it late, and what does MARAC hear?"""

from collections.abc import Mapping

import polars as pl

from dashboard.drawings import Bars, Column, Columns, Matrix, Table
from dashboard.panel import Panel
from dashboard.panels import trends
from dashboard.panels.earlier import EARLIER, EARLIER_HEADINGS, SHARES_EARLIER, WHICH, compared
from dashboard.panels.waits import waited
from queries import action_kinds, marac, partner_activity, partner_areas, partners, words
from queries.comparisons import BEFORE, YEAR
from queries.marac import Area
from queries.partners import Number
from queries.stretches import shown_in_words
from queries.view import View

_REPEAT = (
    "Repeat: the same pair (victim-survivor, service user) was referred to MARAC within the 12 "
    "months before; any abuse makes a repeat. Without the victim-survivor named it cannot be told."
)


def _period(view: View) -> str:
    return words.period(view.start, view.end)


def agencies(*, referrals: bool) -> Panel:
    """Each agency's numbers; `referrals`: also those it sent, which concern areas, not cases."""
    sent = (Column("referrals", "referrals", opens=True),) if referrals else ()
    return Panel(
        "partner-agencies" if referrals else "partner-agencies-of-own-cases",
        question="What does each agency send, and does it do what it is asked for in time?",
        result=partners.agencies,
        reading=partners.who_is_late,
        caption=lambda view: compared(f"Actions due {_period(view)}", view),
        drawn_as=Bars(
            "agency_name",
            {"on_time": "on time", "late": "late or not done"},
            columns=(
                *sent,
                Column("raised", "actions\nasked for", opens=True),
                Column("due", "due", opens=True),
                Column("share", "on\ntime", bold=True, percent=True, opens=True, of="due"),
                *SHARES_EARLIER,
                Column("overdue", "overdue", attention="is_overdue", opens=True),
            ),
            height=400,
        ),
        headings={
            "agency_name": "Agency",
            **({"referrals": "Referrals"} if referrals else {}),
            "raised": "Actions asked for",
            "due": "Actions due",
            "on_time": "Done on time",
            "late": "Late or not done",
            "share": "On time, of those due",
            BEFORE: "On time just before",
            YEAR: "On time a year earlier",
            "overdue": "Overdue",
        },
        percent=("share", BEFORE, YEAR),
        measures=(
            "partner_actions_raised",
            "partner_actions_on_time_rate",
            "partner_actions_overdue",
        ),
        definition="Overdue on the period’s last day, whenever it was due. Agencies with nothing "
        f"in the period and nothing overdue are left out. {WHICH}",
        note=lambda frame: f"{words.n_of(int(frame['due'].sum()), 'action')} due.",
        without="No agency sent, was asked for or owes anything",
    )


AGENCIES = agencies(referrals=True)
OWN_AGENCIES = agencies(referrals=False)

ACTIVITY = Panel(
    "partner-activity",
    question="When was each agency first and last active?",
    result=partner_activity.activity,
    reading=partner_activity.who_is_silent,
    caption=lambda view: f"Up to {words.day(view.as_at)}, longest silent first",
    drawn_as=Table(named="agency_name", columns=(Column("times", "Times active", opens=True),)),
    headings={
        "agency_name": "Agency",
        "first_on": "First active",
        "last_on": "Last active",
        "last_what": "With",
        "days": "Days since",
        "times": "Times active",
    },
    definition="Active: a referral sent, an action asked for, or an action done, whatever the "
    "period. Silent: nothing for four weeks or more. Where some areas are seen, agencies with "
    "nothing in them are left out.",
    note=lambda frame: f"{words.n_of(frame.height, 'agency', 'agencies')}.",
)

NUMBERS: Mapping[Number, str] = {
    "referrals": "Referrals",
    "raised": "Actions asked for",
    "on_time": "Done on time",
    "overdue": "Overdue",
}
OWN_NUMBERS: Mapping[Number, str] = {
    number: name for number, name in NUMBERS.items() if number != "referrals"
}


def by_area(number: Number) -> Panel:
    """One number of each agency in each area."""
    last_day = number == "overdue"
    return Panel(
        f"partner-areas-{number}",
        question=f"{NUMBERS[number]}: which agency, and where?",
        result=lambda view: partner_areas.by_area(view, number),
        reading=lambda rows: partner_areas.where_most(rows, number),
        caption=lambda view: (
            f"{NUMBERS[number]} {f'on {words.day(view.end)}' if last_day else _period(view)}, "
            "by agency and area"
        ),
        drawn_as=Matrix("agency_name", "area_name", "value", text="text"),
        headings={"agency_name": "Agency", "area_name": "Area", "text": NUMBERS[number]},
        definition="Areas are the counties, or the districts where one county is chosen. "
        "Done on time: of those due in the period. Not known: rows without an area.",
        without="Nothing of the kind is recorded here",
    )


AREAS: Mapping[Number, Panel] = {number: by_area(number) for number in NUMBERS}

KINDS = Panel(
    "action-kinds",
    question="What are partners asked for: disruption, support, or else?",
    result=action_kinds.kinds,
    reading=action_kinds.what_for,
    caption=lambda view: f"Actions asked for {_period(view)}, by what for and kind",
    drawn_as=Bars(
        "kind",
        {"done": "done", "open": "not done"},
        columns=(
            Column("group", ""),
            Column("raised", "now", bold=True, opens=True),
            *EARLIER,
        ),
        height=360,
    ),
    headings={
        "group": "For",
        "kind": "Kind",
        "raised": "Asked for",
        "done": "Done",
        "open": "Not done",
        **EARLIER_HEADINGS,
    },
    measures=("partner_actions_raised",),
    definition="Done: completed by the as-at date, in time or not; others may not be due yet. "
    f"What a kind is for is set in the list of kinds. {WHICH}",
    note=lambda frame: f"n = {words.figure(int(frame['raised'].sum()))}.",
    without="No action was asked for",
)

MARAC_STACK = {"repeat": "repeats", "other": "not repeats", "unnamed": "not known"}

HEARD = Panel(
    "marac-by-month",
    question="How many service users are heard at MARAC each month, and how many are repeats?",
    result=marac.by_month,
    reading=marac.how_many_heard,
    caption=lambda view: f"MARAC hearings of service users, {shown_in_words(view, 'month')}",
    drawn_as=Columns("start", MARAC_STACK, "heard", mark=YEAR, mark_heading="year earlier"),
    headings={
        "start": "Month from",
        "heard": "Heard",
        "repeat": "Repeats",
        "other": "Not repeats",
        "unnamed": "Pair not known",
        "share": "Repeats, of pairs known",
        YEAR: "Heard a year earlier",
        "partial": "Still running",
        "note": "Noted",
    },
    percent=("share",),
    measures=("marac_heard", "marac_repeat_rate"),
    definition="Level line: the same month a year earlier; a running month beside as many days.",
    note=lambda _: "Repeat: the same pair was referred in the 12 months before.",
    without="No MARAC hearing is recorded",
)

AREA_NAMES: Mapping[Area, str] = {"county": "County", "district": "District"}


def marac_by(area: Area) -> Panel:
    """Hearings and repeats by county or district."""
    return Panel(
        f"marac-by-{area}",
        question=f"Where are service users heard at MARAC, and where again, by {area}?",
        result=lambda view: marac.by_area(view, area),
        reading=marac.how_many_repeats,
        caption=lambda view: f"MARAC hearings {_period(view)}",
        drawn_as=Bars(
            "name",
            MARAC_STACK,
            columns=(
                Column("heard", "heard", bold=True, opens=True),
                Column("share", "repeats", percent=True, opens=True, of="named"),
                Column("median_days", "median\ndays", opens=True, of="timed", places=0),
                *EARLIER,
            ),
            height=300,
        ),
        headings={
            "name": AREA_NAMES[area],
            "heard": "Heard",
            "repeat": "Repeats",
            "other": "Not repeats",
            "unnamed": "Pair not known",
            "share": "Repeats, of pairs known",
            "median_days": "Median days from referral to hearing",
            BEFORE: "Heard just before",
            YEAR: "Heard a year earlier",
        },
        percent=("share",),
        measures=("marac_heard", "marac_repeat_rate", "days_marac_to_hearing"),
        definition=f"{_REPEAT} {WHICH}",
        note=lambda frame: f"n = {words.figure(int(frame['heard'].sum()))}.",
        without="No hearing in this period",
    )


MARAC_BY: Mapping[Area, Panel] = {area: marac_by(area) for area in AREA_NAMES}

TO_HEARING = waited(
    "hearing", "days-to-hearing", "from MARAC referral to hearing", "days_marac_to_hearing", 38
)
ON_TIME = trends.of("partner_actions_on_time_rate", words.FULL)


def headline(frames: Mapping[str, pl.DataFrame]) -> str:
    """The page in a sentence: how much is done on time, and how much is overdue."""
    key = AGENCIES.key if AGENCIES.key in frames else OWN_AGENCIES.key
    return partners.page_in_words(frames[key])


HEADLINES = (
    "partner_actions_on_time_rate",
    "partner_actions_overdue",
    "marac_heard",
    "marac_repeat_rate",
)
_SHARED = (ACTIVITY, KINDS, HEARD, TO_HEARING, ON_TIME)
ALL = (AGENCIES, *_SHARED)
OWN = (OWN_AGENCIES, *_SHARED)
