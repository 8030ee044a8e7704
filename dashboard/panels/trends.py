"""A measure month by month as a control chart, for the pages that have one beside other panels."""

from functools import partial

from dashboard.drawings import ControlChart
from dashboard.panel import Panel
from queries import special_causes, trend, words
from queries.measures import MEASURES
from queries.steps import RULE


def of(key: str, limit: int = words.HALF, height: int = 330) -> Panel:
    """The control chart of one measure of the registry, over complete months.

    `limit`: the characters that its finding has room for.
    """
    measure = MEASURES[key]
    return Panel(
        f"trend-{key}",
        question=f"{measure.title}: does it change by more than chance?",
        result=partial(trend.by_month, measure),
        reading=lambda rows: special_causes.reading_of(measure.title, rows, limit),
        caption=lambda view: f"{measure.title}, {trend.months_in_words(view)}",
        drawn_as=ControlChart(
            percent=measure.is_fraction, places=int(measure.unit == "score"), height=height
        ),
        headings={
            "month": "Month from",
            "value": measure.title,
            "denominator": "n",
            "mean": "Mean",
            "lower": "Lower limit",
            "upper": "Upper limit",
            "cause": "Special cause",
            "note": "Noted",
        },
        percent=("value", "mean", "lower", "upper") if measure.is_fraction else (),
        measures=(key,),
        definition="XmR chart: the limits are the mean and 2.66 times the average moving range on "
        "each side; one beyond what is possible is not drawn. What stays between them may be "
        f"chance alone. {RULE if measure.unit == 'days' else ''}".strip(),
        note=trend.what_limits_rest_on,
        without="No complete month is recorded yet",
    )
