"""Released numbers of what partners do and of how full the service is, on pages and slides."""

from dashboard.drawings import Bars, Column
from dashboard.panel import Panel
from dashboard.panels.released import SOURCE
from queries import released_agencies, released_capacity, words
from queries.released import RULES, TOO_FEW, WHOLE, Slice
from queries.view import View


def actions_by_agency(
    slice_: Slice, height: int = 330, most: int = released_agencies.MOST
) -> Panel:
    """Partners’ actions due, done on time and overdue, by kind of agency."""

    def caption(view: View) -> str:
        days = released_agencies.last_quarter(view, slice_.end)
        when = f"{words.period(*days)}; overdue at its end" if days else "no quarter"
        whole = "" if slice_.level == WHOLE else ", the whole area"
        return f"Partners’ actions{whole}, {when}"

    return Panel(
        "released-agencies",
        question="Which partners are asked for what, and who is late?",
        result=lambda view: released_agencies.by_agency(view, slice_.end, most),
        reading=released_agencies.who_has_most,
        caption=caption,
        drawn_as=Bars(
            "agency",
            {"on_time": "on time"},
            columns=(
                Column("due_said", "due"),
                Column("on_time_said", "on time"),
                Column("overdue_said", "overdue", bold=True),
            ),
            of="due",
            of_heading="due",
            rest_heading="due, not on time",
            without="",
            height=height,
        ),
        headings={
            "agency": "Kind of agency",
            "due_said": "Due",
            "on_time_said": "On time",
            "overdue_said": "Overdue",
        },
        measures=("partner_actions_on_time_rate", "partner_actions_overdue"),
        definition="By kind of agency and by quarter, for the whole area: single agencies belong "
        f"to one district, and districts have no such numbers. {RULES}",
        note=released_agencies.how_many_hidden,
        source=SOURCE,
        without=f"Partners’ actions by kind of agency are {TOO_FEW}",
    )


def places_by_county(slice_: Slice, whole_name: str, height: int = 330) -> Panel:
    """Active cases of each county against its places, and how many wait there."""

    def caption(view: View) -> str:
        days = released_capacity.last_quarter(view, slice_.end)
        return f"Active cases and places on {words.day(days[1])}" if days else "No quarter"

    return Panel(
        "released-places",
        question="How full is each county, and how many wait there?",
        result=lambda view: released_capacity.by_county(view, slice_.end, whole_name),
        reading=released_capacity.how_full,
        caption=caption,
        drawn_as=Bars(
            "county",
            {"active": "active"},
            columns=(
                Column("active_said", "active", bold=True),
                Column("places", "places"),
                Column("waiting_said", "waiting"),
            ),
            mark="places",
            mark_heading="places",
            strong="is_whole",
            without="",
            height=height,
        ),
        headings={
            "county": "County",
            "active_said": "Active cases",
            "places": "Places",
            "waiting_said": "Waiting for allocation",
        },
        measures=("active_cases", "unallocated_cases"),
        definition="Places are what the hours and targets of case managers allow on that day, as "
        f"the service has set them. {RULES}",
        note=lambda _: "Counties are released by quarter.",
        source=SOURCE,
        without=f"Active cases by county are {TOO_FEW}",
    )
