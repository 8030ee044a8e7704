"""From a panel's drawing and its rows to native charts: the same numbers as on the screen.

`charts` gives one chart, several small ones for a drawing of small charts, or none where the rows
themselves say it best (grids of numbers, timelines, tables).
"""

from collections.abc import Iterable
from datetime import date
from functools import singledispatch
from typing import Any, cast

import numpy as np
import polars as pl

from dashboard.draw.values import number, printed
from dashboard.drawings import (
    AreaMap,
    Bars,
    Benchmarks,
    Columns,
    ControlChart,
    Courses,
    Drawing,
    Fans,
    Funnel,
    Grids,
    Histogram,
    Lanes,
    Lines,
    Matrix,
    Multiples,
    Ranked,
    Table,
)
from dashboard.export.native import Chart, Look, Series, form_of
from queries.statistics import funnel_limits

_LOOKS: tuple[Look, ...] = ("main", "second", "third")
_LIMITS: tuple[tuple[str, float, Look], ...] = (
    ("95% limit", 0.95, "rule"),
    ("99.8% limit", 0.998, "limit"),
)
_ALONG = 40  # points along each limit of a funnel
NOT_KNOWN = "not known"


@singledispatch
def charts(drawing: Any, frame: pl.DataFrame) -> tuple[Chart, ...]:  # noqa: ARG001
    """The native charts of a frame that has rows."""
    raise TypeError(f"There is no native chart for {type(drawing).__name__}; see dashboard/export.")


@charts.register(Table)
@charts.register(Matrix)
@charts.register(Grids)
@charts.register(Lanes)
def _(drawing: Drawing, frame: pl.DataFrame) -> tuple[Chart, ...]:  # noqa: ARG001
    return ()


@charts.register
def _(drawing: Bars, frame: pl.DataFrame) -> tuple[Chart, ...]:
    parts = [
        Series(heading, _floats(frame, name), look)
        for (name, heading), look in zip(drawing.parts.items(), _LOOKS, strict=False)
    ]
    names = _names(frame, drawing.category)
    stacked = len(parts) > 1
    if drawing.of:
        done = [
            sum(value or 0 for value in row) for row in zip(*(p.values for p in parts), strict=True)
        ]
        rest = tuple(
            max(of - have, 0) if of is not None else None
            for of, have in zip(_floats(frame, drawing.of), done, strict=True)
        )
        heading = f"{drawing.of_heading}, the rest" if drawing.of_heading else "the rest"
        parts.append(Series(heading, rest, "pale"))
        stacked = True
    if drawing.mark:
        marks = _floats(frame, drawing.mark)
        if stacked:
            names = tuple(
                name if mark is None else f"{name} ({drawing.mark_heading} {number(mark)})"
                for name, mark in zip(names, marks, strict=True)
            )
        else:
            parts.append(Series(drawing.mark_heading, marks, "pale"))
    form = form_of([value for part in parts for value in part.values])
    return (Chart("bars", names, tuple(parts), form, stacked=stacked),)


@charts.register
def _(drawing: Columns, frame: pl.DataFrame) -> tuple[Chart, ...]:
    parts = [
        Series(heading, _floats(frame, name), look)
        for (name, heading), look in zip(drawing.parts.items(), _LOOKS, strict=False)
    ]
    form = form_of([v for part in parts for v in part.values], percent=drawing.percent)
    stacked = len(parts) > 1
    if drawing.mark and (marks := _floats(frame, drawing.mark)).count(None) < len(marks):
        parts.append(Series(drawing.mark_heading or "mark", marks, "mark"))
    running = frame[drawing.partial] if drawing.partial in frame.columns else None
    days = frame[drawing.x].to_list()
    names = tuple(
        _since(day) + (", not over" if running is not None and running[index] else "")
        for index, day in enumerate(days)
    )
    return (Chart("columns", names, tuple(parts), form, stacked=stacked),)


@charts.register
def _(drawing: Histogram, frame: pl.DataFrame) -> tuple[Chart, ...]:
    names = tuple(
        f"{number(start)}+" if end is None else f"{number(start)} to {number(end)}"
        for start, end in frame.select(drawing.start, drawing.end).iter_rows()
    )
    counts = Series("number", _floats(frame, drawing.count))
    said = f"{drawing.unit}; the middle value is {number(frame[drawing.median][0])}"
    if (slow := frame[drawing.slow][0]) is not None:
        said += f", the slowest tenth took {number(slow)} or more"
    return (Chart("columns", names, (counts,), x_title=said),)


