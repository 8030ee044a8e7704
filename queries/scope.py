"""What part of the service a view shows: everything, a county, a district, or several."""

from dataclasses import dataclass

import polars as pl

from queries import words
from queries.once import once_a_view
from queries.view import View

EVERYWHERE = "all"  # how targets and annotations name the whole


@dataclass(frozen=True)
class Scope:
    """Some districts with a name. `key` is how targets name them; None where they have no name."""

    name: str
    districts: tuple[str, ...]
    key: str | None

    @property
    def rows(self) -> pl.Expr:
        """The rows of these districts; for the whole all rows, the district known or not."""
        if self.key == EVERYWHERE:
            return pl.lit(value=True)
        return pl.col("area").is_in(self.districts)


@once_a_view
def known_areas(view: View) -> pl.DataFrame:
    """The districts of the view, by county."""
    return view.numbers("areas").filter(pl.col("known")).collect()


@once_a_view
def counties(view: View) -> tuple[Scope, ...]:
    """The counties of the view, each with its districts in the view."""
    parts = known_areas(view).group_by("county", maintain_order=True)
    return tuple(_scope(part) for _, part in parts)


def whole(view: View, name: str) -> Scope:
    """All that the view shows; `name` is what the service calls its whole area."""
    areas = known_areas(view)
    if areas.is_empty() or len(areas) == areas["of_all"][0]:
        return Scope(name, tuple(areas["area"].cast(pl.String)), EVERYWHERE)
    if areas["county"].n_unique() == 1:
        return _scope(areas)
    parts = [_scope(part).name for _, part in areas.group_by("county", maintain_order=True)]
    return Scope(words.listed(parts), tuple(areas["area"].cast(pl.String)), None)


def _scope(areas: pl.DataFrame) -> Scope:
    """Districts of one county: the county if they are all, the district if it is one."""
    codes = tuple(areas["area"].cast(pl.String))
    if len(areas) == areas["of_county"][0]:
        return Scope(areas["county_name"][0], codes, str(areas["county"][0]))
    if len(areas) == 1:
        return Scope(areas["name"][0], codes, codes[0])
    return Scope(words.listed(list(areas["name"])), codes, None)
