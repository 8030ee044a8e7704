"""One panel on one sheet: its finding, its rows as real numbers, and a chart of those cells."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import polars as pl
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.draw import alt_text
from dashboard.draw.escape import for_csv, plain
from dashboard.draw.table import headed
from dashboard.draw.theme import COLOURS
from dashboard.draw.values import printed
from dashboard.export.about import MADE_UP, Taken
from dashboard.export.charts import NOT_KNOWN, charts
from dashboard.export.native import Chart, Look, form_of
from queries.view import View

HEADINGS = 4  # the row of the headings, after finding, caption, source and made-up
LONGEST = 32_000  # characters that a cell holds, nearly
NARROW, WIDE = 9, 60  # characters that a column has room for
DAY, TIME = "d mmm yyyy", "d mmm yyyy, hh:mm"
SMALL = 3  # values below this have two decimals: small rates would else all look alike
MOST_BARS = 30  # categories that a chart on a sheet has room for

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


class Forms:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._numbers: dict[str, Format] = {}
        top = {"valign": "top"}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.text = book.add_format(top)
        self.wrapped = book.add_format({**top, "text_wrap": True})
        self.label = book.add_format({**top, "bold": True})
        self.heading = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, **top})
        self.attention = book.add_format({"bold": True, "font_color": _light.attention_text})
        self.link = book.add_format({**top, "font_color": _light.main, "underline": 1})

    def of(self, form: str) -> Format:
        if form not in self._numbers:
            self._numbers[form] = self._book.add_format({"num_format": form, "valign": "top"})
        return self._numbers[form]

    def number(
        self, sheet: Worksheet, row: int, column: int, value: float | None, form: str | None
    ) -> None:
        """A number, or an empty cell where it is not known."""
        if value is None or value != value:
            sheet.write_blank(row, column, None, self.text)
        else:
            sheet.write_number(row, column, value, self.of(form or form_of([value])))


def write_panel(
    book: Workbook, forms: Forms, name: str, taken: Taken, view: View, *, made_up: bool
) -> None:
    """A sheet of this name with the rows of the panel."""
    panel, frame = taken.panel, taken.frame
    sheet = book.add_worksheet(name)
    for row, (text, form) in enumerate(
        (
            (taken.reading, forms.title),
            (taken.caption(view), forms.text),
            (taken.source, forms.text),
            (MADE_UP if made_up else "", forms.attention),
        )
    ):
        if text:
            sheet.write_string(row, 0, for_csv(text)[:LONGEST], form)
    rows = headed(frame, panel.headings) if frame.width else frame
    for column, (key, heading) in enumerate(panel.headings.items()):
        sheet.write_string(HEADINGS, column, for_csv(plain(heading)), forms.heading)
        if frame.height:
            values = rows[heading]
            form = number_form(values, percent=key in panel.percent)
            _column(sheet, forms, column, values, form)
            sheet.set_column(column, column, _width(heading, values))
    sheet.freeze_panes(HEADINGS + 1, 1)
    sheet.repeat_rows(HEADINGS)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if frame.is_empty():
        return
    sheet.autofilter(HEADINGS, 0, HEADINGS + frame.height, len(panel.headings) - 1)
    drawn = charts(panel.drawn_as, frame)
    if len(drawn) == 1 and len(drawn[0].categories) <= MOST_BARS:
        _chart(book, sheet, name, drawn[0], rows, alt_text(panel, frame))


def number_form(values: pl.Series, *, percent: bool = False) -> str:
    """How a column of numbers is written; "" of one with words in it, where each says its own."""
    if values.dtype == pl.Object and not percent:
        return ""
    if percent or not values.dtype.is_float():
        return form_of([0], percent=percent)
    known = values.drop_nulls().drop_nans()
    form = form_of(known.to_list())
    most = known.abs().max() if known.len() else None
    return "0.00" if form != "#,##0" and most is not None and float(most) < SMALL else form  # type: ignore[arg-type]


def _column(sheet: Worksheet, forms: Forms, column: int, values: pl.Series, form: str) -> None:
    for row, value in enumerate(values, HEADINGS + 1):
        match value:
            case None:
                sheet.write_blank(row, column, None, forms.text)
            case bool():
                sheet.write_string(row, column, printed(value), forms.text)
            case int() | float():
                forms.number(sheet, row, column, value, form)
            case datetime():
                sheet.write_datetime(
                    row, column, value.replace(tzinfo=None, microsecond=0), forms.of(TIME)
                )
            case date():
                sheet.write_datetime(row, column, value, forms.of(DAY))
            case _:
                text = for_csv(plain(printed(value)))[:LONGEST]
                sheet.write_string(row, column, text, forms.wrapped)


def _width(heading: str, values: pl.Series) -> float:
    """Room for the longest value and the longest word of the heading."""
    longest = max(
        *(len(word) for word in heading.split()),
        *(len(printed(value)) for value in values.head(500)),
    )
    return min(max(longest + 2, NARROW), WIDE)


def _chart(
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
