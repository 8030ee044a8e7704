"""A figure of the screen as strokes, fills and letters, so that print shows the same drawing.

`dashboard.draw` places everything itself, so only what it uses of Plotly is known here: bars,
heat maps, lines, dots, areas, texts; lines and boxes laid over them; words beside them. Places are
pixels from the top left corner. An unknown kind of mark is an error, never left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.export.vector_blocks import bars, heat, shapes
from dashboard.export.vector_canvas import Canvas, Mark
from dashboard.export.vector_letters import annotation
from dashboard.export.vector_points import scatter


@dataclass(frozen=True)
class Picture:
    """Marks to be drawn one after the other on `width` by `height` pixels."""

    width: float
    height: float
    marks: tuple[Mark, ...]


def picture(figure: go.Figure, width: float) -> Picture:
    """The figure in a column `width` pixels wide."""
    made = figure.to_dict()
    layout = made["layout"]
    usual = layout["template"]["layout"]
    canvas = Canvas(layout, usual, width)
    laid = [{**usual.get("shapedefaults", {}), **each} for each in layout.get("shapes", ())]
    texts = [{**usual["annotationdefaults"], **each} for each in layout.get("annotations", ())]
    marks = [
        *shapes(canvas, laid, "below"),
        *canvas.grid(),
        *shapes(canvas, laid, "between"),
        *traces(canvas, made["data"], layout),
        *canvas.lines(),
        *shapes(canvas, laid, "above"),
    ]
    for text in texts:
        marks += annotation(canvas, text)
    return Picture(width, canvas.height, tuple(marks))


def traces(
    canvas: Canvas, traces: Sequence[dict[str, Any]], layout: dict[str, Any]
) -> Iterator[Mark]:
    piled: dict[float, float] = {}
    order = {"heatmap": 0, "bar": 1, "scatter": 2}
    for trace in sorted(traces, key=lambda each: order.get(each["type"], 3)):
        across = canvas.axes[trace.get("xaxis", "x")]
        down = canvas.axes[trace.get("yaxis", "y")]
        match trace["type"]:
            case "heatmap":
                yield from heat(trace, across, down)
            case "bar":
                stacked = layout.get("barmode") == "stack"
                yield from bars(trace, across, down, piled if stacked else None)
            case "scatter":
                yield from scatter(trace, across, down, canvas)
            case other:
                raise TypeError(f"There is no print of a trace of the kind {other}.")
