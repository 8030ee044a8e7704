"""The cells of a sheet: numbers as numbers, days as days, and texts that cannot calculate.

What is released is written out in the rows of its panels, as some of it is "too few to show": here
its numbers are numbers again.
"""

import re
from datetime import date, datetime

import polars as pl
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.draw.escape import for_csv, plain
from dashboard.draw.theme import COLOURS
from dashboard.draw.values import printed
from dashboard.export.native import form_of

HEADINGS = 4  # the row of the headings, after finding, caption, source and made-up
LONGEST = 32_000  # characters that a cell holds, nearly
NARROW, WIDE = 9, 60  # characters that a column has room for
DAY, TIME = "d mmm yyyy", "d mmm yyyy, hh:mm"
# A number as `queries.words` writes it; nothing that begins with a nought, as a code may.
_WRITTEN = re.compile(r"([−-]?)(0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(\.\d+)?(%?)")
_light = COLOURS["light"]


class Forms:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._numbers: dict[str, Format] = {}
        top = {"valign": "top"}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.text = book.add_format(top)
        self.at_right = book.add_format({**top, "align": "right"})
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


def number_form(values: pl.Series, *, percent: bool = False) -> str:
    """How a column of numbers is written; "" of one with words in it, where each says its own."""
    if values.dtype == pl.Object and not percent:
        return ""
    if percent or not values.dtype.is_float():
        return form_of([0], percent=percent)
    return form_of(values.drop_nulls().drop_nans())


def number_in(text: str) -> tuple[float, str] | None:
    """The number that is written out, and its form: "1,234", "13.5", "−17%"."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    sign, whole, fraction, percent = found.groups(default="")
    value = float(f"{'-' if sign else ''}{whole.replace(',', '')}{fraction}")
    if percent:
        return value / 100, form_of([value], percent=True)
    return value, f"#,##0{re.sub('[0-9]', '0', fraction)}"


def write_column(
    sheet: Worksheet, forms: Forms, at: tuple[int, int], values: pl.Series, form: str, *, said: bool
) -> None:
    """The values from a cell on down. `said`: numbers may stand there written out."""
    first, column = at
    for row, value in enumerate(values, first):
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
            case str() if said and (number := number_in(value)):
                forms.number(sheet, row, column, *number)
            case _:
                text = for_csv(plain(printed(value)))[:LONGEST]
                sheet.write_string(row, column, text, forms.wrapped)


def width(heading: str, values: pl.Series) -> float:
    """Room for the longest value and the longest word of the heading."""
    longest = max(
        *(len(word) for word in heading.split()),
        *(len(printed(value)) for value in values.head(500)),
    )
    return min(max(longest + 2, NARROW), WIDE)
