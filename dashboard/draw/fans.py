"""What was, and the fan of what may come, against a limit: small charts on one scale."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.axes import label_x, label_y, nice_ticks, share, ticks_x
from dashboard.draw.base import figure, key_values
from dashboard.draw.ends import End, Plot, label_ends
from dashboard.draw.escape import for_plotly, plain
from dashboard.draw.multiples import Cell, small_charts
from dashboard.draw.series import highest, last, span, wording
from dashboard.draw.theme import COLOURS, FULL, TEXT, Mode
from dashboard.draw.words import number, printed
from dashboard.panel import Fans


@figure.register
def fans(drawing: Fans, frame: pl.DataFrame, mode: Mode, width: int = FULL) -> go.Figure:
    """One small chart a group; the part of the limit that the fan covers is marked."""
    frame = frame.filter(pl.col(drawing.x).is_not_null())
    groups = frame.partition_by(drawing.group, maintain_order=True)
    headings = [
        (
            printed(group[drawing.group][0]) or "not known",
            printed(group[drawing.headings][0]),
            bool(group[drawing.attention][0]),
        )
        for group in groups
    ]
    chart, cells = small_charts(headings, width, drawing.height, mode)
    top = highest(frame, (drawing.value, drawing.upper, drawing.limit)) * 1.12 or 1
    for group, cell in zip(groups, cells, strict=True):
        _small(chart, drawing, group, cell, (*span(frame, drawing.x), top), mode)
    return chart


@key_values.register
def _(drawing: Fans, frame: pl.DataFrame) -> list[str]:
    said = []
    for group in frame.partition_by(drawing.group, maintain_order=True):
        words = []
        for column, heading in (
            (drawing.value, drawing.value_heading),
            (drawing.limit, drawing.limit_heading),
        ):
            if end := last(group, drawing.x, column):
                words.append(f"{number(end[1])} {heading}".strip())
        low, high = last(group, drawing.x, drawing.lower), last(group, drawing.x, drawing.upper)
        if low and high:
            until = wording(high[0], "")
            words.append(f"between {number(low[1])} and {number(high[1])} on {until}")
        if head := printed(group[drawing.headings][0]):
            words.append(head)
        name = printed(group[drawing.group][0]) or "not known"
        said.append(plain(f"{name}: {', '.join(words)}"))
    return said


def crossing(drawing: Fans, group: pl.DataFrame) -> tuple[Any, Any] | None:
    """From the first day on which the fan reaches the limit to the first on which all of it does.

    The second is null where some of the fan stays below; nothing where none of it gets there.
    """
    known = group.filter(pl.col(drawing.limit).is_not_null())
    reached = known.filter(pl.col(drawing.upper) >= pl.col(drawing.limit))
    passed = known.filter(pl.col(drawing.lower) >= pl.col(drawing.limit))
    if reached.is_empty():
        return None
    return reached[drawing.x][0], None if passed.is_empty() else passed[drawing.x][0]


def _small(
    chart: go.Figure,
    drawing: Fans,
    group: pl.DataFrame,
    cell: Cell,
    scale: tuple[Any, Any, float],
    mode: Mode,
) -> None:
    start, end, top = scale
    colour = COLOURS[mode]
    axis = cell.axis
    chart.layout[f"xaxis{axis}"].range = [start, end]
    chart.layout[f"yaxis{axis}"].update(range=[0, top], tickvals=nice_ticks(top))
    pixels = cell.height / top
    plot = Plot(axis, cell.width, cell.height)
    where = {"xaxis": f"x{axis}", "yaxis": f"y{axis}", "cliponaxis": False}

    def place(x: Any, y: float) -> tuple[float, float]:
        return share(x, start, end) * cell.width, y * pixels

    def draw(column: str, said: str, **line: Any) -> None:
        known = group.filter(pl.col(column).is_not_null())
        points = list(known.select(drawing.x, column).iter_rows())
        plot.lines.append([place(x, y) for x, y in points])
        chart.add_scatter(
            x=known[drawing.x].to_list(),
            y=known[column].to_list(),
            mode="lines",
            line=line,
            hovertext=[for_plotly(f"{wording(x, '')}: {number(y)} {said}") for x, y in points],
            hoverinfo="text",
            **where,
        )

    now = last(group, drawing.x, drawing.value)
    fan = group.filter(pl.col(drawing.lower).is_not_null() & pl.col(drawing.upper).is_not_null())
    if not fan.is_empty():
        joint = [now] if now and now[0] < fan[drawing.x][0] else []
        days = [x for x, _ in joint] + fan[drawing.x].to_list()
        upper = [y for _, y in joint] + fan[drawing.upper].to_list()
        lower = [y for _, y in joint] + fan[drawing.lower].to_list()
        chart.add_scatter(
            x=[*days, *reversed(days)],
            y=[*upper, *reversed(lower)],
            mode="lines",
            fill="toself",
            fillcolor=colour.fan,
            line={"width": 0},
            hoverinfo="skip",
            **where,
        )
        plot.lines += [
            [place(x, y) for x, y in zip(days, line, strict=True)] for line in (upper, lower)
        ]
    draw(drawing.limit, drawing.limit_heading, width=1.5, color=colour.text, shape="hv")
    if met := crossing(drawing, group):
        until = end if met[1] is None else met[1]
        marked = group.filter(pl.col(drawing.x).is_between(met[0], until))
        chart.add_scatter(
            x=marked[drawing.x].to_list(),
            y=marked[drawing.limit].to_list(),
            mode="lines+markers",
            line={"width": 5, "color": colour.attention},
            marker={
                "symbol": "diamond",
                "color": colour.attention,
                "size": [13, *([0] * (len(marked) - 1))],
            },
            hovertext=[
                for_plotly(
                    f"may be full from {wording(met[0], '')}"
                    + (f", is by {wording(met[1], '')}" if met[1] else "")
                )
            ]
            * len(marked),
            hoverinfo="text",
            **where,
        )
    draw(drawing.middle, "in the middle of the fan", width=2.5, dash="3px,3px", color=colour.main)
    draw(drawing.value, drawing.value_heading, width=3.5, color=colour.main)
    if cell.first_in_row:
        label_y(chart, nice_ticks(top), number, mode, plot.lines, pixels, axis, TEXT)
    label_x(chart, ticks_x(start, end, cell.width), (start, end), cell.width, mode, axis)
    ends = []
    if now:
        ends.append(End(*now, number(now[1]), drawing.value_heading, colour.main))
    if limit := _limit_label(drawing, group, mode):
        ends.append(limit)
    label_ends(chart, plot, [(each, *place(each.x, each.y)) for each in ends], mode)


def _limit_label(drawing: Fans, group: pl.DataFrame, mode: Mode) -> End | None:
    """The limit's value and name; said at its end, or further left if the fan is in the way."""
    end = last(group, drawing.x, drawing.limit)
    if end is None:
        return None
    words = f"{number(end[1])} {drawing.limit_heading}".strip()
    return End(*end, "", words, COLOURS[mode].text, dot=False)
