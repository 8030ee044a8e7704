"""A figure of the screen as strokes, fills and letters, so that print shows the same drawing.

`dashboard.draw` places everything itself, so only what it uses of Plotly is known here: bars,
heat maps, lines, dots, areas, texts; lines and boxes laid over them; words beside them. Places are
pixels from the top left corner. An unknown kind of mark is an error, never left out.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go

from dashboard.draw.lettering import width as text_width
from dashboard.export.axes import Axis, at

Mark = dict[str, Any]
ASCENT, DESCENT = 1.069, 0.293  # of Open Sans, as parts of its size
LEADING = 1.3  # from line to line
_RUN = re.compile(r'(<b>|</b>|<span style="font-size:\d+px">|</span>)')
_DAY_IN_MS = 86_400_000


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
    usual = figure.layout.template.layout.to_plotly_json()
    canvas = _Canvas(layout, usual, width)
    shapes = [{**usual.get("shapedefaults", {}), **each} for each in layout.get("shapes", ())]
    texts = [{**usual["annotationdefaults"], **each} for each in layout.get("annotations", ())]
    marks = [
        *_shapes(canvas, shapes, "below"),
        *canvas.grid(),
        *_shapes(canvas, shapes, "between"),
        *_traces(canvas, made["data"], layout),
        *canvas.lines(),
        *_shapes(canvas, shapes, "above"),
    ]
    for text in texts:
        marks += _annotation(canvas, text)
    return Picture(width, canvas.height, tuple(marks))


class _Canvas:
    """The plot's place on the picture, and its axes by the names that marks call them by."""

    def __init__(self, layout: dict[str, Any], usual: dict[str, Any], width: float) -> None:
        margin = {**usual["margin"], **layout.get("margin", {})}
        self.height = float(layout["height"])
        self.left, self.top = float(margin["l"]), float(margin["t"])
        self.across = width - self.left - margin["r"]
        self.down = self.height - self.top - margin["b"]
        self.font = float(usual["font"]["size"])
        self.ink = usual["font"]["color"]
        self.axes: dict[str, Axis] = {}
        for side, start, length in (("x", self.left, self.across), ("y", self.top, self.down)):
            for name in {f"{side}axis"} | {key for key in layout if key.startswith(f"{side}axis")}:
                given = {**usual[f"{side}axis"], **layout.get(name, {})}
                self.axes[name.replace("axis", "")] = Axis(side, start, length, given)

    def spot(self, value: Any, ref: str, side: str) -> float:
        """The pixel of a value on an axis, of a share of its length, or of the whole plot’s."""
        if ref != "paper":
            name, _, domain = ref.partition(" ")
            axis = self.axes[name]
            return axis.share(float(value)) if domain else axis.pixel(at(value))
        if side == "x":
            return float(self.left + self.across * value)
        return float(self.top + self.down * (1 - value))

    def grid(self) -> Iterator[Mark]:
        for name, axis in self.axes.items():
            if not axis.given.get("showgrid") or axis.given.get("visible") is False:
                continue
            for tick in axis.given.get("tickvals") or ():
                middle = axis.pixel(at(tick))
                yield self._crossing(name, axis, middle, axis.given["gridcolor"])

    def lines(self) -> Iterator[Mark]:
        """The lines under the plots."""
        for name, axis in self.axes.items():
            shown = axis.given.get("showline") and axis.given.get("visible") is not False
            if axis.side == "x" and shown:
                other = self._partner(name, axis)
                ends = [axis.share(0), other.share(0)], [axis.share(1), other.share(0)]
                yield _line(ends, axis.given["linecolor"], axis.given.get("linewidth", 1))

    def _partner(self, name: str, axis: Axis) -> Axis:
        other = "y" if axis.side == "x" else "x"
        return self.axes.get(axis.given.get("anchor") or other + name[1:], self.axes[other])

    def _crossing(self, name: str, axis: Axis, middle: float, colour: str) -> Mark:
        other = self._partner(name, axis)
        ends = [(other.share(each), middle) for each in (0, 1)]
        if axis.side == "x":
            ends = [(y, x) for x, y in ends]
        return _line([list(end) for end in ends], colour, axis.given.get("gridwidth", 1))


