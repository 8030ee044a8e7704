"""Many small lines on one scale: a row of charts for each county, a chart for each district."""

from itertools import accumulate
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.axes import nice_ticks
from dashboard.draw.base import blank, choices, figure, key_values
from dashboard.draw.classes import Said, saying, saying_round
from dashboard.draw.escape import for_plotly, plain
from dashboard.draw.flags import draw_rule
from dashboard.draw.lettering import shortened, wrapped
from dashboard.draw.lettering import width as length
from dashboard.draw.series import highest, last, span, stretched
from dashboard.draw.small_months import write_months
from dashboard.draw.theme import COLOURS, FULL, LINE, TEXT, Mode
from dashboard.draw.values import printed
from dashboard.drawings import Multiples
from queries.words import month

ACROSS = 6  # charts in a row at most
NARROWEST = 100  # pixels of each
GAP = 22
SIDE = 150  # at most, for the rows' names
BESIDE = 3  # charts in a row, with fewer of which its name stands over it
OVER = LINE + 12  # which takes so much
FOOT = LINE + 10
DOT = 9
LIFT = 13  # from the axis to the middle of a value beside its dot: on the axis it would hide it
TITLE_LINES = 2


@figure.register
def small_multiples(
    drawing: Multiples, frame: pl.DataFrame, mode: Mode, width: int = FULL
) -> go.Figure:
    """A small chart a group; the value at the end, the first and last month below."""
    said = _said(drawing, frame)
    low, top, ticks = _range(drawing, frame)
    on_scale = saying_round(ticks, percent=drawing.percent)
    named = [word for name in map(printed, frame[drawing.row].unique()) for word in name.split()]
    side = min(max(length(word, bold=True) for word in ["", *named]) + 12, SIDE)
    scale = max(length(on_scale(tick)) for tick in ticks) + 6
    fitting = _fitting(width - side - scale)
    over = fitting < BESIDE
    if over:
        side, fitting = 0.0, _fitting(width - scale)
    lines = _lines(drawing, frame, min(ACROSS, max(fitting, 1)))
    across = max(len(groups) for _, groups in lines)
    room = (width - side - scale - GAP * (across - 1)) / across
    titles = {name: _title(name, room) for name in map(printed, frame[drawing.group].unique())}
    head = max(map(len, titles.values())) * LINE + 8
    heads = [head + (OVER if over and name else 0) for name, _ in lines]
    plot = drawing.height - LINE - FOOT
    floors = list(accumulate(each + plot + FOOT for each in heads))
    total = floors[-1]
    layout: dict[str, Any] = {}
    index = 0
    cells = []
    for row, (_, groups) in enumerate(lines):
        floor = total - floors[row] + FOOT
        roof = floor + plot
        for column in range(len(groups)):
            axis = str(index + 1) if index else ""
            left = side + scale + column * (room + GAP)
            layout[f"xaxis{axis}"] = {
                "domain": [left / width, min((left + room) / width, 1)],
                "anchor": f"y{axis}",
            }
            layout[f"yaxis{axis}"] = {
                "domain": [floor / total, roof / total],
                "anchor": f"x{axis}",
                "range": [low, top],
                "tickvals": ticks,
            }
            cells.append(axis)
            index += 1
    margin = {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0}
    chart = blank(mode, total, margin=margin, **layout)
    start, end = span(frame, drawing.x)
    long = max(
        (length(said(found[1]), bold=True) for found in _ends(drawing, lines) if found), default=0
    )
    grown = stretched(start, end, room / max(room - long - DOT - 6, room / 3))
    axes = iter(cells)
    at = 0
    for name, groups in lines:
        for column, group in enumerate(groups):
            axis = next(axes)
            chart.words[f"xaxis{axis}"]["range"] = [start, grown]
            pixel = (top - low) / plot
            _chart(chart, drawing, group, axis, (at, titles, said), low + pixel * LIFT, mode)
            write_months(chart, (start, end, grown), axis, (room, plot), mode)
            if column == 0:
                _scale(chart, ticks, on_scale, axis, mode)
                if name:
                    _name(chart, name, axis, head if over else None)
            at += group.height
    return chart


@key_values.register
def _(drawing: Multiples, frame: pl.DataFrame) -> list[str]:
    said = _said(drawing, frame)
    values = []
    for group in frame.partition_by(drawing.group, maintain_order=True):
        known = group.filter(pl.col(drawing.value).is_not_null())
        name = printed(group[drawing.group][0])
        if known.is_empty():
            values.append(plain(f"{name}: not known"))
            continue
        first, final = known[drawing.value][0], known[drawing.value][-1]
        values.append(plain(f"{name}: from {said(first)} to {said(final)} {drawing.unit}"))
    return values


@choices.register
def _(drawing: Multiples, frame: pl.DataFrame) -> list[tuple[int, str, str]]:
    """The last month of each group; earlier ones are reached by a click, or by the period."""
    said = _said(drawing, frame)
    indexed = frame.with_row_index("_row").filter(pl.col(drawing.value).is_not_null())
    finals = indexed.unique(drawing.group, keep="last", maintain_order=True)
    return [
        (
            row["_row"],
            drawing.value,
            plain(f"{row[drawing.group]}, {month(row[drawing.x])}: {said(row[drawing.value])}"),
        )
        for row in finals.to_dicts()
    ]


def _said(drawing: Multiples, frame: pl.DataFrame) -> Said:
    return saying(frame[drawing.value], percent=drawing.percent)


