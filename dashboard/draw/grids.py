"""Small grids of numbers beside each other, one a group, shaded on one scale."""

from itertools import accumulate, pairwise
from math import ceil
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.base import blank, choices, figure, key_values, narrowest
from dashboard.draw.escape import for_plotly, plain
from dashboard.draw.lettering import shortened
from dashboard.draw.lettering import width as length
from dashboard.draw.shading import level_of, steps
from dashboard.draw.theme import COLOURS, FULL, LINE, TEXT, Mode
from dashboard.draw.values import printed
from dashboard.drawings import Grids
from queries.words import listed

ACROSS = 2  # grids in a line at most
BESIDE = 6  # between the headings of columns
GAP = 56  # between grids beside each other
BELOW = 28  # ... and below each other
ROW = 34
LABEL = 10  # between the rows' labels and the cells


@figure.register
def grids(drawing: Grids, frame: pl.DataFrame, mode: Mode, width: int = FULL) -> go.Figure:
    """Two grids a line, where they fit; each with its name, words on it, and its own headings."""
    groups = frame.partition_by(drawing.group, maintain_order=True)
    rows = frame[drawing.rows].unique(maintain_order=True).to_list()
    across = frame[drawing.across].unique(maintain_order=True).to_list()
    beside = max(min(ACROSS, len(groups), (width + GAP) // (narrowest(drawing, frame) + GAP)), 1)
    room = (width - GAP * (beside - 1)) / beside
    margin = _margin(drawing, rows)
    edges = _edges(_least(drawing, frame, across), room - margin)
    broken = any(_heading(drawing, group, room)[1] for group in groups)
    head = (2 + bool(drawing.across_heading) + broken) * LINE + 14
    each = head + ROW * len(rows)
    down = -(-len(groups) // beside)
    total = each * down + BELOW * (down - 1)
    layout: dict[str, Any] = {}
    for index in range(len(groups)):
        axis = _axis(index)
        line, column = divmod(index, beside)
        begins = column * (room + GAP) + margin
        roof = total - line * (each + BELOW) - head
        layout[f"xaxis{axis}"] = {
            "domain": [begins / width, (column * (room + GAP) + room) / width],
            "anchor": f"y{axis}",
            "range": [0, edges[-1]],
            "showline": False,
        }
        layout[f"yaxis{axis}"] = {
            "domain": [max(roof - ROW * len(rows), 0) / total, roof / total],
            "anchor": f"x{axis}",
            "range": [len(rows) - 0.5, -0.5],
            "showgrid": False,
        }
    chart = blank(mode, round(total), margin={"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0}, **layout)
    biggest = max((value for value in frame[drawing.value] if value is not None), default=0)
    first = 0
    for index, group in enumerate(groups):
        _grid(chart, drawing, group, (rows, across, edges), _axis(index), first, biggest, mode)
        left = index % beside * (room + GAP) / width
        _headings(chart, drawing, group, (rows, across, edges), _axis(index), (left, room), mode)
        first += group.height
    return chart


@narrowest.register
def _(drawing: Grids, frame: pl.DataFrame) -> int:
    """Of one grid."""
    across = frame[drawing.across].unique().to_list()
    return ceil(
        _margin(drawing, frame[drawing.rows].unique().to_list())
        + sum(_least(drawing, frame, across))
    )


def _least(drawing: Grids, frame: pl.DataFrame, across: list[Any]) -> list[float]:
    """Pixels that each column needs for its heading, and for the longest number."""
    number = max(length(_text(drawing, row)) for row in frame.to_dicts())
    return [max(length(_label(each)), number) + BESIDE for each in across]


def _edges(least: list[float], room: float) -> list[float]:
    """Where the columns begin and end: equally wide, or on a phone each as it needs at `least`."""
    wide = [room / len(least)] * len(least)
    if max(least) > wide[0]:
        spare = (room - sum(least)) / len(least)
        wide = [each + spare for each in least]
    return [0.0, *accumulate(wide)]


def _middles(edges: list[float]) -> list[float]:
    return [(start + end) / 2 for start, end in pairwise(edges)]


def _margin(drawing: Grids, rows: list[Any]) -> float:
    return max(map(length, [*map(_label, rows), drawing.rows_heading])) + LABEL


@key_values.register
def _(drawing: Grids, frame: pl.DataFrame) -> list[str]:
    said = []
    for group in frame.partition_by(drawing.group, drawing.rows, maintain_order=True):
        cells = [
            f"{_label(row[drawing.across])} {_text(drawing, row)}"
            for row in group.to_dicts()
            if row[drawing.value]
        ]
        name = f"{_label(group[drawing.group][0])}, {_label(group[drawing.rows][0])}"
        said.append(plain(f"{name}: {listed(cells) if cells else 'nothing'}"))
    return said


@choices.register
def _(drawing: Grids, frame: pl.DataFrame) -> list[tuple[int, str, str]]:
    return [
        (index, drawing.value, _where(drawing, row))
        for index, row in enumerate(frame.to_dicts())
        if row[drawing.value]
    ]


def _axis(index: int) -> str:
    return str(index + 1) if index else ""


def _label(value: Any) -> str:
    return plain(printed(value)) or "not known"


def _text(drawing: Grids, row: dict[str, Any]) -> str:
    return plain(printed(row[drawing.text or drawing.value]))


def _where(drawing: Grids, row: dict[str, Any]) -> str:
    sides = [
        f"{_label(row[name])} {heading}".strip().lower()
        for name, heading in (
            (drawing.rows, drawing.rows_heading),
            (drawing.across, drawing.across_heading),
        )
    ]
    return plain(f"{_label(row[drawing.group])}, {', '.join(sides)}: {_text(drawing, row)}")


def _grid(
    chart: go.Figure,
    drawing: Grids,
    group: pl.DataFrame,
    sides: tuple[list[Any], list[Any], list[float]],
    axis: str,
    first: int,
    biggest: float,
    mode: Mode,
) -> None:
    """The cells of one group; `first` is where its rows begin in the whole frame.

    `sides`: what stands down and across, and where the columns begin and end.
    """
    colour = COLOURS[mode]
    rows, across, edges = sides
    middles = _middles(edges)
    cells = group.to_dicts()
    levels: list[list[int | None]] = [[None] * len(across) for _ in rows]
    places = [
        (rows.index(cell[drawing.rows]), across.index(cell[drawing.across])) for cell in cells
    ]
    for (row, column), cell in zip(places, cells, strict=True):
        levels[row][column] = level_of(cell[drawing.value], biggest)
    where = {"xaxis": f"x{axis}", "yaxis": f"y{axis}"}
    chart.add_heatmap(
        x=edges,
        z=levels,
        zmin=-0.5,
        zmax=3.5,
        colorscale=steps(colour.ramp),
        showscale=False,
        xgap=2,
        ygap=2,
        hoverinfo="skip",
        **where,
    )
    tints = [levels[row][column] for row, column in places]
    chart.add_scatter(
        x=[middles[column] for _, column in places],
        y=[row for row, _ in places],
        mode="text",
        text=[for_plotly(_text(drawing, cell)) for cell in cells],
        textfont={
            "size": TEXT,
            "color": [colour.quiet if tint is None else colour.on_ramp[tint] for tint in tints],
        },
        cliponaxis=False,
        customdata=[[first + index, drawing.value] for index in range(len(cells))],
        hovertext=[for_plotly(_where(drawing, cell)) for cell in cells],
        hoverinfo="text",
        **where,
    )


def _heading(drawing: Grids, group: pl.DataFrame, room: float) -> tuple[str, bool]:
    """The group's name with what is said of it, and whether that needs a line of its own."""
    name = _label(group[drawing.group][0])
    words = plain(printed(group[drawing.headings][0])) if drawing.headings else ""
    broken = bool(words) and length(name, bold=True) + length(f", {words}") > room
    if broken:
        return f"<b>{for_plotly(name)}</b><br>{for_plotly(shortened(words, room))}", True
    return f"<b>{for_plotly(name)}</b>{for_plotly(f', {words}' if words else '')}", False


def _headings(
    chart: go.Figure,
    drawing: Grids,
    group: pl.DataFrame,
    sides: tuple[list[Any], list[Any], list[float]],
    axis: str,
    sizes: tuple[float, float],
    mode: Mode,
) -> None:
    """The group's name with what is said of it, and the words at the two sides.

    `sizes`: where the group begins, as a part of the width, and its pixels.
    """
    quiet = {"color": COLOURS[mode].quiet}
    left, room = sizes
    rows, across, edges = sides
    over = {"yref": f"y{axis} domain", "y": 1, "yanchor": "bottom", "xanchor": "left"}
    start = {"xref": "paper", "x": left}
    lines = 2 if drawing.across_heading else 1
    chart.add_annotation(
        **start,
        **over,
        yshift=lines * LINE + 10,
        align="left",
        text=_heading(drawing, group, room)[0],
    )
    if drawing.rows_heading:
        chart.add_annotation(
            **start,
            **over,
            yshift=4,
            text=for_plotly(drawing.rows_heading),
            font=quiet,
        )
    if drawing.across_heading:
        chart.add_annotation(
            x=0,
            xref=f"x{axis} domain",
            **over,
            yshift=LINE + 4,
            text=for_plotly(drawing.across_heading),
            font=quiet,
        )
    for middle, heading in zip(_middles(edges), across, strict=True):
        chart.add_annotation(
            x=middle,
            xref=f"x{axis}",
            **{**over, "xanchor": "center"},
            yshift=4,
            text=for_plotly(_label(heading)),
            font=quiet,
        )
    for index, heading in enumerate(rows):
        chart.add_annotation(
            **start,
            y=index,
            yref=f"y{axis}",
            xanchor="left",
            text=for_plotly(_label(heading)),
        )
