"""XmR charts: band, mean and limits with their values; special causes in shape, colour, words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import plotly.graph_objects as go
import polars as pl

from dashboard.draw.axes import Points, day_ticks, label_x, share
from dashboard.draw.base import blank, choices, figure, key_values
from dashboard.draw.ends import Plot
from dashboard.draw.escape import for_plotly, plain
from dashboard.draw.flags import draw_flags, flags, height_of
from dashboard.draw.lettering import width as length
from dashboard.draw.lettering import wrapped
from dashboard.draw.theme import COLOURS, FULL, LINE, VARIATIONS, Mode
from dashboard.draw.values import number
from dashboard.drawings import ControlChart
from queries.words import month

FOOT = 28
ROOM = 58  # pixels over and under what is drawn, for words
WORDS = 240  # the widest that the words beside a point become
FAR = 200  # pixels from a point beyond which words are no longer beside it
SHOWN = 6  # causes said beside their points, the last ones; the table has all
POINT = 9  # half of what a point keeps free
EDGE = timedelta(days=18)  # free space before the first point and after the last

Row = Mapping[str, Any]
Place = Callable[[Row], tuple[float, float]]


@figure.register
def control_chart(
    drawing: ControlChart, frame: pl.DataFrame, mode: Mode, width: int = FULL
) -> go.Figure:
    """No y axis: the mean and the limits carry their values at the right end."""
    rows = frame.to_dicts()
    known = [row for row in rows if row["value"] is not None]
    labels = _labels(drawing, rows[-1])
    margin = round(max(length(text) for _, text in labels)) + 10
    room = float(width - margin)
    span = rows[0]["month"] - EDGE, rows[-1]["month"] + EDGE
    noted = flags([(row["note_on"], row["note"]) for row in rows if row["note"]], span, room)
    top = height_of(noted) + 8
    height = drawing.height - top - FOOT
    low, high = _extent(rows, height)
    pixels = height / (high - low)
    plot = Plot("", room, height)

    def place(row: Row) -> tuple[float, float]:
        return share(row["month"], *span) * room, (row["value"] - low) * pixels

    chart = blank(
        mode,
        drawing.height,
        margin={"l": 0, "r": margin, "t": top, "b": FOOT, "pad": 0},
        xaxis={"range": list(span)},
        yaxis={"range": [low, high], "showgrid": False},
    )
    for level, _ in labels:
        plot.lines.append([(0, (level - low) * pixels), (room, (level - low) * pixels)])
    _limits(chart, rows[-1], (low, high), mode)
    _name(chart, labels, [(level - low) * pixels for level, _ in labels], mode)
    draw_flags(chart, plot, noted, span, mode)
    plot.lines += _stretches(rows, place)
    for x, y in map(place, known):
        plot.taken.append((x - POINT, x + POINT, y - POINT, y + POINT))
    _points(chart, drawing, rows, mode)
    label_x(chart, day_ticks(*span, room), span, room, mode)
    causes = [row for row in known if row["cause"]][: -SHOWN - 1 : -1]
    valued = [known[-1], *(row for row in causes if row["rule"] == "outside")]
    for row in {row["month"]: row for row in valued}.values():
        _beside(chart, plot, row, place, [f"<b>{_said(drawing, row['value'])}</b>"], mode)
    for row in causes:
        _beside(chart, plot, row, place, _cause(row), mode)
    return chart


@key_values.register
def _(drawing: ControlChart, frame: pl.DataFrame) -> list[str]:
    rows = frame.to_dicts()
    known = [row for row in rows if row["value"] is not None]
    said = [f"{month(row['month'])} {_said(drawing, row['value'])}" for row in known[::-1][:1]]
    said += [text for _, text in _labels(drawing, rows[-1])]
    return [plain(text) for text in [*said, *(row["cause"] for row in known if row["cause"])]]


@choices.register
def _(drawing: ControlChart, frame: pl.DataFrame) -> list[tuple[int, str, str]]:
    return [
        (index, "value", f"{month(row['month'])}: {_said(drawing, row['value'])}")
        for index, row in reversed(list(enumerate(frame.to_dicts())))
        if row["value"] is not None
    ]


def _said(drawing: ControlChart, value: float) -> str:
    if drawing.percent:
        return f"{number(value * 100, drawing.places)}%"
    return number(value, drawing.places)


def _labels(drawing: ControlChart, row: Row) -> list[tuple[float, str]]:
    """Where the level lines are, highest first, and what is said at their right ends."""
    found = {"upper": row["upper"], "mean": row["mean"], "lower": row["lower"]}
    if found["upper"] is not None and found["upper"] == found["lower"]:
        return [(row["mean"], f"always {_said(drawing, row['mean'])}")]
    kind = "trial limit" if row["trial"] else "{} limit"
    return [
        (level, f"{'mean' if name == 'mean' else kind.format(name)} {_said(drawing, level)}")
        for name, level in found.items()
        if level is not None
    ]


def _extent(rows: Sequence[Row], height: float) -> tuple[float, float]:
    """The range of the y axis: all values and limits, with room for words over and under them."""
    levels = [
        row[name] for row in rows for name in ("value", "lower", "upper") if row[name] is not None
    ]
    low, high = min(levels), max(levels)
    if high - low < 1e-9:
        low, high = low - 1, high + 1
    more = (high - low) * ROOM / (height - 2 * ROOM)
    return low - more, high + more


def _limits(chart: go.Figure, row: Row, span: tuple[float, float], mode: Mode) -> None:
    """The band between the limits (to the edge where there is none), its edges and the mean."""
    colour = COLOURS[mode]
    across = {"xref": "x domain", "x0": 0, "x1": 1}
    lower, upper = row["lower"], row["upper"]
    if lower is not None or upper is not None:
        low = span[0] if lower is None else lower
        high = span[1] if upper is None else upper
        chart.add_shape(
            type="rect", y0=low, y1=high, fillcolor=colour.band, line={"width": 0}, **across
        )
    for level in (lower, upper):
        if level is not None:
            dashed = {"color": colour.axis, "width": 1.5, "dash": "4px,3px"}
            chart.add_shape(type="line", y0=level, y1=level, line=dashed, **across)
    mean = {"color": colour.quiet, "width": 1.5}
    chart.add_shape(type="line", y0=row["mean"], y1=row["mean"], line=mean, **across)


def _name(
    chart: go.Figure, labels: Sequence[tuple[float, str]], levels: Sequence[float], mode: Mode
) -> None:
    """Names and values of the level lines at their right ends, apart from each other."""
    at = list(levels)
    for i in range(1, len(at)):
        at[i] = min(at[i], at[i - 1] - LINE)
    middle = (sum(levels) - sum(at)) / len(at)
    for (level, text), place, drawn in zip(labels, levels, at, strict=True):
        chart.add_annotation(
            x=1,
            xref="x domain",
            y=level,
            xshift=8,
            yshift=drawn + middle - place,
            xanchor="left",
            yanchor="middle",
            text=for_plotly(text),
            font={"color": COLOURS[mode].quiet},
        )


def _stretches(rows: Sequence[Row], place: Place) -> list[Points]:
    """The line in pixels, in pieces where a month is missing."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for row in rows:
        if row["value"] is None:
            pieces.append([])
        else:
            pieces[-1].append(place(row))
    return [piece for piece in pieces if len(piece) > 1]


