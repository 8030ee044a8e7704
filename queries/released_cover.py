"""What a release covers, and how much of it is hidden."""

import polars as pl

from queries import released, words
from queries.measures import MEASURES
from queries.released import KINDS, LEVELS
from queries.view import View

_IS_MEASURE = pl.col("measure").is_in(list(MEASURES))
_LEVEL = {"whole": "The whole area", "county": "Counties", "district": "Districts"}
_OF = {"whole": "for the whole area", "county": "by county", "district": "by district"}
_KIND = {
    "week": "Weeks",
    "month": "Months",
    "quarter": "Quarters",
    "year": "Financial years",
    "launch": "Since launch",
}


def cover(view: View) -> pl.LazyFrame:
    """A row a level and kind of period: `level`, `kind`, `periods`, `first`, `last`, `measures`."""
    return (
        released.unsplit(view)
        .lazy()
        .group_by("level", "cut")
        .agg(
            periods=pl.struct("start", "end").n_unique().cast(pl.Int64),
            first=pl.col("start").min(),
            last=pl.col("end").max(),
            # Some numbers are only released for a panel, and are no measure.
            measures=pl.col("measure").filter(_IS_MEASURE).n_unique().cast(pl.Int64),
        )
        .sort(
            pl.col("level").replace_strict({each: i for i, each in enumerate(LEVELS)}),
            pl.col("cut").replace_strict({each: i for i, each in enumerate(KINDS)}),
        )
        .with_columns(
            level=pl.col("level").replace_strict(_LEVEL), kind=pl.col("cut").replace_strict(_KIND)
        )
    )


def hidden(view: View) -> pl.LazyFrame:
    """A row a measure: `measure`, and at each level the share of its numbers that is hidden.

    Beside each share (`whole`, `county`, `district`: whole per cent, and neither none nor all by
    rounding alone) stand `..._n`, of how many, and `..._hidden`, how many are.
    """
    cells = released.unsplit(view).filter(_IS_MEASURE)
    counted = cells.group_by("measure", "level").agg(
        n=pl.len().cast(pl.Int64), hidden=pl.col("suppressed").sum().cast(pl.Int64)
    )
    rows = pl.DataFrame(
        [(key, measure.title) for key, measure in MEASURES.items()],
        schema={"key": pl.String, "measure": pl.String},
        orient="row",
    ).filter(pl.col("key").is_in(cells["measure"].unique().implode()))
    for level in LEVELS:
        own = counted.filter(pl.col("level") == level).select(
            "measure",
            _percent(pl.col("hidden") / pl.col("n")).alias(level),
            pl.col("n").alias(f"{level}_n"),
            pl.col("hidden").alias(f"{level}_hidden"),
        )
        rows = rows.join(own, left_on="key", right_on="measure", how="left", maintain_order="left")
    return rows.drop("key").lazy()


def _percent(share: pl.Expr) -> pl.Expr:
    whole = share.round(2)
    return pl.when((share > 0) & (share < 1)).then(whole.clip(0.01, 0.99)).otherwise(whole)


def what_is_covered(rows: pl.DataFrame) -> str:
    """How many kinds of cut there are, and up to when."""
    last = rows["last"].max()
    return f"Complete periods up to {words.day(last)}"  # type: ignore[arg-type]


def how_much_is_hidden(rows: pl.DataFrame) -> str:
    """The levels beside each other: the share of all their numbers that is hidden."""
    totals = {
        level: [int(rows[f"{level}_{name}"].sum()) for name in ("hidden", "n")] for level in LEVELS
    }
    said = [
        f"{words.share(totals[level][0] / totals[level][1])} {of}"
        for level, of in _OF.items()
        if totals[level][1]
    ]
    return words.fit(f"Hidden: {words.listed(said)}", "How much is hidden", limit=words.FULL)
