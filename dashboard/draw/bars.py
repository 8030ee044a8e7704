"""Horizontal bars with their labels flush left and their numbers in columns at the right."""

from collections.abc import Iterator
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.bar_headings import headings
from dashboard.draw.base import blank, choices, figure, key_values, narrowest
from dashboard.draw.escape import for_plotly, plain
from dashboard.draw.lettering import width
from dashboard.draw.number_columns import column_edges, head_column
from dashboard.draw.row_labels import least_width, on_figure, row_height, row_labels
from dashboard.draw.sketch import Words
from dashboard.draw.theme import COLOURS, FULL, LINE, TEXT, Mode, Part, parts
from dashboard.draw.values import number, percent, printed
from dashboard.drawings import Bars, Column

LEAST_BARS = 110  # pixels that bars keep where labels or columns take more
SHORTEST = (
    72  # ... in the narrowest window: numbers out of sight would be missed more than long bars
)


@figure.register
def bars(drawing: Bars, frame: pl.DataFrame, mode: Mode, width: int = FULL) -> go.Figure:
    """One bar a row; columns are a second x axis, so that their numbers can be clicked."""
    colour = COLOURS[mode]
    rows = frame.to_dicts()
    rights = column_edges(drawing.columns, rows, _entry)
    columns = rights[-1] if rights else 0.0
    strong = [_is(row, drawing.strong) for row in rows]
    names = [_name(drawing, row) for row in rows]
    bars = round(max(LEAST_BARS, _headed(drawing)))
    labels, margin = row_labels(names, strong, width, columns, bars)
    plot = width - margin
    room = max(plot - columns, 60)
    end = max((_extent(drawing, row) for row in rows), default=0) or 1
    words, lines = headings(drawing, rows, (margin, room), room / end, mode)
    lines = max([lines, *(len(column.heading.split("\n")) for column in drawing.columns)])
    top = lines * LINE + 8 if lines else 8
    tall = row_height(labels, drawing.height - top)
    chart = blank(
        mode,
        round(top + tall * len(rows)),
        margin={"l": margin, "r": 0, "t": top, "b": 0, "pad": 0},
        barmode="overlay",
        yaxis={"range": [len(rows) - 0.5, -0.5], "showgrid": False},
        xaxis={"domain": [0, room / plot], "range": [0, end], "showline": False},
        xaxis2={"domain": [room / plot, 1], "range": [0, columns or 1], "showline": False},
    )
    thickness = min(0.62, 26 / tall)
    for trace in _bars(drawing, rows, mode, thickness):
        chart.add_bar(**trace)
    for column, right in zip(drawing.columns, rights, strict=True):
        for trace in _column(column, right, drawing, rows, 1.5 / tall, mode):
            chart.add_scatter(**trace)
        head_column(chart, column, right, mode)
    for word, shift, line in words:
        chart.add_annotation(
            x=word.at,
            y=1,
            yref="paper",
            xshift=shift,
            yshift=4 + LINE * line,
            xanchor="left",
            yanchor="bottom",
            text=_bold(word.text, word.bold),
            font={"color": word.colour},
        )
    for index, (row, label, bold) in enumerate(zip(rows, labels, strong, strict=True)):
        chart.add_annotation(
            x=0,
            xref="paper",
            xshift=-margin,
            y=index,
            xanchor="left",
            align="left",
            text=on_figure(label, bold),
        )
        if all(row[part] is None for part in drawing.parts):
            chart.add_annotation(
                x=0,
                y=index,
                xanchor="left",
                text=for_plotly(drawing.without),
                font={"color": colour.quiet},
            )
        if drawing.mark and row[drawing.mark] is not None:
            chart.add_shape(
                type="line",
                x0=row[drawing.mark],
                x1=row[drawing.mark],
                y0=index - 0.4,
                y1=index + 0.4,
                line={"color": colour.text, "width": 3},
                layer="above",
            )
    return chart


@narrowest.register
def _(drawing: Bars, frame: pl.DataFrame) -> int:
    """Of columns, the shortest bars and the shortest labels."""
    rows = frame.to_dicts()
    edges = column_edges(drawing.columns, rows, _entry)
    bars = max(SHORTEST, _headed(drawing))
    names = [_name(drawing, row) for row in rows]
    return least_width(names, drawing.strong is not None, edges[-1] if edges else 0.0, bars)


def _headed(drawing: Bars) -> float:
    """Pixels of the longest name over the bars."""
    names = [drawing.mark_heading, *(drawing.parts.values() if len(drawing.parts) > 1 else ())]
    return max(map(width, names))


@key_values.register
def _(drawing: Bars, frame: pl.DataFrame) -> list[str]:
    return [f"{_name(drawing, row)}: {', '.join(_said(drawing, row))}" for row in frame.to_dicts()]


