"""What a number of a period is put beside: the period just before, and the same a year earlier."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import polars as pl

from queries import words
from queries.periods import Period, a_year_earlier, just_before
from queries.view import View

BEFORE, YEAR = "just_before", "year_earlier"  # columns of what a number is put beside


@dataclass(frozen=True)
class Then:
    """A period to count in, and the day up to which what came of its records is read.

    That day is as long after its end as the view's is after its own: records of all periods are
    read at the same age.
    """

    period: Period
    as_at: date

    @property
    def rows(self) -> pl.Expr:
        """The events of the period."""
        return pl.col("on").is_between(self.period.start, self.period.end)


def now(view: View) -> Then:
    """The view's own period."""
    return Then(Period(view.start, view.end), view.as_at)


def chosen(view: View, part: str | None) -> Then:
    """The period that a number belongs to, by its column: `just_before`, `year_earlier`, or now."""
    period = _earlier(view).get(part or "")
    return Then(period, _same_age(view, period)) if period else now(view)


def beside(
    view: View,
    facts: str,
    by: str,
    value: str,
    count: Callable[[Then], pl.LazyFrame],
    *,
    nothing: int | None = 0,
    of: str | None = None,
) -> pl.LazyFrame:
    """What `count` gives now, with `just_before` and `year_earlier`: its `value` in those periods.

    `count` gives a row a group of `by`. A group without rows has the value `nothing`; a period
    before the first of these facts has none at all. `of` names what a share is out of: it comes
    along as `just_before_of` and `year_earlier_of`.
    """
    rows = count(now(view))
    earlier = _earlier(view)
    for name, period in earlier.items():
        then = count(Then(period, _same_age(view, period)))
        also = [pl.col(of).alias(f"{name}_of")] if of else []
        counted = then.select(by, pl.col(value).alias(name), *also)
        rows = rows.join(counted, on=by, how="full", coalesce=True, nulls_equal=True)
    first = view.numbers(facts).select(_first=pl.col("on").min())
    none = pl.lit(nothing)
    return (
        rows.join(first, how="cross")
        .with_columns(
            pl.coalesce(value, none),
            *(
                pl.when(pl.col("_first") <= pl.lit(period.start))
                .then(pl.coalesce(name, none))
                .alias(name)
                for name, period in earlier.items()
            ),
        )
        .drop("_first")
    )


def just_before_in_words(view: View) -> str:
    """The days that "just before" stands for."""
    then = just_before(Period(view.start, view.end))
    return f"just before: {words.period(then.start, then.end)}"


def _same_age(view: View, period: Period) -> date:
    return period.end + (view.as_at - view.end)


def _earlier(view: View) -> dict[str, Period]:
    own = Period(view.start, view.end)
    return {BEFORE: just_before(own), YEAR: a_year_earlier(own)}
