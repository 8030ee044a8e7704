"""Numbers in a grid, shaded by size in four classes."""

from datetime import date
from math import ceil
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.base import blank, choices, figure, key_values, narrowest
from dashboard.draw.escape import for_plotly, plain
from dashboard.draw.lettering import on_two_lines, shortened, width, wrapped
from dashboard.draw.row_labels import on_two
from dashboard.draw.shading import level_of, steps
from dashboard.draw.theme import COLOURS, FULL, LINE, SMALL, TEXT, Mode
from dashboard.draw.values import printed
from dashboard.drawings import Matrix
from queries.words import SHORT_MONTHS, listed

ROW = 28, 40
GAP = 16
MONTH = 34  # width of the name of a month
HEADING = 80  # what a word of a heading gets at most before the labels are cut for it
LEAST_LABELS = 150  # pixels; as much as names on two lines need, where columns are tightest
LABEL_SHARE = 0.25, 0.5  # of the width, at most: with wide cells, with narrow ones
DOT = "·"  # for none: where most cells are, words and noughts hide those that say something
NONE = "0", "none"


@figure.register
def matrix(drawing: Matrix, frame: pl.DataFrame, mode: Mode, width: int = FULL) -> go.Figure:
    """Rows down, columns across; the shade of a cell is its share of the largest number."""
    colour = COLOURS[mode]
    rows = frame[drawing.rows].unique(maintain_order=True).to_list()
    across = frame[drawing.across].unique(maintain_order=True).to_list()
    cells = list(_cells(drawing, frame, rows, across))
    labels, margin = _labels(rows, width, across, [cell[3] for cell in cells])
    room = (width - margin) / len(across)
    noted = _noted(drawing, frame)
    heads = [
        [*lines[:-1], f"{''.join(lines[-1:])}†"] if name in noted else lines
        for name, lines in zip(across, _heads(drawing, frame, across, room), strict=True)
    ]
    head = max(len(lines) for lines in heads) * LINE + 8
    least = 2 * LINE if any(len(lines) > 1 for lines in labels) else ROW[0]
    row_height = max(min((drawing.height - head) / len(rows), ROW[1]), least)
    biggest = max((cell[2] for cell in cells if cell[2] is not None), default=0)
    size = TEXT if all(_fits(cell[3], room) for cell in cells) else SMALL
    chart = blank(
        mode,
        round(head + row_height * len(rows)),
        margin={"l": margin, "r": 0, "t": head, "b": 0, "pad": 0},
        xaxis={"range": [-0.5, len(across) - 0.5], "showline": False},
        yaxis={"range": [len(rows) - 0.5, -0.5], "showgrid": False},
    )
    chart.add_heatmap(
        x=list(range(len(across))),
        y=list(range(len(rows))),
        z=_grid(cells, len(rows), len(across), biggest),
        zmin=-0.5,
        zmax=3.5,
        colorscale=steps(colour.ramp),
        showscale=False,
        xgap=2,
        ygap=2,
        hoverinfo="skip",
    )
    chart.add_scatter(
        x=[cell[1] for cell in cells],
        y=[cell[0] for cell in cells],
        mode="text",
        text=[for_plotly(shortened(cell[3], room - 4, size)) for cell in cells],
        textfont={
            "size": size,
            "color": [
                colour.quiet if level is None else colour.on_ramp[level]
                for level in (level_of(cell[2], biggest) for cell in cells)
            ],
        },
        cliponaxis=False,
        customdata=[[cell[4], drawing.value] for cell in cells],
        hovertext=[
            for_plotly(f"{printed(rows[cell[0]])}, {printed(across[cell[1]])}: {cell[5]}")
            + (f"<br>{for_plotly(noted[across[cell[1]]])}" if across[cell[1]] in noted else "")
            for cell in cells
        ],
        hoverinfo="text",
    )
    for index, lines in enumerate(labels):
        chart.add_annotation(
            x=0,
            xref="paper",
            xshift=-margin,
            y=index,
            xanchor="left",
            align="left",
            text="<br>".join(map(for_plotly, lines)),
        )
    for index, lines in enumerate(heads):
        # What is wider than the last column ends with it.
        wide = index == len(across) - 1 and not all(_fits(line, room + 4) for line in lines)
        chart.add_annotation(
            x=index + (0.5 if wide else 0),
            xanchor="right" if wide else "center",
            align="right" if wide else "center",
            y=1,
            yref="paper",
            yshift=4,
            yanchor="bottom",
            text="<br>".join(map(for_plotly, lines)),
            font={"color": colour.quiet},
        )
    return chart


@narrowest.register
def _(drawing: Matrix, frame: pl.DataFrame) -> int:
    """Of labels on two lines, and cells in which the longest text stands whole, and a heading."""
    across = frame[drawing.across].unique().to_list()
    texts = [plain(printed(text)) for text in frame[drawing.text or drawing.value].unique()]
    # Where months are tight only some are named; other headings are broken between their words.
    words = [] if _are_months(across) else " ".join(map(printed, across)).split()
    cell = max(
        [
            *(width(text, SMALL) + 4 for text in texts),
            *(min(width(word), HEADING) + 8 for word in words),
        ]
    )
    names = [plain(printed(row)) or "not known" for row in frame[drawing.rows].unique()]
    return ceil(on_two(names)) + GAP + len(across) * ceil(cell)


