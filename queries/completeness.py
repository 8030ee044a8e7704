"""How much of what the measures need is filled in, and which of them suffer where it is not."""

import polars as pl

from queries import words
from queries.definitions import table_title
from queries.fields import FIELDS, NO_AREA, REDUCTIONS, Field
from queries.measures import MEASURES
from queries.view import View
from queries.words import counted, fit, share

# Fields filled in less often than this are said to be thin.
THIN = 0.95


def rows(view: View, field: Field) -> pl.LazyFrame:
    """The rows that should have the field, in the view's period, with `filled`."""
    found = view.numbers(field.facts)
    if field.state:
        found = found.filter(
            pl.col("on") <= view.end, pl.col("to").is_null() | (pl.col("to") > view.end)
        )
    else:
        found = found.filter(pl.col("on").is_between(view.start, view.end))
    if field.applies is not None:
        found = found.filter(field.applies)
    if field.found_in is not None:
        there = view.numbers(field.found_in).select("case", filled=True).unique()
        found = found.join(there, on="case", how="left", maintain_order="left")
    else:
        found = found.with_columns(filled=field.has)
    return found.with_columns(pl.col("filled").fill_null(value=False))


def completeness(view: View) -> pl.LazyFrame:
    """A row a field that anything should have, the thinnest first.

    `key`, `field`, `table`, `n` (rows that should have it), `missing`, `share` (filled), `weakens`
    (how many measures suffer; none where nothing is missing).
    """
    parts = [
        rows(view, field).select(
            key=pl.lit(field.key),
            field=pl.lit(field.title),
            table=pl.lit(table_title(field.table)),
            n=pl.len().cast(pl.Int64),
            missing=(~pl.col("filled")).sum().cast(pl.Int64),
            weakens=pl.lit(_how_many(field)),
        )
        for field in FIELDS
        if view.recorded(field.facts)
    ]
    if not parts:
        return pl.LazyFrame(schema=_COLUMNS)
    return (
        pl.concat(parts)
        .filter(pl.col("n") > 0)
        .with_columns(
            share=_SHARE,
            weakens=pl.when(pl.col("missing") > 0).then("weakens").otherwise(pl.lit("none")),
        )
        .select(list(_COLUMNS))
        .sort("share", "key")
    )


# Rounded down to a tenth of a per cent: only where nothing is missing is it all.
_SHARE = ((1 - pl.col("missing") / pl.col("n")) * 1000 + 1e-9).floor() / 1000
_COLUMNS = {
    "key": pl.String,
    "field": pl.String,
    "table": pl.String,
    "n": pl.Int64,
    "missing": pl.Int64,
    "share": pl.Float64,
    "weakens": pl.String,
}


def by_area(view: View, field: Field) -> pl.LazyFrame:
    """A row an area in which anything should have the field, the most missing first.

    `area`, `name`, `n`, `missing`, `share` (filled).
    """
    names = view.numbers("areas").select("area", "name")
    return (
        rows(view, field)
        .group_by("area")
        .agg(n=pl.len().cast(pl.Int64), missing=(~pl.col("filled")).sum().cast(pl.Int64))
        .join(names, on="area")
        .select(
            pl.col("area").cast(pl.String),
            "name",
            "n",
            "missing",
            share=_SHARE,
        )
        .sort(["missing", "name"], descending=[True, False])
    )


def rows_behind(view: View, field: Field, area: str, part: str | None) -> pl.LazyFrame:
    """The rows of an area that should have the field, with `filled`; of `missing`, those without.

    `case` or `referral`, `area_name`, `on`, `filled`.
    """
    names = view.numbers("areas").select("area", area_name="name")
    found = rows(view, field).filter(pl.col("area") == area)
    if part == "missing":
        found = found.filter(~pl.col("filled"))
    record = "case" if "case" in found.collect_schema() else "referral"
    return (
        found.join(names, on="area")
        .select(pl.col(record).cast(pl.String), "area_name", "on", "filled")
        .sort("on", record)
    )


def weakened(field: Field) -> str:
    """The measures that suffer where the field is missing."""
    if field.weakens == REDUCTIONS:
        return "The four reductions of abuse"
    titles = words.listed([MEASURES[key].title for key in field.weakens])
    return f"{titles}, by {field.cut}" if field.cut else titles


def _how_many(field: Field) -> str:
    said = words.counted(len(field.weakens), "measure")
    return f"{said}, by {field.cut}" if field.cut else said


def thinnest(frame: pl.DataFrame) -> str:
    """How many fields are thin, and which is the thinnest."""
    thin = frame.filter(pl.col("share") < THIN)
    if thin.is_empty():
        if frame["missing"].sum() == 0:
            return "Every field that a measure needs is filled in"
        return f"Every field that a measure needs is {share(THIN)} filled in or more"
    first = thin.row(0, named=True)
    fields = words.sentence(counted(thin.height, "field is", "fields are"))
    few = f"{fields} under {share(THIN)} filled in"
    return fit(f"{few}; thinnest: {first['field']}", few, limit=words.WIDE)


def where_missing(frame: pl.DataFrame) -> str:
    """Where most of it is missing."""
    total = int(frame["missing"].sum())
    if total == 0:
        return "It is missing nowhere"
    missing = f"{words.sentence(words.number(total))} missing"
    first = frame.row(0, named=True)
    if first["area"] == NO_AREA:
        return missing
    if total == 1:
        return fit(f"One missing, in {first['name']}", "One missing", limit=words.NARROW)
    if first["missing"] == total:
        return fit(f"{missing}, all in {first['name']}", missing, limit=words.NARROW)
    return fit(f"{missing}, most in {first['name']}", missing, limit=words.NARROW)