@charts.register
def _(drawing: Lines, frame: pl.DataFrame) -> tuple[Chart, ...]:
    if drawing.group:
        (column,) = drawing.lines
        named = pl.col(drawing.group).cast(pl.String).fill_null(NOT_KNOWN)
        wide = (
            frame.select(pl.col(drawing.x), named, pl.col(column))
            .pivot(drawing.group, index=drawing.x, values=column, maintain_order=True)
            .sort(drawing.x)
        )
        lines = {name: name for name in wide.columns[1:]}
    else:
        wide, lines = frame, dict(drawing.lines)
    series = [
        Series(heading, _floats(wide, name), look)
        for (name, heading), look in zip(lines.items(), _looks(len(lines)), strict=True)
    ]
    if drawing.target and not drawing.group:
        series.append(Series("target", _floats(frame, drawing.target), "rule"))
    form = form_of([v for each in series for v in each.values], percent=drawing.percent)
    return (Chart("lines", _along(wide, drawing.x), tuple(series), form, x_title=drawing.x_title),)


@charts.register
def _(drawing: Courses, frame: pl.DataFrame) -> tuple[Chart, ...]:
    found = []
    for group in _groups(frame.filter(pl.col(drawing.x).is_not_null()), drawing.group):
        series = [
            Series(heading, _floats(group, name), look)
            for (name, heading), look in zip(drawing.lines.items(), _LOOKS, strict=False)
        ]
        if drawing.course:
            series.append(Series("course", _rounded(group, drawing.course), "rule"))
        found.append(
            Chart(
                "lines",
                _along(group, drawing.x),
                tuple(series),
                title=_titled(group, drawing.group, drawing.headings),
                x_title=drawing.x_title,
            )
        )
    return tuple(found)


@charts.register
def _(drawing: Fans, frame: pl.DataFrame) -> tuple[Chart, ...]:
    found = []
    for group in _groups(frame.filter(pl.col(drawing.x).is_not_null()), drawing.group):
        series = (
            Series(drawing.value_heading or "so far", _floats(group, drawing.value)),
            Series("expected", _floats(group, drawing.middle), "second"),
            Series("low", _floats(group, drawing.lower), "limit"),
            Series("high", _floats(group, drawing.upper), "limit"),
            Series(drawing.limit_heading or "limit", _floats(group, drawing.limit), "rule"),
        )
        title = _titled(group, drawing.group, drawing.headings)
        found.append(Chart("lines", _along(group, drawing.x), series, title=title))
    return tuple(found)


@charts.register
def _(drawing: ControlChart, frame: pl.DataFrame) -> tuple[Chart, ...]:
    trial = "trial " if "trial" in frame.columns and bool(frame["trial"].any()) else ""
    lines: tuple[tuple[str, str, Look], ...] = (
        ("value", "value", "main"),
        ("mean", "mean", "rule"),
        (f"lower {trial}limit", "lower", "limit"),
        (f"upper {trial}limit", "upper", "limit"),
    )
    series = tuple(
        Series(heading, values, look)
        for heading, name, look in lines
        if (values := _floats(frame, name)).count(None) < len(values)
    )
    form = (
        "0%" if drawing.percent else "#,##0." + "0" * drawing.places if drawing.places else "#,##0"
    )
    return (Chart("lines", _along(frame, "month"), series, form),)


@charts.register
def _(drawing: Multiples, frame: pl.DataFrame) -> tuple[Chart, ...]:
    form = form_of(_floats(frame, drawing.value), percent=drawing.percent)
    return tuple(
        Chart(
            "lines",
            _along(group, drawing.x),
            (Series(drawing.unit or "value", _floats(group, drawing.value)),),
            form,
            title=printed(group[drawing.group][0]) or NOT_KNOWN,
        )
        for group in _groups(frame, drawing.group)
    )


@charts.register
def _(drawing: AreaMap, frame: pl.DataFrame) -> tuple[Chart, ...]:
    return (_ranked(frame, drawing.name, drawing.value, drawing.unit, drawing.percent),)


