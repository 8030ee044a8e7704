"""Headline numbers: now, before, aimed for, and month by month."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import polars as pl

from queries.evaluate import evaluate
from queries.measure import Measure
from queries.measures import MEASURES
from queries.periods import Period, Periods, before, months, months_before
from queries.places import capacity
from queries.scope import counties, whole
from queries.targets import Targets
from queries.view import View

MONTHS = 12


@dataclass(frozen=True)
class HeadlineNumber:
    """A measure in the period, in the period before it, and in the months up to its end.

    `n` is the denominator; `target` for active cases is the number of places. `previous` is None
    where the service had no records yet. `points` has
    `x` (month) and `value`, complete months only; `days` is the length of the period; `unclear`
    says that rounding alone could have made the difference to the previous. `said` and
    `previously` are the values written out where rounding leaves only a range.
    """

    measure: Measure
    value: float | None
    n: float | None
    previous: float | None
    target: float | None
    points: pl.DataFrame
    days: int
    unclear: bool = False
    said: str = ""
    previously: str = ""


@cache
def headline_questions(keys: tuple[str, ...]) -> tuple[Callable[[View], pl.LazyFrame], ...]:
    """What `headline_numbers` reads, to be asked with the rest of a page; none without keys."""
    measures = [MEASURES[key] for key in keys]
    if not measures:
        return ()
    return (
        lambda view: evaluate(measures, view, _then_and_now(view)),
        lambda view: evaluate(measures, view, _months(view)),
    )


def headline_numbers(
    keys: Sequence[str], view: View, frames: Sequence[pl.DataFrame], first: date | None
) -> list[HeadlineNumber]:
    """The numbers from the collected frames. `first`: the first day of the service's records."""
    both, monthly = frames
    then, now = both.filter(pl.col("period") == 0), both.filter(pl.col("period") == 1)
    known = first is not None and then["start"][0] >= first
    targets, scope, parts = Targets.of(view), whole(view, ""), counties(view)
    found = []
    for key in keys:
        measure = MEASURES[key]
        row = now.row(by_predicate=pl.col("measure") == key, named=True)
        earlier = then.row(by_predicate=pl.col("measure") == key, named=True)
        aim = None
        if key == "active_cases":
            aim = capacity(view, scope, view.end)
        elif measure.target == "total":
            aim = targets.total(key, scope, view.start, view.end, parts)
        elif measure.target == "level":
            aim = targets.level(key, scope, view.end)
        found.append(
            HeadlineNumber(
                measure,
                row["value"],
                row["denominator"],
                earlier["value"] if known else None,
                aim,
                monthly.filter(pl.col("measure") == key, ~pl.col("partial")).select(
                    x="start", value="value"
                ),
                Period(view.start, view.end).days,
            )
        )
    return found


def _then_and_now(view: View) -> Periods:
    now = Period(view.start, view.end)
    return Periods((before(now), now))


def _months(view: View) -> Periods:
    return months(months_before(view.end, MONTHS), view.end)
