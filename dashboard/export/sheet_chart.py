"""A native chart on a sheet, of the cells that stand there."""

from collections.abc import Sequence
from typing import Any

import polars as pl
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.draw.theme import COLOURS
from dashboard.draw.values import printed
from dashboard.export.cells import HEADINGS
from dashboard.export.charts import NOT_KNOWN
from dashboard.export.native import Chart, Look

_light = COLOURS["light"]
TINTS: dict[Look, str] = {
    "main": _light.main,
    "second": _light.second_edge,
    "third": _light.quiet,
    "pale": _light.pale,
    "rule": _light.quiet,
    "limit": _light.axis,
    "mark": _light.text,
}


def chart_of_cells(
    book: Workbook, sheet: Worksheet, name: str, drawn: Chart, rows: pl.DataFrame, alt: str
) -> None:
    """A chart of the cells, of as many of its series as the sheet has columns for."""
    along = _names_column(drawn, rows)
    found = [
        (series, column)
        for series in drawn.series
        if (column := _values_column(series.values, rows)) is not None
    ]
    if along is None or not found or found[0][0] is not drawn.series[0]:
        return
    last = HEADINGS + rows.height
    kind = {"bars": "bar", "columns": "column", "lines": "line"}[drawn.kind]
    options: dict[str, Any] = {"type": kind}
    if drawn.stacked:
        options["subtype"] = "stacked"
    chart = book.add_chart(options)
    for series, column in found:
        line = {"color": TINTS[series.look], "width": 2.25}
        if series.look in ("rule", "limit"):
            line |= {"dash_type": "dash", "width": 1.25}
        look = {"line": line} if drawn.kind == "lines" else {"fill": {"color": TINTS[series.look]}}
        chart.add_series(
            {
                "name": [name, HEADINGS, column],
                "categories": [name, HEADINGS + 1, along, last, along],
                "values": [name, HEADINGS + 1, column, last, column],
                **look,
            }
        )
    down, across = ("y_axis", "x_axis") if drawn.kind == "bars" else ("x_axis", "y_axis")
    axes: dict[str, dict[str, Any]] = {
        down: {"reverse": drawn.kind == "bars"},
        across: {"num_format": drawn.form, "major_gridlines": {"visible": True}},
    }
    if drawn.kind == "bars":
        axes[across]["crossing"] = "max"
    chart.set_x_axis(axes["x_axis"])
    chart.set_y_axis(axes["y_axis"])
    chart.set_title({"none": True})
    chart.set_legend({"none": True} if len(found) == 1 else {"position": "bottom"})
    chart.set_size(
        {"width": 720, "height": max(320, 22 * rows.height if drawn.kind == "bars" else 0)}
    )
    sheet.insert_chart(HEADINGS, rows.width + 1, chart, {"description": alt, "object_position": 3})


def _names_column(drawn: Chart, rows: pl.DataFrame) -> int | None:
    """The column that holds the chart's categories, days or words."""
    for index, column in enumerate(rows.iter_columns()):
        if column.dtype == pl.Date and drawn.kind in ("columns", "lines"):
            return index if column.n_unique() == column.len() else None
        # A name may have more words behind it there, those of a mark.
        names = [printed(value) or NOT_KNOWN for value in column]
        pairs = zip(names, drawn.categories, strict=False)
        same = all(isinstance(full, str) and full.startswith(name) for name, full in pairs)
        if same and len(names) == len(drawn.categories) and not column.dtype.is_numeric():
            return index
    return None


def _values_column(values: Sequence[float | None], rows: pl.DataFrame) -> int | None:
    """The column that holds just these numbers."""
    wanted = pl.Series(values, dtype=pl.Float64)
    for index, column in enumerate(rows.iter_columns()):
        if column.dtype.is_numeric() and column.cast(pl.Float64).equals(wanted):
            return index
    return None
