"""Upright columns over time: stacked parts named beside the last, the running period hatched."""

from datetime import date, datetime, time, timedelta
from math import ceil
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.base import blank, choices, figure, key_values, narrowest
from dashboard.draw.column_words import SO_FAR, names_beside, under
from dashboard.draw.escape import for_plotly, plain
from dashboard.draw.flags import draw_flags, flags, height_of
from dashboard.draw.lettering import width as text_width
from dashboard.draw.lettering import wrapped
from dashboard.draw.plot import Plot
from dashboard.draw.series import PICKABLE
from dashboard.draw.sketch import Words
from dashboard.draw.theme import COLOURS, FULL, LINE, TEXT, Mode, parts
from dashboard.draw.values import number, percent
from dashboard.drawings import Columns
from queries.words import SHORT_MONTHS, short_day

FOOT = 2 * LINE + 8
GAP = 12
APART = 8  # at least, between the numbers over two columns
CLEAR = 6  # between a number and the mark at its right
MARK = 8  # the least length of a mark


@figure.register
def columns(drawing: Columns, frame: pl.DataFrame, mode: Mode, width: int = FULL) -> go.Figure:
    """One column a row; totals above them, names of parts and of the mark at the right."""
    colour = COLOURS[mode]
    rows = frame.to_dicts()
    margin = _margin(drawing)
    room = float(width - margin)
    stretches = _stretches(drawing, rows)
    span = stretches[0][0], stretches[-1][1]
    middles = [start + (end - start) / 2 for start, end in stretches]
    # A note stands before the column of its period, where no number is in its rule's way.
    noted = [(row[drawing.x], row[drawing.note]) for row in rows if row[drawing.note]]
    flagged = flags(noted, span, room)
    head = 8 + height_of(flagged)
    plot = Plot("", room, drawing.height - head - FOOT)
    # The numbers stand within the plot, for notes have their words over it.
    highest = max((_high(drawing, row) for row in rows), default=0)
    top = highest * plot.height / (plot.height - LINE) or 1
    chart = blank(
        mode,
        drawing.height,
        margin={"l": 0, "r": margin, "t": head, "b": FOOT, "pad": 0},
        barmode="stack",
        xaxis={"range": list(span)},
        yaxis={"range": [0, top], "showgrid": False},
    )
    for trace in _stack(drawing, rows, middles, _widths(stretches, 0.7), mode):
        chart.add_bar(**trace)
    _totals(chart, drawing, rows, middles, top / plot.height, room, mode)
    if drawing.mark:
        marks = _beside(drawing, rows, stretches, room)
        _marks(chart, drawing.mark, rows, marks, mode)
        marked = [index for index, row in enumerate(rows) if row[drawing.mark] is not None]
        chart.add_scatter(
            x=[marks[index][0] + (marks[index][1] - marks[index][0]) / 2 for index in marked],
            y=[rows[index][drawing.mark] for index in marked],
            customdata=[[index, drawing.mark] for index in marked],
            hovertext=[for_plotly(_said(drawing, rows[index])) for index in marked],
            hoverinfo="text",
            **{**PICKABLE, "mode": "markers"},
        )
    for index, lines in under(drawing, rows, room / len(rows)):
        chart.add_annotation(
            x=middles[index],
            y=0,
            yref="paper",
            yshift=-6,
            yanchor="top",
            text="<br>".join(lines),
            font={"color": colour.quiet},
        )
    for name in names_beside(drawing, rows, plot.height / top, plot.height, mode):
        chart.add_annotation(
            x=1,
            xref="paper",
            xshift=GAP,
            y=0,
            yref="paper",
            yshift=name.y,
            xanchor="left",
            yanchor="middle",
            text=f"<b>{for_plotly(name.text)}</b>" if name.bold else for_plotly(name.text),
            font={"color": name.colour},
        )
    draw_flags(chart, plot, flagged, span, mode)
    return chart


