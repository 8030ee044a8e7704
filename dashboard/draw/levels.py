"""The values of a y axis, inside the plot above their gridlines, flush with its left edge."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.draw.crossing import Box, Points, boxes_of, crossed
from dashboard.draw.lettering import width
from dashboard.draw.theme import COLOURS, TEXT, Mode

Said = Callable[[float], str]


@dataclass(frozen=True)
class _Label:
    """A value with its words and their box; over its gridline (`upward`) or under it."""

    value: float
    text: str
    box: Box
    upward: bool
    is_clear: bool


def best_ticks(
    choices: Iterable[list[float]],
    said: Said,
    drawn: Sequence[tuple[Sequence[Points], float]],
    size: float = TEXT,
) -> list[float]:
    """The first choice whose labels all stand clear; else one of which most do.

    `drawn` are the lines of each plot that has labels, and the height of one unit there.
    """
    found: list[float] = []
    most = -1
    for ticks in choices:
        labels = [
            label for lines, pixels in drawn for label in _labels(ticks, said, lines, pixels, size)
        ]
        clear_ones = sum(label.is_clear for label in labels)
        if clear_ones == len(labels):
            return ticks
        if clear_ones > most:
            found, most = ticks, clear_ones
    return found


def label_y(
    chart: go.Figure,
    ticks: Iterable[float],
    said: Said,
    mode: Mode,
    lines: Iterable[Points] = (),
    pixels: float = 1.0,
    axis: str = "",
    size: float = TEXT,
    needed: bool = False,
) -> list[Box]:
    """Write the values above their gridlines; below, where a line runs above.

    A value that would lie on a line either way is left out, unless it is `needed` (no other says
    how high the lines are). `pixels` is the height of one unit; `lines` are what the labels must
    not lie on. Gives back the labels' boxes (left, right, low, high).
    """
    labels = _labels(ticks, said, lines, pixels, size)
    free = [label for label in labels if label.is_clear]
    labels = labels if needed and not free else free
    for label in labels:
        chart.add_annotation(
            x=0,
            xref=f"x{axis} domain",
            y=label.value,
            yref=f"y{axis}",
            xanchor="left",
            yanchor="bottom" if label.upward else "top",
            yshift=1 if label.upward else -1,
            text=label.text,
            font={"size": size, "color": COLOURS[mode].quiet},
            bgcolor=COLOURS[mode].page,  # a dotted rule may pass
        )
    return [label.box for label in labels]


def _labels(
    ticks: Iterable[float], said: Said, lines: Iterable[Points], pixels: float, size: float
) -> list[_Label]:
    drawn, high = list(lines), size + 6
    texts = [(value, said(value)) for value in ticks]
    over = [(0.0, width(text, size) + 6, v * pixels, v * pixels + high) for v, text in texts]
    under = [(left, right, low - high, low) for left, right, low, _ in over]
    lines_over, lines_under = (crossed(drawn, boxes_of(each)) for each in (over, under))
    above = [not on for on in lines_over]
    below = [box[2] >= 0 and not on for box, on in zip(under, lines_under, strict=True)]
    if all(above) or all(below):  # all on one side reads best
        above, below = [all(above)] * len(texts), [True] * len(texts)
    return [
        _Label(value, text, *((upper, True) if up or not down else (lower, False)), up or down)
        for (value, text), upper, lower, up, down in zip(
            texts, over, under, above, below, strict=True
        )
    ]
