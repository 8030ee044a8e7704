"""A measure month by month as a control chart, for the pages that have one beside other panels."""

from functools import partial

from dashboard.panel import ControlChart, Panel
from queries import special_causes, trend, words
from queries.measures import MEASURES


def of(key: str, height: int = 330) -> Panel:
    """The control chart of one measure of the registry, over complete months."""
    measure = MEASURES[key]
    return Panel(
        f"trend-{key}",
        question=f"{measure.title}: is it changing by more than chance?",
        result=partial(trend.by_month, measure),
        reading=lambda rows: f"{measure.title}: {special_causes.reading(rows)}",
        caption=lambda view: f"{measure.title} by month, complete months to {words.month(view.end)}",
        drawn_as=ControlChart(percent=measure.is_fraction, height=height),
        headings={},
    )
