"""Counties beside each other (or the districts of one), by the main measures."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from queries import words
from queries.areas import counts_things
from queries.evaluate import evaluate
from queries.measure import Measure
from queries.periods import one
from queries.scope import counties, known_areas
from queries.view import View

WHOLE = "whole"  # the column of all that is in view


def places(view: View) -> tuple[str, dict[str, str]]:
    """By what columns stand side by side, and key and name of each.

    The counties of the view; where it shows one county only, the districts of that.
    """
    areas = known_areas(view).with_columns(pl.col("area", "county").cast(pl.String))
    if areas["county"].n_unique() > 1:
        keys = areas["county"].unique(maintain_order=True)
        names = (part.name for part in counties(view))
        return "county", dict(zip(keys, names, strict=True))
    return "area", dict(areas.select("area", "name").iter_rows())


def side_by_side(view: View, measures: Sequence[Measure]) -> pl.LazyFrame:
    """A row a measure: `key`, `title`, a column for each of `places` (named by its key), `whole`.

    These hold values in words, a share with its n; "above" or "below" stands with those whose 95%
    interval leaves out the whole's value, and `apart` names them (null where there is none).
    With each stands how many records it is of, its name after "of ".
    """
    period = one(view.start, view.end)
    column, names = places(view)
    found, total = pl.collect_all(
        [evaluate(measures, view, period, [column]), evaluate(measures, view, period)]
    )
    rows: list[dict[str, str | int | None]] = []
    for measure in measures:
        own = found.filter(pl.col("measure") == measure.key).to_dicts()
        line = total.row(by_predicate=pl.col("measure") == measure.key, named=True)
        cells = {str(cell[column]): cell for cell in own}
        sides = {key: _side(cells[key], line["value"]) for key in names} if len(names) > 1 else {}
        apart = [f"{names[key]} {side}" for key, side in sides.items() if side]
        row: dict[str, str | int | None] = {
            key: _cell(cells[key], measure, sides.get(key)) for key in names
        }
        row |= {"key": measure.key, "title": measure.title, WHOLE: _cell(line, measure)}
        row["apart"] = words.listed(apart) if apart else None
        behind = {of(key): _records(cells[key], measure) for key in names}
        rows.append({**row, **behind, of(WHOLE): _records(line, measure)})
    texts = dict.fromkeys(["key", "title", *names, WHOLE, "apart"], pl.String)
    return pl.LazyFrame(rows, texts | dict.fromkeys(map(of, [*names, WHOLE]), pl.Int64))


def of(place: str) -> str:
    """The column that says of how many records a place's values are."""
    return f"of {place}"


def what_stands_apart(rows: pl.DataFrame) -> str:
    """The measures in which one of the places stands apart from the whole."""
    apart = rows.filter(pl.col("apart").is_not_null())
    if sum(name.startswith(of("")) for name in rows.columns) <= 2:  # one place, and the whole
        return "One area alone is in view: nothing to compare"
    if apart.is_empty():
        return "No share stands clearly apart from the whole"
    said = [f"{title}: {who}" for title, who in apart.select("title", "apart").iter_rows()]
    return words.fit(
        "; ".join(said),
        f"{said[0]}; and {words.counted(len(said) - 1, 'measure')} more",
        f"Areas stand apart in {words.counted(len(said), 'measure')}",
        limit=words.WIDE,
    )


def more_in_all(rows: pl.DataFrame) -> str:
    """Whether all in view has records that none of the places has, for the line under a table."""
    names = [name for name in rows.columns if name.startswith(of("")) and name != of(WHOLE)]
    more = rows.filter(pl.col(of(WHOLE)) > pl.sum_horizontal(names))
    return "All in view also has records of no known district." if more.height else ""


def _side(cell: Mapping[str, Any], line: float | None) -> str | None:
    if cell["lower"] is None or cell["upper"] is None or line is None:
        return None
    return "above" if cell["lower"] > line else "below" if cell["upper"] < line else None


def _records(cell: Mapping[str, Any], measure: Measure) -> int | None:
    count = cell["numerator"] if counts_things(measure) else cell["denominator"]
    return None if count is None else int(count)


def _cell(cell: Mapping[str, Any], measure: Measure, side: str | None = None) -> str:
    value, n = cell["value"], cell["denominator"]
    if value is None:
        return words.NOT_KNOWN
    if counts_things(measure):
        return words.figure(value)
    places = 0 if float(value).is_integer() and measure.unit == "days" else 1
    said = words.share(value) if measure.is_fraction else words.figure(value, places)
    said += f" (n = {words.figure(n)})"
    return f"{said}, {side}" if side else said
