"""Bars, heat maps and what is laid over a figure, as boxes and lines of print."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from dashboard.export.axes import Axis, at
from dashboard.export.vector_canvas import Canvas, Mark, box, each_of, line_mark

_DAY_IN_MS = 86_400_000


def shapes(canvas: Canvas, shapes: Sequence[dict[str, Any]], layer: str) -> Iterator[Mark]:
    for shape in shapes:
        if shape.get("layer", "above") != layer:
            continue
        corners = []
        for side in ("x", "y"):
            ref = shape.get(f"{side}ref", side)
            if shape.get(f"{side}sizemode") == "pixel":
                start = canvas.spot(shape[f"{side}anchor"], ref, side)
                corners.append([start + shape[f"{side}{end}"] for end in (0, 1)])
            else:
                corners.append([canvas.spot(shape[f"{side}{end}"], ref, side) for end in (0, 1)])
        (x0, x1), (y0, y1) = corners
        line = shape.get("line", {})
        if shape["type"] == "line":
            yield line_mark(
                [[x0, y0], [x1, y1]],
                line.get("color", canvas.ink),
                line.get("width", 2),
                line.get("dash", ""),
            )
        elif shape["type"] == "rect":
            yield box(
                x0,
                y0,
                x1,
                y1,
                shape.get("fillcolor"),
                edge=line.get("color"),
                edge_width=line.get("width", 0),
            )
        else:
            raise TypeError(f"There is no print of a shape of the kind {shape['type']}.")


def heat(trace: dict[str, Any], across: Axis, down: Axis) -> Iterator[Mark]:
    low, high = trace["zmin"], trace["zmax"]
    colours = trace["colorscale"]
    gap_x, gap_y = trace.get("xgap", 0) / 2, trace.get("ygap", 0) / 2
    rows = [list(row) for row in trace["z"]]
    columns = _sides(trace.get("x"), len(rows[0]) if rows else 0)
    for (y0, y1), row in zip(_sides(trace.get("y"), len(rows)), rows, strict=True):
        for (x0, x1), value in zip(columns, row, strict=True):
            if value is None or value != value:
                continue
            part = min(max((value - low) / ((high - low) or 1), 0), 1)
            left, right = across.pixel(x0), across.pixel(x1)
            top, bottom = sorted((down.pixel(y0), down.pixel(y1)))
            yield box(left + gap_x, top + gap_y, right - gap_x, bottom - gap_y, _on(colours, part))


def _sides(places: Sequence[Any] | None, cells: int) -> list[tuple[float, float]]:
    """Where each cell begins and ends: one place more than cells are edges, else middles."""
    given = [at(place) for place in (range(cells) if places is None else places)]
    if len(given) == cells + 1:
        return list(pairwise(given))
    return [(middle - 0.5, middle + 0.5) for middle in given]


def _on(colours: Sequence[Sequence[Any]], part: float) -> str:
    """The colour of a scale at a part of its length."""
    for (start, first), (end, second) in pairwise(colours):
        if part <= end:
            share = (part - start) / ((end - start) or 1)
            mixed = (
                round(int(first[i : i + 2], 16) * (1 - share) + int(second[i : i + 2], 16) * share)
                for i in (1, 3, 5)
            )
            return "#" + "".join(f"{each:02x}" for each in mixed)
    return str(colours[-1][1])


def bars(
    trace: dict[str, Any], across: Axis, down: Axis, piled: dict[float, float] | None
) -> Iterator[Mark]:
    level = trace.get("orientation") == "h"
    places, lengths = (trace["y"], trace["x"]) if level else (trace["x"], trace["y"])
    marker = trace["marker"]
    line, pattern = marker.get("line", {}), marker.get("pattern", {})
    for index, (place, length) in enumerate(zip(places, lengths, strict=True)):
        if length is None or length != length:
            continue
        middle = at(place)
        base = float(each_of(trace.get("base", 0), index) or 0)
        if piled is not None:
            base = piled.get(middle, 0.0)
            piled[middle] = base + float(length)
        half = float(each_of(trace["width"], index)) / 2
        if not level and across.days:
            half /= _DAY_IN_MS
        edge = {"edge": line.get("color"), "edge_width": each_of(line.get("width", 0), index)}
        edge["hatch"] = bool(each_of(pattern.get("shape", ""), index))
        fill = each_of(marker["color"], index)
        if level:
            spots = (
                across.pixel(base),
                down.pixel(middle - half),
                across.pixel(base + float(length)),
                down.pixel(middle + half),
            )
        else:
            spots = (
                across.pixel(middle - half),
                down.pixel(base),
                across.pixel(middle + half),
                down.pixel(base + float(length)),
            )
        yield box(*spots, fill, **edge)
