"""Lines over time, each labelled at its end."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.axes import label_x, share, tick_choices, ticks_x, title_x
from dashboard.draw.base import blank, choices, figure, key_values
from dashboard.draw.ends import End, label_ends, stretch
from dashboard.draw.escape import for_plotly, plain
from dashboard.draw.lettering import wrapped
from dashboard.draw.levels import best_ticks, label_y
from dashboard.draw.plot import Plot
from dashboard.draw.series import (
    PICKABLE,
    ROW,
    first_clear,
    highest,
    last,
    last_choices,
    line_colours,
    paths,
    span,
    stretched,
    wording,
)
from dashboard.draw.theme import COLOURS, FULL, Mode
from dashboard.draw.values import number, percent, printed
from dashboard.drawings import Lines

FOOT = 28
FOOT_TITLED = 52
TOP = 24
NAMES = 0.45  # of the width that a name beside its line has at most, else it is broken
LEAST_NAME = 150  # ... and pixels


@figure.register
def lines(drawing: Lines, frame: pl.DataFrame, mode: Mode, width: int = FULL) -> go.Figure:
    """All lines on one plot; beyond three they are grey, and only their labels tell them apart."""
    return first_clear(lambda slack: _drawn(drawing, frame, mode, width, slack))


def _drawn(
    drawing: Lines, frame: pl.DataFrame, mode: Mode, width: int, slack: float
) -> tuple[go.Figure, bool]:
    """The chart with so much room over its highest line, and whether all labels are clear there."""
    colour = COLOURS[mode]
    said = percent if drawing.percent else number
    series = _series(drawing, frame.with_row_index(ROW))
    foot = FOOT_TITLED if drawing.x_title else FOOT
    height = drawing.height - TOP - foot
    target = None if drawing.target is None else last(frame, drawing.x, drawing.target)
    columns = [*drawing.lines, *([drawing.target] if drawing.target else [])]
    whole = 100 if drawing.percent else 1  # ticks at whole percentages
    top = highest(frame, columns) * slack or 1.0
    start, end_x = span(frame, drawing.x)
    ends = []
    for (name, known, column), tint in zip(series, _tints(len(series), mode), strict=True):
        if end := last(known, drawing.x, column):
            words = "\n".join(wrapped(name, max(width * NAMES, LEAST_NAME)))
            ends.append(End(*end, _told(drawing, known, column)[-1], words, tint))
    if target:
        ends.append(End(*target, "", f"target {said(target[1])}", colour.quiet, dot=False))
    room = float(width)
    grown = stretched(
        start, end_x, stretch(((share(e.x, start, end_x), e.least) for e in ends), room)
    )
    pixels = height / top

    def place(x: Any, y: float) -> tuple[float, float]:
        return share(x, start, grown) * room, y * pixels

    drawn = list(zip(series, _tints(len(series), mode), strict=True))
    if target and drawing.target:
        drawn.append((("target", frame.with_row_index(ROW), drawing.target), colour.axis))
    plot = Plot("", room, height)
    for (_, known, column), _ in drawn:
        plot.lines += paths(known, drawing.x, [column], place)
    ticks = ([tick / whole for tick in each] for each in tick_choices(top * whole))
    levels = best_ticks(ticks, said, [(plot.lines, pixels)])
    chart = blank(
        mode,
        drawing.height,
        margin={"l": 0, "r": 0, "t": TOP, "b": foot, "pad": 0},
        xaxis={"range": [start, grown]},
        yaxis={
            "range": [0, top],
            "tickvals": levels,
        },
    )
    for (name, known, column), tint in reversed(drawn):
        dashed = column == drawing.target
        chart.add_scatter(
            x=known[drawing.x].to_list(),
            y=known[column].to_list(),
            connectgaps=False,
            line={"color": tint} | ({"width": 2, "dash": "4px,3px"} if dashed else {"width": 3.5}),
            cliponaxis=False,
            hovertext=[
                for_plotly(f"{wording(x, drawing.x_title)}: {said(y)} {name}")
                for x, y in known.select(drawing.x, column).iter_rows()
            ],
            hoverinfo="text",
            **(
                {"mode": "lines"}
                if dashed
                else {**PICKABLE, "customdata": [[row, column] for row in known[ROW]]}
            ),
        )
    label_x(
        chart, ticks_x(start, end_x, share(end_x, start, grown) * room), (start, grown), room, mode
    )
    if drawing.x_title:
        title_x(chart, drawing.x_title, "", mode)
    plot.taken += label_y(chart, levels, said, mode, plot.lines, pixels)
    placed = [(end, *place(end.x, end.y)) for end in ends]
    return chart, label_ends(chart, plot, placed, mode)


@key_values.register
def _(drawing: Lines, frame: pl.DataFrame) -> list[str]:
    values = []
    for name, known, column in _series(drawing, frame):
        if end := last(known, drawing.x, column):
            told = _told(drawing, known, column)
            words = f"{name}: from {told[0]} to {told[-1]}"
            values.append(plain(f"{words} ({wording(end[0], drawing.x_title)})"))
    return values


@choices.register
def _(drawing: Lines, frame: pl.DataFrame) -> list[tuple[int, str, str]]:
    if drawing.group is None:
        return []
    column = next(iter(drawing.lines))
    return last_choices(frame, drawing.group, drawing.x, {column: ""}, drawing.x_title)


def _series(drawing: Lines, frame: pl.DataFrame) -> list[tuple[str, pl.DataFrame, str]]:
    """Name, rows and column of each line."""
    if drawing.group is None:
        return [(name, frame, column) for column, name in drawing.lines.items()]
    column = next(iter(drawing.lines))
    return [
        (plain(printed(rows[drawing.group][0]) or "not known"), rows, column)
        for rows in frame.partition_by(drawing.group, maintain_order=True)
    ]


def _told(drawing: Lines, rows: pl.DataFrame, column: str) -> list[str]:
    """The known values of a line, written out."""
    known = rows.filter(pl.col(column).is_not_null())
    if drawing.said:
        return known[drawing.said[column]].to_list()
    return [percent(value) if drawing.percent else number(value) for value in known[column]]


def _tints(count: int, mode: Mode) -> list[str]:
    first = line_colours(mode)
    return [*first[:count], *([first[-1]] * (count - len(first)))]
