"""A running total against its course: small charts beside each other on one scale."""

from datetime import date
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.axes import label_x, share, tick_choices, ticks_x, title_x
from dashboard.draw.base import choices, figure, key_values
from dashboard.draw.ends import APART, End, label_ends, stretch
from dashboard.draw.escape import plain
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
    line_colours,
    noted,
    paths,
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
    return first_clear(lambda slack: _drawn(drawing, frame, mode, width, slack))


def _drawn(
    drawing: Courses, frame: pl.DataFrame, mode: Mode, width: int, slack: float
) -> tuple[go.Figure, bool]:
    """The chart with so much room over its highest line, and whether all labels are clear there."""
    groups, headings = headed_groups(drawing, frame)
    chart, cells = small_charts(headings, width, drawing.height, mode, bool(drawing.x_title))
    columns = [*drawing.lines, *([drawing.course] if drawing.course else [])]
    top = highest(frame, columns) * slack or 1.0
    start, end = span(frame, drawing.x)
    ends = [_ends(drawing, group, mode) for group in groups]
    room, pixels = cells[0].width, cells[0].height / top
    grown = stretched(
        start,
        end,
        stretch(((share(e.x, start, end), e.length) for each in ends for e in each if e.dot), room),
    )

    def place(x: Any, y: float) -> tuple[float, float]:
        return share(x, start, grown) * room, y * pixels

    plots = [
        Plot(
            cell.axis,
            room,
            cell.height,
            lines=paths(group, drawing.x, columns, place),
            above=ABOVE - APART,
        )
        for group, cell in zip(groups, cells, strict=True)
    ]
    size = TEXT if room >= NARROW else SMALL
    labelled = [
        (plot.lines, pixels) for plot, cell in zip(plots, cells, strict=True) if cell.first_in_row
    ]
    levels = best_ticks(tick_choices(top), number, labelled, size)
    all_clear = True
    for group, each, cell, plot in zip(groups, ends, cells, plots, strict=True):
        axis = cell.axis
        chart.words[f"xaxis{axis}"]["range"] = [start, grown]
        chart.words[f"yaxis{axis}"].update(range=[0, top], tickvals=levels)
        if drawing.notes:
            draw_rules(chart, plot, group["note_on"].drop_nulls(), (start, grown), mode)
        _lines(chart, drawing, group, axis, mode)
        if cell.first_in_row:
            plot.taken += label_y(chart, levels, number, mode, plot.lines, pixels, axis, size)
        ticks = ticks_x(start, end, share(end, start, grown) * room, size)
        label_x(chart, ticks, (start, grown), room, mode, axis, size)
        if drawing.x_title:
            title_x(chart, drawing.x_title, axis, mode)
        placed = [(end_, *place(end_.x, end_.y)) for end_ in each]
        all_clear &= label_ends(chart, plot, placed, mode)
    return chart, all_clear


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
        by = f"\nby {SHORT_MONTHS[end[0].month - 1]} {end[0].year}" if later else ""
        course = f"course {number(end[1])}{by}"
        ends.append(End(end[0], end[1], "", course, COLOURS[mode].quiet, dot=False))
    return ends


def _lines(chart: go.Figure, drawing: Courses, group: pl.DataFrame, axis: str, mode: Mode) -> None:
    """The course, and the lines over it."""
    colour = COLOURS[mode]
    where = {"xaxis": f"x{axis}", "yaxis": f"y{axis}"}
    drawn = [(drawing.course, "course", colour.axis)] if drawing.course else []
    drawn += [
        (column, name, tint)
        for (column, name), tint in zip(drawing.lines.items(), line_colours(mode), strict=False)
    ]
    # The main line is drawn last, over the others.
    for column, name, tint in [*drawn[:1], *reversed(drawn[1:])] if drawing.course else drawn[::-1]:
        known = group.filter(pl.col(column).is_not_null())
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
