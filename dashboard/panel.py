"""The panel: one question, its answer, how it is drawn and what stands behind it.

A page is a list of panels, and the panel is the unit of everything that leaves: a card on the
screen, a sheet, a slide.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from dashboard.drawings import Drawing
from queries.view import View


@dataclass(frozen=True)
class Panel:
    """A question and how it is answered.

    `result` gives the rows, lazily, so that a page collects all its panels at once; `reading`
    makes the one-sentence finding from them, which is the panel's title; `caption` names
    measure, unit and period; `note` the source line's n and rounding. `headings` names the
    columns of the table and the download, in their order; columns it leaves out are not shown.
    `measures` are keys of the registry whose definitions are shown with it; `definition` says
    what no measure says. Columns of `percent` are shares, printed as percentages. `cuts`: boolean
    columns, by the names under which the table can be cut to their rows. `without` is what stands
    there when there are no rows.
    """

    key: str
    question: str
    result: Callable[[View], pl.LazyFrame]
    reading: Callable[[pl.DataFrame], str]
    caption: Callable[[View], str]
    drawn_as: Drawing
    headings: Mapping[str, str]
    measures: tuple[str, ...] = ()
    definition: str = ""
    note: Callable[[pl.DataFrame], str] = field(default=lambda _: "")
    percent: tuple[str, ...] = ()
    cuts: Mapping[str, str] = field(default_factory=dict)
    source: str = "Source: case database."
    without: str = "Nothing is recorded for this choice"
