"""Small charts beside each other on one scale, each under its own heading."""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.base import blank
from dashboard.draw.escape import for_plotly, plain
from dashboard.draw.lettering import wrapped
from dashboard.draw.theme import COLOURS, LINE, TEXT, Mode
from dashboard.draw.values import printed
from dashboard.drawings import Courses, Fans

ACROSS = 3  # in a row at most
NARROWEST = 200  # pixels of each
GAP = 52
ABOVE = 28  # between a heading and its plot: the highest tick's label stands there
FOOT = 28
FOOT_TITLED = 52
Heading = tuple[str, str, bool]  # a name, words after it, and whether it asks for attention


@dataclass(frozen=True)
class Cell:
    """Where one small chart lies: the suffix of its axes and its plot's size in pixels."""

    axis: str
    width: float
    height: float
    first_in_row: bool


def headed_groups(
    drawing: Courses | Fans, frame: pl.DataFrame
) -> tuple[list[pl.DataFrame], list[Heading]]:
    """The rows of each small chart, and its heading."""
    groups = frame.partition_by(drawing.group, maintain_order=True)
    return groups, [
        (
            printed(group[drawing.group][0]) or "not known",
            printed(group[drawing.headings][0]),
            bool(group[drawing.attention][0]),
        )
        for group in groups
    ]


def small_charts(
    headings: list[Heading],
    width: int,
    height: int,
    mode: Mode,
    titled: bool = False,
) -> tuple[go.Figure, list[Cell]]:
    """A figure with one pair of axes for each heading.

    Three stand in a row where they have room; each row is `height` high. Where one heading is
    too long for a line, the words stand below the names in all.
    """
    across = min(ACROSS, len(headings), max((width + GAP) // (NARROWEST + GAP), 1))
    down = -(-len(headings) // across)
    room = (width - GAP * (across - 1)) / across
    broken = any(
        len(wrapped(f"{name}, {words}", room, TEXT, bold=True)) > 1 for name, words, _ in headings
    )
    texts = [_heading(plain(name), plain(words), room, broken) for name, words, _ in headings]
    most = max(len(lines) for lines in texts)
    top = most * LINE + ABOVE
    foot = FOOT_TITLED if titled else FOOT
    total = height * down
    layout: dict[str, Any] = {}
    cells = []
    for index in range(len(headings)):
        row, column = divmod(index, across)
        axis = "" if index == 0 else str(index + 1)
        left = column * (room + GAP) / width
        roof = total - row * height - top
        layout[f"xaxis{axis}"] = {
            "domain": [left, min(left + room / width, 1)],
            "anchor": f"y{axis}",
        }
        layout[f"yaxis{axis}"] = {
            "domain": [(roof - (height - top - foot)) / total, roof / total],
            "anchor": f"x{axis}",
        }
        cells.append(Cell(axis, room, height - top - foot, column == 0))
    margin = {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0}
    chart = blank(mode, total, margin=margin, **layout)
    colour = COLOURS[mode]
    for cell, lines, (_, _, attention) in zip(cells, texts, headings, strict=True):
        chart.add_annotation(
            x=0,
            xref=f"x{cell.axis} domain",
            y=1,
            yref=f"y{cell.axis} domain",
            yshift=top - 4,
            xanchor="left",
            yanchor="top",
            align="left",
            text="<br>".join(lines),
            font={"color": colour.attention_text if attention else colour.text},
        )
    return chart, cells


def _heading(name: str, words: str, room: float, broken: bool) -> list[str]:
    """The name in bold and the words after it, in one line or below it."""
    if not broken:
        return [f"<b>{for_plotly(name)}</b>{for_plotly(f', {words}' if words else '')}"]
    named = [f"<b>{for_plotly(line)}</b>" for line in wrapped(name, room, TEXT, bold=True)]
    return [*named, *map(for_plotly, wrapped(words, room))]