def _points(chart: go.Figure, drawing: ControlChart, rows: Sequence[Row], mode: Mode) -> None:
    colour = COLOURS[mode]
    looks = [VARIATIONS[row["variation"] or "common"] for row in rows]
    chart.add_scatter(
        x=[row["month"] for row in rows],
        y=[row["value"] for row in rows],
        mode="lines+markers",
        connectgaps=False,
        line={"color": colour.axis, "width": 2},
        marker={
            "symbol": [symbol for symbol, _, _ in looks],
            "size": [size for _, size, _ in looks],
            "color": [fill for _, _, fill in looks],
            "line": {"color": colour.text, "width": 1.3},
            "opacity": 1,
        },
        unselected={"marker": {"opacity": 1}},
        cliponaxis=False,
        customdata=[[index, "value"] for index in range(len(rows))],
        hovertext=[
            ""
            if row["value"] is None
            else for_plotly(f"{month(row['month'])}: {_said(drawing, row['value'])}")
            + ("" if row["variation"] == "common" else f"<br>{row['variation']}")
            for row in rows
        ],
        hoverinfo="text",
    )


def _cause(row: Row) -> list[str]:
    """A cause in lines, its kind in bold."""
    kind, _, words = row["cause"].partition(": ")
    first, *others = wrapped(f"{kind}: {words}", WORDS, bold=True)
    head, _, tail = first.partition(":")
    return [f"<b>{for_plotly(head)}</b>: {for_plotly(tail)}", *map(for_plotly, others)]


def _beside(
    chart: go.Figure, plot: Plot, row: Row, place: Place, lines: Sequence[str], mode: Mode
) -> None:
    """Words as near to a point as they can stand on nothing else; nowhere if all is full."""
    colour = COLOURS[mode]
    tints = {"improvement": colour.improvement_text, "concern": colour.attention_text}
    bare = [line.replace("<b>", "").replace("</b>", "") for line in lines]
    wide, high = max(length(line, bold=True) for line in bare), len(lines) * LINE
    x, y = place(row)
    found = _nearest(plot, x, y, wide, high, above=row["value"] >= row["mean"])
    if found is None:
        return
    left, low = found
    plot.taken.append((left, left + wide, low, low + high))
    chart.add_annotation(
        x=row["month"],
        y=row["value"],
        xshift=left - x,
        yshift=low - y,
        xanchor="left",
        yanchor="bottom",
        align="left" if left + wide / 2 > x else "right",
        width=wide,
        text="<br>".join(lines),
        font={
            "color": tints.get(row["variation"], colour.text) if len(lines[0]) > 16 else colour.text
        },
    )


def _nearest(
    plot: Plot, x: float, y: float, wide: float, high: float, *, above: bool
) -> tuple[float, float] | None:
    """The free box (left, low) nearest to a point, on its own side of the mean before the other."""
    spots = []
    for left in (x + POINT + 4 - step * (wide + 2 * POINT + 8) / 12 for step in range(13)):
        for low in np.arange(2.0, plot.height - high, 6.0).tolist():
            dx = max(left - x, x - left - wide, 0.0)
            dy = max(low - y, y - low - high, 0.0)
            other = (low + high / 2 > y) != above
            spots.append((dx + dy + 12 * other, left, low))
    for far, left, low in sorted(spots):
        if far > FAR:
            return None
        if plot.free((left, left + wide, low, low + high)):
            return left, low
    return None
