"""Where the texts of a figure lie, in pixels, for a given width of the figure."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go

from dashboard.draw.lettering import width as text_width


@dataclass(frozen=True)
class Box:
    """A text and its rectangle; y grows downwards from the figure's top."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right - 1
            and other.left < self.right - 1
            and self.top < other.bottom - 1
            and other.top < self.bottom - 1
        )


def text_boxes(figure: go.Figure, width: int) -> list[Box]:
    """The boxes of all annotations and of all texts drawn as marks."""
    boxes = [_annotation(figure, each, width) for each in figure.layout.annotations if each.text]
    for trace in figure.data:
        if trace.type == "scatter" and trace.mode == "text":
            anchor = "right" if trace.textposition == "middle left" else "center"
            down = "bottom" if trace.textposition == "top center" else "middle"
            for x, y, text in zip(trace.x, trace.y, trace.text, strict=True):
                if text:
                    px = _x(figure, x, trace.xaxis or "x", width)
                    py = _y(figure, y, trace.yaxis or "y")
                    boxes.append(_box(text, trace.textfont.size, px, py, anchor, down))
    return boxes


def place(figure: go.Figure, x: Any, y: Any, width: int) -> tuple[float, float]:
    """Where a point of the first pair of axes lies, in the same pixels."""
    return _x(figure, x, "x", width), _y(figure, y, "y")


def overlaps(boxes: list[Box]) -> list[tuple[str, str]]:
    """Pairs of texts of which one lies on the other."""
    return [
        (one.text, other.text)
        for i, one in enumerate(boxes)
        for other in boxes[i + 1 :]
        if one.meets(other)
    ]


def struck(
    boxes: list[Box],
    figure: go.Figure,
    width: int,
    leaders: Sequence[tuple[tuple[float, float], tuple[float, float]]] = (),
) -> list[str]:
    """Texts that a drawn line or an area passes through, or that would hide some of it."""
    found = set()
    for start, end, thick in [*_strokes(figure, width), *((*each, 1.0) for each in leaders)]:
        steps = max(int(max(abs(end[0] - start[0]), abs(end[1] - start[1]))), 1)
        for step in range(steps + 1):
            x, y = (a + (b - a) * step / steps for a, b in zip(start, end, strict=True))
            found |= {
                box.text
                for box in boxes
                if box.left + 1 < x < box.right - 1
                and box.top - thick / 2 < y < box.bottom + thick / 2
            }
    return sorted(found)


def _strokes(figure: go.Figure, width: int) -> Iterator[tuple[Any, Any, float]]:
    """The pieces of all drawn lines with their thickness; of areas, strokes from edge to edge."""
    for trace in figure.data:
        if trace.type != "scatter" or "lines" not in (trace.mode or ""):
            continue
        points = [
            (_x(figure, x, trace.xaxis or "x", width), _y(figure, y, trace.yaxis or "y"))
            if y is not None
            else None
            for x, y in zip(trace.x, trace.y, strict=True)
        ]
        pairs = zip(points, points[::-1], strict=True) if trace.fill else pairwise(points)
        for start, end in pairs:
            if start and end:
                yield start, end, trace.line.width


def cut(boxes: list[Box], figure: go.Figure, width: int) -> list[Box]:
    """Texts that reach beyond the figure, by more than a pixel or two of rounding."""
    return [
        box
        for box in boxes
        if box.left < -2
        or box.right > width + 2
        or box.top < -2
        or box.bottom > figure.layout.height + 2
    ]


def _annotation(figure: go.Figure, each: Any, width: int) -> Box:
    x = _x(figure, each.x, each.xref or "x", width) + (each.xshift or 0)
    y = _y(figure, each.y, each.yref or "y") - (each.yshift or 0)
    size = each.font.size or 16
    return _box(each.text, size, x, y, each.xanchor or "center", each.yanchor or "middle")


def _box(text: str, size: float, x: float, y: float, across: str, down: str) -> Box:
    lines = text.split("<br>")
    wide = max(_line_width(line, size) for line in lines)
    # Letters without their leading: what the eye would see collide.
    high = size * 1.3 * (len(lines) - 1) + size
    left = x - {"left": 0.0, "center": wide / 2, "right": wide}[across]
    slack = size * 0.2
    top = {"top": y + slack, "middle": y - high / 2, "bottom": y - high - slack}[down]
    return Box(_plain(text), left, left + wide, top, top + high)


def _line_width(line: str, size: float) -> float:
    wide, bold = 0.0, False
    for part in re.split(r"(<[^>]*>)", line):
        if part.startswith("<span"):
            size = float(re.search(r"(\d+)px", part)[1])  # type: ignore[index]
        elif part.startswith("</span"):
            size = 16
        elif part in ("<b>", "</b>"):
            bold = part == "<b>"
        else:
            wide += text_width(html.unescape(part), size, bold)
    return wide


def _plain(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", text)).strip()


def _number(value: Any) -> float:
    if isinstance(value, datetime):
        return value.toordinal() + (value.hour * 60 + value.minute) / 1440
    return float(value.toordinal()) if isinstance(value, date) else float(value)


def _domain(figure: go.Figure, axis: str) -> tuple[Any, tuple[float, float]]:
    found = figure.layout[axis[0] + "axis" + axis[1:]]
    return found, tuple(found.domain or (0, 1))


def _place(figure: go.Figure, value: Any, ref: str) -> float:
    """A coordinate as a part of the plotting area."""
    if ref == "paper":
        return float(value)
    axis, (start, end) = _domain(figure, ref.split()[0])
    if ref.endswith("domain"):
        share = float(value)
    else:
        low, high = map(_number, axis.range)
        share = (_number(value) - low) / (high - low)
    return start + share * (end - start)


def _x(figure: go.Figure, value: Any, ref: str, width: int) -> float:
    margin = figure.layout.margin
    return margin.l + _place(figure, value, ref) * (width - margin.l - margin.r)


def _y(figure: go.Figure, value: Any, ref: str) -> float:
    margin = figure.layout.margin
    high = figure.layout.height - margin.t - margin.b
    return margin.t + (1 - _place(figure, value, ref)) * high
