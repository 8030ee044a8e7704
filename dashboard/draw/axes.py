"""Axes: round numbers, and days in words under the plot.

Tick labels are annotations. Plotly's own are centred on their tick and cut at the edge; these stand
within the plot's edges, which are also the title's, and leave out what would collide.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from math import inf
from typing import Any

import plotly.graph_objects as go

from dashboard.draw.escape import for_plotly
from dashboard.draw.lettering import width
from dashboard.draw.theme import COLOURS, TEXT, Mode
from dashboard.draw.values import number
from queries.words import SHORT_MONTHS


def nice_ticks(top: float, most: int = 3) -> list[float]:
    """At most `most` round values above 0 and up to `top`; none where there is nothing to scale."""
    return next(tick_choices(top, most), [])


def tick_choices(top: float, most: int = 3) -> Iterator[list[float]]:
    """The ways to choose them, those with most values first."""
    if not top > 0:
        return
    magnitude = 10.0 ** (len(str(int(top))) - 1) if top >= 1 else 10.0**-6
    steps = (
        magnitude * 10**power * round_ for power in range(-1, 8) for round_ in (1, 2, 2.5, 4, 5)
    )
    whole = float(top).is_integer() or top > 5
    for step in steps:
        if whole and not step.is_integer():
            continue
        if 1 <= top // step <= most:
            yield [round(step * i, 9) for i in range(1, int(top // step) + 1)]


def day_ticks(start: date, end: date, room: float, size: float = TEXT) -> list[tuple[date, str]]:
    """Firsts of months with their names, as many as fit into `room` pixels without crowding.

    Within twelve months the year is left to the caption; beyond, the first tick and the first
    one of each year carry it. Over many years their Januaries are named by the year alone.
    """
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if months < 3:
        return _week_ticks(start, end)
    for step in (1, 3, 6, 12, 24, 60):
        # Quarters and years are the calendar's; half-years begin with the financial year.
        phase = 3 if step == 6 else 0
        ticks: list[tuple[date, str]] = []
        year = None
        for month in range(months):
            first = _months_on(start, month)
            if first < start or (first.month - 1) % min(step, 12) != phase % min(step, 12):
                continue
            if step > 12 and (first.year - start.year) % (step // 12):
                continue
            label = SHORT_MONTHS[first.month - 1] if step < 12 else str(first.year)
            if months > 13 and step < 12 and first.year != year:
                label, year = f"{label} {first.year}", first.year
            ticks.append((first, label))
        gap = 48 if step < 12 else 24
        if sum(width(label, size) + gap for _, label in ticks) <= room + gap:
            break
    return ticks


def _months_on(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def _week_ticks(start: date, end: date) -> list[tuple[date, str]]:
    weeks = (end - start).days // 7 + 1
    days = [start + timedelta(days=7 * week) for week in range(weeks)]
    return [(day, f"{day.day} {SHORT_MONTHS[day.month - 1]}") for day in days]


def ticks_x(start: Any, end: Any, room: float, size: float = TEXT) -> list[tuple[Any, str]]:
    """The ticks of an x axis of days or of numbers."""
    if isinstance(start, date):
        return list(day_ticks(start, end, room, size))
    return list(number_ticks(float(start), float(end), room))


def number_ticks(start: float, end: float, room: float) -> list[tuple[float, str]]:
    """Round values of a numeric axis, the start included."""
    most = max(1, int(room // 70))
    ticks = [start, *(tick + start for tick in nice_ticks(end - start, most))]
    return [(tick, number(tick)) for tick in ticks]


def share(value: date | float, start: date | float, end: date | float) -> float:
    """Where a value lies between start (0) and end (1)."""
    whole: Any = end - start  # type: ignore[operator]
    part: Any = value - start  # type: ignore[operator]
    return float(part / whole) if whole else 0.0


def label_x(
    chart: go.Figure,
    ticks: Iterable[tuple[date | float, str]],
    span: tuple[date | float, date | float],
    room: float,
    mode: Mode,
    axis: str = "",
    size: float = TEXT,
) -> None:
    """Write the tick labels under an x axis; `axis` is "" for the first, then "2", "3", ..."""
    free = -1.0
    for value, label in ticks:
        centre = share(value, *span) * room
        length = width(label, size)
        anchor, left = "center", centre - length / 2
        if left < 0:
            anchor, left = "left", centre
        if left + length > room:
            anchor, left = "right", centre - length
        if left < free:
            continue
        free = left + length + 8
        write_below(chart, value, label, anchor, mode, axis, size)


def write_below(
    chart: go.Figure,
    value: date | float,
    label: str,
    anchor: str,
    mode: Mode,
    axis: str = "",
    size: float = TEXT,
) -> None:
    """One label under an x axis, at a value."""
    chart.add_annotation(
        x=value,
        xref=f"x{axis}",
        y=0,
        yref=f"y{axis} domain",
        yshift=-5,
        xanchor=anchor,
        yanchor="top",
        text=label,
        font={"size": size, "color": COLOURS[mode].quiet},
    )


def title_x(chart: go.Figure, title: str, axis: str, mode: Mode, room: float = inf) -> None:
    """The x axis's own words, under its tick labels, flush left.

    Words longer than the `room` from there to the figure's edge begin so much further left.
    """
    chart.add_annotation(
        x=0,
        xref=f"x{axis} domain",
        y=0,
        yref=f"y{axis} domain",
        xshift=min(room - width(title), 0.0),
        yshift=-28,
        xanchor="left",
        yanchor="top",
        text=for_plotly(title),
        font={"color": COLOURS[mode].quiet},
    )