@narrowest.register
def _(drawing: Columns, frame: pl.DataFrame) -> int:
    """Of as many columns as there are, each as wide as the number on it, with the mark beside it,
    and a year below.
    """
    number = _widest(drawing, frame.to_dicts()) + (CLEAR + MARK if drawing.mark else 0)
    each = max(number, text_width("2026"))
    return _margin(drawing) + (ceil(each) + APART) * frame.height


def _margin(drawing: Columns) -> int:
    """Pixels at the right of the last column, for what is written there."""
    named = [*(drawing.parts.values() if len(drawing.parts) > 1 else ())]
    if drawing.mark:
        named.append(drawing.mark_heading)
    return round(max((text_width(name, bold=True) for name in named), default=-GAP)) + GAP


def _totals(
    chart: go.Figure,
    drawing: Columns,
    rows: list[dict[str, Any]],
    middles: list[date],
    pixel: float,
    room: float,
    mode: Mode,
) -> None:
    """A number on each column, to be chosen like a part; where there is none, words."""
    colour = COLOURS[mode].text
    for known in (True, False):
        shown = [i for i, row in enumerate(rows) if (row[drawing.total] is not None) == known]
        if not shown or not (known or drawing.without):
            continue
        texts = [_over_column(drawing, rows[i], room / len(rows)) for i in shown]
        # A number is as high as a line: its point is its middle, where a click looks for it.
        lines = LINE / 2 if known else 0
        chosen: Words = {
            "customdata": [[i, drawing.total] for i in shown],
            "hovertext": [for_plotly(_said(drawing, rows[i])) for i in shown],
            "hoverinfo": "text",
        }
        chart.add_scatter(
            x=[middles[i] for i in shown],
            y=[_stacked(drawing, rows[i]) + lines * pixel for i in shown],
            mode="text",
            text=texts,
            textposition="middle center" if known else "top center",
            textfont={"size": TEXT, "color": colour},
            unselected={"textfont": {"color": colour}},
            cliponaxis=False,
            **(chosen if known else {"hoverinfo": "skip"}),
        )


@key_values.register
def _(drawing: Columns, frame: pl.DataFrame) -> list[str]:
    return [_said(drawing, row) for row in reversed(frame.to_dicts())]


@choices.register
def _(drawing: Columns, frame: pl.DataFrame) -> list[tuple[int, str, str]]:
    names = {drawing.total: "", **drawing.parts}
    names |= {drawing.mark: drawing.mark_heading} if drawing.mark else {}
    return [
        (
            index,
            part,
            plain(f"{_period(row[drawing.x])}: {_value(drawing, row[part])} {heading}"),
        )
        for index, row in enumerate(frame.to_dicts())
        for part, heading in names.items()
        if row[part]
    ]


def _period(start: date) -> str:
    return short_day(start) if start.day > 1 else f"{SHORT_MONTHS[start.month - 1]} {start.year}"


def _over_column(drawing: Columns, row: dict[str, Any], room: float) -> str:
    """What stands over a column: its total, or in as many lines as it needs that there is none."""
    if row[drawing.total] is None:
        return "<br>".join(map(for_plotly, wrapped(drawing.without, room - 6)))
    return f"<b>{_value(drawing, row[drawing.total])}</b>"


def _value(drawing: Columns, value: float | None) -> str:
    return percent(value) if drawing.percent else number(value)


def _said(drawing: Columns, row: dict[str, Any]) -> str:
    """A column in words, with its parts, its mark and what was noted."""
    said = [_value(drawing, row[drawing.total]) or drawing.without or "not known"]
    if len(drawing.parts) > 1:
        said += [
            f"{_value(drawing, row[part])} {heading}"
            for part, heading in drawing.parts.items()
            if row[part] is not None
        ]
    if drawing.mark and row[drawing.mark] is not None:
        said.append(f"{drawing.mark_heading} {_value(drawing, row[drawing.mark])}")
    said += [SO_FAR] if row[drawing.partial] else []
    said += [f"noted: {row[drawing.note]}"] if row[drawing.note] else []
    return plain(f"{_period(row[drawing.x])}: {', '.join(said)}")


