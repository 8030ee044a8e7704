"""Before and after: police incidents and MARAC hearings, over as many days on both sides.

Each closed case is followed up to a set length, so far as its time has come; the window before
is cut to the same length. Cases followed up less than the set least do not count, nor do those
of people who died. Comparison people are followed in the same way, from facts of their own.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from queries import words
from queries.once import once_a_view
from queries.statistics import clustered_ratio_bounds
from queries.view import View

YEAR = 365.25


@dataclass(frozen=True)
class Rules:
    """What the service sets: the least number and days that count, and how long is followed."""

    least: int = 30
    least_days: int = 91
    police_days: int = 182
    marac_days: int = 365


def in_months(days: int) -> str:
    """A length of follow-up in words: 182 days are "six months"."""
    return words.counted(int(words.rounded(days / (YEAR / 12))), "month")


@dataclass(frozen=True)
class Kind:
    """What is followed: the facts of its events, and which of them count (null: not known)."""

    title: str
    name: str
    facts: str
    counts: pl.Expr
    setting: str

    def days(self, rules: Rules) -> int:
        """How long it is followed."""
        return int(getattr(rules, self.setting))


KINDS = {
    "police": Kind(
        "Criminal incidents",
        "crimes",
        "followup_incidents",
        pl.col("is_crime"),
        "police_days",
    ),
    "hearings": Kind(
        "MARAC hearings",
        "MARAC hearings",
        "followup_hearings",
        pl.lit(value=True),
        "marac_days",
    ),
    "repeats": Kind(
        "MARAC repeats",
        "MARAC repeats",
        "followup_hearings",
        pl.col("repeat"),
        "marac_days",
    ),
}


@dataclass(frozen=True)
class Change:
    """What became of one kind of event.

    `n`: cases (or comparison people) followed up, `complete`: those of them for the whole
    length; `years`: person-years on each side; `before`, `after`: events, None where not
    recorded; `fewer`: 1 - after / before, with its 95% interval.
    """

    n: int
    complete: int
    years: float
    before: int | None
    after: int | None
    fewer: float | None
    lower: float | None
    upper: float | None


@once_a_view
def changes(
    view: View, rules: Rules, *, comparison: bool = False, since: date | None = None
) -> dict[str, Change]:
    """For each of `KINDS` what changed, as at the end of the view's period.

    `since`: only cases that came to count on this day or later.
    """
    sums = [
        _sums(per_case(view, key, rules, comparison=comparison, since=since), kind.days(rules))
        for key, kind in KINDS.items()
    ]
    found = pl.concat(pl.collect_all(sums))
    of = found.with_columns(pl.when("known").then(pl.col("y", "x")))
    low, high = clustered_ratio_bounds(of["people"], of["y"], of["x"], of["yy"], of["xy"], of["xx"])
    rows = zip(KINDS, of.iter_rows(named=True), low, high, strict=True)
    return {key: _change(row, (low, high)) for key, row, low, high in rows}


def per_case(
    view: View,
    key: str,
    rules: Rules,
    *,
    comparison: bool = False,
    since: date | None = None,
) -> pl.LazyFrame:
    """Those followed up long enough: events `before` and `after`, `days` of each window.

    With them `who` and the columns of their facts. The events are null where of none it is known
    whether it counts.
    """
    kind = KINDS[key]
    facts = f"comparison_{kind.facts}" if comparison else kind.facts
    events = view.numbers(facts).filter(pl.col("on") <= view.end).with_columns(it=kind.counts)
    counted = (
        events.filter(pl.col("it"))
        .group_by(_LIFE[comparison])
        .agg(pl.col("before", "after").cast(pl.Int64).sum())
    )
    known = events.select(known=(pl.len() == 0) | pl.col("it").is_not_null().any())
    is_recorded = pl.lit(view.recorded(facts)) & pl.col("known")
    counts_on = pl.col("ended_on") + timedelta(days=rules.least_days)
    days = (pl.lit(view.end) - pl.col("ended_on")).dt.total_days()
    return (
        ended(view, comparison=comparison)
        .filter(counts_on.is_between(since or date.min, view.end))
        .join(counted, on=_LIFE[comparison], how="left")
        .join(known, how="cross")
        .with_columns(
            pl.when(is_recorded).then(pl.col(side).fill_null(0)) for side in ("before", "after")
        )
        .with_columns(days=pl.min_horizontal(days, pl.lit(kind.days(rules))))
    )


def events(
    view: View, key: str, rules: Rules, side: str, *, comparison: bool = False
) -> pl.LazyFrame:
    """The events behind `before` or `after`: those of the cases followed up long enough."""
    kind, life = KINDS[key], _LIFE[comparison]
    facts = f"comparison_{kind.facts}" if comparison else kind.facts
    followed = per_case(view, key, rules, comparison=comparison).select(life)
    counted = view.numbers(facts).filter(pl.col("on") <= view.end, kind.counts, pl.col(side) == 1)
    return counted.join(followed, on=life, how="semi")


def followed_until(view: View, key: str, rules: Rules, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Rows of `per_case` on the day to which each is followed up so far."""
    length = pl.duration(days=KINDS[key].days(rules))
    return rows.with_columns(on=pl.min_horizontal(pl.col("ended_on") + length, pl.lit(view.end)))


def ended(view: View, *, comparison: bool = False) -> pl.LazyFrame:
    """The closed cases of those alive, or comparison people, with `who` and `ended_on`."""
    if comparison:
        rows = view.numbers("comparison_people").with_columns(who="person", ended_on="end_on")
    else:
        rows = (
            view.numbers("closures")
            .filter(~pl.col("deceased"))
            .with_columns(who="service_user", ended_on="on")
        )
    return rows.filter(pl.col("ended_on") <= view.end)


# The column of what is followed: a case, or a person without one.
_LIFE = {False: "case", True: "person"}


def _sums(rows: pl.LazyFrame, length: int) -> pl.LazyFrame:
    """One row: sums over all, and over persons the squares that the interval needs."""
    y, x = pl.col("after"), pl.col("before")
    per_person = rows.group_by("who").agg(
        pl.len().alias("n"),
        (pl.col("days") == length).sum().alias("complete"),
        pl.col("days").sum(),
        y.sum(),
        x.sum(),
        x.is_not_null().all().alias("known"),
    )
    return per_person.select(
        pl.len().alias("people"),
        pl.col("n", "complete", "days").sum(),
        pl.col("known").all(),
        y=y.sum(),
        x=x.sum(),
        yy=(y * y).sum(),
        xy=(x * y).sum(),
        xx=(x * x).sum(),
    )


def _change(row: dict[str, int], ends: tuple[float | None, float | None]) -> Change:
    y, x, (low, high) = row["y"], row["x"], ends
    return Change(
        n=row["n"],
        complete=row["complete"],
        years=row["days"] / YEAR,
        before=x,
        after=y,
        fewer=1 - y / x if x and y is not None else None,
        lower=None if high is None else 1 - high,
        # No fewer than none can come after.
        upper=None if low is None else min(1 - low, 1.0),
    )
