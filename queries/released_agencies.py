"""What partners were asked for, did and left undone, by kind of agency, from released quarters."""

from datetime import date

import polars as pl

from queries import released, words
from queries.released import TOO_FEW, WHOLE
from queries.view import View

OVERDUE, ON_TIME = "partner_actions_overdue", "partner_actions_on_time_rate"
_SPLIT = "agency"
MOST = 20  # more kinds of agency than there are


def last_quarter(view: View, until: date) -> tuple[date, date] | None:
    """The last released quarter of the split that ends by a day."""
    ends = _cells(view).filter(pl.col("end") <= until).select("start", "end").unique().sort("end")
    return (ends["start"][-1], ends["end"][-1]) if ends.height else None


def by_agency(view: View, until: date, most: int = MOST) -> pl.LazyFrame:
    """A row a kind of agency in the last quarter, the most overdue first, `most` of them.

    `agency`, `due` and `on_time` of the quarter, `overdue` on its last day (each null where too few
    to show), the same written out as `..._said`, `all_overdue` (of the whole, null where hidden),
    `left_out` (how many kinds have no row here).
    """
    days = last_quarter(view, until)
    if days is None:
        return pl.LazyFrame(schema=_SCHEMA)
    cells = _cells(view).filter(pl.col("start") == days[0], pl.col("end") == days[1])
    due = cells.filter(pl.col("measure") == ON_TIME).select(
        agency="part", due="denominator", on_time="numerator"
    )
    overdue = cells.filter(pl.col("measure") == OVERDUE).select(
        agency="part", overdue="value", hidden="suppressed"
    )
    rows = due.join(overdue, on="agency", how="full", coalesce=True).with_columns(
        # Nobody of a kind that is in no row of the split ever had one overdue.
        overdue=pl.when(pl.col("hidden").is_null()).then(0.0).otherwise("overdue"),
        all_overdue=pl.lit(_of_the_whole(view, days), pl.Float64),
    )
    said = [_said(name) for name in ("due", "on_time", "overdue")]
    return (
        rows.filter((pl.col("due") != 0).fill_null(value=True) | (pl.col("overdue") > 0))
        .with_columns(said)
        # What is too few to show stands before nothing.
        .sort(
            pl.col("overdue").fill_null(1),
            "due",
            "agency",
            descending=[True, True, False],
            nulls_last=True,
        )
        .with_columns(left_out=(pl.len().cast(pl.Int64) - most).clip(0))
        .head(most)
        .select(*_SCHEMA)
        .lazy()
    )


def who_has_most(rows: pl.DataFrame) -> str:
    """Which kind of agency has most overdue, of how many."""
    known = rows.filter(pl.col("overdue") > 0)
    if known.is_empty():
        hidden = rows["overdue"].null_count()
        if hidden:
            return f"Overdue actions of each kind of agency are {TOO_FEW}"
        return "No kind of agency has an action overdue"
    first = known.filter(pl.col("overdue") == known["overdue"][0])
    names, most, total = list(first["agency"]), first["overdue"][0], first["all_overdue"][0]
    there = total is not None and total >= most * len(names)
    most = words.figure(most)
    of = f"{most} of the {words.figure(total)} actions overdue" if there else f"{most} overdue"
    if len(names) > 1:
        return words.fit(
            f"{words.listed(names)} have {of} each",
            f"{words.listed(names)} have most overdue",
            f"{words.sentence(words.number(len(names)))} kinds of agency have {most} overdue each",
            limit=words.WIDE,
        )
    return words.fit(f"{names[0]} has {of}", f"{names[0]} has most overdue", limit=words.WIDE)


def how_many_hidden(rows: pl.DataFrame) -> str:
    """How many kinds of agency have too few overdue to show, or no row at all."""
    left_out, hidden = int(rows["left_out"][0]), rows["overdue"].null_count()
    if left_out:
        more = "more kind is" if left_out == 1 else "more kinds are"  # one line beneath a slide
        return f"{words.sentence(words.number(left_out))} {more} left out."
    if hidden:
        kinds = words.counted(hidden, "kind of agency", "kinds of agency")
        return f"Overdue in {kinds}: {TOO_FEW}."
    return ""


def _cells(view: View) -> pl.DataFrame:
    return released.released(view).filter(
        pl.col("split") == _SPLIT, pl.col("cut") == "quarter", pl.col("level") == WHOLE
    )


def _of_the_whole(view: View, days: tuple[date, date]) -> float | None:
    found = released.unsplit(view).filter(
        pl.col("measure") == OVERDUE,
        pl.col("cut") == "quarter",
        pl.col("level") == WHOLE,
        pl.col("start") == days[0],
        pl.col("end") == days[1],
    )
    return found["value"][0] if found.height else None


def _said(name: str) -> pl.Expr:
    """A rounded count written out; beside a bar there is room for two words."""
    written = pl.col(name).cast(pl.Int64).cast(pl.String)
    return pl.coalesce(written, pl.lit("too few")).alias(f"{name}_said")


_SCHEMA = {
    "agency": pl.String,
    **dict.fromkeys(("due", "on_time", "overdue", "all_overdue"), pl.Float64),
    **dict.fromkeys(("due_said", "on_time_said", "overdue_said"), pl.String),
    "left_out": pl.Int64,
}
