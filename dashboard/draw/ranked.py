"""A ranked list: dots with their intervals, and the numbers in columns beside them."""

import math
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.axes import label_x
from dashboard.draw.base import blank, choices, figure, key_values
from dashboard.draw.classes import Classes, Said, saying, saying_round
from dashboard.draw.escape import for_plotly, plain
from dashboard.draw.lettering import on_two_lines
from dashboard.draw.lettering import width as length
from dashboard.draw.theme import COLOURS, FULL, LINE, TEXT, Mode
from dashboard.draw.values import number
from dashboard.drawings import Ranked

GAP = 16
ROW = 26, 44
LABEL_SHARE = 0.36  # of the width, for the names ...
LEAST_LABELS = 140  # ... and pixels that they keep on a phone, for one long word
TWO_LINES = 2 * LINE  # of a row in which a name stands on two
LEAST_PLOT = 110  # pixels that the dots keep where names take more than that
DOT = 14
FOOT = 26
TOP = LINE + 10
TICKS = 6
NEAR = 0.4  # lowest to highest value, from which on the axis need not begin at 0


@figure.register
def ranked(drawing: Ranked, frame: pl.DataFrame, mode: Mode, width: int = FULL) -> go.Figure:
    """One row each: rank, name, dot and interval; value and n in columns at the right."""
    colour = COLOURS[mode]
    rows = frame.to_dicts()
    said = _said(drawing, frame)
    ranks = [str(row[drawing.rank] or "") for row in rows]
    rank_room = max(length(rank, bold=True) for rank in ranks)
    values = [said(row[drawing.value]) or drawing.without for row in rows]
    ns = [number(row[drawing.n], 0) for row in rows]
    first = max(*(length(value, bold=True) for value in values), length(drawing.value_heading))
    second = max(*(length(n) for n in ns), length(drawing.n_heading))
    columns = first + second + 2 * GAP
    spare = width - rank_room - 10 - GAP - columns - LEAST_PLOT
    names = _names(drawing, rows, width, spare)
    margin = rank_room + 10 + max(length(line) for name in names for line in name) + GAP
    room = max(width - margin - columns, 60)
    low, high = _span(drawing, frame)
    least = TWO_LINES if any(len(name) > 1 for name in names) else ROW[0]
    height = min(max((drawing.height - TOP - FOOT) / len(rows), least), ROW[1])
    total = round(TOP + height * len(rows) + FOOT)
    plot = width - margin
    chart = blank(
        mode,
        total,
        margin={"l": round(margin), "r": 0, "t": TOP, "b": FOOT, "pad": 0},
        xaxis={"domain": [0, room / plot], "range": [low, high]},
        yaxis={"range": [len(rows) - 0.5, -0.5], "showgrid": False},
    )
    _whole(chart, drawing, frame, said, (low, high, room, margin), mode)
    _marks(chart, drawing, frame, said, mode)
    for index, row in enumerate(rows):
        for text, shift, anchor in (
            (_bold(ranks[index], True), rank_room - margin, "right"),
            ("<br>".join(map(for_plotly, names[index])), rank_room + 10 - margin, "left"),
        ):
            chart.add_annotation(
                x=0, xref="paper", xshift=shift, y=index, xanchor=anchor, align="left", text=text
            )
        for text, back, tint, bold in (
            (values[index], second + GAP, colour.text, row[drawing.value] is not None),
            (ns[index], 0, colour.quiet, False),
        ):
            chart.add_annotation(
                x=1,
                xref="paper",
                xshift=-back,
                y=index,
                xanchor="right",
                text=_bold(text, bold),
                font={"color": tint},
            )
    for text, back in ((drawing.value_heading, second + GAP), (drawing.n_heading, 0)):
        chart.add_annotation(
            x=1,
            xref="paper",
            xshift=-back,
            y=1,
            yref="paper",
            yshift=4,
            xanchor="right",
            yanchor="bottom",
            text=for_plotly(text),
            font={"color": colour.quiet},
        )
    ticks = _ticks(low, high)
    on_axis = saying_round(ticks, percent=drawing.percent, signed=drawing.signed)
    label_x(chart, [(tick, on_axis(tick)) for tick in ticks], (low, high), room, mode)
    return chart


@key_values.register
def _(drawing: Ranked, frame: pl.DataFrame) -> list[str]:
    said = _said(drawing, frame)
    return [_sentence(drawing, row, said) for row in frame.to_dicts()]


@choices.register
def _(drawing: Ranked, frame: pl.DataFrame) -> list[tuple[int, str, str]]:
    return [
        (index, drawing.n, plain(f"{row[drawing.category]}: {number(row[drawing.n], 0)}"))
        for index, row in enumerate(frame.to_dicts())
        if row[drawing.n]
    ]


