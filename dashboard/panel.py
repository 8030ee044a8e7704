"""The panel: one question, its answer, how it is drawn and what stands behind it.

A page is a list of panels, and the panel is the unit of everything that leaves: a card on the
screen, a sheet, a slide. A panel says how its result is drawn with one of the small records
below; `dashboard.draw` turns record and result into a figure, and an export into a native chart.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from queries.view import View


@dataclass(frozen=True)
class Column:
    """A column of numbers or words printed beside the marks, right-aligned, with its heading."""

    name: str
    heading: str
    bold: bool = False
    attention: str | None = None  # a boolean column: where true, in the colour of attention


@dataclass(frozen=True)
class Bars:
    """Horizontal bars, one a row, in the frame's order.

    `parts` are stacked (one column each, with headings); `of` is a pale remainder up to that
    column; `mark` a short vertical line at that column's value, named `mark_heading`.
    `strong` is a boolean column: its rows are set in bold.
    """

    category: str
    parts: Mapping[str, str]
    columns: tuple[Column, ...] = ()
    of: str | None = None
    mark: str | None = None
    mark_heading: str = ""
    strong: str | None = None
    height: int = 300


@dataclass(frozen=True)
class Courses:
    """Small charts of a running total against its course, one for each value of `group`.

    `x` is a date or a week number; `lines` the columns drawn, main one first, with their names;
    `course` the dashed line. `headings`: a column with each small chart's heading (the same on
    all its rows), in the colour of attention where the boolean column `attention` is true.
    """

    group: str
    x: str
    lines: Mapping[str, str]
    course: str | None
    headings: str
    attention: str
    height: int = 280


@dataclass(frozen=True)
class Lines:
    """One line for each column of `lines` (or for each value of `group`), labelled at its end."""

    x: str
    lines: Mapping[str, str]
    group: str | None = None
    x_title: str = ""
    height: int = 280


@dataclass(frozen=True)
class Fans:
    """Small charts, one a `group`: what was (`value`), then a fan from `lower` to `upper`.

    `limit` is the capacity, drawn as a rule with its value. `headings` as in Courses.
    """

    group: str
    x: str
    value: str
    middle: str
    lower: str
    upper: str
    limit: str
    headings: str
    attention: str
    height: int = 300


@dataclass(frozen=True)
class Matrix:
    """Numbers in a grid, shaded by size: `rows` down, `across` along the top."""

    rows: str
    across: str
    value: str
    height: int = 320


@dataclass(frozen=True)
class Lanes:
    """One case on one time axis: rows of (lane, on, to, mark, text), in the order of `lanes`."""

    lanes: tuple[str, ...]
    height: int = 330


@dataclass(frozen=True)
class Table:
    """The rows themselves; `selectable` when a row opens something."""

    selectable: bool = False


Drawing = Bars | Courses | Lines | Fans | Matrix | Lanes | Table


@dataclass(frozen=True)
class Panel:
    """A question and how it is answered.

    `result` gives the rows, lazily, so that a page collects all its panels at once; `reading`
    makes the one-sentence finding from them, which is the panel's title; `caption` names
    measure, unit and period; `note` the source line's n and rounding. `headings` names the
    columns of the table and the download, in their order; columns it leaves out are not shown.
    `measures` are keys of the registry whose definitions are shown with it; `definition` says
    what no measure says. `without` is what stands there when there are no rows.
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
    note: Callable[[pl.DataFrame], str] = field(default=lambda frame: "")
    source: str = "Source: case database."
    without: str = "Nothing is recorded for these areas and this period."
