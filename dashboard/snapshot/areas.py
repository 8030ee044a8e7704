"""Naming areas: a district by code or name, a county by key or name."""

from collections.abc import Iterable

import polars as pl


class AreaNotKnown(Exception):
    """A name that is no area's, or two areas'; the message says which there are."""


def areas_named(names: Iterable[str], areas: pl.DataFrame) -> frozenset[str]:
    """The district codes of the named districts and counties (`areas` as of a snapshot)."""
    found: set[str] = set()
    for name in names:
        found |= _one(name, areas)
    return frozenset(found)


def _one(name: str, areas: pl.DataFrame) -> set[str]:
    said = name.strip().casefold()
    same = {column: pl.col(column).cast(pl.String).str.to_lowercase() == said for column in _NAMED}
    districts = areas.filter(same["area"] | same["name"])
    counties = areas.filter(same["county"] | same["county_label"] | same["county_name"])
    exact = areas.filter(same["county"]) if not districts.is_empty() else districts
    if not exact.is_empty() or (districts.is_empty() and not counties.is_empty()):
        return set(counties["area"].cast(pl.String))
    if districts.is_empty():
        known = ", ".join(areas["county"].cast(pl.String).unique(maintain_order=True))
        raise AreaNotKnown(
            f"There is no area called '{name}'. Give a district's code or name, "
            f"or a county: {known or 'none is recorded'}."
        )
    if not counties.is_empty() or len(districts) > 1:
        choices = [
            *(f"'{code}' (district)" for code in districts["area"].cast(pl.String)),
            *(f"'{key}' (county)" for key in counties["county"].cast(pl.String).unique()),
        ]
        raise AreaNotKnown(f"'{name}' is both: say {' or '.join(choices)}.")
    return set(districts["area"].cast(pl.String))


_NAMED = ("area", "name", "county", "county_label", "county_name")
