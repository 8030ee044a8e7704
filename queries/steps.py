"""Where the limits of a control chart begin anew: at a noted change that has lasted.

As NHS England's Making Data Count advises, only where it is known what changed, on a day that was
noted, and where the months since have kept to the other side: else a shift says more. And only for
waits: another way of working moves them at once. Elsewhere it would be taken for the cause.
"""

from collections.abc import Iterable
from datetime import date

import polars as pl

from queries.statistics.control_chart import RUN, TRIAL_BELOW

RULE = (
    "Limits of a waiting time begin anew with the first whole month from a noted change, where "
    f"at least {RUN} months come before it and {TRIAL_BELOW} since, and the first {RUN} since are "
    "all on one side of the mean before."
)


def steps(rows: pl.DataFrame, noted: Iterable[date]) -> list[int]:
    """The rows with which limits begin: the first of all, and that of each change that lasted.

    `rows` has `month` and `value`, in order; `within` is how far rounding may have moved a value.
    """
    starts = [0]
    for day in sorted(set(noted)):
        at = rows["month"].search_sorted(day)
        before = rows[starts[-1] : at].drop_nulls("value")
        since = rows[at:].drop_nulls("value")
        if before.height >= RUN and since.height >= TRIAL_BELOW and _beyond(before, since):
            starts.append(int(at))
    return starts


def _beyond(before: pl.DataFrame, since: pl.DataFrame) -> bool:
    """Whether the first months since are all on one side of the mean before."""
    first = since.head(RUN)
    off = first["value"] - before["value"].mean()
    return bool((off > first["within"]).all() or (-off > first["within"]).all())
