"""What a released total of a financial year is made of."""

from typing import Any

import polars as pl

from queries import released, words
from queries.measures import MEASURES
from queries.released import WHOLE, Slice
from queries.view import View


def split(view: View, name: str, slice_: Slice) -> pl.LazyFrame:
    """The parts of a split in a financial year, the largest first, hidden ones last.

    It is the slice's year, or the last that ends with the slice or before it; where the area has no
    such split, that of the whole. `part`, `value`, `now`, `before` (of the year before), `period`
    (of a state its last day), `place` (whose split it is).
    """
    cells = released.released(view).filter(pl.col("split") == name, pl.col("cut") == "year")
    own = cells.filter(slice_.place)
    whole = own.is_empty()
    if whole:
        own = cells.filter(pl.col("level") == WHOLE)
    past = own.filter(pl.col("end") <= slice_.end)
    if past.is_empty():
        return pl.LazyFrame(schema=_SPLIT)
    end = past["end"].max()
    years = sorted(past["end"].unique())
    then = past.filter(pl.col("end") == years[-2]) if len(years) > 1 else past.clear()
    earlier = {row["part"]: row for row in then.to_dicts()}
    rows = [
        {
            "part": row["part"],
            "value": row["value"],
            "now": _said(row),
            "before": _said(earlier[row["part"]]) if row["part"] in earlier else None,
            "period": f"on {words.day(row['end'])}"
            if row["measure"] in _STATES
            else words.period(row["start"], row["end"]),
            "place": "" if not whole or slice_.level == WHOLE else "the whole area",
        }
        for row in past.filter(pl.col("end") == end).to_dicts()
    ]
    return pl.LazyFrame(rows, schema=_SPLIT).sort(
        "value", "part", descending=[True, False], nulls_last=True
    )


def year_in_words(view: View, name: str, slice_: Slice) -> str:
    """Whose split it is, and of which year."""
    rows = split(view, name, slice_).collect()
    if rows.is_empty():
        return "no financial year"
    return f"{rows['place'][0] or slice_.name}, {rows['period'][0]}"


def largest_part(rows: pl.DataFrame, title: str) -> str:
    """The largest part of a split, or those that share its number, for half the page."""
    known = rows.filter(pl.col("value").is_not_null())
    if known.is_empty():
        return words.sentence(released.TOO_FEW)
    first = known.filter(pl.col("value") == known["value"].max())
    if first.height == known.height > 1:
        return f"{title}: all parts alike at {first['now'][0]}"
    names = words.listed(list(first["part"]))
    largest = f"{names} {'is' if first.height == 1 else 'are'} largest"
    found = f"{largest} at {first['now'][0]}"
    some = f"{words.sentence(words.number(first.height))} parts are largest"
    shorter = (largest, some) if first.height > 1 else (largest,)
    return words.fit(f"{title}: {found}", found, *shorter, limit=words.HALF)


def _said(found: dict[str, Any]) -> str:
    return released.TOO_FEW if found["suppressed"] else words.figure(found["value"])


_STATES = {key for key, measure in MEASURES.items() if measure.reads == "state"}
_SPLIT = {
    "part": pl.String,
    "value": pl.Float64,
    "now": pl.String,
    "before": pl.String,
    "period": pl.String,
    "place": pl.String,
}
