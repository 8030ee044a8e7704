"""Dated annotations on a chart over time: a rule through the plot, its words on top or below."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from dashboard.draw.axes import share
from dashboard.draw.escape import for_plotly, plain
from dashboard.draw.lettering import shortened, width
from dashboard.draw.plot import Plot
from dashboard.draw.theme import COLOURS, LINE, Mode
from queries.words import SHORT_MONTHS

WIDEST = 340
GAP = 12


@dataclass(frozen=True)
class Flag:
    """An annotation: its day, its words, where they begin and on which line above the plot."""

    on: date
    text: str
    left: float
    level: int


def flags(notes: Iterable[tuple[date, str]], span: tuple[date, date], room: float) -> list[Flag]:
    """The annotations within the span, so placed over a plot `room` pixels wide that none meet.

    Words begin at their rule, or end at the plot's edge; of two that would meet, the earlier
    stands higher, so that its rule passes beside the later one's words.
    """
    placed: list[Flag] = []
    for on, words in sorted(notes, reverse=True):
        if not span[0] <= on <= span[1]:
            continue
        text = shortened(
            f"{SHORT_MONTHS[on.month - 1]} {on.year}: {plain(words)}", min(WIDEST, room)
        )
        left = max(min(share(on, *span) * room, room - width(text)), 0.0)
        right = left + width(text) + GAP
        met = [
            each.level
            for each in placed
            if left < each.left + width(each.text) + GAP and each.left < right
        ]
        placed.append(Flag(on, text, left, max(met, default=-1) + 1))
    return placed


def height_of(placed: Iterable[Flag]) -> int:
    """Pixels that the words take above the plot."""
    return max((flag.level + 1 for flag in placed), default=0) * LINE


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
            text=for_plotly(flag.text),
            bgcolor=colour.page,
        )