@charts.register
def _(drawing: Ranked, frame: pl.DataFrame) -> tuple[Chart, ...]:
    heading = drawing.value_heading or drawing.unit
    return (_ranked(frame, drawing.category, drawing.value, heading, drawing.percent),)


@charts.register
def _(drawing: Benchmarks, frame: pl.DataFrame) -> tuple[Chart, ...]:
    series = [Series(drawing.value_heading, _floats(frame, drawing.value))]
    if drawing.published:
        series.append(Series(drawing.published_heading, _floats(frame, drawing.published), "pale"))
    names = _names(frame, drawing.category)
    return (Chart("bars", names, tuple(series), "0%", x_title=drawing.x_title),)


@charts.register
def _(drawing: Funnel, frame: pl.DataFrame) -> tuple[Chart, ...]:
    percent = drawing.scale == 1
    points = frame.drop_nulls([drawing.n, drawing.value])
    series = [
        Series(
            "inside" if points[drawing.says].null_count() else "areas",
            _floats(inside, drawing.value),
            x=cast(Any, _floats(inside, drawing.n)),
        )
        for inside in (points.filter(pl.col(drawing.says).is_null()),)
        if inside.height
    ]
    series += [
        Series(row[drawing.says], (row[drawing.value],), "second", (float(row[drawing.n]),))
        for row in points.filter(pl.col(drawing.says).is_not_null()).iter_rows(named=True)
    ]
    centre = points[drawing.centre][0] if points.height else None
    if centre is not None:
        series += _funnel_limits(drawing, float(points[drawing.n].max()), centre)  # type: ignore[arg-type]
    form = "0%" if percent else "#,##0.0"
    return (Chart("points", (), tuple(series), form, x_title=drawing.n_heading),)


def _funnel_limits(drawing: Funnel, largest: float, centre: float) -> list[Series]:
    """The centre and the limits, as lines from the smallest size to the largest."""
    sizes = np.unique(np.rint(np.geomspace(max(largest / 40, 1), largest * 1.06, _ALONG)))
    across = tuple(float(size) for size in sizes)
    found = [Series("all", (centre,) * len(across), "third", across)]
    for name, confidence, look in _LIMITS:
        limits = funnel_limits(sizes, centre / drawing.scale, confidence)
        found += [
            Series(f"{side} {name}", values, look, across)
            for side in ("lower", "upper")
            if not limits[side].null_count()
            and (values := tuple((limits[side] * drawing.scale).to_list()))
        ]
    return found


def _ranked(frame: pl.DataFrame, name: str, value: str, heading: str, percent: bool) -> Chart:
    values = _floats(frame, value)
    series = Series(heading or "value", values)
    return Chart("bars", _names(frame, name), (series,), form_of(values, percent=percent))


def _groups(frame: pl.DataFrame, column: str) -> Iterable[pl.DataFrame]:
    return frame.partition_by(column, maintain_order=True)


def _titled(group: pl.DataFrame, name: str, heading: str) -> str:
    said = [printed(group[name][0]) or NOT_KNOWN, printed(group[heading][0])]
    return ": ".join(filter(None, said))


def _looks(count: int) -> tuple[Look, ...]:
    """The lines of a chart by importance; beyond three all look alike but the first."""
    pale: tuple[Look, ...] = ("pale",)
    return (*_LOOKS, *(pale * max(count - len(_LOOKS), 0)))[:count]


def _floats(frame: pl.DataFrame, column: str) -> tuple[float | None, ...]:
    return tuple(frame[column].cast(pl.Float64).to_list())


def _rounded(frame: pl.DataFrame, column: str) -> tuple[float | None, ...]:
    return tuple(frame[column].cast(pl.Float64).round(1).to_list())


def _names(frame: pl.DataFrame, column: str) -> tuple[str, ...]:
    return tuple(printed(value) or NOT_KNOWN for value in frame[column])


def _along(frame: pl.DataFrame, column: str) -> tuple[str | date, ...]:
    """Places on a line: days stay days, numbers become their words."""
    return tuple(value if isinstance(value, date) else printed(value) for value in frame[column])


def _since(day: date) -> str:
    """The name of a column that begins on a day: "Oct 2026", or the day of a week."""
    return f"{day:%b %Y}" if day.day == 1 else printed(day)