def _names(
    drawing: Ranked, rows: list[dict[str, Any]], width: int, spare: float
) -> list[list[str]]:
    """The names in lines: one where the columns and the narrowest plot leave `spare` pixels for
    all, else two.
    """
    names = [plain(row[drawing.category]) for row in rows]
    if max(map(length, names)) <= spare:
        return [[name] for name in names]
    return on_two_lines(names, max(width * LABEL_SHARE, LEAST_LABELS))


def _said(drawing: Ranked, frame: pl.DataFrame) -> Said:
    return saying(frame[drawing.value], percent=drawing.percent, signed=drawing.signed)


def _sentence(drawing: Ranked, row: dict[str, Any], said: Said) -> str:
    value = row[drawing.value]
    words = f"{said(value)} {drawing.unit}".strip() if value is not None else drawing.without
    if row[drawing.lower] is not None and row[drawing.upper] is not None:
        words += f" ({said(row[drawing.lower])} to {said(row[drawing.upper])})"
    return plain(f"{row[drawing.category]}: {words}, n = {number(row[drawing.n], 0) or 'unknown'}")


def _bold(text: str, bold: bool) -> str:
    return f"<b>{for_plotly(text)}</b>" if bold else for_plotly(text)


def _span(drawing: Ranked, frame: pl.DataFrame) -> tuple[float, float]:
    """From 0 to the farthest mark, an endless interval cut.

    Where all lie far from 0 the axis begins near them: dots show where a value lies, not how
    long it is.
    """
    columns = (drawing.value, drawing.lower, drawing.upper, drawing.whole)
    values = [value for column in columns for value in frame[column] if value is not None]
    if not values:
        return 0.0, 1.0
    known = [value for value in frame[drawing.value] if value is not None]
    most = 3 * max((abs(value) for value in known), default=0.0) or max(map(abs, values))
    low = max(min(values), -most)
    high = min(max(values), most)
    if low < NEAR * high:
        low = min(low, 0.0)
    high = max(high, 0.0)
    pad = (high - low) * 0.03 or 1.0
    return low - (pad if low else 0), high + pad


def _ticks(low: float, high: float) -> list[float]:
    """Round values between the two, six at most."""
    power = math.floor(math.log10((high - low) / TICKS))
    steps = (round_ * 10.0**more for more in (power, power + 1) for round_ in (1, 2, 2.5, 5))
    step = next(each for each in steps if (high - low) / each <= TICKS)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(step * index, 9) for index in range(first, last + 1)]


def _whole(
    chart: go.Figure,
    drawing: Ranked,
    frame: pl.DataFrame,
    said: Said,
    place: tuple[float, float, float, float],
    mode: Mode,
) -> None:
    """The line of the whole with its name and value on top."""
    low, high, room, margin = place
    if low < 0 < high:
        chart.add_vline(x=0, line={"color": COLOURS[mode].axis, "width": 1}, layer="below")
    value = frame[drawing.whole][0]
    if value is None or frame.height < 2:
        return
    chart.add_shape(
        type="line",
        x0=value,
        x1=value,
        y0=0,
        y1=1,
        yref="paper",
        line={"color": COLOURS[mode].text, "width": 1.5},
    )
    text = plain(f"{frame[drawing.whole_name][0]} {said(value)}")
    at = (value - low) / (high - low) * room
    # Its words stay clear of the headings of the columns at the right.
    left = max(min(at - length(text) / 2, room - length(text)), -margin)
    chart.add_annotation(
        x=0,
        xref="paper",
        xshift=left,
        y=1,
        yref="paper",
        yshift=4,
        xanchor="left",
        yanchor="bottom",
        text=for_plotly(text),
    )


def _marks(chart: go.Figure, drawing: Ranked, frame: pl.DataFrame, said: Said, mode: Mode) -> None:
    colour = COLOURS[mode]
    classes = Classes.of(frame[drawing.value], percent=drawing.percent)
    fills = classes.colours(mode)
    known = [(i, row) for i, row in enumerate(frame.to_dicts()) if row[drawing.value] is not None]
    low, high = chart.words["xaxis"]["range"]
    for index, row in known:
        if row[drawing.lower] is not None and row[drawing.upper] is not None:
            chart.add_shape(
                type="line",
                x0=max(row[drawing.lower], low),
                x1=min(row[drawing.upper], high),
                y0=index,
                y1=index,
                line={"color": colour.axis, "width": 2},
            )
    tints = [fills[classes.index(row[drawing.value])][0] for _, row in known]
    chart.add_scatter(
        x=[row[drawing.value] for _, row in known],
        y=[index for index, _ in known],
        mode="markers",
        marker={"size": DOT, "color": tints, "line": {"color": colour.edge, "width": 1.3}},
        unselected={"marker": {"opacity": 1}},
        cliponaxis=False,
        customdata=[[index, drawing.n] for index, _ in known],
        hovertext=[for_plotly(_sentence(drawing, row, said)) for _, row in known],
        hoverinfo="text",
        textfont={"size": TEXT},
    )
