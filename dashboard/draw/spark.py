"""The small line under a headline number, with its target dashed."""

from typing import Literal

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.base import blank
from dashboard.draw.theme import COLOURS, Mode

Tone = Literal["good", "bad", "neutral"]
HEIGHT = 46
DOT = 9


def tone_colour(tone: Tone, mode: Mode) -> str:
    """Improvement in blue, concern in orange, all else in grey."""
    colour = COLOURS[mode]
    return {"good": colour.main, "bad": colour.attention, "neutral": colour.quiet}[tone]


def spark(points: pl.DataFrame, target: float | None, tone: Tone, mode: Mode) -> go.Figure:
    """`points` has columns x and value; unknown values are gaps. The scale holds all, not zero."""
    tint = tone_colour(tone, mode)
    known = points.filter(pl.col("value").is_not_null())
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
        cliponaxis=False,
        hoverinfo="skip",
    )
    return chart
