"""Lines over time, and along other things."""

import polars as pl

from dashboard.draw.values import printed
from dashboard.drawings import ControlChart, Courses, Fans, Lines, Multiples
from dashboard.export.charts.base import LOOKS, NOT_KNOWN, along, charts, floats, groups, titled
from dashboard.export.native import Chart, Look, Series, form_of


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
        Series(heading, floats(wide, name), look)
        for (name, heading), look in zip(lines.items(), _looks(len(lines)), strict=True)
    ]
    if drawing.target and not drawing.group:
        series.append(Series("target", floats(frame, drawing.target), "rule"))
    form = form_of([v for each in series for v in each.values], percent=drawing.percent)
    return (Chart("lines", along(wide, drawing.x), tuple(series), form, x_title=drawing.x_title),)


@charts.register
def _(drawing: Courses, frame: pl.DataFrame) -> tuple[Chart, ...]:
    found = []
    for group in groups(frame.filter(pl.col(drawing.x).is_not_null()), drawing.group):
        series = [
            Series(heading, floats(group, name), look)
            for (name, heading), look in zip(drawing.lines.items(), LOOKS, strict=False)
        ]
        if drawing.course:
            series.append(Series("course", floats(group, drawing.course), "rule"))
        found.append(
            Chart(
                "lines",
                along(group, drawing.x),
                tuple(series),
                title=titled(group, drawing.group, drawing.headings),
                x_title=drawing.x_title,
            )
        )
    return tuple(found)


@charts.register
def _(drawing: Fans, frame: pl.DataFrame) -> tuple[Chart, ...]:
    found = []
    for group in groups(frame.filter(pl.col(drawing.x).is_not_null()), drawing.group):
        series = (
            Series(drawing.value_heading or "so far", floats(group, drawing.value)),
            Series("expected", floats(group, drawing.middle), "second"),
            Series("low", floats(group, drawing.lower), "limit"),
            Series("high", floats(group, drawing.upper), "limit"),
            Series(drawing.limit_heading or "limit", floats(group, drawing.limit), "rule"),
        )
        title = titled(group, drawing.group, drawing.headings)
        found.append(Chart("lines", along(group, drawing.x), series, title=title))
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
        if (values := floats(frame, name)).count(None) < len(values)
    )
    form = (
        "0%" if drawing.percent else "#,##0." + "0" * drawing.places if drawing.places else "#,##0"
    )
    return (Chart("lines", along(frame, "month"), series, form),)


@charts.register
def _(drawing: Multiples, frame: pl.DataFrame) -> tuple[Chart, ...]:
    form = form_of(floats(frame, drawing.value), percent=drawing.percent)
    return tuple(
        Chart(
            "lines",
            along(group, drawing.x),
            (Series(drawing.unit or "value", floats(group, drawing.value)),),
            form,
            title=printed(group[drawing.group][0]) or NOT_KNOWN,
        )
        for group in groups(frame, drawing.group)
    )


def _looks(count: int) -> tuple[Look, ...]:
    """The lines of a chart by importance; beyond three all look alike but the first."""
    pale: tuple[Look, ...] = ("pale",)
    return (*LOOKS, *(pale * max(count - len(LOOKS), 0)))[:count]