def _fitting(room: float) -> int:
    """How many charts stand in a row."""
    return int((room + GAP) // (NARROWEST + GAP))


def _lines(
    drawing: Multiples, frame: pl.DataFrame, most: int
) -> list[tuple[str, list[pl.DataFrame]]]:
    """The rows' names, each with `most` groups; a longer row goes on without a name."""
    lines = []
    for part in frame.partition_by(drawing.row, maintain_order=True):
        groups = part.partition_by(drawing.group, maintain_order=True)
        for first in range(0, len(groups), most):
            name = plain(printed(part[drawing.row][0])) if first == 0 else ""
            lines.append((name, groups[first : first + most]))
    return lines


def _range(drawing: Multiples, frame: pl.DataFrame) -> tuple[float, float, list[float]]:
    """From 0, or from below the lowest value, to above the highest; and the ticks in between."""
    top, lowest = (
        highest(frame, [drawing.value]),
        -highest(frame.select(-pl.col(drawing.value)), [drawing.value]),
    )
    by = 100 if drawing.percent else 1
    top = max(top, 0.0) * 1.06
    low = min(lowest, 0.0)
    low -= (top - low) * 0.12 if low < 0 else 0.0
    if top == low:
        top = 1.0
    up = [tick / by for tick in nice_ticks(max(top, -low) * by, 2)]
    ticks = [-tick for tick in reversed(up) if -tick > low * 0.95]
    return low, top, [*ticks, 0.0, *(tick for tick in up if tick <= top)]


def _title(name: str, room: float) -> list[str]:
    """A chart's name in one line or two; beyond, it is shortened."""
    lines = wrapped(plain(name), room)
    if len(lines) > TITLE_LINES:
        lines = [*lines[: TITLE_LINES - 1], shortened(" ".join(lines[TITLE_LINES - 1 :]), room)]
    return lines


def _ends(drawing: Multiples, lines: list[tuple[str, list[pl.DataFrame]]]) -> list[Any]:
    return [last(group, drawing.x, drawing.value) for _, groups in lines for group in groups]


def _chart(
    chart: go.Figure,
    drawing: Multiples,
    group: pl.DataFrame,
    axis: str,
    place: tuple[int, dict[str, list[str]], Said],
    floor: float,
    mode: Mode,
) -> None:
    """One line; `place`: where its rows begin in the frame, the titles, how values are said.

    Its last value stands beside its dot, not lower than `floor`.
    """
    first, titles, said = place
    colour = COLOURS[mode]
    where = {"xaxis": f"x{axis}", "yaxis": f"y{axis}"}
    name = plain(printed(group[drawing.group][0]))
    rows = group.to_dicts()
    chart.add_annotation(
        x=0,
        xref=f"x{axis} domain",
        y=1,
        yref=f"y{axis} domain",
        yshift=6,
        xanchor="left",
        yanchor="bottom",
        align="left",
        text="<br>".join(map(for_plotly, titles[printed(group[drawing.group][0])])),
    )
    for row in rows:
        if drawing.note and row[drawing.note]:
            draw_rule(chart, axis, row[drawing.x], mode)
    chart.add_scatter(
        x=group[drawing.x].to_list(),
        y=group[drawing.value].to_list(),
        mode="lines+markers",
        connectgaps=False,
        line={"width": 2.5, "color": colour.main},
        # Points to click on; a lone month between two gaps shows as one.
        marker={"size": 4, "color": colour.main},
        unselected={"marker": {"opacity": 1}},
        cliponaxis=False,
        customdata=[[first + index, drawing.value] for index in range(len(rows))],
        hovertext=[
            for_plotly(f"{name}, {month(row[drawing.x])}: {said(row[drawing.value])}")
            + (f"<br>{for_plotly(row[drawing.note])}" if drawing.note and row[drawing.note] else "")
            for row in rows
        ],
        hoverinfo="text",
        **where,
    )
    end = last(group, drawing.x, drawing.value)
    if end is None:
        chart.add_annotation(
            x=0,
            xref=f"x{axis} domain",
            y=0.5,
            yref=f"y{axis} domain",
            xanchor="left",
            text="not known",
            font={"color": colour.quiet},
        )
        return
    chart.add_scatter(
        x=[end[0]],
        y=[end[1]],
        mode="markers",
        marker={"size": DOT, "color": colour.main},
        cliponaxis=False,
        hoverinfo="skip",
        **where,
    )
    chart.add_annotation(
        x=end[0],
        xref=f"x{axis}",
        y=max(end[1], floor),
        yref=f"y{axis}",
        xshift=DOT,
        xanchor="left",
        yanchor="middle",
        text=f"<b>{for_plotly(said(end[1]))}</b>",
        font={"color": colour.improvement_text},
        bgcolor=colour.page,
    )


def _scale(
    chart: go.Figure,
    ticks: list[float],
    said: Said,
    axis: str,
    mode: Mode,
) -> None:
    """The scale beside a row's first chart, clear of the months."""
    low = chart.words[f"yaxis{axis}"]["range"][0]
    for tick in ticks:
        chart.add_annotation(
            x=0,
            xref=f"x{axis} domain",
            xshift=-6,
            y=tick,
            yref=f"y{axis}",
            yshift=3 if tick == low else 0,
            xanchor="right",
            yanchor="middle",
            text=said(tick),
            font={"color": COLOURS[mode].quiet},
        )


def _name(chart: go.Figure, name: str, axis: str, head: int | None) -> None:
    """The row's name at its left; or over it, `head` pixels above its charts."""
    lines = [name] if head else wrapped(name, SIDE - 10, TEXT, bold=True)
    chart.add_annotation(
        x=0,
        xref="paper",
        y=1 if head else 0.5,
        yref=f"y{axis} domain",
        yshift=head or 0,
        xanchor="left",
        yanchor="bottom" if head else "middle",
        align="left",
        text=f"<b>{'<br>'.join(map(for_plotly, lines))}</b>",
    )
