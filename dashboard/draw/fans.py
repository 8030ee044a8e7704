"""What was, and the fan of what may come, against a limit: small charts on one scale."""

from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.axes import label_x, share, tick_choices, ticks_x
from dashboard.draw.base import choices, figure, key_values
from dashboard.draw.ends import APART, End, label_ends, label_rule
from dashboard.draw.escape import for_plotly, plain
from dashboard.draw.flags import draw_rules
from dashboard.draw.levels import best_ticks, label_y
from dashboard.draw.multiples import ABOVE, headed_groups, small_charts
from dashboard.draw.plot import Plot
from dashboard.draw.series import (
    PICKABLE,
    ROW,
    first_clear,
    highest,
    last,
    last_choices,
    noted,
    paths,
    span,
    wording,
)
from dashboard.draw.theme import COLOURS, FULL, Mode
from dashboard.draw.values import number, printed
from dashboard.drawings import Fans

MET = 13  # the diamond on the limit


@figure.register
def fans(drawing: Fans, frame: pl.DataFrame, mode: Mode, width: int = FULL) -> go.Figure:
    """One small chart a group; a diamond on the limit at the day that the words name."""
    frame = frame.with_row_index(ROW).filter(pl.col(drawing.x).is_not_null())
    return first_clear(lambda slack: _drawn(drawing, frame, mode, width, slack))


def _drawn(
    drawing: Fans, frame: pl.DataFrame, mode: Mode, width: int, slack: float
) -> tuple[go.Figure, bool]:
    """The chart with so much room over its highest line, and whether all labels are clear there."""
    groups, headings = headed_groups(drawing, frame)
    chart, cells = small_charts(headings, width, drawing.height, mode)
    top = highest(frame, (drawing.value, drawing.upper, drawing.limit)) * slack or 1.0
    start, end = span(frame, drawing.x)
    room, pixels = cells[0].width, cells[0].height / top

    def place(x: Any, y: float) -> tuple[float, float]:
        return share(x, start, end) * room, y * pixels

    columns = (drawing.limit, drawing.middle, drawing.value)
    shapes = [_fan(drawing, group) for group in groups]
    plots = [
        # Strokes from the fan's lower edge to its upper one keep words out of it.
        Plot(
            cell.axis,
            room,
            cell.height,
            lines=[
                *paths(group, drawing.x, columns, place),
                *paths(fan, "x", ("lower", "upper"), place),
                *([place(x, low), place(x, high)] for x, low, high in fan.iter_rows()),
            ],
            above=ABOVE - APART,
        )
        for group, fan, cell in zip(groups, shapes, cells, strict=True)
    ]
    labelled = [
        (plot.lines, pixels) for plot, cell in zip(plots, cells, strict=True) if cell.first_in_row
    ]
    levels = best_ticks(tick_choices(top), number, labelled)
    all_clear = True
    for group, fan, cell, plot in zip(groups, shapes, cells, plots, strict=True):
        axis = cell.axis
        chart.words[f"xaxis{axis}"]["range"] = [start, end]
        chart.words[f"yaxis{axis}"].update(range=[0, top], tickvals=levels)
        if drawing.notes:
            draw_rules(chart, plot, group["note_on"].drop_nulls(), (start, end), mode)
        _marks(chart, drawing, group, fan, plot, place, mode)
        if cell.first_in_row:
            plot.taken += label_y(chart, levels, number, mode, plot.lines, pixels, axis)
        label_x(chart, ticks_x(start, end, room), (start, end), room, mode, axis)
        if now := last(group, drawing.x, drawing.value):
            said = End(*now, number(now[1]), drawing.value_heading, COLOURS[mode].main)
            all_clear &= label_ends(chart, plot, [(said, *place(*now))], mode)
        if limit := last(group, drawing.x, drawing.limit):
            words = f"{number(limit[1])} {drawing.limit_heading}".strip()
            all_clear &= label_rule(chart, plot, words, place(*limit)[1], mode)
    return chart, all_clear


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


def _fan(drawing: Fans, group: pl.DataFrame) -> pl.DataFrame:
    """The fan's edges (`x`, `lower`, `upper`), from the last day that is known on."""
    fan = group.select(
        x=drawing.x,
        lower=pl.col(drawing.lower).cast(pl.Float64),
        upper=pl.col(drawing.upper).cast(pl.Float64),
    ).drop_nulls()
    now = last(group, drawing.x, drawing.value)
    if fan.is_empty() or now is None or now[0] >= fan["x"][0]:
        return fan
    joint = pl.DataFrame([(now[0], now[1], now[1])], schema=fan.schema, orient="row")
    return pl.concat([joint, fan])


def _marks(
    chart: go.Figure,
    drawing: Fans,
    group: pl.DataFrame,
    fan: pl.DataFrame,
    plot: Plot,
    place: Callable[[Any, float], tuple[float, float]],
    mode: Mode,
) -> None:
    """The fan, the limit, what was and the middle; and the day on which the limit is met."""
    colour = COLOURS[mode]
    where = {"xaxis": f"x{plot.axis}", "yaxis": f"y{plot.axis}", "cliponaxis": False}
    if not fan.is_empty():
        chart.add_scatter(
            x=[*fan["x"], *reversed(fan["x"])],
            y=[*fan["upper"], *reversed(fan["lower"])],
            mode="lines",
            fill="toself",
            fillcolor=colour.fan,
            line={"width": 0},
            hoverinfo="skip",
            **where,
        )

    def draw(column: str, said: str, **line: Any) -> None:
        known = group.filter(pl.col(column).is_not_null())
        points = known.select(drawing.x, column).iter_rows()
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

    draw(drawing.limit, drawing.limit_heading, width=1.5, color=colour.text, shape="hv")
    draw(drawing.middle, "in the middle of the fan", width=2.5, dash="3px,3px", color=colour.main)
    draw(drawing.value, drawing.value_heading, width=3.5, color=colour.main)
    limit = last(group, drawing.x, drawing.limit)
    met_on = group[drawing.met_on][0] if drawing.met_on else None
    if limit and met_on:
        x, y = place(met_on, limit[1])
        plot.taken.append((x - MET / 2, x + MET / 2, y - MET / 2, y + MET / 2))
        chart.add_scatter(
            x=[met_on],
            y=[limit[1]],
            mode="markers",
            marker={"symbol": "diamond", "color": colour.attention, "size": MET},
            hovertext=for_plotly(printed(group[drawing.headings][0])),
            hoverinfo="text",
            **where,
        )