@key_values.register
def _(drawing: Matrix, frame: pl.DataFrame) -> list[str]:
    said = []
    for row in frame.partition_by(drawing.rows, maintain_order=True):
        text = row[drawing.text or drawing.value].to_list()
        cells = [
            f"{printed(name)} {printed(value)}"
            for name, value in zip(row[drawing.across].to_list(), text, strict=True)
            if value is not None
        ]
        said.append(
            plain(f"{printed(row[drawing.rows][0])}: {listed(cells) if cells else 'nothing'}")
        )
    return said


@choices.register
def _(drawing: Matrix, frame: pl.DataFrame) -> list[tuple[int, str, str]]:
    return [
        (
            index,
            drawing.value,
            plain(
                f"{printed(row[drawing.rows])}, {printed(row[drawing.across])}: "
                f"{printed(row[drawing.value])}"
            ),
        )
        for index, row in enumerate(frame.iter_rows(named=True))
        if row[drawing.value]
    ]


# Row, column, value, text, row of the frame, and the value in words.
Cell = tuple[int, int, float | None, str, int, str]


def _cells(drawing: Matrix, frame: pl.DataFrame, rows: list[Any], across: list[Any]) -> list[Cell]:
    where = {name: index for index, name in enumerate(rows)}
    there = {name: index for index, name in enumerate(across)}
    said = [plain(printed(text)) for text in frame[drawing.text or drawing.value]]
    return [
        (
            where[row[drawing.rows]],
            there[row[drawing.across]],
            row[drawing.value],
            DOT if said[index] in NONE else said[index],
            index,
            said[index],
        )
        for index, row in enumerate(frame.iter_rows(named=True))
    ]


def has_dots(drawing: Matrix, frame: pl.DataFrame) -> bool:
    """Whether any cell is none, which the line beneath explains."""
    return any(printed(text) in NONE for text in frame[drawing.text or drawing.value])


def _labels(
    rows: list[Any], room: int, across: list[Any], texts: list[str]
) -> tuple[list[list[str]], int]:
    """The rows' labels in lines and the margin that holds them, as wide as cells and headings
    allow.
    """
    heads = [MONTH] if _are_months(across) else map(width, " ".join(map(str, across)).split())
    widest = max([min(max(heads), HEADING), *(width(text, SMALL) for text in texts)]) + 8
    least, most = LABEL_SHARE
    names = [plain(printed(row)) or "not known" for row in rows]
    spare = room - len(across) * widest - GAP
    share = min(max(spare, room * least, on_two(names) if spare < 0 else LEAST_LABELS), room * most)
    labels = on_two_lines(names, share)
    return labels, round(max(width(line) for lines in labels for line in lines)) + GAP


def _heads(drawing: Matrix, frame: pl.DataFrame, across: list[Any], room: float) -> list[list[str]]:
    """The columns' headings in lines, the last at the bottom; some none where there is no room."""
    running: set[Any] = set()
    if drawing.partial:
        running = set(frame.filter(pl.col(drawing.partial))[drawing.across])
    if _are_months(across):
        return _months(across, running, room)
    heads = [wrapped(plain(printed(name)) or "not known", room - 8) for name in across]
    return [
        ["so far", *lines] if name in running else lines
        for name, lines in zip(across, heads, strict=True)
    ]


def _months(across: list[date], running: set[Any], room: float) -> list[list[str]]:
    """Months by name, over the first one and each January the year; only quarters where tight."""
    tight = any(width(SHORT_MONTHS[name.month - 1]) > room - 2 for name in across)
    years: set[int] = set()
    heads: list[list[str]] = []
    for index, name in enumerate(across):
        lines = [SHORT_MONTHS[name.month - 1]]
        after = across[index + 1 : index + (4 if tight else 2)]
        if name in running:
            lines.insert(0, "so far")
        elif tight and (name.month % 3 != 1 or running & set(after[:2])):
            lines = []
        elif name.year not in years and not any(
            later in running or later.year != name.year for later in after
        ):
            years.add(name.year)
            lines.insert(0, str(name.year))
        heads.append(lines)
    return heads


def _noted(drawing: Matrix, frame: pl.DataFrame) -> dict[Any, str]:
    """What was noted, by the columns that it was noted in."""
    if not drawing.note:
        return {}
    rows = frame.filter(pl.col(drawing.note).is_not_null())
    return dict(rows.select(drawing.across, drawing.note).unique().iter_rows())


def _are_months(across: list[Any]) -> bool:
    return all(isinstance(name, date) and name.day == 1 for name in across)


def _fits(text: str, room: float) -> bool:
    return width(text) <= room - 4


def _grid(cells: list[Cell], down: int, across: int, biggest: float) -> list[list[int | None]]:
    grid: list[list[int | None]] = [[None] * across for _ in range(down)]
    for row, column, value, *_ in cells:
        grid[row][column] = level_of(value, biggest)
    return grid
