"""A chart that other programs draw from its numbers: what slides and workbooks are given.

It says what there is to draw, not how: the slide and the sheet each make their own native chart
of it, which people can edit. Unknown values are None and stay gaps.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dashboard.draw.classes import SMALL

Kind = Literal["bars", "columns", "lines", "points"]
Look = Literal["main", "second", "third", "pale", "rule", "limit", "mark"]


@dataclass(frozen=True)
class Series:
    """Values under a name, one a category; of a chart of points also where each stands.

    `look`: the colour by importance; `rule` and `limit` are dashed lines (a course, a limit),
    `mark` a short level line on each column.
    """

    name: str
    values: tuple[float | None, ...]
    look: Look = "main"
    x: tuple[float, ...] = ()


@dataclass(frozen=True)
class Chart:
    """One native chart. `form` is how its numbers are written, as spreadsheets write it.

    Categories are words or days; a chart of `points` has none. `title` names it among others
    beside it.
    """

    kind: Kind
    categories: tuple[str | date, ...]
    series: tuple[Series, ...]
    form: str = "#,##0"
    title: str = ""
    stacked: bool = False
    x_title: str = ""
    y_title: str = ""

    def __post_init__(self) -> None:
        # Beside the first, a series without a value would stand in the legend alone.
        first, *others = self.series
        told = [each for each in others if any(value is not None for value in each.values)]
        object.__setattr__(self, "series", (first, *told))

    @property
    def over_time(self) -> bool:
        return bool(self.categories) and isinstance(self.categories[0], date)


def form_of(values: Iterable[float | None], *, percent: bool = False) -> str:
    """How numbers are written, as spreadsheets write it: whole, with the decimals that the screen
    gives them, or as a share."""
    if percent:
        return "0%"
    known = [value for value in values if value is not None]
    if all(float(value).is_integer() for value in known):
        return "#,##0"
    return "0.00" if max(map(abs, known)) < SMALL else "#,##0.0"