@choices.register
def _(drawing: Bars, frame: pl.DataFrame) -> list[tuple[int, str, str]]:
    columns = [column for column in drawing.columns if column.opens]
    bars = {**drawing.parts, **({drawing.of: drawing.of_heading} if drawing.of else {})}
    printed_too = {column.name for column in columns}
    columns += [
        Column(part, heading, percent=drawing.percent)
        for part, heading in bars.items()
        if part not in printed_too
    ]
    return [
        (index, column.name, plain(f"{_name(drawing, row)}: {said} {column.heading}".rstrip()))
        for index, row in enumerate(frame.to_dicts())
        for column in columns
        if row[column.of or column.name] and (said := _entry(column, row))
    ]


def _name(drawing: Bars, row: dict[str, Any]) -> str:
    return plain(printed(row[drawing.category])) or "not known"


def _is(row: dict[str, Any], column: str | None) -> bool:
    return bool(column and row[column])


def _bold(text: str, bold: bool) -> str:
    return f"<b>{for_plotly(text)}</b>" if bold else for_plotly(text)


def _entry(column: Column, row: dict[str, Any]) -> str:
    value = row[column.name]
    if column.places is not None:
        return number(value, column.places)
    return percent(value) if column.percent else plain(printed(value))


def _extent(drawing: Bars, row: dict[str, Any]) -> float:
    parts = sum(row[part] or 0 for part in drawing.parts)
    others = [row[name] or 0 for name in (drawing.of, drawing.mark) if name]
    return float(max([parts, *others]))


def _said(drawing: Bars, row: dict[str, Any]) -> list[str]:
    """The row's values in words, for the hover box and the text alternative."""
    written = percent if drawing.percent else printed
    said = [
        f"{heading} {written(row[part]) or 'not known'}" for part, heading in drawing.parts.items()
    ]
    columns = [column.name for column in drawing.columns]
    if drawing.of and row[drawing.of] is not None and drawing.of not in columns:
        said.append(f"{drawing.of_heading} {printed(row[drawing.of])}")
    if drawing.mark and row[drawing.mark] is not None:
        said.append(f"{drawing.mark_heading} {printed(row[drawing.mark])}")
    for column in drawing.columns:
        entry = _entry(column, row)
        if entry and column.name not in drawing.parts and column.name != drawing.mark:
            said.append(plain(f"{column.heading} {entry}"))
    return said


def _bars(drawing: Bars, rows: list[dict[str, Any]], mode: Mode, thickness: float) -> list[Words]:
    hover = [
        "<br>".join(
            [
                _bold(_name(drawing, row), True),
                *map(for_plotly, _said(drawing, row)),
            ]
        )
        for row in rows
    ]
    bases = [0.0] * len(rows)
    spans: list[tuple[str, list[float | None], Part]] = []
    for part, look in zip(drawing.parts, parts(mode), strict=False):
        spans.append((part, [row[part] for row in rows], look))
    if drawing.of:
        totals = [sum(row[part] or 0 for part in drawing.parts) for row in rows]
        rest = [
            None if row[drawing.of] is None else max(row[drawing.of] - total, 0)
            for row, total in zip(rows, totals, strict=True)
        ]
        spans.append((drawing.of, rest, parts(mode)[-1]))
    traces: list[Words] = []
    for name, lengths, look in spans:
        traces.append(
            {
                "orientation": "h",
                "base": list(bases),
                "x": [length or 0 for length in lengths],
                "y": list(range(len(rows))),
                "width": thickness,
                "marker": {
                    "color": look.fill,
                    "line": {"color": look.edge, "width": [1 if n else 0 for n in lengths]},
                },
                "unselected": {"marker": {"opacity": 1}},
                "customdata": [[index, name] for index in range(len(rows))],
                "hovertext": hover,
                "hoverinfo": "text",
            }
        )
        bases = [base + (length or 0) for base, length in zip(bases, lengths, strict=True)]
    return traces


def _column(
    column: Column,
    right: float,
    drawing: Bars,
    rows: list[dict[str, Any]],
    lower: float,
    mode: Mode,
) -> Iterator[Words]:
    """The column's entries, `lower` rows below the middle, where the labels' letters stand.

    One trace a colour: Plotly fades what is not selected unless told a colour, and takes one.
    """
    colour = COLOURS[mode]
    tints: dict[str, list[int]] = {colour.attention_text: [], colour.text: [], colour.quiet: []}
    for index, row in enumerate(rows):
        if _is(row, column.attention):
            tints[colour.attention_text].append(index)
        elif column.bold or (column.percent and _is(row, drawing.strong)):
            tints[colour.text].append(index)
        else:
            tints[colour.quiet].append(index)
    for tint, indexes in tints.items():
        here = [(index, rows[index], _entry(column, rows[index])) for index in indexes]
        if here:
            yield {
                "mode": "text",
                "xaxis": "x2",
                "x": [right] * len(here),
                "y": [index + lower for index, *_ in here],
                "text": [_bold(entry, tint != colour.quiet) for *_, entry in here],
                "textposition": "middle left",
                "textfont": {"size": TEXT, "color": tint},
                "unselected": {"textfont": {"color": tint}},
                "cliponaxis": False,
                "customdata": [[index, column.name] for index, *_ in here],
                "hovertext": [
                    for_plotly(f"{_name(drawing, row)}: {entry} {column.heading}")
                    for _, row, entry in here
                ],
                "hoverinfo": "text" if column.opens else "skip",
            }
