"""Where the limits of a control chart begin anew: at a noted change that has lasted.

As NHS England's Making Data Count advises, only where it is known what changed, on a day that was
noted, and where the months since have kept to the other side: else a shift says more. And only for
waits: another way of working moves them at once. Elsewhere it would be taken for the cause.
"""

from collections.abc import Iterable
from datetime import date

import polars as pl

from queries.statistics.control_chart import RUN, TRIAL_BELOW, xmr

RULE = (
    "Limits of a waiting time begin anew with the first whole month from a noted change, where "
    f"at least {RUN} months come before it and {TRIAL_BELOW} since, and the first {RUN} since are "
    "all on one side of the mean before. A month that would lie at the new limits, towards the "
    "mean before, is left to the limits before: waits that end in it began before the change."
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
            starts.append(_settled(rows, int(at), float(before["value"].to_numpy().mean())))
    return starts


def _beyond(before: pl.DataFrame, since: pl.DataFrame) -> bool:
    """Whether the first months since are all on one side of the mean before."""
    first = since.head(RUN)
    off = first["value"] - before["value"].mean()
    return bool((off > first["within"]).all() or (-off > first["within"]).all())


def _settled(rows: pl.DataFrame, at: int, before: float) -> int:
    """The first month since that is not on the way any more.

    Whoever waited on the day of the change waited the old way too. Beside the new limits a month
    of such waits would be a concern, just where things grew better.
    """
    while rows["value"][at + 1 :].drop_nulls().len() >= TRIAL_BELOW:
        since = xmr(rows["value"][at:], known_within=rows["within"][at:])
        value, mean, rule = since.select("value", "mean", "rule").row(0)
        towards = value is None or (value - mean) * (before - mean) > 0
        if not towards or (value is not None and rule not in ("outside", "two_in_three")):
            break
        at += 1
    return at
