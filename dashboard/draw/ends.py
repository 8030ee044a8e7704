"""The ends of lines: a dot and, beside it, the last value with its name, clear of everything drawn.

Places are tried from the nearest outward; lines and earlier labels are what must not be touched.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from dashboard.draw.axes import Points, clear
from dashboard.draw.escape import for_plotly
from dashboard.draw.lettering import width
from dashboard.draw.theme import COLOURS, END_VALUE, LINE, Mode

DOT = 11
BESIDE = 12  # from the dot's centre to its label
_STEPS = (0, -8, 8, -14, 14, -20, 20, -26, 26, -34, 34, -44, 44, -56, 56, -70, 70)


@dataclass(frozen=True)
class End:
    """The last point of a line and what is said there: a value in large bold type, then words."""

    x: Any
    y: float
    value: str
    words: str
    colour: str
    dot: bool = True

    @property
    def length(self) -> float:
        """Pixels from the point to the end of its label."""
        value = width(self.value, END_VALUE, bold=True)
        words = width(f" {self.words}" if value else self.words) if self.words else 0
        return BESIDE + value + words

    @property
    def text(self) -> str:
        size = f"font-size:{END_VALUE}px"
        value = f'<span style="{size}"><b>{for_plotly(self.value)}</b></span>' if self.value else ""
        return f"{value} {for_plotly(self.words)}".strip()


@dataclass
class Plot:
    """One plot's geometry in pixels, and what has been drawn on it so far."""

    axis: str
    room: float
    height: float
    lines: list[Points] = field(default_factory=list)

    def free(self, left: float, right: float, low: float, high: float) -> bool:
        """Whether a box lies within the plot (its head may stand out a little) and on nothing."""
        inside = left >= 0 and right <= self.room and low >= 2 and high <= self.height + 12
        return inside and clear(self.lines, left, right, low, high)

    def take(self, left: float, right: float, low: float, high: float) -> None:
        """Keep a box free from now on: as a comb, so that it is met from any side."""
        for level in (low, (low + high) / 2, high):
            self.lines.append([(left, level), (right, level)])


def stretch(ends: Iterable[tuple[float, float]], room: float) -> float:
    """By what the x range must grow for labels to fit; `ends` are (share of the range, length)."""
    return max([1.0, *(at * room / max(room - length, 1) for at, length in ends)])


def label_ends(
    chart: go.Figure, plot: Plot, ends: Sequence[tuple[End, float, float]], mode: Mode
) -> None:
    """Dot and label of each end; each comes with its place in pixels."""
    for end, x, y in ends:
        if end.dot:
            plot.take(x - DOT / 2, x + DOT / 2, y - DOT / 2, y + DOT / 2)
    for end, x, y in ends:
        long, half = end.length, LINE / 2 - 1
        right = [(x + BESIDE, y + step) for step in _STEPS]
        left = [(x - long, y + step) for step in _STEPS]
        over = [(x - long / 2, y + step) for step in (20, -20, 30, -30, 44, -44)]
        edge = [(plot.room - (long - BESIDE), y + step) for step in _STEPS]
        sides = [*right, *edge, *over, *left] if end.dot else [*left, *edge, *over, *right]
        start, centre = next(
            (
                (start, centre)
                for start, centre in sides
                if plot.free(start, start + long - BESIDE, centre - half, centre + half)
            ),
            right[0] if x + long <= plot.room else left[4],
        )
        plot.take(start, start + long - BESIDE, centre - half, centre + half)
        if end.dot:
            _dot(chart, end, plot.axis)
        chart.add_annotation(
            x=end.x,
            xref=f"x{plot.axis}",
            y=end.y,
            yref=f"y{plot.axis}",
            xshift=start - x,
            yshift=centre - y,
            xanchor="left",
            yanchor="middle",
            text=end.text,
            font={"color": end.colour},
            bgcolor=COLOURS[mode].page,
        )


def label_rule(chart: go.Figure, plot: Plot, text: str, level: float, mode: Mode) -> None:
    """Words on a level rule `level` pixels high: over its left end, else where there is room."""
    long, high = width(text), LINE - 2
    places = [
        (left, low)
        for low in (level + 2, level - high - 2)
        for left in range(0, max(int(plot.room - long), 1), 12)
    ]
    left, low = next(
        ((left, low) for left, low in places if plot.free(left, left + long + 2, low, low + high)),
        places[0],
    )
    plot.take(left, left + long, low, low + high)
    chart.add_annotation(
        x=0,
        xref=f"x{plot.axis} domain",
        y=0,
        yref=f"y{plot.axis} domain",
        xshift=left,
        yshift=low,
        xanchor="left",
        yanchor="bottom",
        text=for_plotly(text),
        bgcolor=COLOURS[mode].page,
    )


def _dot(chart: go.Figure, end: End, axis: str) -> None:
    chart.add_scatter(
        x=[end.x],
        y=[end.y],
        xaxis=f"x{axis}",
        yaxis=f"y{axis}",
        mode="markers",
        marker={"size": DOT, "color": end.colour},
        cliponaxis=False,
        hoverinfo="skip",
    )
