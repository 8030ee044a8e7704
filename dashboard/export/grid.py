"""Rows as a table of words, for slides: as the screen writes them, and no more than there is room.

Grids of numbers are turned into rows and columns again; what is left out is counted.
"""

from dataclasses import dataclass
from functools import singledispatch
from typing import Any

import polars as pl

from dashboard.draw.classes import saying
from dashboard.draw.escape import plain
from dashboard.draw.table import headed
from dashboard.draw.values import printed
from dashboard.drawings import Grids, Matrix
from dashboard.panel import Panel

UNKNOWN = "–"


@dataclass(frozen=True)
class Grid:
    """Headings and cells in words; `numbers`: the columns that stand at the right.

    `left_out` is the number of rows for which there was no room.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int]
    left_out: int = 0


def grid(panel: Panel, frame: pl.DataFrame, most: int) -> Grid:
    """The rows of a panel, `most` of them."""
    made = _grid(panel.drawn_as, panel, frame)
    left = max(len(made.rows) - most, 0)
    return Grid(made.headings, made.rows[:most], made.numbers, left)


@singledispatch
def _grid(drawing: Any, panel: Panel, frame: pl.DataFrame) -> Grid:  # noqa: ARG001
    rows = headed(frame, panel.headings)
    columns = []
    for name, heading in panel.headings.items():
        values = rows[heading]
        if values.dtype.is_numeric():
            known = values.cast(pl.Float64).fill_nan(None)
            said = saying(known, percent=name in panel.percent)
            columns.append([said(value) or UNKNOWN for value in known])
        else:
            columns.append([_text(value) for value in values])
    return Grid(
        tuple(map(plain, rows.columns)),
        tuple(zip(*columns, strict=True)),
        frozenset(at for at, column in enumerate(rows.iter_columns()) if column.dtype.is_numeric()),
    )


@_grid.register
def _(drawing: Matrix, panel: Panel, frame: pl.DataFrame) -> Grid:
    return _crossed(
        frame,
        [drawing.rows],
        drawing.across,
        drawing.text or drawing.value,
        [panel.headings.get(drawing.rows, "")],
    )


@_grid.register
def _(drawing: Grids, panel: Panel, frame: pl.DataFrame) -> Grid:
    down = panel.headings.get(drawing.rows, drawing.rows_heading)
    return _crossed(
        frame,
        [drawing.group, drawing.rows],
        drawing.across,
        drawing.text or drawing.value,
        [panel.headings.get(drawing.group, ""), down],
    )


def _crossed(
    frame: pl.DataFrame, down: list[str], across: str, value: str, headings: list[str]
) -> Grid:
    """Rows and columns of a grid, both in the frame's order."""
    cells = {
        (*(row[name] for name in down), row[across]): row[value]
        for row in frame.iter_rows(named=True)
    }
    sides = list(dict.fromkeys(frame.select(down).iter_rows()))
    tops = list(dict.fromkeys(frame[across]))
    rows = tuple(
        (*map(_text, side), *(_text(cells.get((*side, top))) for top in tops)) for side in sides
    )
    width = len(down)
    return Grid(
        (*map(plain, headings), *(_heading(top) for top in tops)),
        rows,
        frozenset(range(width, width + len(tops))),
    )


def _heading(top: Any) -> str:
    """A heading of a grid: a month in short, or the words themselves."""
    return f"{top:%b %y}" if hasattr(top, "year") else _text(top)


def _text(value: Any) -> str:
    return plain(printed(value)) or UNKNOWN
