"""A funnel plot: areas by size, with the limits within which chance alone would leave them."""

import math
from typing import Any

import numpy as np
import plotly.graph_objects as go
import polars as pl

from dashboard.draw.axes import label_x, nice_ticks, number_ticks, title_x
from dashboard.draw.base import blank, choices, figure, key_values
from dashboard.draw.escape import for_plotly, plain
from dashboard.draw.lettering import shortened, wrapped
from dashboard.draw.lettering import width as length
from dashboard.draw.levels import label_y
from dashboard.draw.named_points import Named, bounds, name_points
from dashboard.draw.plot import Plot
from dashboard.draw.theme import COLOURS, FULL, LINE, Mode
from dashboard.draw.values import number, percent
from dashboard.drawings import Funnel
from queries.statistics import funnel_limits

TOP, FOOT = 24, 54
NAMED = 7  # points outside that are named at most, those farthest out first
WHOLE = 0.25, 140  # of the width, or pixels, in which the name of the whole is broken into lines
POINTS = 160  # along each limit
LIMITS = (("95% limit", 0.95, "4px,3px"), ("99.8% limit", 0.998, "solid"))


@figure.register
def funnel(drawing: Funnel, frame: pl.DataFrame, mode: Mode, width: int = FULL) -> go.Figure:
    """Points by n, the centre, and two pairs of limits named at their right ends."""
    colour = COLOURS[mode]
    said = percent if drawing.scale == 1 else number
    centre = frame[drawing.centre][0]
    limits = LIMITS if centre is not None else ()
    broken = max(width * WHOLE[0], WHOLE[1])
    # Two lines of a longer name.
    name = shortened(plain(named_whole(drawing, frame)), 2 * broken)
    whole = wrapped(f"{name} {said(centre)}", broken)
    right = max(map(length, [*(name for name, *_ in limits), *whole])) + 10
    room, height = width - right, float(drawing.height - TOP - FOOT)
    end = float(frame[drawing.n].max()) * 1.06  # type: ignore[arg-type]
    sizes = np.unique(np.rint(np.geomspace(max(end / 200, 1), end, POINTS)))
    curves = [_curve(drawing, sizes, centre, confidence) for _, confidence, _ in limits]
    low, high = _span(drawing, frame, curves)
    pixels = height / (high - low)
    chart = blank(
        mode,
        drawing.height,
        margin={"l": 0, "r": round(right), "t": TOP, "b": FOOT, "pad": 0},
        xaxis={"range": [0, end]},
        yaxis={"range": [low, high], "tickvals": _levels(drawing, low, high)},
    )
    plot = Plot("", room, height)

    def place(n: float, value: float) -> tuple[float, float]:
        return n / end * room, (value - low) * pixels

    ends: list[tuple[float, list[str]]] = []
    for (name, _, dash), (lower, upper) in zip(limits, curves, strict=True):
        for curve in (lower, upper):
            within = [(n, v) for n, v in zip(sizes, curve, strict=True) if low <= v <= high]
            plot.lines.append([place(n, v) for n, v in within])
            chart.add_scatter(
                x=[n for n, _ in within],
                y=[v for _, v in within],
                mode="lines",
                line={"color": colour.axis, "width": 1.5, "dash": dash},
                hoverinfo="skip",
            )
        ends.append((place(end, min(upper[-1], high))[1], [name]))
    if centre is not None:
        plot.lines.append([place(0, centre), place(end, centre)])
        chart.add_hline(y=centre, line={"color": colour.text, "width": 2}, layer="below")
        ends.append((place(end, centre)[1], whole))
        _name_ends(chart, ends, whole, height, mode)
    rows = frame.to_dicts()
    places = [place(row[drawing.n], row[drawing.value]) for row in rows]
    plot.taken += map(bounds, places)
    plot.taken += label_y(
        chart, chart.words["yaxis"]["tickvals"], said, mode, plot.lines, pixels, needed=True
    )
    outside = [
        Named(
            row[drawing.n],
            row[drawing.value],
            place(row[drawing.n], row[drawing.value]),
            row[drawing.says],
            colour.attention_text if row[drawing.far] else colour.quiet,
            led=row[drawing.far],
        )
        for row in _farthest(drawing, rows)
    ]
    name_points(chart, plot, outside, places, mode)
    _points(chart, drawing, rows, said, mode)
    label_x(chart, number_ticks(0, end, room), (0, end), room, mode)
    title_x(chart, drawing.n_heading, "", mode)
    return chart


