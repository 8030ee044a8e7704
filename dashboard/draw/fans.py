"""What was, and the fan of what may come, against a limit: small charts on one scale."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.axes import label_x, label_y, share, ticks_x
from dashboard.draw.base import choices, figure, key_values
from dashboard.draw.ends import End, Plot, label_ends, label_rule
from dashboard.draw.escape import for_plotly, plain
from dashboard.draw.flags import draw_rules
from dashboard.draw.multiples import Cell, small_charts
from dashboard.draw.series import (
    PICKABLE,
    ROW,
    highest,
    last,
    last_choices,
    noted,
    scale,
    span,
    wording,
)
from dashboard.draw.theme import COLOURS, FULL, Mode
from dashboard.draw.values import number, printed
from dashboard.drawings import Fans


@figure.register
def fans(drawing: Fans, frame: pl.DataFrame, mode: Mode, width: int = FULL) -> go.Figure:
    """One small chart a group; the part of the limit that the fan covers is marked."""
    frame = frame.with_row_index(ROW).filter(pl.col(drawing.x).is_not_null())
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
    tops = scale(highest(frame, (drawing.value, drawing.upper, drawing.limit)), 1.12)
    for group, cell in zip(groups, cells, strict=True):
        _small(chart, drawing, group, cell, span(frame, drawing.x), tops, mode)
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


@choices.register
def _(drawing: Fans, frame: pl.DataFrame) -> list[tuple[int, str, str]]:
    """What was can be asked for; what may come has no records."""
    heading = {drawing.value: drawing.value_heading}
    return last_choices(frame, drawing.group, drawing.x, heading)


def crossing(drawing: Fans, group: pl.DataFrame) -> pl.DataFrame:
    """Rows from the first on which the fan reaches the limit to the first on which all of it does.

    To the end where some of the fan stays below; none where none of it gets there.
    """
    x, limit = pl.col(drawing.x), pl.col(drawing.limit)
    reached = group.filter(pl.col(drawing.upper) >= limit)
    passed = group.filter(pl.col(drawing.lower) >= limit)
    if reached.is_empty():
        return reached
    until = group[drawing.x][-1] if passed.is_empty() else passed[drawing.x][0]
    return group.filter(x.is_between(reached[drawing.x][0], until), limit.is_not_null())


def _small(
    chart: go.Figure,
    drawing: Fans,
    group: pl.DataFrame,
    cell: Cell,
    across: tuple[Any, Any],
    tops: tuple[float, list[float]],
    mode: Mode,
) -> None:
    start, end = across
    top, levels = tops
    colour = COLOURS[mode]
    axis = cell.axis
    chart.words[f"xaxis{axis}"]["range"] = [start, end]
    chart.words[f"yaxis{axis}"].update(range=[0, top], tickvals=levels)
    pixels = cell.height / top
    plot = Plot(axis, cell.width, cell.height)
    where = {"xaxis": f"x{axis}", "yaxis": f"y{axis}", "cliponaxis": False}

    if drawing.notes:
        draw_rules(chart, plot, group["note_on"].drop_nulls(), (start, end), mode)

    def place(x: Any, y: float) -> tuple[float, float]:
        return share(x, start, end) * cell.width, y * pixels

    def draw(column: str, said: str, **line: Any) -> None:
        known = group.filter(pl.col(column).is_not_null())
        points = list(known.select(drawing.x, column).iter_rows())
        plot.lines.append([place(x, y) for x, y in points])
        chart.add_scatter(
            x=known[drawing.x].to_list(),
            y=known[column].to_list(),
            line=line,
            **(
                {**PICKABLE, "customdata": [[row, column] for row in known[ROW]]}
                if column == drawing.value
                else {"mode": "lines"}
            ),
            hovertext=noted(
                [f"{wording(x, '')}: {number(y)} {said}" for x, y in points], known, drawing.notes
            ),
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
    met = crossing(drawing, group) if group[drawing.attention][0] else None
    if met is not None and not met.is_empty():
        chart.add_scatter(
            x=met[drawing.x].to_list(),
            y=met[drawing.limit].to_list(),
            mode="lines+markers",
            line={"width": 5, "color": colour.attention},
            marker={
                "symbol": "diamond",
                "color": colour.attention,
                "opacity": 1,
                "size": [13, *([0] * (len(met) - 1))],
            },
            hovertext=for_plotly(printed(group[drawing.headings][0])),
            hoverinfo="text",
            **where,
        )
    draw(drawing.middle, "in the middle of the fan", width=2.5, dash="3px,3px", color=colour.main)
    draw(drawing.value, drawing.value_heading, width=3.5, color=colour.main)
    if cell.first_in_row:
        plot.taken += label_y(chart, levels, number, mode, plot.lines, pixels, axis)
    label_x(chart, ticks_x(start, end, cell.width), (start, end), cell.width, mode, axis)
    if now:
        said = End(*now, number(now[1]), drawing.value_heading, colour.main)
        label_ends(chart, plot, [(said, *place(*now))], mode)
    if limit := last(group, drawing.x, drawing.limit):
        words = f"{number(limit[1])} {drawing.limit_heading}".strip()
        label_rule(chart, plot, words, place(*limit)[1], mode)
