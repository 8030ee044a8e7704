"""Lines, areas, dots and the words beside them, as marks of print."""

from collections.abc import Iterator, Sequence
from typing import Any

from dashboard.export.axes import Axis, at
from dashboard.export.vector_canvas import Canvas, Mark, each_of, line_mark
from dashboard.export.vector_letters import LEADING, lines_of, words_at


def scatter(trace: dict[str, Any], across: Axis, down: Axis, canvas: Canvas) -> Iterator[Mark]:
    spots = [
        None if x is None or y is None or y != y else [across.pixel(at(x)), down.pixel(at(y))]
        for x, y in zip(trace["x"], trace["y"], strict=True)
    ]
    mode, line = trace.get("mode", "lines"), trace.get("line", {})
    if trace.get("fill") == "toself":
        points = [spot for spot in spots if spot]
        yield {"kind": "area", "points": points, "fill": trace["fillcolor"]}
    if "lines" in mode and line.get("width", 2) > 0:
        joined = [spot for spot in spots if spot] if trace.get("connectgaps") else spots
        for stretch in _stretches(joined):
            points = _stepped(stretch) if line.get("shape") == "hv" else stretch
            yield line_mark(points, line["color"], line.get("width", 2), line.get("dash", ""))
    if "markers" in mode:
        yield from _dots(trace["marker"], spots)
    if "text" in mode:
        yield from _texts(trace, spots, canvas)


def _stretches(spots: Sequence[list[float] | None]) -> Iterator[list[list[float]]]:
    """The points between gaps, two or more."""
    stretch: list[list[float]] = []
    for spot in [*spots, None]:
        if spot is not None:
            stretch.append(spot)
            continue
        if len(stretch) > 1:
            yield stretch
        stretch = []


def _stepped(points: list[list[float]]) -> list[list[float]]:
    found = points[:1]
    for x, y in points[1:]:
        found += [[x, found[-1][1]], [x, y]]
    return found


def _dots(marker: dict[str, Any], spots: Sequence[list[float] | None]) -> Iterator[Mark]:
    for index, spot in enumerate(spots):
        if spot is None:
            continue
        line = marker.get("line", {})
        symbol = each_of(marker.get("symbol", "circle"), index)
        colour = each_of(marker.get("color"), index)
        edge, width = each_of(line.get("color"), index), each_of(line.get("width", 0), index)
        yield {
            "kind": "dot",
            "x": round(spot[0], 2),
            "y": round(spot[1], 2),
            "radius": float(each_of(marker.get("size", 6), index)) / 2,
            **_symbol(symbol, colour, edge, width),
        }


def _symbol(symbol: str, colour: str, edge: str | None, width: float) -> dict[str, Any]:
    """Corners around the middle, in parts of the radius; a circle has none."""
    name = symbol.removesuffix("-open")
    if name not in _SYMBOLS:
        raise TypeError(f"There is no print of the symbol {symbol}.")
    corners, closed = _SYMBOLS[name]
    hollow = symbol.endswith("-open") or not closed
    return {
        "corners": corners,
        "closed": closed,
        "fill": None if hollow else colour,
        "edge": (edge or colour)
        if closed and not hollow
        else (colour if closed else edge or colour),
        "edge_width": (width or (1 if hollow else 0)),
    }


_SYMBOLS: dict[str, tuple[list[list[list[float]]], bool]] = {
    "circle": ([], True),
    "square": ([[[-1, -1], [1, -1], [1, 1], [-1, 1]]], True),
    "diamond": ([[[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]]], True),
    "triangle-up": ([[[-1.155, 0.5], [1.155, 0.5], [0, -1]]], True),
    "line-ns": ([[[0, -1.4], [0, 1.4]]], False),
    "x-thin": ([[[-1, -1], [1, 1]], [[-1, 1], [1, -1]]], False),
}


def _texts(
    trace: dict[str, Any], spots: Sequence[list[float] | None], canvas: Canvas
) -> Iterator[Mark]:
    font = trace.get("textfont", {})
    for index, spot in enumerate(spots):
        words = each_of(trace["text"], index)
        if spot is None or not words:
            continue
        side = str(each_of(trace.get("textposition", "middle center"), index))
        upright, _, level = side.partition(" ")
        size = float(each_of(font.get("size", canvas.font), index))
        lines = lines_of(str(words), size, each_of(font.get("color", canvas.ink), index))
        middle = spot[1] + {"middle": 0.25, "top": -0.25, "bottom": 0.75}[upright] * size
        anchor = {"left": "end", "right": "start"}.get(level, "middle")
        rise = {"middle": 0.5, "top": 1.0, "bottom": 0.0}[upright] * (len(lines) - 1)
        for number, runs in enumerate(lines):
            y = middle + (number - rise) * LEADING * size
            yield words_at(spot[0], y, anchor, runs)
