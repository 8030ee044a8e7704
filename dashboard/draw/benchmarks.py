"""Local results with their intervals beside published ones, one row a measure, around zero."""

import math
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.axes import label_x, title_x
from dashboard.draw.base import blank, choices, figure, key_values, narrowest
from dashboard.draw.escape import for_plotly, plain
from dashboard.draw.lettering import shortened
from dashboard.draw.lettering import width as length
from dashboard.draw.number_columns import column_edges, head_column
from dashboard.draw.row_labels import least_width, on_figure, row_height, row_labels
from dashboard.draw.theme import COLOURS, FULL, LINE, TEXT, Mode
from dashboard.draw.values import number, printed
from dashboard.drawings import Benchmarks, Column

BESIDE_ZERO = 6  # pixels from the line of zero to words in place of a value
LEAST_MARKS = 150  # pixels that points and intervals keep, or the words in their place
FOOT = 28
FOOT_TITLED = 54
POINT = 13
STEPS = (0.1, 0.25, 0.5, 1.0)  # between ticks
MOST_TICKS = 5


@figure.register
def benchmarks(
    drawing: Benchmarks, frame: pl.DataFrame, mode: Mode, width: int = FULL
) -> go.Figure:
    """Point, interval and published mark of each row; columns are a second x axis."""
    colour = COLOURS[mode]
    rows = frame.to_dicts()
    bold = [_is(row, drawing.strong) for row in rows]
    edges = column_edges(drawing.columns, rows, _entry)
    columns = edges[-1] if edges else 0.0
    names = [_name(drawing, row) for row in rows]
    labels, margin = row_labels(names, bold, width, columns, _least_marks(drawing, rows))
    plot = width - margin
    room = max(plot - columns, 60)
    low, high = _extent(drawing, rows)
    pixels = room / (high - low)
    heads = _heads(drawing, rows, low, pixels, room)
    lines = max(
        [1 + max((line for *_, line in heads), default=-1)]
        + [len(column.heading.split("\n")) for column in drawing.columns]
    )
    top = lines * LINE + 8
    foot = FOOT_TITLED if drawing.x_title else FOOT
    tall = row_height(labels, drawing.height - top - foot)
    ticks = _ticks(low, high)
    chart = blank(
        mode,
        round(top + tall * len(rows) + foot),
        margin={"l": margin, "r": 0, "t": top, "b": foot, "pad": 0},
        yaxis={"range": [len(rows) - 0.5, -0.5], "showgrid": False},
        xaxis={
            "domain": [0, room / plot],
            "range": [low, high],
            "showline": False,
            "showgrid": True,
            "gridcolor": colour.grid,
            "tickvals": ticks,
        },
        xaxis2={"domain": [room / plot, 1], "range": [0, columns or 1]} | {"showline": False},
    )
    chart.add_shape(
        type="line",
        x0=0,
        x1=0,
        y0=0,
        y1=1,
        yref="paper",
        line={"color": colour.text, "width": 1.5},
        layer="between",
    )
    _marks(chart, drawing, rows, mode, low, high)
    for column, right in zip(drawing.columns, edges, strict=True):
        _column(chart, drawing, column, right, rows, 1.5 / tall, mode)
    for text, left, line in heads:
        chart.add_annotation(
            x=0,
            xref="x domain",
            xshift=left,
            y=1,
            yref="paper",
            yshift=4 + LINE * line,
            xanchor="left",
            yanchor="bottom",
            text=for_plotly(text),
        )
    for index, (label, strong) in enumerate(zip(labels, bold, strict=True)):
        chart.add_annotation(
            x=0,
            xref="paper",
            xshift=-margin,
            y=index,
            xanchor="left",
            align="left",
            text=on_figure(label, strong),
        )
    for index, row in enumerate(rows):
        if row[drawing.value] is None and row[drawing.note]:
            _note(chart, index, row[drawing.note], -low * pixels, room, mode)
    label_x(chart, [(tick, _percent(tick)) for tick in ticks], (low, high), room, mode)
    if drawing.x_title:
        title_x(chart, drawing.x_title, "", mode, plot)
    return chart