def _high(drawing: Columns, row: dict[str, Any]) -> float:
    return max(_stacked(drawing, row), float((row[drawing.mark] if drawing.mark else 0) or 0))


def _stacked(drawing: Columns, row: dict[str, Any]) -> float:
    return float(sum(row[part] or 0 for part in drawing.parts))


def _widest(drawing: Columns, rows: list[dict[str, Any]]) -> float:
    """Pixels of the widest number on a column."""
    return max(text_width(_value(drawing, row[drawing.total]), bold=True) for row in rows)


def _beside(
    drawing: Columns, rows: list[dict[str, Any]], stretches: list[tuple[date, date]], room: float
) -> list[tuple[datetime, datetime]]:
    """From where to where the marks go: at the right of the numbers, which else seemed theirs."""
    pixel = (stretches[-1][1] - stretches[0][0]) / room
    off = _widest(drawing, rows) / 2 + CLEAR
    marks = []
    for start, end in stretches:
        left = datetime.combine(start + (end - start) / 2, time()) + off * pixel
        marks.append((left, max(datetime.combine(end, time()), left + MARK * pixel)))
    return marks


def _stretches(drawing: Columns, rows: list[dict[str, Any]]) -> list[tuple[date, date]]:
    """The days that each column stands on, to the first of the next; a running one's in full."""
    starts = [row[drawing.x] for row in rows]
    last = starts[-1]
    after = last + timedelta(days=7)
    if all(start.day == 1 for start in starts):
        # As long as the one before: a month, a quarter or a year.
        one = starts[-2] if len(starts) > 1 else None
        months = (last.year - one.year) * 12 + last.month - one.month if one else 1
        index = last.year * 12 + last.month - 1 + months
        after = date(index // 12, index % 12 + 1, 1)
    return list(zip(starts, [*starts[1:], after], strict=True))


def _widths(stretches: list[tuple[date, date]], part: float) -> list[float]:
    """Widths of columns that fill a part of their days; Plotly counts in milliseconds."""
    return [(end - start) / timedelta(milliseconds=1) * part for start, end in stretches]


def _marks(
    chart: go.Figure,
    mark: str,
    rows: list[dict[str, Any]],
    marks: list[tuple[datetime, datetime]],
    mode: Mode,
) -> None:
    """A level line at each column, with an edge of the page's colour so that it stands out."""
    colour = COLOURS[mode]
    for row, (start, end) in zip(rows, marks, strict=True):
        if row[mark] is None:
            continue
        for tint, thick in ((colour.page, 6), (colour.text, 2.5)):
            chart.add_shape(
                type="line",
                x0=start,
                x1=end,
                y0=row[mark],
                y1=row[mark],
                line={"color": tint, "width": thick},
                layer="above",
            )


def _stack(
    drawing: Columns,
    rows: list[dict[str, Any]],
    middles: list[date],
    widths: list[float],
    mode: Mode,
) -> list[Words]:
    hatched = ["/" if row[drawing.partial] else "" for row in rows]
    return [
        {
            "x": middles,
            "y": [row[part] or 0 for row in rows],
            "width": widths,
            "marker": {
                "color": look.fill,
                "line": {"color": look.edge, "width": [1 if row[part] else 0 for row in rows]},
                "pattern": {
                    "shape": hatched,
                    "fillmode": "replace",
                    "fgcolor": look.fill,
                    "size": 6,
                },
            },
            "unselected": {"marker": {"opacity": 1}},
            "customdata": [[index, part] for index in range(len(rows))],
            "hovertext": [for_plotly(_said(drawing, row)) for row in rows],
            "hoverinfo": "text",
        }
        for part, look in zip(drawing.parts, parts(mode), strict=False)
    ]