def _line(points: Sequence[Sequence[float]], colour: str, width: float, dash: str = "") -> Mark:
    return {
        "kind": "line",
        "points": [[round(x, 2), round(y, 2)] for x, y in points],
        "colour": colour,
        "width": width,
        "dash": [float(part.removesuffix("px")) for part in dash.split(",")]
        if dash and dash != "solid"
        else [],
    }


def _box(x: float, y: float, right: float, bottom: float, fill: str | None, **edge: Any) -> Mark:
    left, top = min(x, right), min(y, bottom)
    return {
        "kind": "box",
        "x": round(left, 2),
        "y": round(top, 2),
        "width": round(abs(right - x), 2),
        "height": round(abs(bottom - y), 2),
        "fill": fill,
        "edge": edge.get("edge"),
        "edge_width": edge.get("edge_width", 0),
        "hatch": edge.get("hatch", False),
    }


def _shapes(canvas: _Canvas, shapes: Sequence[dict[str, Any]], layer: str) -> Iterator[Mark]:
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
            yield _line(
                [[x0, y0], [x1, y1]],
                line.get("color", canvas.ink),
                line.get("width", 2),
                line.get("dash", ""),
            )
        elif shape["type"] == "rect":
            yield _box(
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


def _traces(
    canvas: _Canvas, traces: Sequence[dict[str, Any]], layout: dict[str, Any]
) -> Iterator[Mark]:
    piled: dict[float, float] = {}
    order = {"heatmap": 0, "bar": 1, "scatter": 2}
    for trace in sorted(traces, key=lambda each: order.get(each["type"], 3)):
        across = canvas.axes[trace.get("xaxis", "x")]
        down = canvas.axes[trace.get("yaxis", "y")]
        match trace["type"]:
            case "heatmap":
                yield from _heat(trace, across, down)
            case "bar":
                stacked = layout.get("barmode") == "stack"
                yield from _bars(trace, across, down, piled if stacked else None)
            case "scatter":
                yield from _scatter(trace, across, down, canvas)
            case other:
                raise TypeError(f"There is no print of a trace of the kind {other}.")


def _heat(trace: dict[str, Any], across: Axis, down: Axis) -> Iterator[Mark]:
    low, high = trace["zmin"], trace["zmax"]
    colours = trace["colorscale"]
    gap_x, gap_y = trace.get("xgap", 0) / 2, trace.get("ygap", 0) / 2
    rows = [list(row) for row in trace["z"]]
    xs = list(trace.get("x", range(len(rows[0]) if rows else 0)))
    ys = list(trace.get("y", range(len(rows))))
    for y, row in zip(ys, rows, strict=True):
        for x, value in zip(xs, row, strict=True):
            if value is None or value != value:
                continue
            part = min(max((value - low) / ((high - low) or 1), 0), 1)
            left, right = across.pixel(at(x) - 0.5), across.pixel(at(x) + 0.5)
            top, bottom = sorted((down.pixel(at(y) - 0.5), down.pixel(at(y) + 0.5)))
            yield _box(left + gap_x, top + gap_y, right - gap_x, bottom - gap_y, _on(colours, part))


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


def _bars(
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
        base = float(_each(trace.get("base", 0), index) or 0)
        if piled is not None:
            base = piled.get(middle, 0.0)
            piled[middle] = base + float(length)
        half = float(_each(trace["width"], index)) / 2
        if not level and across.days:
            half /= _DAY_IN_MS
        edge = {"edge": line.get("color"), "edge_width": _each(line.get("width", 0), index)}
        edge["hatch"] = bool(_each(pattern.get("shape", ""), index))
        fill = _each(marker["color"], index)
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
        yield _box(*spots, fill, **edge)


def _each(value: Any, index: int) -> Any:
    return value[index] if isinstance(value, list | tuple) else value


def _scatter(trace: dict[str, Any], across: Axis, down: Axis, canvas: _Canvas) -> Iterator[Mark]:
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
            yield _line(points, line["color"], line.get("width", 2), line.get("dash", ""))
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
        symbol = _each(marker.get("symbol", "circle"), index)
        colour = _each(marker.get("color"), index)
        edge, width = _each(line.get("color"), index), _each(line.get("width", 0), index)
        yield {
            "kind": "dot",
            "x": round(spot[0], 2),
            "y": round(spot[1], 2),
            "radius": float(_each(marker.get("size", 6), index)) / 2,
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
    trace: dict[str, Any], spots: Sequence[list[float] | None], canvas: _Canvas
) -> Iterator[Mark]:
    font = trace.get("textfont", {})
    for index, spot in enumerate(spots):
        words = _each(trace["text"], index)
        if spot is None or not words:
            continue
        side = str(_each(trace.get("textposition", "middle center"), index))
        upright, _, level = side.partition(" ")
        size = float(_each(font.get("size", canvas.font), index))
        lines = _lines(str(words), size, _each(font.get("color", canvas.ink), index))
        middle = spot[1] + {"middle": 0.25, "top": -0.25, "bottom": 0.75}[upright] * size
        anchor = {"left": "end", "right": "start"}.get(level, "middle")
        rise = {"middle": 0.5, "top": 1.0, "bottom": 0.0}[upright] * (len(lines) - 1)
        for number, runs in enumerate(lines):
            y = middle + (number - rise) * LEADING * size
            yield _words(spot[0], y, anchor, runs)


def _words(x: float, y: float, anchor: str, runs: list[dict[str, Any]]) -> Mark:
    return {"kind": "text", "x": round(x, 2), "y": round(y, 2), "anchor": anchor, "runs": runs}


def _annotation(canvas: _Canvas, given: dict[str, Any]) -> list[Mark]:
    font = {"size": canvas.font, "color": canvas.ink, **given.get("font", {})}
    size = float(font["size"])
    lines = _lines(given["text"], size, font["color"])
    widths = [sum(_run_width(run) for run in runs) for runs in lines]
    wide = float(given.get("width") or max(widths, default=0.0))
    largest = [max((run["size"] for run in runs), default=size) for runs in lines]
    tall = (ASCENT + DESCENT) * largest[0] + sum(LEADING * each for each in largest[1:])
    left = canvas.spot(given["x"], given.get("xref", "x"), "x") + given.get("xshift", 0)
    top = canvas.spot(given["y"], given.get("yref", "y"), "y") - given.get("yshift", 0)
    left -= wide * {"left": 0.0, "center": 0.5, "right": 1.0}[_side(given, "x")]
    top -= tall * {"top": 0.0, "middle": 0.5, "bottom": 1.0}[_side(given, "y")]
    marks: list[Mark] = []
    if given.get("bgcolor"):
        marks.append(_box(left, top, left + wide, top + tall, given["bgcolor"]))
    base = top + ASCENT * largest[0]
    align = given.get("align", "center")
    for number, runs in enumerate(lines):
        if number:
            base += LEADING * largest[number]
        start = {"left": 0.0, "center": 0.5, "right": 1.0}[align] * wide + left
        anchor = {"left": "start", "center": "middle", "right": "end"}[align]
        marks.append(_words(start, base, anchor, runs))
    return marks


def _side(given: dict[str, Any], side: str) -> str:
    """Which side of its box a text is placed by; one that says nothing leans away from the edge."""
    sides = ("left", "center", "right") if side == "x" else ("bottom", "middle", "top")
    said = given.get(f"{side}anchor", "auto")
    if said != "auto":
        return str(said)
    ref = given.get(f"{side}ref", side)
    if ref != "paper" and "domain" not in ref:
        return sides[1]
    place = float(given[side])
    return sides[0] if place < 1 / 3 else sides[2] if place > 2 / 3 else sides[1]


def _run_width(run: dict[str, Any]) -> float:
    return text_width(run["text"], run["size"], run["bold"])


def _lines(text: str, size: float, colour: str) -> list[list[dict[str, Any]]]:
    """The text in lines, each in runs of one weight and size."""
    found: list[list[dict[str, Any]]] = []
    bold, sizes = False, [size]
    for line in text.split("<br>"):
        runs = []
        for part in _RUN.split(line):
            if part in ("<b>", "</b>"):
                bold = part == "<b>"
            elif part.startswith("<span"):
                sizes.append(float(re.findall(r"\d+", part)[0]))
            elif part == "</span>":
                sizes.pop()
            elif part:
                words = html.unescape(part)
                runs.append({"text": words, "bold": bold, "size": sizes[-1], "colour": colour})
        found.append(runs)
    return found