@narrowest.register
def _(drawing: Benchmarks, frame: pl.DataFrame) -> int:
    """Of columns, the shortest axis and the shortest labels."""
    rows = frame.to_dicts()
    edges = column_edges(drawing.columns, rows, _entry)
    names = [_name(drawing, row) for row in rows]
    marks = _least_marks(drawing, rows)
    return least_width(names, bool(drawing.strong), edges[-1] if edges else 0.0, marks)


@key_values.register
def _(drawing: Benchmarks, frame: pl.DataFrame) -> list[str]:
    return [plain(f"{_name(drawing, row)}: {_said(drawing, row)}") for row in frame.to_dicts()]


@choices.register
def _(drawing: Benchmarks, frame: pl.DataFrame) -> list[tuple[int, str, str]]:
    return [
        (
            index,
            column.name,
            plain(f"{_name(drawing, row)}: {said} {column.heading}"),
        )
        for index, row in enumerate(frame.to_dicts())
        for column in drawing.columns
        if column.opens and row[column.of or column.name] and (said := _entry(column, row))
    ]


def _name(drawing: Benchmarks, row: dict[str, Any]) -> str:
    return plain(printed(row[drawing.category])) or "not known"


def _least_marks(drawing: Benchmarks, rows: list[dict[str, Any]]) -> int:
    notes = [plain(row[drawing.note] or "") for row in rows if row[drawing.value] is None]
    return math.ceil(max([LEAST_MARKS, *map(length, notes)]))


def _is(row: dict[str, Any], column: str | None) -> bool:
    return bool(column and row[column])


def _percent(value: float) -> str:
    return f"{number(value * 100, 0)}%"


def _entry(column: Column, row: dict[str, Any]) -> str:
    value = row[column.name]
    if column.percent:
        return "" if value is None else _percent(value)
    return plain(printed(value))


def _extent(drawing: Benchmarks, rows: list[dict[str, Any]]) -> tuple[float, float]:
    """The ends of the axis: zero and all that is drawn, in whole tenths; never below -100%."""
    names = (drawing.value, drawing.lower, drawing.upper, drawing.published)
    known = [row[name] for row in rows for name in names if name and row[name] is not None]
    low = max(math.floor(min([0.0, *known]) * 10) / 10, -1.0)
    high = min(math.ceil(max([0.1, *known]) * 10) / 10, 2.0)
    return low, max(high, 0.5)


def _ticks(low: float, high: float) -> list[float]:
    step = next(each for each in STEPS if (high - low) / each <= MOST_TICKS or each == STEPS[-1])
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(step * at, 2) for at in range(first, last + 1)]


def _heads(
    drawing: Benchmarks, rows: list[dict[str, Any]], low: float, pixels: float, room: float
) -> list[tuple[str, float, int]]:
    """What the marks are, over the first that there is: text, left edge in pixels, line."""
    found: list[tuple[str, float, int]] = []
    for name, text in (
        (drawing.published, drawing.published_heading),
        (drawing.value, drawing.value_heading),
    ):
        drawn = (row[name] for row in rows if name and row[drawing.value] is not None)
        at = next((value for value in drawn if value is not None), None)
        if at is None:
            continue
        long = length(text)
        left = max(min((at - low) * pixels - long / 2, room - long), 0.0)
        found.append((text, left, len(found)))
    return found


