"""Names beside points: directly beside its own, nearer to it than to any other.

Where no such place is free, a name that must stand is led to its point by a thin line; any other
is left out, for a name beside the wrong point is worse than none.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import plotly.graph_objects as go

from dashboard.draw.crossing import Box, Points, boxes_of, crossed, crossings
from dashboard.draw.escape import for_plotly
from dashboard.draw.lettering import width
from dashboard.draw.plot import Plot
from dashboard.draw.theme import COLOURS, LINE, Mode

BESIDE = 12  # from a point's centre to a name at its right or left
OVER = 9  # ... and to one above or below it
NEARER = 4  # pixels by which its own point is nearer than any other
SHIFTS = (0.0, 4.0, -4.0, 8.0, -8.0)  # of a name at the side, up and down
HIDDEN = 90  # pixels of lines that a name may lie on, else it hides what they say
REACH = range(18, 180, 6)  # pixels from a point to a name that is led to it
HALF = LINE / 2 - 1


@dataclass(frozen=True)
class Named:
    """A point and its name; `led` where the name must stand even if a line has to lead to it.

    `at` is its place in pixels, `n` and `value` the same in the units of the axes.
    """

    n: float
    value: float
    at: tuple[float, float]
    name: str
    colour: str
    led: bool


def name_points(
    chart: go.Figure,
    plot: Plot,
    named: Sequence[Named],
    others: Sequence[tuple[float, float]],
    mode: Mode,
) -> None:
    """Write the names, those that must stand first; `others` are the places of all points."""
    leaders: list[Points] = []
    for point in sorted(named, key=lambda each: not each.led):
        strangers = [at for at in others if at != point.at]
        box = _beside(plot, point, strangers, leaders)
        if box is None and point.led:
            box = _led(plot, point, leaders)
            if box is not None:
                leaders.append([_nearest(box, point.at), point.at])
                _line(chart, plot, point, box, mode)
        if box is None:
            continue
        plot.taken.append(box)
        x, y = point.at
        chart.add_annotation(
            x=point.n,
            y=point.value,
            xshift=box[0] - x,
            yshift=(box[2] + box[3]) / 2 - y,
            xanchor="left",
            yanchor="middle",
            text=for_plotly(point.name),
            font={"color": point.colour},
            bgcolor=COLOURS[mode].page,
        )


def _beside(
    plot: Plot, point: Named, strangers: Sequence[tuple[float, float]], leaders: Sequence[Points]
) -> Box | None:
    """The free place that touches the point, is nobody else's, and hides least of the lines."""
    reach = width(point.name) + 2 * BESIDE
    plot = plot.between(point.at[0] - reach, point.at[0] + reach)
    boxes = list(_around(plot, point))
    places = boxes_of(boxes)
    free = plot.free(places, over_lines=True) & ~crossed(leaders, places)
    own = [
        (_hidden(plot, boxes[index]), int(index), boxes[index])
        for index in free.nonzero()[0]
        if all(far(boxes[index], at) > far(boxes[index], point.at) + NEARER for at in strangers)
    ]
    hidden, _, box = min(own, default=(math.inf, 0, None))
    return box if hidden <= HIDDEN else None


def _hidden(plot: Plot, box: Box) -> float:
    """Pixels of lines, from left to right, that a name here would lie on; `plot` is in pieces."""
    left, right, *_ = box
    on = crossings(plot.lines, boxes_of([box]))[0]
    return sum(
        min(right, max(a[0], b[0])) - max(left, min(a[0], b[0]))
        for (a, b), passes in zip(plot.lines, on, strict=True)
        if passes
    )


def _around(plot: Plot, point: Named) -> Iterator[Box]:
    """Right and left of the point, then above and below it."""
    (x, y), long = point.at, width(point.name)
    for shift, left in product(SHIFTS, (x + BESIDE, x - BESIDE - long)):
        yield left, left + long, y + shift - HALF, y + shift + HALF
    edge = plot.room - long
    for left in (x - long / 2, x - OVER, x + OVER - long):
        start = min(max(left, 0.0), edge)
        for low in (y + OVER, y - OVER - 2 * HALF):
            yield start, start + long, low, low + 2 * HALF


def _led(plot: Plot, point: Named, leaders: Sequence[Points]) -> Box | None:
    """The nearest free place from which a line reaches the point past everything else."""
    (x, y), long = point.at, width(point.name)
    starts = (x + BESIDE, x - BESIDE - long, x - long / 2, x + 40, x - 40 - long)
    boxes: list[Box] = [
        (left, left + long, y + side * (up + HALF) - HALF, y + side * (up + HALF) + HALF)
        for up, left, side in product(REACH, starts, (1, -1))
    ]
    places = boxes_of(boxes)
    own = bounds(point.at)
    taken = boxes_of(each for each in plot.taken if each != own)
    past = ~crossed(leaders, places)
    for over_lines in (False, True):
        for index in (past & plot.free(places, over_lines)).nonzero()[0]:
            leader = [_nearest(boxes[index], point.at), point.at]
            if not crossed([leader], taken).any():
                return boxes[index]
    return None


def _line(chart: go.Figure, plot: Plot, point: Named, box: Box, mode: Mode) -> None:
    """The line from a name to its point."""
    (x, y), (to_x, to_y) = point.at, _nearest(box, point.at)
    left, right = chart.words["xaxis"]["range"]
    low, high = chart.words["yaxis"]["range"]
    chart.add_shape(
        type="line",
        x0=point.n,
        y0=point.value,
        x1=point.n + (to_x - x) / plot.room * (right - left),
        y1=point.value + (to_y - y) / plot.height * (high - low),
        line={"color": COLOURS[mode].quiet, "width": 1},
        layer="below",
    )


def bounds(at: tuple[float, float]) -> Box:
    """What a point takes up."""
    x, y = at
    return x - 6, x + 6, y - 6, y + 6


def far(box: Box, at: tuple[float, float]) -> float:
    """Pixels from a box to a place."""
    near = _nearest(box, at)
    return math.hypot(near[0] - at[0], near[1] - at[1])


def _nearest(box: Box, at: tuple[float, float]) -> tuple[float, float]:
    left, right, low, high = box
    return min(max(at[0], left), right), min(max(at[1], low), high)