@key_values.register
def _(drawing: Funnel, frame: pl.DataFrame) -> list[str]:
    said = percent if drawing.scale == 1 else number
    rows = sorted(frame.to_dicts(), key=lambda row: row[drawing.says] is None)
    return [_sentence(drawing, row, said) for row in rows]


@choices.register
def _(drawing: Funnel, frame: pl.DataFrame) -> list[tuple[int, str, str]]:
    said = percent if drawing.scale == 1 else number
    return [
        (index, drawing.value, _sentence(drawing, row, said))
        for index, row in enumerate(frame.to_dicts())
    ]


def _sentence(drawing: Funnel, row: dict[str, Any], said: Any) -> str:
    size = f"{number(row[drawing.n], 0)} {drawing.n_heading}".strip()
    limit = "99.8%" if row[drawing.far] else "95%" if row[drawing.says] else None
    where = f"beyond the {limit} limits" if limit else "inside"
    return plain(f"{row[drawing.name]}: {said(row[drawing.value])}, {size}, {where}")


def _curve(
    drawing: Funnel, sizes: Any, centre: float, confidence: float
) -> tuple[list[float], list[float]]:
    limits = funnel_limits(sizes, centre / drawing.scale, confidence) * drawing.scale
    return limits["lower"].to_list(), limits["upper"].to_list()


def _span(drawing: Funnel, frame: pl.DataFrame, curves: list[Any]) -> tuple[float, float]:
    """All points and, of the limits, what lies beside the larger half of them."""
    values = [*frame[drawing.value]]
    for lower, upper in curves:
        values += [lower[len(lower) // 2], upper[len(upper) // 2]]
    low, high = min(values), max(values)
    pad = (high - low) * 0.08 or 0.05 * drawing.scale
    most = 1.0 if drawing.scale == 1 else math.inf
    return max(low - pad, 0.0), min(high + pad, most)


def _levels(drawing: Funnel, low: float, high: float) -> list[float]:
    by = 100 if drawing.scale == 1 else 1
    for most in range(3, 12):
        # A label needs room above the axis.
        least = low + (high - low) * 0.08
        found = [tick / by for tick in nice_ticks(high * by, most) if tick / by >= least]
        if len(found) > 1:
            return found
    return []


def named_whole(drawing: Funnel, frame: pl.DataFrame) -> str:
    """What the centre is the value of, by name where it has one."""
    return str(frame[drawing.whole_name][0]) if drawing.whole_name else "all"


def _name_ends(
    chart: go.Figure,
    ends: list[tuple[float, list[str]]],
    centre: list[str],
    height: float,
    mode: Mode,
) -> None:
    """Names in lines at the right of the plot, pushed apart where they would lie on each other."""
    ceiling = height + LINE / 2
    left = sum(len(lines) for _, lines in ends) * LINE - LINE / 2
    for level, lines in sorted(ends, reverse=True):
        half = len(lines) * LINE / 2
        left -= 2 * half
        at = max(min(level, ceiling - half), left + half)
        ceiling = at - half
        chart.add_annotation(
            x=1,
            xref="paper",
            xshift=8,
            y=0,
            yref="paper",
            yshift=at,
            xanchor="left",
            yanchor="middle",
            align="left",
            text="<br>".join(map(for_plotly, lines)),
            font={"color": COLOURS[mode].text if lines == centre else COLOURS[mode].quiet},
        )


def _farthest(drawing: Funnel, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The points outside that are named: the farthest for their size, as many as have room."""
    outside = [row for row in rows if row[drawing.says]]
    by_distance = sorted(
        outside,
        key=lambda row: -abs(row[drawing.value] - row[drawing.centre]) * math.sqrt(row[drawing.n]),
    )
    return by_distance[:NAMED]


def _points(
    chart: go.Figure, drawing: Funnel, rows: list[dict[str, Any]], said: Any, mode: Mode
) -> None:
    colour = COLOURS[mode]
    chart.add_scatter(
        x=[row[drawing.n] for row in rows],
        y=[row[drawing.value] for row in rows],
        mode="markers",
        marker={
            "size": [14 if row[drawing.far] else 11 for row in rows],
            "symbol": ["diamond" if row[drawing.far] else "circle" for row in rows],
            "color": [colour.attention if row[drawing.far] else colour.main for row in rows],
            "line": {"color": colour.page, "width": 1},
            "opacity": 1,
        },
        unselected={"marker": {"opacity": 1}},
        cliponaxis=False,
        customdata=[[index, drawing.value] for index in range(len(rows))],
        hovertext=[for_plotly(_sentence(drawing, row, said)) for row in rows],
        hoverinfo="text",
    )
