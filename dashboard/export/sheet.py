"""One panel on one sheet: its finding, its rows as real numbers, and a chart of those cells."""

from xlsxwriter.workbook import Workbook

from dashboard.draw import alt_text
from dashboard.draw.escape import for_csv, plain
from dashboard.draw.table import headed
from dashboard.export.about import MADE_UP, About, Taken
from dashboard.export.cells import HEADINGS, LONGEST, Forms, number_form, width, write_column
from dashboard.export.charts import charts
from dashboard.export.sheet_chart import chart_of_cells
from queries.view import View

MOST_BARS = 30  # categories that a chart on a sheet has room for


def write_panel(
    book: Workbook, forms: Forms, name: str, taken: Taken, view: View, about: About
) -> None:
    """A sheet of this name with the rows of the panel."""
    panel, frame = taken.panel, taken.frame
    sheet = book.add_worksheet(name)
    for row, (text, form) in enumerate(
        (
            (taken.reading, forms.title),
            (taken.caption(view), forms.text),
            (taken.source, forms.text),
            (MADE_UP if about.made_up else "", forms.attention),
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
            at = HEADINGS + 1, column
            write_column(sheet, forms, at, values, form, said=bool(about.protected))
            sheet.set_column(column, column, width(heading, values))
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
        chart_of_cells(book, sheet, name, drawn[0], rows, alt_text(panel, frame))
