"""Dated annotations on a chart over time: a rule through the plot, its words on top or below."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import plotly.graph_objects as go

from dashboard.draw.axes import share
from dashboard.draw.escape import for_plotly, plain
from dashboard.draw.lettering import shortened, width, wrapped
from dashboard.draw.plot import Plot
from dashboard.draw.theme import COLOURS, LINE, Mode
from queries.words import SHORT_MONTHS

WIDEST = 340
GAP = 12
LINES = 3  # of words at most, in a plot too narrow for them


@dataclass(frozen=True)
class Flag:
    """An annotation: its day, its words in lines, where they begin, and how many lines above the
    plot the last of them stands.
    """

    on: date
    lines: tuple[str, ...]
    left: float
    level: int

    @property
    def wide(self) -> float:
        return max(map(width, self.lines))


def flags(notes: Iterable[tuple[date, str]], span: tuple[date, date], room: float) -> list[Flag]:
    """The annotations within the span, so placed over a plot `room` pixels wide that none meet.

    Words begin at their rule, or end at the plot's edge; of two that would meet, the earlier
    stands higher, so that its rule passes beside the later one's words.
    """
    placed: list[Flag] = []
    for on, words in sorted(notes, reverse=True):
        if not span[0] <= on <= span[1]:
            continue
        lines = _in_lines(f"{SHORT_MONTHS[on.month - 1]} {on.year}: {plain(words)}", room)
        flag = Flag(on, lines, 0, 0)
        left = max(min(share(on, *span) * room, room - flag.wide), 0.0)
        right = left + flag.wide + GAP
        met = [
            each.level + len(each.lines)
            for each in placed
            if left < each.left + each.wide + GAP and each.left < right
        ]
        placed.append(replace(flag, left=left, level=max(met, default=0)))
    return placed


def _in_lines(text: str, room: float) -> tuple[str, ...]:
    """On one line where the plot is wide; else broken, and what is beyond the last line is cut."""
    if room >= WIDEST:
        return (shortened(text, WIDEST),)
    lines = wrapped(text, room)
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], shortened(" ".join(lines[LINES - 1 :]), room)]
    return tuple(lines)


def height_of(placed: Iterable[Flag]) -> int:
    """Pixels that the words take above the plot."""
    return max((flag.level + len(flag.lines) for flag in placed), default=0) * LINE


def draw_rules(
    chart: go.Figure, plot: Plot, days: Iterable[date], span: tuple[date, date], mode: Mode
) -> None:
    """Dotted rules, their words elsewhere: below small charts, and with their points."""
    for on in days:
        at = share(on, *span) * plot.room
        plot.rules.append([(at, 0), (at, plot.height)])
        draw_rule(chart, plot.axis, on, mode)


def draw_rule(chart: go.Figure, axis: str, on: date, mode: Mode) -> None:
    """One of them."""
    chart.add_shape(
        type="line",
        x0=on,
        x1=on,
        xref=f"x{axis}",
        y0=0,
        y1=1,
        yref=f"y{axis} domain",
        line={"color": COLOURS[mode].axis, "width": 1.5, "dash": "2px,2px"},
    )


def draw_flags(
    chart: go.Figure, plot: Plot, placed: Iterable[Flag], span: tuple[date, date], mode: Mode
) -> None:
    """Draw rules and words; the plot keeps its words off the rules."""
    colour = COLOURS[mode]
    for flag in placed:
        at = share(flag.on, *span) * plot.room
        plot.lines.append([(at, 0), (at, plot.height)])
        chart.add_shape(
            type="line",
            xref=f"x{plot.axis}",
            yref=f"y{plot.axis} domain",
            x0=flag.on,
            x1=flag.on,
            y0=0,
            y1=1 + (flag.level * LINE + 2) / plot.height,
            line={"color": colour.text, "width": 1.5},
        )
        chart.add_annotation(
            x=flag.on,
            xref=f"x{plot.axis}",
            y=1,
            yref=f"y{plot.axis} domain",
            xshift=flag.left - at,
            yshift=flag.level * LINE + 2,
            xanchor="left",
            yanchor="bottom",
            align="left",
            text="<br>".join(map(for_plotly, flag.lines)),
            bgcolor=colour.page,
        )
