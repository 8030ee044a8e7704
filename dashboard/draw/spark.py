"""The small line under a headline number, with its target dashed."""

from typing import Literal

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.base import blank
from dashboard.draw.escape import for_plotly
from dashboard.draw.theme import COLOURS, Mode
from dashboard.draw.values import number
from dashboard.draw.values import percent as in_percent
from queries.words import month

Tone = Literal["good", "bad", "neutral"]
HEIGHT = 46
DOT = 9


def tone_colour(tone: Tone, mode: Mode) -> str:
    """Improvement in blue, concern in orange, all else in grey."""
    colour = COLOURS[mode]
    return {"good": colour.main, "bad": colour.attention, "neutral": colour.quiet}[tone]


def spark(
    points: pl.DataFrame, target: float | None, tone: Tone, mode: Mode, *, percent: bool = False
) -> go.Figure:
    """`points` has columns x (a month) and value; unknown values are gaps.

    The scale holds all, not zero. Each month says its value, and can be clicked.
    """
    tint = tone_colour(tone, mode)
    known = points.select("x", "value").filter(pl.col("value").is_not_null())
    said = in_percent if percent else number
    values = [float(value) for value in known["value"]] + ([] if target is None else [target])
    low, high = min(values, default=0.0), max(values, default=1.0)
    slack = (high - low) * 0.18 or max(abs(high) * 0.1, 0.5)
    chart = blank(
        mode,
        HEIGHT,
        margin={"l": 0, "r": DOT, "t": 4, "b": 4, "pad": 0},
        xaxis={"showline": False, "range": [points["x"].min(), points["x"].max()]},
        yaxis={"showgrid": False, "range": [low - slack, high + slack]},
    )
    if target is not None:
        chart.add_shape(
            type="line",
            x0=0,
            x1=1,
            xref="x domain",
            y0=target,
            y1=target,
            line={"color": COLOURS[mode].axis, "width": 2, "dash": "4px,3px"},
        )
    chart.add_scatter(
        x=points["x"].to_list(),
        y=points["value"].to_list(),
        mode="lines",
        line={"color": tint, "width": 2.2},
        cliponaxis=False,
        hoverinfo="skip",
    )
    chart.add_scatter(
        x=known["x"].to_list()[-1:],
        y=known["value"].to_list()[-1:],
        mode="markers",
        marker={"color": tint, "size": DOT},
        unselected={"marker": {"opacity": 1}},
        cliponaxis=False,
        hoverinfo="skip",
    )
    chart.add_scatter(
        x=known["x"].to_list(),
        y=known["value"].to_list(),
        mode="markers",
        # Only there to be pointed at.
        marker={"color": tint, "size": DOT, "opacity": 0},
        unselected={"marker": {"opacity": 0}},
        cliponaxis=False,
        customdata=[[index] for index in range(len(known))],
        hovertext=[for_plotly(f"{month(x)}: {said(value)}") for x, value in known.iter_rows()],
        hoverinfo="text",
    )
    return chart
