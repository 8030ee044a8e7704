"""Districts on a map that is only looked at, from far away: shapes with ranks, and the list beside.

Where the ranks are left out, a patch of a district's colour stands before its name in the list.
It is drawn by Plotly, so that it stands in a slide at once and needs no pointer.
"""

from math import cos, radians
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.areas.shapes import Place, Shapes
from dashboard.draw.base import blank
from dashboard.draw.classes import Classes, saying
from dashboard.draw.escape import for_plotly, plain
from dashboard.draw.lettering import shortened
from dashboard.draw.theme import COLOURS, Mode
from dashboard.drawings import AreaMap

LETTER, LINE = 24, 32  # of the list
RANK = 24  # of the ranks on the map
MAP = 0.5  # of the width at most, for the map
GAP = 72
VALUE = 170  # for the values of the list
PATCH = 20  # of colour in the list


def slide_map(
    drawing: AreaMap, frame: pl.DataFrame, shapes: Shapes, mode: Mode, width: int, height: int
) -> go.Figure:
    """Map and ranked list, `width` by `height` pixels; the list has as many rows as fit."""
    chart = blank(
        mode,
        height,
        margin={"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
        xaxis={"range": [0, width], "visible": False, "showline": False},
        yaxis={"range": [0, height], "visible": False, "showgrid": False},
    )
    rows = frame.to_dicts()
    taken = _districts(chart, drawing, rows, shapes, mode, (width * MAP, float(height)))
    _list(chart, drawing, frame, mode, (taken, width, height))
    return chart


def _districts(
    chart: go.Figure,
    drawing: AreaMap,
    rows: list[dict[str, Any]],
    shapes: Shapes,
    mode: Mode,
    room: tuple[float, float],
) -> float:
    """Draw the shapes as large as they fit, and give back where the list may begin."""
    colour = COLOURS[mode]
    drawn = [row for row in rows if row[drawing.area] in shapes.by_area]
    if not drawn:
        return 0.0
    fills = _fills(drawing, rows, mode)
    bounds = [shapes.by_area[row[drawing.area]].bounds for row in drawn]
    west, south = min(b[0] for b in bounds), min(b[1] for b in bounds)
    east, north = max(b[2] for b in bounds), max(b[3] for b in bounds)
    flat = cos(radians((south + north) / 2))  # a degree of longitude is shorter up here
    scale = min((room[0] - 4) / ((east - west) * flat), (room[1] - 4) / (north - south))

    def place(at: Place) -> Place:
        return (at[0] - west) * flat * scale + 2, (at[1] - south) * scale + 2

    for row in drawn:
        shape = shapes.by_area[row[drawing.area]]
        fill, on_fill = fills[row[drawing.area]]
        for ring in _rings(shape.geometry):
            x, y = zip(*map(place, ring), strict=True)
            chart.add_scatter(
                x=list(x),
                y=list(y),
                mode="lines",
                fill="toself",
                fillcolor=fill,
                line={"color": colour.edge, "width": 1.5},
                hoverinfo="skip",
            )
        if row[drawing.rank] is None:
            continue
        at = place(shape.aside or shape.label)
        if shape.aside:
            to = place(shape.label)
            chart.add_shape(
                type="line",
                x0=at[0],
                y0=at[1],
                x1=to[0],
                y1=to[1],
                line={"color": colour.text, "width": 2},
                layer="above",
            )
        chart.add_annotation(
            x=at[0],
            y=at[1],
            text=f"<b>{row[drawing.rank]}</b>",
            font={"size": RANK, "color": colour.text if shape.aside else on_fill},
            bgcolor=colour.page if shape.aside else None,
        )
    return place((east, south))[0] + GAP


def _fills(drawing: AreaMap, rows: list[dict[str, Any]], mode: Mode) -> dict[str, tuple[str, str]]:
    """The colour of each district, and the colour of what is written on it."""
    classes = Classes.of([row[drawing.value] for row in rows], percent=drawing.percent)
    fills, without = classes.colours(mode), (COLOURS[mode].secondary, COLOURS[mode].quiet)
    return {
        row[drawing.area]: without
        if row[drawing.value] is None
        else fills[classes.index(row[drawing.value])]
        for row in rows
    }


def _rings(geometry: dict[str, Any]) -> list[list[Place]]:
    """The outer edges of a polygon or of several."""
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"][0]]
    return [polygon[0] for polygon in geometry["coordinates"]]


def _list(
    chart: go.Figure,
    drawing: AreaMap,
    frame: pl.DataFrame,
    mode: Mode,
    place: tuple[float, int, int],
) -> None:
    """Rank or colour, name and value, highest first; the last row says how many more there are."""
    left, right, height = place
    fills = _fills(drawing, frame.to_dicts(), mode)
    said = saying(frame[drawing.value], percent=drawing.percent, signed=drawing.signed)
    lines = []
    for row in frame.to_dicts():
        value = row[drawing.value]
        text = drawing.without if value is None else said(value)
        patch = None if row[drawing.rank] else fills[row[drawing.area]][0]
        lines.append((str(row[drawing.rank] or ""), plain(row[drawing.name]), text, patch))
    fit = int(height // LINE)
    if len(lines) > fit:
        more = len(lines) - fit + 1
        lines = [*lines[: fit - 1], ("", f"and {more} more", "", None)]
    for index, (rank, name, value, patch) in enumerate(lines):
        y = height - LINE * (index + 0.5)
        if patch:
            chart.add_shape(
                type="rect",
                x0=left + 32 - PATCH,
                x1=left + 32,
                y0=y - PATCH / 2,
                y1=y + PATCH / 2,
                fillcolor=patch,
                line={"color": COLOURS[mode].edge, "width": 1.5},
            )
        for text, x, anchor, bold in (
            (rank, left + 32, "right", True),
            (shortened(name, right - left - 48 - VALUE, LETTER), left + 44, "left", False),
            (value, right, "right", True),
        ):
            chart.add_annotation(
                x=x,
                y=y,
                xanchor=anchor,
                yanchor="middle",
                text=f"<b>{for_plotly(text)}</b>" if bold else for_plotly(text),
                font={"size": LETTER, "color": COLOURS[mode].text},
            )
