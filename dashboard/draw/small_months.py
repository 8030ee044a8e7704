"""The months under one of many small charts: its ends, or its Januaries."""

from datetime import date
from typing import Any

import plotly.graph_objects as go

from dashboard.draw.axes import share, write_below
from dashboard.draw.lettering import width as length
from dashboard.draw.theme import COLOURS, Mode
from queries.words import SHORT_MONTHS

TICK = 5  # length of the ticks of Januaries


def write_months(
    chart: go.Figure,
    days: tuple[Any, Any, Any],
    axis: str,
    size: tuple[float, float],
    mode: Mode,
) -> None:
    """The first and the last month under a chart, where both fit; over more than a year, a tick
    for each January, and their names.
    """
    (start, end, grown), (room, high) = days, size
    right = share(end, start, grown) * room
    if (end.year - start.year) * 12 + end.month - start.month > 12:
        found = _januaries(start, end)
        for day in found:
            _tick(chart, axis, day, high, mode)
        at = [share(day, start, grown) * room for day in found]
        ticks = [(day, "left", text) for day, text in _named(found, at, room)]
    else:
        first, final = (SHORT_MONTHS[day.month - 1] for day in (start, end))
        both = start != end and right >= length(first) + length(final) + 8
        ticks = [(start, "left", first), (end, "right", final)][: 2 if both else 1]
    for day, anchor, text in ticks:
        write_below(chart, day, text, anchor, mode, axis)


def _tick(chart: go.Figure, axis: str, day: date, high: float, mode: Mode) -> None:
    chart.add_shape(
        type="line",
        x0=day,
        x1=day,
        xref=f"x{axis}",
        y0=0,
        y1=-TICK / high,
        yref=f"y{axis} domain",
        line={"color": COLOURS[mode].axis, "width": 1},
    )


def _januaries(start: date, end: date) -> list[date]:
    found = (date(year, 1, 1) for year in range(start.year, end.year + 1))
    return [day for day in found if day >= start]


def _named(found: list[date], at: list[float], room: float) -> list[tuple[date, str]]:
    """What the Januaries are called: "Jan 2025" where all fit, else years alone, or some years."""
    for every, named in ((1, "Jan "), (1, ""), (2, ""), (3, ""), (5, "")):
        texts = [f"{named}{day.year}" for day in found[::every]]
        ends = [left + length(text) for left, text in zip(at[::every], texts, strict=True)]
        if ends[-1] <= room and all(
            after >= before + 8 for before, after in zip(ends, at[every::every], strict=False)
        ):
            return list(zip(found[::every], texts, strict=True))
    return [(found[0], str(found[0].year))]
