"""Service users using each type of abuse at intake and at exit, as the published results count."""

import polars as pl

from queries import words
from queries.follow_up import Rules
from queries.measures import MEASURES
from queries.view import View

ABUSE = {
    "physical_abuse_reduction": "Physical abuse",
    "sexual_abuse_reduction": "Sexual abuse",
    "harassment_stalking_reduction": "Harassment and stalking",
    "jealous_controlling_reduction": "Jealous and controlling",
}


def by_type(view: View, rules: Rules) -> pl.LazyFrame:
    """A row a type of abuse: service users using it at intake and at exit, of those with both.

    `key`, `type`, `at_intake`, `at_exit`, `stopped` (of those using it at intake), `began` (at
    exit and not at intake), `fewer` (null below the least number), `said` (it in words), `pairs`.
    """
    pairs = view.numbers("abuse_pairs").filter(pl.col("on") <= view.end)
    rows = []
    for key, name in ABUSE.items():
        first, last = pl.col(f"{_column(key)}_intake"), pl.col(f"{_column(key)}_exit")
        rows.append(
            pairs.filter(first.is_not_null()).select(
                *(
                    counted.sum().cast(pl.Int64).alias(number)
                    for number, counted in _counted(first, last).items()
                ),
                key=pl.lit(key),
                type=pl.lit(name),
                pairs=pl.len().cast(pl.Int64),
            )
        )
    enough = pl.col("at_intake") >= rules.least
    return (
        pl.concat(rows)
        .filter(pl.col("pairs") > 0)
        .with_columns(fewer=pl.when(enough).then(1 - pl.col("at_exit") / pl.col("at_intake")))
    )


def which_fell_most(rows: pl.DataFrame) -> str:
    """The type of abuse that fell most and least."""
    known = rows.drop_nulls("fewer").sort("fewer", descending=True, maintain_order=True)
    if known.is_empty():
        return "It is too early to say which abuse fell"
    most, least = known.row(0, named=True), known.row(-1, named=True)
    if known.height == 1 or most["fewer"] == least["fewer"]:
        return f"{most['type']}: {words.share(most['fewer'])} fewer at exit"
    return f"{most['type']} fell most, {least['type'].lower()} least"


def behind_type(view: View, key: str, part: str | None) -> pl.LazyFrame:
    """The cases behind a number of `by_type`; of the share, those using it at intake."""
    first, last = pl.col(f"{_column(key)}_intake"), pl.col(f"{_column(key)}_exit")
    counted = _counted(first, last).get(part or "", first == 1)
    pairs = view.numbers("abuse_pairs").filter(pl.col("on") <= view.end)
    rows = pairs.filter(first.is_not_null() & counted)
    return rows.with_columns(contribution=MEASURES[key].counts)


def _counted(first: pl.Expr, last: pl.Expr) -> dict[str, pl.Expr]:
    """Which cases each number counts, from whether it was used at intake and at exit."""
    return {
        "at_intake": first == 1,
        "at_exit": last == 1,
        "stopped": (first == 1) & (last == 0),
        "began": (first == 0) & (last == 1),
    }


def _column(key: str) -> str:
    """The columns of `abuse_pairs` that a reduction is made of, without their ends."""
    return key.removesuffix("_reduction").removesuffix("_abuse")
