"""Columns of numbers beside the marks: how wide they are, and their headings."""

from collections.abc import Callable, Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.draw.escape import for_plotly
from dashboard.draw.lettering import width
from dashboard.draw.theme import COLOURS, TEXT, Mode
from dashboard.drawings import Column

GAP = 16  # before each column

Entry = Callable[[Column, dict[str, Any]], str]


def column_edges(
    columns: Sequence[Column], rows: Sequence[dict[str, Any]], entry: Entry
) -> list[float]:
    """The right edge of each column, in pixels from the end of the marks."""
    edges, edge = [], 0.0
    for column in columns:
        entries = [width(entry(column, row), TEXT, bold=True) for row in rows]
        edge += max([*entries, *map(width, column.heading.split("\n"))]) + GAP
        edges.append(edge)
    return edges


def head_column(chart: go.Figure, column: Column, right: float, mode: Mode) -> None:
    """The heading over a column, in its lines, on the second x axis."""
    chart.add_annotation(
        x=right,
        xref="x2",
        y=1,
        yref="paper",
        yshift=4,
        xanchor="right",
        yanchor="bottom",
        align="right",
        text="<br>".join(map(for_plotly, column.heading.split("\n"))),
        font={"color": COLOURS[mode].quiet},
    )
