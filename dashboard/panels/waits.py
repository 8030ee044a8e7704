"""How long a wait took, as a distribution: for any wait that `queries.waits` knows."""

from functools import partial

from dashboard.drawings import Histogram
from dashboard.panel import Panel
from dashboard.panels.earlier import EARLIER_HEADINGS, WHICH
from queries import waits, words
from queries.waits import Wait


def waited(wait: Wait, key: str, what: str, measure: str, limit: int) -> Panel:
    """How long a wait took, as a distribution; `what` names the days, `limit` cuts its finding."""
    return Panel(
        key,
        question=f"How many days pass {what}?",
        result=lambda view: waits.distribution(view, wait),
        reading=partial(waits.how_long, wait=wait, limit=limit),
        caption=lambda view: f"Days {what}, {words.period(view.start, view.end)}",
        drawn_as=Histogram("from_days", "to_days", "count", "median", "slow"),
        headings={"name": "Days", "count": "Now", **EARLIER_HEADINGS},
        measures=(measure,),
        definition="They count in the period in which the wait ended. Slowest tenth: nine tenths "
        f"took no longer. {WHICH}",
        note=waits.n_of,
        without="No such wait ended in this period",
    )
