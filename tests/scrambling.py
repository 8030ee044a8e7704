"""A snapshot of which everything outside a lens was put through a mixer."""

from dataclasses import replace

import polars as pl

from dashboard.access import Role
from dashboard.snapshot import Lens, Snapshot

BERKSHIRE = frozenset(
    {"E06000036", "E06000037", "E06000038", "E06000039", "E06000040", "E06000041"}
)
_ABOUT_ALL = ("tables", "imports")
_SAID = ("targets", "annotations")
# What tells rows apart or places them; the rest of a row outside is mixed with that of others.
_FIXED = {"area", "county", "case_manager", "case", "on"}
_PEOPLE_OF = ("agencies", "case_managers")


def scrambled(snapshot: Snapshot, lens: Lens, seed: int = 7) -> Snapshot:
    """The snapshot with every row outside the lens changed: half are gone, the rest are mixed.

    So are targets and notes of other areas, agencies and case managers that have nothing to do
    with the lens, and, for whoever may not see everything, how many rows there are in all.
    """
    facts = dict(snapshot._facts)
    own_cases = set(lens.records("caseload").select(pl.col("case").cast(str)).collect()["case"])
    for name, frame in snapshot._facts.items():
        if name in _SAID:
            facts[name] = _otherwise_said(frame, snapshot, lens)
        elif name in _PEOPLE_OF:
            facts[name] = _renamed(frame, name, snapshot, lens)
        elif name in _ABOUT_ALL:
            facts[name] = _more_rows(frame, lens)
        elif "area" in frame.columns and name != "areas":
            facts[name] = _mixed(frame, lens, own_cases, seed)
    return replace(snapshot, _facts=facts)


def _mixed(frame: pl.DataFrame, lens: Lens, own_cases: set[str], seed: int) -> pl.DataFrame:
    marked = frame.with_columns(_inside(frame, lens, own_cases).alias("_inside"))
    kept = marked.filter("_inside").drop("_inside")
    rest = marked.filter(~pl.col("_inside")).drop("_inside")
    mixed = rest.sample(fraction=0.5, seed=seed).with_columns(
        pl.col(column).shuffle(seed=seed * 1000 + index)
        for index, column in enumerate(rest.columns)
        if column not in _FIXED
    )
    return pl.concat([kept, mixed]).sort("on", maintain_order=True)


def _inside(frame: pl.DataFrame, lens: Lens, own_cases: set[str]) -> pl.Expr:
    inside = pl.col("area").cast(str).is_in(list(lens.areas))
    if lens.viewer.role is Role.CASE_MANAGER and "case_manager" in frame.columns:
        own = pl.col("case_manager").cast(str) == lens.viewer.case_manager
        inside &= own.fill_null(value=False)
    if "case" in frame.columns:
        inside |= pl.col("case").cast(str).is_in(own_cases).fill_null(value=False)
    return inside


def _otherwise_said(frame: pl.DataFrame, snapshot: Snapshot, lens: Lens) -> pl.DataFrame:
    """Targets and notes of districts and counties outside the lens with other values."""
    areas = snapshot.areas.filter(pl.col("area").cast(str).is_in(list(lens.areas)))
    near = ["all", *lens.areas, *areas["county"].cast(str).unique()]
    far = ~pl.col("for_area").is_in(near)
    changes = {"value": pl.col("value") * 3 + 1, "text": pl.lit("something else")} | {
        "to": pl.col("to").dt.offset_by("700d")
    }
    return frame.with_columns(
        pl.when(far).then(change).otherwise(pl.col(name)).alias(name)
        for name, change in changes.items()
        if name in frame.columns
    )


def _renamed(frame: pl.DataFrame, name: str, snapshot: Snapshot, lens: Lens) -> pl.DataFrame:
    """Agencies, or case managers, of which no row of the lens knows, under one another's names."""
    key = frame.columns[0]
    known: set[str] = set()
    for each in snapshot._facts:
        rows = lens.numbers(each) if each != name else None
        if rows is not None and key in rows.collect_schema():
            known |= set(rows.select(pl.col(key).cast(str)).collect()[key].drop_nulls())
    near = frame.filter(pl.col(key).cast(str).is_in(sorted(known)))
    far = frame.filter(~pl.col(key).cast(str).is_in(sorted(known)))
    changed = far.with_columns(pl.col(each).reverse() for each in far.columns if each != key)
    order = frame.select(key).with_row_index("_row")
    return pl.concat([near, changed]).join(order, on=key).sort("_row").drop("_row")


def _more_rows(frame: pl.DataFrame, lens: Lens) -> pl.DataFrame:
    if lens.viewer.areas is None and lens.viewer.role is not Role.CASE_MANAGER:
        return frame
    counts = [name for name in ("rows", "read", "inserted", "unchanged") if name in frame.columns]
    return frame.with_columns(
        pl.when(pl.col(name) > 0).then(pl.col(name) + 1000).otherwise(pl.col(name))
        for name in counts
    )