def _marks(
    chart: go.Figure,
    drawing: Benchmarks,
    rows: list[dict[str, Any]],
    mode: Mode,
    low: float,
    high: float,
) -> None:
    colour = COLOURS[mode]
    for index, row in enumerate(rows):
        if row[drawing.lower] is not None and row[drawing.upper] is not None:
            chart.add_shape(
                type="line",
                x0=max(row[drawing.lower], low),
                x1=min(row[drawing.upper], high),
                y0=index,
                y1=index,
                line={"color": colour.main, "width": 3.5},
                layer="between",
            )
        if drawing.published and None not in (row[drawing.published], row[drawing.value]):
            chart.add_shape(
                type="line",
                x0=row[drawing.published],
                x1=row[drawing.published],
                y0=index - 0.38,
                y1=index + 0.38,
                line={"color": colour.text, "width": 3},
                layer="between",
            )
    here = [(index, row) for index, row in enumerate(rows) if row[drawing.value] is not None]
    chart.add_scatter(
        x=[row[drawing.value] for _, row in here],
        y=[index for index, _ in here],
        mode="markers",
        # Its edge sets the point off from a published mark behind it.
        marker={"color": colour.main, "size": POINT, "line": {"color": colour.page, "width": 1.5}},
        unselected={"marker": {"opacity": 1}},
        # A point leads to what its value is out of.
        customdata=[[index, drawing.value] for index, _ in here],
        cliponaxis=False,
        hovertext=[
            f"<b>{for_plotly(_name(drawing, row))}</b><br>{for_plotly(_said(drawing, row))}"
            for _, row in here
        ],
        hoverinfo="text",
    )


def _column(
    chart: go.Figure,
    drawing: Benchmarks,
    column: Column,
    right: float,
    rows: list[dict[str, Any]],
    lower: float,
    mode: Mode,
) -> None:
    """The column's entries, right-aligned, `lower` rows below the middle; they can be clicked."""
    colour = COLOURS[mode]
    tint = colour.text if column.bold else colour.quiet
    texts = [for_plotly(_entry(column, row)) for row in rows]
    chart.add_scatter(
        mode="text",
        xaxis="x2",
        x=[right] * len(rows),
        y=[index + lower for index in range(len(rows))],
        text=[f"<b>{text}</b>" if column.bold and text else text for text in texts],
        textposition="middle left",
        textfont={"size": TEXT, "color": tint},
        unselected={"textfont": {"color": tint}},
        cliponaxis=False,
        customdata=[[index, column.name] for index in range(len(rows))],
        hovertext=[
            for_plotly(f"{_name(drawing, row)}: {_entry(column, row)} {column.heading}")
            for row in rows
        ],
        hoverinfo="text" if column.opens else "skip",
    )
    head_column(chart, column, right, mode)


def _note(chart: go.Figure, index: int, note: str, zero: float, room: float, mode: Mode) -> None:
    """The words in place of a value, from zero on as far as there is room."""
    text = shortened(plain(note), room)
    at = zero + BESIDE_ZERO
    if at + length(text) > room and zero - BESIDE_ZERO >= length(text):
        at = zero - BESIDE_ZERO - length(text)  # at the left of zero, not on its line
    chart.add_annotation(
        x=0,
        xref="x domain",
        xshift=max(min(at, room - length(text)), 0.0),
        y=index,
        xanchor="left",
        text=for_plotly(text),
        font={"color": COLOURS[mode].quiet},
        bgcolor=COLOURS[mode].page,
    )


def _said(drawing: Benchmarks, row: dict[str, Any]) -> str:
    """A row in words: the value or what stands for it, its interval, and the columns."""
    value = row[drawing.value]
    said = [row[drawing.note] or "not known"] if value is None else [_percent(value)]
    if row[drawing.lower] is not None and row[drawing.upper] is not None:
        ends = f"{_percent(row[drawing.lower])} to {_percent(row[drawing.upper])}"
        said.append(f"95% interval {ends}")
    if drawing.published and row[drawing.published] is not None:
        said.append(f"{drawing.published_heading} {_percent(row[drawing.published])}")
    said += [
        f"{printed(row[column.name])} {plain(column.heading)}"
        for column in drawing.columns
        if column.opens and not column.of and row[column.name] is not None
    ]
    return ", ".join(said)
