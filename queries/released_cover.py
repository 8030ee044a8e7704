"""What a release covers, and how much of it is hidden."""

import polars as pl

from queries import released, words
from queries.measures import MEASURES
from queries.released import KINDS, LEVELS
from queries.view import View

_LEVEL = {"whole": "The whole area", "county": "Counties", "district": "Districts"}
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
            measures=pl.col("measure").n_unique().cast(pl.Int64),
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
    """A row a measure: `measure`, and the share of its numbers hidden at each level."""
    cells = released.unsplit(view).filter(pl.col("measure").is_in(list(MEASURES)))
    shares = (
        cells.group_by("measure", "level")
        .agg(pl.col("suppressed").mean())
        .pivot("level", index="measure", values="suppressed")
    )
    for level in LEVELS:
        if level not in shares.columns:
            shares = shares.with_columns(pl.lit(None, pl.Float64).alias(level))
    order = {key: i for i, key in enumerate(MEASURES)}
    return (
        shares.sort(pl.col("measure").replace_strict(order))
        .with_columns(
            measure=pl.col("measure").replace_strict(
                {key: measure.title for key, measure in MEASURES.items()}
            )
        )
        .select("measure", *LEVELS)
        .lazy()
    )


def what_is_covered(rows: pl.DataFrame) -> str:
    """How many kinds of cut there are, and up to when."""
    last = rows["last"].max()
    return f"Complete periods up to {words.day(last)}"  # type: ignore[arg-type]


def how_much_is_hidden(rows: pl.DataFrame) -> str:
    """The levels beside each other, in the mean over the measures."""
    said = [
        f"{words.share(float(rows[level].mean()))} of {name}"  # type: ignore[arg-type]
        for level, name in (
            ("whole", "the whole’s numbers"),
            ("county", "counties’"),
            ("district", "districts’"),
        )
        if rows[level].null_count() < rows.height
    ]
    return words.fit(f"Hidden: {words.listed(said)}", "How much is hidden", limit=words.WIDE)
