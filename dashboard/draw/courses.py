"""A running total against its course: small charts beside each other on one scale."""

from datetime import date
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.axes import (
    label_x,
    label_y,
    share,
    ticks_x,
    title_x,
)
from dashboard.draw.base import choices, figure, key_values
from dashboard.draw.ends import End, Plot, label_ends, stretch
from dashboard.draw.escape import plain
from dashboard.draw.flags import draw_rules
from dashboard.draw.multiples import Cell, small_charts
from dashboard.draw.series import (
    PICKABLE,
    ROW,
    highest,
    last,
    last_choices,
    line_colours,
    noted,
    scale,
    span,
    stretched,
    wording,
)
from dashboard.draw.theme import COLOURS, FULL, SMALL, TEXT, Mode
from dashboard.draw.values import number, printed
from dashboard.drawings import Courses
from queries.words import SHORT_MONTHS

NARROW = 300  # a small chart below this width has smaller ticks


@figure.register
def courses(drawing: Courses, frame: pl.DataFrame, mode: Mode, width: int = FULL) -> go.Figure:
    """One small chart a group; the course dashed, the lines labelled where they end."""
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
    chart, cells = small_charts(headings, width, drawing.height, mode, bool(drawing.x_title))
    columns = [*drawing.lines, *([drawing.course] if drawing.course else [])]
    tops = scale(highest(frame, columns), 1.06)
    whole = span(frame, drawing.x)
    ends = [_ends(drawing, group, mode) for group in groups]
    room = cells[0].width
    grown = stretched(
        *whole,
        stretch(((share(e.x, *whole), e.length) for each in ends for e in each if e.dot), room),
    )
    for group, each, cell in zip(groups, ends, cells, strict=True):
        _small(chart, drawing, group, each, cell, (whole, grown), tops, mode)
    return chart


@key_values.register
def _(drawing: Courses, frame: pl.DataFrame) -> list[str]:
    said = []
    for group in frame.partition_by(drawing.group, maintain_order=True):
        ends = {name: last(group, drawing.x, column) for column, name in drawing.lines.items()}
        values = [f"{number(end[1])} {name}".strip() for name, end in ends.items() if end]
        head = printed(group[drawing.headings][0])
        name = printed(group[drawing.group][0]) or "not known"
        said.append(plain(f"{name}: {', '.join([*values, *([head] if head else [])])}"))
    return said


@choices.register
def _(drawing: Courses, frame: pl.DataFrame) -> list[tuple[int, str, str]]:
    return last_choices(frame, drawing.group, drawing.x, drawing.lines, drawing.x_title)


def _ends(drawing: Courses, group: pl.DataFrame, mode: Mode) -> list[End]:
    ends = []
    several = len(drawing.lines) > 1
    for (column, name), colour in zip(drawing.lines.items(), line_colours(mode), strict=False):
        if end := last(group, drawing.x, column):
            words = name if several else ""
            ends.append(End(end[0], end[1], number(end[1]), words, colour))
    if drawing.course and (end := last(group, drawing.x, drawing.course)):
        main = last(group, drawing.x, next(iter(drawing.lines)))
        later = main is not None and isinstance(end[0], date) and end[0] > main[0]
        by = f" by {SHORT_MONTHS[end[0].month - 1]} {end[0].year}" if later else ""
        course = f"course {number(end[1])}{by}"
        ends.append(End(end[0], end[1], "", course, COLOURS[mode].quiet, dot=False))
    return ends


def _small(
    chart: go.Figure,
    drawing: Courses,
    group: pl.DataFrame,
    ends: list[End],
    cell: Cell,
    across: tuple[tuple[Any, Any], Any],
    tops: tuple[float, list[float]],
    mode: Mode,
) -> None:
    (start, end), grown = across
    top, levels = tops
    colour = COLOURS[mode]
    axis = cell.axis
    chart.words[f"xaxis{axis}"]["range"] = [start, grown]
    chart.words[f"yaxis{axis}"].update(range=[0, top], tickvals=levels)
    pixels = cell.height / top
    plot = Plot(axis, cell.width, cell.height)

    def place(x: Any, y: float) -> tuple[float, float]:
        return share(x, start, grown) * cell.width, y * pixels

    if drawing.notes:
        draw_rules(chart, plot, group["note_on"].drop_nulls(), (start, grown), mode)
    where = {"xaxis": f"x{axis}", "yaxis": f"y{axis}"}
    drawn = [(drawing.course, "course", colour.axis)] if drawing.course else []
    drawn += [
        (column, name, tint)
        for (column, name), tint in zip(drawing.lines.items(), line_colours(mode), strict=False)
    ]
    # The main line is drawn last, over the others.
    for column, name, tint in [*drawn[:1], *reversed(drawn[1:])] if drawing.course else drawn[::-1]:
        known = group.filter(pl.col(column).is_not_null())
        plot.lines.append([place(x, y) for x, y in known.select(drawing.x, column).iter_rows()])
        dashed = column == drawing.course
        chart.add_scatter(
            x=known[drawing.x].to_list(),
            y=known[column].to_list(),
            line={"width": 2, "dash": "4px,3px", "color": tint}
            if dashed
            else {"width": 3.5, "color": tint},
            cliponaxis=False,
            **(
                {"mode": "lines"}
                if dashed
                else {**PICKABLE, "customdata": [[row, column] for row in known[ROW]]}
            ),
            hovertext=noted(
                [
                    f"{wording(x, drawing.x_title)}: {number(y)} {name}"
                    for x, y in known.select(drawing.x, column).iter_rows()
                ],
                known,
                drawing.notes,
            ),
            hoverinfo="text",
            **where,
        )
    size = TEXT if cell.width >= NARROW else SMALL
    if cell.first_in_row:
        plot.taken += label_y(chart, levels, number, mode, plot.lines, pixels, axis, size)
    label_x(
        chart,
        ticks_x(start, end, share(end, start, grown) * cell.width, size),
        (start, grown),
        cell.width,
        mode,
        axis,
        size,
    )
    if drawing.x_title:
        title_x(chart, drawing.x_title, axis, mode)
    label_ends(chart, plot, [(each, *place(each.x, each.y)) for each in ends], mode)
