"""Bars and columns."""

from datetime import date

import polars as pl

from dashboard.draw.values import number, printed
from dashboard.drawings import AreaMap, Bars, Benchmarks, Columns, Histogram, Ranked
from dashboard.export.charts.base import LOOKS, charts, floats, names_of
from dashboard.export.native import Chart, Series, form_of


@charts.register
def _(drawing: Bars, frame: pl.DataFrame) -> tuple[Chart, ...]:
    parts = [
        Series(heading, floats(frame, name), look)
        for (name, heading), look in zip(drawing.parts.items(), LOOKS, strict=False)
    ]
    names = names_of(frame, drawing.category)
    stacked = len(parts) > 1
    if drawing.of:
        done = [
            sum(value or 0 for value in row) for row in zip(*(p.values for p in parts), strict=True)
        ]
        rest = tuple(
            max(of - have, 0) if of is not None else None
            for of, have in zip(floats(frame, drawing.of), done, strict=True)
        )
        parts.append(Series(drawing.rest, rest, "pale"))
        stacked = True
    if drawing.mark:
        marks = floats(frame, drawing.mark)
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
        Series(heading, floats(frame, name), look)
        for (name, heading), look in zip(drawing.parts.items(), LOOKS, strict=False)
    ]
    form = form_of([v for part in parts for v in part.values], percent=drawing.percent)
    stacked = len(parts) > 1
    if drawing.mark and (marks := floats(frame, drawing.mark)).count(None) < len(marks):
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
    counts = Series("number", floats(frame, drawing.count))
    said = f"{drawing.unit}; the middle value is {number(frame[drawing.median][0])}"
    if (slow := frame[drawing.slow][0]) is not None:
        said += f", the slowest tenth took {number(slow)} or more"
    return (Chart("columns", names, (counts,), x_title=said),)


@charts.register
def _(drawing: AreaMap, frame: pl.DataFrame) -> tuple[Chart, ...]:
    return (_ranked(frame, drawing.name, drawing.value, drawing.unit, drawing.percent),)


@charts.register
def _(drawing: Ranked, frame: pl.DataFrame) -> tuple[Chart, ...]:
    heading = drawing.value_heading or drawing.unit
    return (_ranked(frame, drawing.category, drawing.value, heading, drawing.percent),)


@charts.register
def _(drawing: Benchmarks, frame: pl.DataFrame) -> tuple[Chart, ...]:
    series = [Series(drawing.value_heading, floats(frame, drawing.value))]
    if drawing.published:
        series.append(Series(drawing.published_heading, floats(frame, drawing.published), "pale"))
    names = names_of(frame, drawing.category)
    return (Chart("bars", names, tuple(series), "0%", x_title=drawing.x_title),)


def _ranked(frame: pl.DataFrame, name: str, value: str, heading: str, percent: bool) -> Chart:
    values = floats(frame, value)
    series = Series(heading or "value", values)
    return Chart("bars", names_of(frame, name), (series,), form_of(values, percent=percent))


def _since(day: date) -> str:
    """The name of a column that begins on a day: "Oct 2026", or the day of a week."""
    return f"{day:%b %Y}" if day.day == 1 else printed(day)
