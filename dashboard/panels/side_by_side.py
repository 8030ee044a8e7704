"""The areas beside each other, measure by measure."""

from collections.abc import Mapping
from functools import partial

from dashboard.drawings import Column, Table
from dashboard.panel import Panel
from queries import side_by_side as sides
from queries import words
from queries.measures import MEASURES

MAIN = (
    "referrals_received",
    "cases_allocated",
    "active_cases",
    "unallocated_cases",
    "days_referral_to_allocation",
    "cases_closed",
    "planned_completion_rate",
    "direct_engagement_rate",
    "contacts_on_time_rate",
    "reviews_on_time_rate",
    "idva_engaged_rate",
    "risk_reduced_rate",
    "marac_repeat_rate",
    "partner_actions_on_time_rate",
)


_ROWS = partial(sides.side_by_side, measures=[MEASURES[key] for key in MAIN])


def side_by_side(places: Mapping[str, str]) -> Panel:
    named = {**places, sides.WHOLE: "All in view"}
    return Panel(
        "side-by-side",
        question="How do the areas compare, measure by measure?",
        result=_ROWS,
        reading=sides.what_stands_apart,
        caption=lambda view: (
            f"{words.period(view.start, view.end)}; active cases and people on the last day"
        ),
        drawn_as=Table(
            named="title",
            columns=tuple(
                Column(name, heading, opens=True, of=sides.of(name))
                for name, heading in named.items()
            ),
        ),
        headings={"title": "Measure", **named},
        measures=MAIN,
        definition="“Above” and “below” stand with values whose 95% interval leaves out that of "
        "all in view; of 20 such comparisons about one does so by chance.",
        note=sides.more_in_all,
        without="No districts are known",
    )
