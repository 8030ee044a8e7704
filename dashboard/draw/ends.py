"""The ends of lines: a dot and, beside it, the last value with its name, clear of everything drawn.

Places are tried from the nearest outward; lines and earlier labels are what must not be touched.
A dotted rule may be broken by a label where nothing else is free: it says nothing by its length.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import plotly.graph_objects as go

from dashboard.draw.crossing import Box, boxes_of
from dashboard.draw.escape import for_plotly
from dashboard.draw.lettering import width
from dashboard.draw.plot import Plot
from dashboard.draw.theme import COLOURS, END_VALUE, LINE, Mode

DOT = 11
NEAR_EDGE = 90  # an end so near the right edge may have its label flush with it
BESIDE = 12  # from the dot's centre to its label
APART = 3  # between a label and the middle of a line: half of the thickest, and a little
_STEPS = range(-180, 181, 6)  # up and down from the end
_ASIDE = 24  # so many pixels farther away counts a label that is broken into two lines
_OVER = range(APART + 1, 64, 6)  # from a rule to its words


@dataclass(frozen=True)
class End:
    """The last point of a line and what is said there: a value in large bold type, then words.

    A line break in `words` is where they may be broken.
    """

    x: Any
    y: float
    value: str
    words: str
    colour: str
    dot: bool = True

    @property
    def length(self) -> float:
        """Pixels from the point to the end of its label in one line."""
        return BESIDE + self.wide(self.words.replace("\n", " "))

    @property
    def least(self) -> float:
        """The same in as many lines as it may be broken into."""
        return BESIDE + self.wide(self.words)

    def wide(self, words: str) -> float:
        """Pixels of the value and these words, the longest line of them."""
        value = width(self.value, END_VALUE, bold=True)
        first, *others = words.split("\n")
        beside = (f" {first}" if value else first) if first else ""
        return max(value + width(beside), *map(width, others), 0.0)

    def text(self, words: str) -> str:
        size = f"font-size:{END_VALUE}px"
        value = f'<span style="{size}"><b>{for_plotly(self.value)}</b></span>' if self.value else ""
        lines = "<br>".join(map(for_plotly, words.split("\n")))
        return f"{value} {lines}".strip()


Placed = tuple[End, float, float]  # an end with its place in pixels


def stretch(ends: Iterable[tuple[float, float]], room: float) -> float:
    """By what the x range must grow for labels to fit; `ends` are (share of the range, length)."""
    return max([1.0, *(at * room / max(room - length, 1) for at, length in ends)])


def label_ends(chart: go.Figure, plot: Plot, ends: Sequence[Placed], mode: Mode) -> bool:
    """Dot and label of each end; each comes with its place in pixels.

    Gives back whether all labels stand clear of the lines: with more height they would.
    """
    for end, x, y in ends:
        if end.dot:
            plot.taken.append((x - DOT / 2, x + DOT / 2, y - DOT / 2, y + DOT / 2))
            _dot(chart, end, plot.axis)
    # Who chooses first stands best: those with a dot or those without, whichever moves all least.
    dots_last = tuple(sorted(ends, key=lambda each: each[0].dot))
    dots_first = tuple(sorted(ends, key=lambda each: not each[0].dot))
    all_clear, _, labels = max(
        (_arranged(plot, order) for order in dict.fromkeys((dots_last, dots_first))),
        key=lambda found: found[:2],
    )
    for (end, x, y), box, words in labels:
        plot.taken.append(box)
        chart.add_annotation(
            x=end.x,
            xref=f"x{plot.axis}",
            y=end.y,
            yref=f"y{plot.axis}",
            xshift=box[0] - x,
            yshift=(box[2] + box[3]) / 2 - y,
            xanchor="left",
            yanchor="middle",
            align="left" if box[0] > x else "right",
            text=end.text(words),
            font={"color": end.colour},
            bgcolor=COLOURS[mode].page,
        )
    return all_clear


def _arranged(
    plot: Plot, ends: Sequence[Placed]
) -> tuple[bool, float, list[tuple[Placed, Box, str]]]:
    """The labels placed one after the other: whether all are clear, how near they are (0 is at
    their ends), and each with its box and its words as they are broken there.
    """
    plot = replace(plot, taken=[*plot.taken])
    all_clear, near, labels = True, 0.0, []
    for placed in ends:
        places = sorted(_places(plot, *placed), key=lambda place: place[0])
        index, is_clear = _first(plot, [box for _, box, _ in places])
        far, box, words = places[index]
        plot.taken.append(box)
        # A value says nothing without its dot; words without one name their own line.
        all_clear, near = all_clear and is_clear, near - far * (2 if placed[0].dot else 1)
        labels.append((placed, box, words))
    return all_clear, near, labels


def _places(plot: Plot, end: End, x: float, y: float) -> Iterator[tuple[float, Box, str]]:
    """Places of a label with how far they are, and the words as they are broken there."""
    for broken, words in enumerate(dict.fromkeys([end.words.replace("\n", " "), end.words])):
        long = end.wide(words)
        half = LINE * (1 + words.count("\n")) / 2 + (1 if end.dot else -1)
        right, left = x + BESIDE, x - long - BESIDE
        sides = [right, left] if end.dot else [left, right]
        if x > plot.room - NEAR_EDGE:
            sides.insert(1, plot.room - long)
        for step in _STEPS:
            for start in sides:
                far = abs(step) + _ASIDE * broken
                yield far, (start, start + long, y + step - half, y + step + half), words


def label_rule(chart: go.Figure, plot: Plot, text: str, level: float, mode: Mode) -> bool:
    """Words by a level rule `level` pixels high: over its left end, else where there is room.

    Gives back whether they stand clear of the lines.
    """
    long, high = width(text), LINE - 2
    boxes = [
        (float(left), left + long + 8, low, low + high)
        for gap in _OVER
        for low in (level + gap, level - gap - high)
        for left in range(0, max(int(plot.room - long - 8), 1), 12)
    ]
    index, is_clear = _first(plot, boxes)
    box = boxes[index]
    plot.taken.append(box)
    # Within the box a little room stays before the words, except at the plot's edge.
    left, low = box[0] + (4 if box[0] else 0), box[2]
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
    return is_clear


def _first(plot: Plot, boxes: Sequence[Box]) -> tuple[int, bool]:
    """The first box on nothing, else the first on a dotted rule, and true; else the first on no
    other text, or the first of all, and false.
    """
    places = boxes_of(boxes)
    for over_lines, over_rules in ((False, False), (False, True), (True, True)):
        index = plot.first_free(places, over_lines, over_rules, APART)
        if index is not None:
            return index, not over_lines
    return 0, False


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
