"""Words beside the points of a chart over time, on the points' own side of the mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import plotly.graph_objects as go

from dashboard.draw.axes import Box
from dashboard.draw.ends import Plot
from dashboard.draw.lettering import width
from dashboard.draw.theme import LINE

FAR = 200  # pixels from a point beyond which words are no longer beside it
POINT = 9  # half of what a point keeps free
APART = 6  # between words that stand beside each other
ASIDE = 0.02  # of the way from the point to their middle counts too: of like places the middle
CENTRED = 0.2  # of their width from the point to their middle, within which they are centred
INWARD = 12  # as many pixels farther away count words that stand between the point and the mean


@dataclass(frozen=True)
class Beside:
    """Words in lines for a point: its place in the axes' units and in pixels, the mean in pixels.

    They stand over the mean where the point does (`above`), else under it. `ways` are the same
    words broken into lines for more and for less width, the best first.
    """

    month: date
    value: float
    at: tuple[float, float]
    mean: float
    above: bool
    ways: Sequence[Sequence[str]]
    colour: str


def write_beside(chart: go.Figure, plot: Plot, words: Beside, *, across: bool = False) -> bool:
    """Write them as near to the point as they stand on nothing else, on its side of the mean, or
    `across` it. Gives back whether there was room.
    """
    for lines in words.ways:
        bare = [line.replace("<b>", "").replace("</b>", "") for line in lines]
        wide, high = max(width(line, bold=True) for line in bare), len(lines) * LINE
        box = _nearest(plot, words, wide, high, above=words.above != across)
        if box is not None:
            _write(chart, words, lines, box)
            left, right, low, top = box
            plot.taken.append((left - APART, right + APART, low, top))
            return True
    return False


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


def _nearest(plot: Plot, words: Beside, wide: float, high: float, *, above: bool) -> Box | None:
    """The nearest free place on one side of the mean."""
    reach = wide + 2 * POINT
    plot = plot.between(words.at[0] - reach, words.at[0] + reach)
    for far, box in sorted(_places(plot, words, wide, high, above=above)):
        if far > FAR:
            break
        if plot.free(box):
            return box
    return None


def _places(
    plot: Plot, words: Beside, wide: float, high: float, *, above: bool
) -> Iterator[tuple[float, Box]]:
    """All places on that side over or under the point or next to it, with how far they are."""
    x, y = words.at
    least, most = (words.mean, plot.height - high) if above else (2.0, words.mean - high)
    for left in (x + POINT + 4 - step * (wide + 2 * POINT + 8) / 12 for step in range(13)):
        for low in np.arange(max(least, 2.0), most, 6.0).tolist():
            dx = max(left - x, x - left - wide, 0.0)
            dy = max(low - y, y - low - high, 0.0)
            aside = abs(left + wide / 2 - x) * ASIDE
            inward = (low + high / 2 > y) != above
            yield dx + dy + aside + INWARD * inward, (left, left + wide, low, low + high)
