"""Which districts differ from the whole by more than chance."""

from functools import cache, partial

from dashboard.drawings import Funnel
from dashboard.panel import Panel
from dashboard.panels.area_shown import Shown, period_of
from queries import area_funnel, areas, words
from queries.areas import counts_things


@cache
def funnel(shown: Shown) -> Panel:
    measure = shown.funnel
    by_head = counts_things(measure)
    sizes = "people living there" if by_head else area_funnel.out_of(measure)
    return Panel(
        "area-funnel",
        question="Which districts differ from the whole by more than chance?",
        result=lambda view: area_funnel.funnel(view, measure, shown.everywhere),
        reading=partial(area_funnel.who_stands_out, measure=measure),
        caption=lambda view: (
            f"{measure.title}{' per 10,000 people' if by_head else ''}, by "
            f"{sizes}, {period_of(view, measure)}"
        ),
        drawn_as=Funnel(
            "name",
            "n",
            "value",
            "centre",
            "says",
            "far",
            scale=areas.PER if by_head else 1,
            n_heading=sizes,
            whole_name="whole_name",
        ),
        headings={
            "name": "District",
            "n": "People living there" if by_head else "n",
            "count": "Number",
            "value": "Per 10,000 people" if by_head else measure.title,
            "centre": "All",
            "lower_95": "95% from",
            "upper_95": "95% to",
            "lower_998": "99.8% from",
            "upper_998": "99.8% to",
            "outside": "Outside limit",
        },
        measures=(measure.key,),
        definition="The centre is the value of all that is in view. Limits are exact binomial "
        "(Spiegelhalter 2005): a district whose cases came about as in the whole lies outside the "
        "95% limits once in 20, outside the 99.8% limits once in 500.",
        percent=()
        if by_head
        else ("value", "centre", "lower_95", "upper_95", "lower_998", "upper_998"),
        note=lambda frame: (
            f"n = {words.figure(float(frame['n'].sum()))}. Exact binomial limits around "
            f"{frame['whole_name'][0]}."
        ),
        without="No district has anything to compare in this period",
    )


HOW_TO_READ = (
    "A district **inside** the limits differs from the whole by no more than chance would "
    "explain. Do not rank those districts against each other.",
    "A district **outside the 99.8% limits** is worth a conversation: about its cases, its "
    "recording, and who is referred there. It is not a verdict on anybody’s work.",
    "Between the two limits a district may be watched: among 20, about one lies there by chance.",
    "Few cases give wide limits: there, only a large difference can be told from chance.",
)
