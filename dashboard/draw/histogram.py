"""How long things took: upright bars from zero, the middle and the slowest tenth as rules."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.axes import label_x, nice_ticks, title_x
from dashboard.draw.base import blank, choices, figure, key_values
from dashboard.draw.escape import for_plotly, plain
from dashboard.draw.lettering import width as text_width
from dashboard.draw.levels import label_y
from dashboard.draw.theme import COLOURS, FULL, LINE, Mode
from dashboard.draw.values import number, printed
from dashboard.drawings import Histogram

FOOT = 52  # tick labels, and under them what they count
TOP = 2 * LINE + 14
BESIDE = 6  # from a rule to its words
TICK = 44  # least pixels between two ticks
FILLED = 0.86  # of its days that a bar is wide


@figure.register
def histogram(drawing: Histogram, frame: pl.DataFrame, mode: Mode, width: int = FULL) -> go.Figure:
    """One bar a row; each is as wide as the days it stands for, the last as wide as the others."""
    colour = COLOURS[mode]
    starts, counts = frame[drawing.start].to_list(), frame[drawing.count].to_list()
    step = starts[1] - starts[0] if len(starts) > 1 else 1
    end = starts[-1] + step
    top = max(counts) * 1.04 or 1
    chart = blank(
        mode,
        drawing.height,
        margin={"l": 0, "r": 0, "t": TOP, "b": FOOT, "pad": 0},
        bargap=0,
        xaxis={"range": [starts[0], end]},
        yaxis={"range": [0, top], "tickvals": nice_ticks(top)},
    )
    chart.add_bar(
        x=[start + step / 2 for start in starts],
        y=counts,
        width=step * FILLED,
        marker={"color": colour.main, "line": {"width": 0}},
        unselected={"marker": {"opacity": 1}},
        customdata=[[index, drawing.count] for index in range(len(starts))],
        hovertext=[for_plotly(_said(drawing, row)) for row in frame.to_dicts()],
        hoverinfo="text",
    )
    pixels = (drawing.height - TOP - FOOT) / top
    scale = width / (end - starts[0])
    roofs = [
        [((s - starts[0]) * scale, n * pixels), ((s + step - starts[0]) * scale, n * pixels)]
        for s, n in zip(starts, counts, strict=True)
    ]
    walls = [[(x, 0.0), (x, y)] for roof in roofs for x, y in roof]
    levels = chart.words["yaxis"]["tickvals"]
    label_y(chart, levels, number, mode, [*roofs, *walls], pixels, needed=True)
    every = next(n for n in range(1, len(starts) + 1) if n * step * scale >= TICK or n >= 8)
    last = frame[drawing.end][-1]
    ticks = [(start, number(start)) for start in starts[::every] if start != starts[-1]]
    if last is None:
        ticks = [tick for tick in ticks if (starts[-1] - tick[0]) * scale >= TICK]
        ticks.append((starts[-1] + step / 2, f"{number(starts[-1])}+"))
    label_x(chart, ticks, (starts[0], end), float(width), mode)
    title_x(chart, drawing.unit, "", mode)
    rules = [
        (_place(at, starts[0], step), words, bold) for at, words, bold in _rules(drawing, frame)
    ]
    if _is_left(*rules[0], starts[0], scale, width):
        rules.reverse()  # words that reach back stand over the other rule's
    chart.add_scatter(
        x=[min(at, end) for at, *_ in rules],
        y=[top] * len(rules),
        mode="markers",
        # Only there to be pointed at: the rule is drawn as a line.
        marker={"size": 24, "opacity": 0},
        unselected={"marker": {"opacity": 0}},
        cliponaxis=False,
        customdata=[[0, drawing.median if bold else drawing.slow] for *_, bold in rules],
        hovertext=[for_plotly(words) for _, words, _ in rules],
        hoverinfo="text",
    )
    for level, (at, words, bold) in enumerate(rules):
        shift = float(BESIDE)
        if _is_left(at, words, bold, starts[0], scale, width):
            # On a phone they may need more than there is at either side: then they end the rule.
            before = (min(at, end) - starts[0]) * scale
            shift = -min(BESIDE + text_width(words, bold=bold), before)
        _rule(chart, min(at, end), words, level, bold, shift, mode)
    return chart


@key_values.register
def _(drawing: Histogram, frame: pl.DataFrame) -> list[str]:
    rules = [plain(words) for _, words, _ in reversed(_rules(drawing, frame))]
    return [*rules, *(_said(drawing, row) for row in frame.to_dicts() if row[drawing.count])]


@choices.register
def _(drawing: Histogram, frame: pl.DataFrame) -> list[tuple[int, str, str]]:
    bars = [
        (index, drawing.count, _said(drawing, row))
        for index, row in enumerate(frame.to_dicts())
        if row[drawing.count]
    ]
    rules = [
        (0, drawing.median if bold else drawing.slow, plain(words))
        for _, words, bold in reversed(_rules(drawing, frame))
    ]
    return [*bars, *rules]


def _said(drawing: Histogram, row: dict[str, Any]) -> str:
    """A bar in words: "7 to 13 days: 38"."""
    start, end = row[drawing.start], row[drawing.end]
    if end is None:
        span = f"{printed(start)} {drawing.unit} or more"
    elif start == end:
        span = f"{printed(start)} {drawing.unit}"
    else:
        span = f"{printed(start)} to {printed(end)} {drawing.unit}"
    return plain(f"{span}: {printed(row[drawing.count])}")


def _rules(drawing: Histogram, frame: pl.DataFrame) -> list[tuple[float, str, bool]]:
    """The places of the rules, with their words; the middle one in bold."""
    slow, median = frame[drawing.slow][0], frame[drawing.median][0]
    return [
        (slow, f"slowest tenth from {number(slow)} {drawing.unit}", False),
        (median, f"half within {number(median)} {drawing.unit}", True),
    ]


def _place(day: float, first: float, step: float) -> float:
    """Where a rule stands: in the middle of its day, as that is a stretch of a bar.

    The last day of a bar would on the axis itself lie in the gap before the next one.
    """
    bar = first + (day - first) // step * step
    return bar + step * (1 - FILLED) / 2 + (day - bar + 0.5) * FILLED


def _is_left(at: float, words: str, bold: bool, start: float, scale: float, width: int) -> bool:
    """Whether the words of a rule must stand at its left, for want of room at its right."""
    return (at - start) * scale + BESIDE + text_width(words, bold=bold) > width


def _rule(
    chart: go.Figure, at: float, words: str, level: int, bold: bool, shift: float, mode: Mode
) -> None:
    """A rule through the plot with its words on top, which begin `shift` pixels from it."""
    colour = COLOURS[mode]
    high = LINE * level + 8
    chart.add_shape(
        type="line",
        x0=at,
        x1=at,
        y0=0,
        y1=1,
        yref="y domain",
        line={"color": colour.text if bold else colour.axis, "width": 2 if bold else 1.5},
        layer="above",
    )
    chart.add_shape(
        type="line",
        x0=at,
        x1=at,
        y0=1,
        y1=1 + (high + LINE) / (chart.words["height"] - TOP - FOOT),
        yref="paper",
        line={"color": colour.text if bold else colour.axis, "width": 2 if bold else 1.5},
    )
    chart.add_annotation(
        x=at,
        y=1,
        yref="paper",
        xshift=shift,
        yshift=high,
        xanchor="left",
        yanchor="bottom",
        text=f"<b>{for_plotly(words)}</b>" if bold else for_plotly(words),
        font={"color": colour.text if bold else colour.quiet},
        bgcolor=colour.page,
    )
