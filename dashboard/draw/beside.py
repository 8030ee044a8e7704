"""Words beside the points of a chart over time, on the points' own side of the mean.

What has no room there is led to its point by a thin line: words that stand apart seem to be said
of another month.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard.draw.crossing import Box, Boxes, Points, boxes_of, crossed
from dashboard.draw.lettering import width
from dashboard.draw.plot import Plot
from dashboard.draw.theme import LINE

NEAR = 14  # pixels from a point or its value to words that are plainly its own
FAR = 200  # ... and to words that a line leads to it
POINT = 9  # half of what a point keeps free
APART = 6  # between words that stand beside each other
ASIDE = 0.02  # of the way from the point to their middle counts too: of like places the middle
CENTRED = 0.2  # of their width from the point to their middle, within which they are centred
ASTRAY = 60  # pixels to the right or left that led words may stand beside their point
INSET = 0.2  # of their width from their corners, where a line to the point begins
INWARD = 12  # as many pixels farther away count words that stand between the point and the mean


@dataclass(frozen=True)
class Beside:
    """Words in lines for a point: its place in the axes' units and in pixels, the mean in pixels.

    They stand over the mean where the point does (`above`), else under it. `ways` are the same
    words broken into lines for more and for less width, the best first. `marks` is what may be
    led to: the box of the point, and that of its value.
    """

    month: date
    value: float
    at: tuple[float, float]
    mean: float
    above: bool
    ways: Sequence[Sequence[str]]
    colour: str
    marks: Sequence[Box]


def write_beside(
    chart: go.Figure, plot: Plot, words: Beside, *, across: bool = False, led: bool = False
) -> Box | None:
    """Write them as near to the point as they stand on nothing else, on its side of the mean, or
    `across` it; where `led`, farther away with a line to the point. Gives back what they take up,
    if there was room.
    """
    above = words.above != across
    for lines in words.ways:
        bare = [line.replace("<b>", "").replace("</b>", "") for line in lines]
        wide, high = max(width(line, bold=True) for line in bare), len(lines) * LINE
        found = _nearest(plot, words, wide, high, above=above, led=led)
        if found is not None:
            box, leader = found
            _write(chart, words, lines, box)
            if leader:
                plot.lines.append(leader)
                _lead(chart, plot, words, leader)
            left, right, low, top = box
            plot.taken.append((left - APART, right + APART, low, top))
            return plot.taken[-1]
    return None


def _write(chart: go.Figure, words: Beside, lines: Sequence[str], box: Box) -> None:
    (left, right, low, _), (x, y) = box, words.at
    off = ((left + right) / 2 - x) / (right - left)
    chart.add_annotation(
        x=words.month,
        y=words.value,
        xshift=left - x,
        yshift=low - y,
        xanchor="left",
        yanchor="bottom",
        align="center" if abs(off) < CENTRED else "left" if off > 0 else "right",
        width=right - left,
        text="<br>".join(lines),
        font={"color": words.colour},
    )


def _lead(chart: go.Figure, plot: Plot, words: Beside, leader: Points) -> None:
    """The line from words to their point."""
    start, end = chart.words["xaxis"]["range"]
    low, high = chart.words["yaxis"]["range"]
    origin = datetime.combine(start, time())
    (x0, y0), (x1, y1) = leader
    chart.add_shape(
        type="line",
        x0=origin + (end - start) * (x0 / plot.room),
        x1=origin + (end - start) * (x1 / plot.room),
        y0=low + (high - low) * y0 / plot.height,
        y1=low + (high - low) * y1 / plot.height,
        line={"color": words.colour, "width": 1},
        layer="above",
    )


def _leaders(words: Beside, box: Box) -> Iterator[Points]:
    """From the words' nearest edge, straight or aslant, to the point or to its value."""
    left, right, low, high = box
    inset = (right - left) * INSET
    for mark in words.marks:
        from_x, to_x, from_y, to_y = mark
        x, y = (from_x + to_x) / 2, (from_y + to_y) / 2
        if low < to_y and from_y < high:  # at the same height
            level = min(max(y, low + LINE / 2), high - LINE / 2)
            starts = [(left if x < left else right, level)]
        else:
            edge = low if to_y <= low else high
            starts = [(min(max(at, left), right), edge) for at in (x, left + inset, right - inset)]
        # A point is round, and a value as wide as its digits.
        far = math.hypot if mark == words.marks[0] else max
        for start in starts:
            dx, dy = start[0] - x, start[1] - y
            part = 1 / max(far(2 * abs(dx) / (to_x - from_x), 2 * abs(dy) / (to_y - from_y)), 1)
            end = x + dx * part, y + dy * part
            others = boxes_of(other for other in words.marks if other != mark)
            if not crossed([[start, end]], others).any():
                yield [start, end]


def _nearest(
    plot: Plot, words: Beside, wide: float, high: float, *, above: bool, led: bool
) -> tuple[Box, Points | None] | None:
    """The nearest free place on one side of the mean; where `led`, with a line to the point that
    passes other points and words.
    """
    reach = wide + ASTRAY
    plot = plot.between(words.at[0] - reach, words.at[0] + reach)
    others = boxes_of(box for box in plot.taken if box not in words.marks)
    places, far = _places(plot, words, wide, high, above=above, led=led)
    places = places[far <= (FAR if led else NEAR)]
    for left, right, low, top in places[plot.free(places)].tolist():
        box = left, right, low, top
        if not led:
            return box, None
        for leader in _leaders(words, box):
            if not crossed([leader], others).any():
                return box, leader
    return None


def _places(
    plot: Plot, words: Beside, wide: float, high: float, *, above: bool, led: bool
) -> tuple[Boxes, NDArray[np.float64]]:
    """All places on that side over or under the point or next to it, the best first, and how far
    each is.
    """
    x, y = words.at
    least, most = (words.mean, plot.height - high) if above else (2.0, words.mean - high)
    aside_most = ASTRAY if led else POINT + 4
    lefts = x + aside_most - np.arange(13) * (wide + 2 * aside_most) / 12
    left, low = (each.ravel() for each in np.meshgrid(lefts, np.arange(max(least, 2.0), most, 6.0)))
    places = np.column_stack([left, left + wide, low, low + high])
    far = np.min([_apart(places, mark) for mark in words.marks], axis=0)
    aside = abs(left + wide / 2 - x) * ASIDE
    inward = (low + high / 2 > y) != above
    best = np.lexsort((low, left, far, far + aside + INWARD * inward))
    return places[best], far[best]


def _apart(boxes: Boxes, other: Box) -> NDArray[np.float64]:
    """Pixels from each box to another."""
    left, right, low, high = boxes.T
    across = np.maximum(np.maximum(left - other[1], other[0] - right), 0.0)
    down = np.maximum(np.maximum(low - other[3], other[2] - high), 0.0)
    apart: NDArray[np.float64] = np.hypot(across, down)
    return apart
