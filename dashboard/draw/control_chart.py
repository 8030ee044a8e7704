"""XmR charts: band, mean and limits with their values; special causes in shape, colour, words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.axes import day_ticks, label_x, share
from dashboard.draw.base import blank, choices, figure, key_values
from dashboard.draw.beside import POINT, Beside, write_beside
from dashboard.draw.crossing import Box, Points, boxes_of
from dashboard.draw.escape import for_plotly, plain
from dashboard.draw.flags import draw_flags, flags, height_of
from dashboard.draw.lettering import width as length
from dashboard.draw.lettering import wrapped
from dashboard.draw.plot import Plot
from dashboard.draw.theme import COLOURS, FULL, LINE, VARIATIONS, Mode
from dashboard.draw.values import number
from dashboard.drawings import ControlChart
from queries.words import month

FOOT = 28
ROOM = 58  # pixels over and under what is drawn, for words
STEP = 33  # by which that room grows
LEAST = 90  # pixels that values and limits keep where words need more room than that
WORDS = 240, 150  # the widest that the words beside a point become, and where that has no room
SHOWN = 6  # causes said beside their points, the last ones; the table has all
EDGE = timedelta(days=18)  # free space before the first point and after the last
HALF = timedelta(days=15)  # before the first month of limits they begin to be drawn

Row = Mapping[str, Any]
Place = Callable[[Row], tuple[float, float]]


@figure.register
def control_chart(
    drawing: ControlChart, frame: pl.DataFrame, mode: Mode, width: int = FULL
) -> go.Figure:
    """No y axis: the mean and the limits carry their values at the right end.

    Where a cause finds no room by its point, the chart is drawn again with more room on that side
    of the mean, until that no longer helps or the lines would be too flat.
    """
    rooms = {True: ROOM, False: ROOM}
    tried: list[tuple[int, int, int, go.Figure]] = []
    while True:
        chart, far, lacking, height = _drawn(drawing, frame, mode, width, rooms)
        tried.append((lacking, len(far), len(tried), chart))
        for side in set(far):
            rooms[side] += STEP
        if not far or height - sum(rooms.values()) < LEAST:
            return min(tried)[-1]


def _drawn(
    drawing: ControlChart, frame: pl.DataFrame, mode: Mode, width: int, rooms: dict[bool, int]
) -> tuple[go.Figure, list[bool], int, float]:
    """The chart with so much room above and below; the sides on which a cause has none by its
    point (True is above); how many have none on that side at all; and the height of the plot.
    """
    rows = frame.to_dicts()
    known = [row for row in rows if row["value"] is not None]
    labels = _labels(drawing, rows[-1])
    margin = round(max(length(text) for _, text in labels)) + 10
    room = float(width - margin)
    span = rows[0]["month"] - EDGE, rows[-1]["month"] + EDGE
    noted = flags([(row["note_on"], row["note"]) for row in rows if row["note"]], span, room)
    top = height_of(noted) + 8
    height = drawing.height - top - FOOT
    low, high = _extent(rows, height, rooms)
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
    limits = _limits_of(rows, span)
    for row, start, end in limits:
        ends = share(start, *span) * room, share(end, *span) * room
        for level, _ in _labels(drawing, row):
            plot.lines.append([(x, (level - low) * pixels) for x in ends])
        _limits(chart, row, (start, end), (low, high), mode)
    _name(chart, labels, [(level - low) * pixels for level, _ in labels], mode)
    draw_flags(chart, plot, noted, span, mode)
    plot.lines += _stretches(rows, place)
    for row in known:
        if row["least"] is not None:
            x, _ = place(row)
            plot.lines.append([(x, (row[end] - low) * pixels) for end in ("least", "most")])
    plot.taken += [_around(place(row)) for row in known]
    for row, start, end in limits[:-1]:
        level = (row["mean"] - low) * pixels
        ends = share(start, *span) * room, share(end, *span) * room
        _name_mean(chart, plot, drawing, (row, start), (*ends, level), mode)
    _points(chart, drawing, rows, mode)
    label_x(chart, day_ticks(*span, room), span, room, mode)

    marks = {row["month"]: [_around(place(row))] for row in known}

    def beside(row: Row, ways: list[list[str]], colour: str) -> Beside:
        mean, above = (row["mean"] - low) * pixels, row["value"] >= row["mean"]
        month = row["month"]
        return Beside(month, row["value"], place(row), mean, above, ways, colour, marks[month])

    causes = [row for row in known if row["cause"]][: -SHOWN - 1 : -1]
    valued = [known[-1], *(row for row in causes if row["rule"] == "outside")]
    for row in {row["month"]: row for row in valued}.values():
        said = [[f"<b>{_said(drawing, row['value'])}</b>"]]
        value = beside(row, said, COLOURS[mode].text)
        box = write_beside(chart, plot, value) or write_beside(chart, plot, value, across=True)
        marks[row["month"]] += [box] if box else []
        if not box and row is known[-1]:  # which must be said; others leave the room to words
            write_beside(chart, plot, value, led=True)
    words = [
        beside(row, [_cause(row, widest) for widest in WORDS], _tint(row, mode)) for row in causes
    ]
    far = [each for each in words if not write_beside(chart, plot, each)]
    lacking = [each for each in far if not write_beside(chart, plot, each, led=True)]
    for each in lacking:
        # Else its kind alone; the point says the rest, and so does the table.
        kind = replace(each, ways=[[each.ways[0][0].partition(":")[0]]])
        write_beside(chart, plot, each, across=True, led=True) or write_beside(chart, plot, kind)
    return chart, [each.above for each in far], len(lacking), height


@key_values.register
def _(drawing: ControlChart, frame: pl.DataFrame) -> list[str]:
    rows = frame.to_dicts()
    known = [row for row in rows if row["value"] is not None]
    said = [f"{month(row['month'])} {_said(drawing, row['value'])}" for row in known[::-1][:1]]
    said += [text for _, text in _labels(drawing, rows[-1])]
    for now, before in pairwise(list({row["since"]: row for row in rows}.values())[::-1]):
        said.append(f"before {month(now['since'])} mean {_said(drawing, before['mean'])}")
    return [plain(text) for text in [*said, *(row["cause"] for row in known if row["cause"])]]


@choices.register
def _(drawing: ControlChart, frame: pl.DataFrame) -> list[tuple[int, str, str]]:
    return [
        (index, "value", f"{month(row['month'])}: {_said(drawing, row['value'])}")
        for index, row in reversed(list(enumerate(frame.to_dicts())))
        if row["value"] is not None
    ]


def _around(at: tuple[float, float]) -> Box:
    """What a point keeps free."""
    x, y = at
    return x - POINT, x + POINT, y - POINT, y + POINT


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


def _extent(rows: Sequence[Row], height: float, rooms: Mapping[bool, int]) -> tuple[float, float]:
    """The range of the y axis: all values and limits, with room for words over and under them."""
    names = ("value", "least", "most", "lower", "upper")
    levels = [row[name] for row in rows for name in names if row[name] is not None]
    low, high = min(levels), max(levels)
    if high - low < 1e-9:
        low, high = low - 1, high + 1
    pixel = (high - low) / (height - sum(rooms.values()))
    return low - pixel * rooms[False], high + pixel * rooms[True]


def _limits_of(rows: Sequence[Row], span: tuple[date, date]) -> list[tuple[Row, date, date]]:
    """A row with each of the limits, the newest last, and from which day to which they are drawn:
    between two that follow each other, half a month before the first month of the later."""
    each = list({row["since"]: row for row in rows}.values())
    starts = [span[0], *(row["since"] - HALF for row in each[1:])]
    return list(zip(each, starts, [*starts[1:], span[1]], strict=True))


def _limits(
    chart: go.Figure, row: Row, across: tuple[date, date], span: tuple[float, float], mode: Mode
) -> None:
    """The band between the limits (to the edge where there is none), its edges and the mean."""
    colour = COLOURS[mode]
    ends = {"x0": across[0], "x1": across[1]}
    lower, upper = row["lower"], row["upper"]
    if lower is not None or upper is not None:
        low = span[0] if lower is None else lower
        high = span[1] if upper is None else upper
        chart.add_shape(
            type="rect", y0=low, y1=high, fillcolor=colour.band, line={"width": 0}, **ends
        )
    for level in (lower, upper):
        if level is not None:
            dashed = {"color": colour.axis, "width": 1.5, "dash": "4px,3px"}
            chart.add_shape(type="line", y0=level, y1=level, line=dashed, **ends)
    mean = {"color": colour.quiet, "width": 1.5}
    chart.add_shape(type="line", y0=row["mean"], y1=row["mean"], line=mean, **ends)


def _name_mean(
    chart: go.Figure,
    plot: Plot,
    drawing: ControlChart,
    at: tuple[Row, date],
    line: tuple[float, float, float],
    mode: Mode,
) -> None:
    """The value of an earlier mean on its line, where there is room above or below it."""
    (row, start), (left, right, level) = at, line
    text = f"mean {_said(drawing, row['mean'])}"
    wide = length(text)
    boxes: list[Box] = [
        (x, x + wide, bottom, bottom + LINE)
        for bottom in (level + 2, level - LINE - 2)
        for x in range(round(left) + 4, round(right - wide) - 4, 6)
    ]
    found = plot.first_free(boxes_of(boxes))
    if found is not None:
        x, _, bottom, _ = boxes[found]
        chart.add_annotation(
            x=start,
            y=row["mean"],
            xshift=x - left,
            yshift=bottom - level,
            xanchor="left",
            yanchor="bottom",
            text=for_plotly(text),
            font={"color": COLOURS[mode].quiet},
        )
        plot.taken.append(boxes[found])


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
        error_y=_before_rounding(rows, colour.axis),
        unselected={"marker": {"opacity": 1}},
        cliponaxis=False,
        customdata=[[index, "value"] for index in range(len(rows))],
        hovertext=[
            ""
            if row["value"] is None
            else for_plotly(f"{month(row['month'])}: {_said(drawing, row['value'])}")
            + ("" if row["variation"] == "common" else f"<br>{row['cause'] or row['variation']}")
            for row in rows
        ],
        hoverinfo="text",
    )


def _before_rounding(rows: Sequence[Row], colour: str) -> dict[str, Any]:
    """Thin lines from the least to the most that each value could be."""
    known = [row if row["least"] is not None else dict.fromkeys(row, 0.0) for row in rows]
    return {
        "type": "data",
        "symmetric": False,
        "array": [row["most"] - row["value"] for row in known],
        "arrayminus": [row["value"] - row["least"] for row in known],
        "color": colour,
        "thickness": 1.5,
        "width": 0,
        "visible": any(row["least"] is not None for row in rows),
    }


def _cause(row: Row, widest: float) -> list[str]:
    """A cause in lines, its kind in bold."""
    kind, _, words = row["cause"].partition(": ")
    first, *others = wrapped(f"{kind}: {words}", widest, bold=True)
    head, _, tail = first.partition(":")
    return [f"<b>{for_plotly(head)}</b>: {for_plotly(tail)}", *map(for_plotly, others)]


def _tint(row: Row, mode: Mode) -> str:
    colour = COLOURS[mode]
    tints = {"improvement": colour.improvement_text, "concern": colour.attention_text}
    return tints.get(row["variation"], colour.text)
