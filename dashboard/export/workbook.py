"""A workbook: a cover, a sheet a panel, and what the numbers mean.

Numbers are numbers, days are days and shares are fractions shown as percentages; what is not
known is an empty cell. No text can become a formula, and no cells are merged.
"""

import io
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.workbook import Workbook

from dashboard.draw.escape import for_csv, plain
from dashboard.drawings import Table
from dashboard.export.about import MADE_UP, About, Taken
from dashboard.export.cells import Forms
from dashboard.export.sheet import write_panel
from dashboard.export.sheet_names import COVER, DEFINITIONS, HEADLINES, sheet_names
from dashboard.panel import Panel
from queries import words
from queries.headlines import HeadlineNumber
from queries.measures import MEASURES
from queries.released import TOO_FEW
from queries.view import View


def workbook(
    panels: Sequence[Taken], view: View, about: About, numbers: Sequence[HeadlineNumber] = ()
) -> bytes:
    """The panels as an Excel workbook, with the page's headline numbers where there are any."""
    made = io.BytesIO()
    # Nothing is guessed from texts: neither formulas nor links nor numbers.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(made, options)
    book.set_properties({"title": plain(about.title), "author": plain(about.service)})
    forms = Forms(book)
    names = sheet_names(panels)
    contents = [(name, taken) for name, taken in zip(names, panels, strict=True)]
    _cover(book, forms, contents, view, about, bool(numbers))
    if numbers:
        _headlines(book, forms, numbers, about)
    for name, taken in contents:
        write_panel(book, forms, name, taken, view, about)
    _definitions(book, forms, [taken.panel for taken in panels], numbers)
    book.close()
    return made.getvalue()


def _cover(
    book: Workbook,
    forms: Forms,
    contents: Sequence[tuple[str, Taken]],
    view: View,
    about: About,
    headlines: bool,
) -> None:
    sheet = book.add_worksheet(COVER)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, for_csv(plain(f"{about.service}: {about.title}")), forms.title)
    row = 2
    for label, text in about.lines(view):
        sheet.write_string(row, 0, label, forms.label)
        sheet.write_string(row, 1, for_csv(text), forms.wrapped)
        row += 1
    drawn = headlines or any(not isinstance(t.panel.drawn_as, Table) for _, t in contents)
    sheet.write_string(row, 0, "Empty cells", forms.label)
    sheet.write_string(row, 1, _empty(drawn, about), forms.wrapped)
    row += 2
    sheet.write_string(row, 0, "Sheet", forms.heading)
    sheet.write_string(row, 1, "What it answers", forms.heading)
    listed = [(HEADLINES, "The page's headline numbers.")] if headlines else []
    listed += [
        (name, f"{taken.page}: {taken.panel.question}" if taken.page else taken.panel.question)
        for name, taken in contents
    ]
    listed.append((DEFINITIONS, "What each number means, and what it does not."))
    for name, question in listed:
        row += 1
        sheet.write_url(row, 0, f"internal:'{name}'!A1", forms.link, name)
        sheet.write_string(row, 1, for_csv(plain(question)), forms.wrapped)


def _empty(drawn: bool, about: About) -> str:
    """What an empty cell means. `drawn`: some numbers stand behind charts, where no words do."""
    if about.protected and not drawn:
        return f"Not known. Never zero. Where a number is {TOO_FEW}, the cell says so."
    return f"Not known, or {TOO_FEW} where no words say so. Never zero."


def _headlines(
    book: Workbook, forms: Forms, numbers: Sequence[HeadlineNumber], about: About
) -> None:
    sheet = book.add_worksheet(HEADLINES)
    sheet.write_string(0, 0, HEADLINES, forms.title)
    if about.made_up:
        sheet.write_string(1, 0, MADE_UP, forms.attention)
    headings = ("Measure", "Value", "Period before", "Target", "n", "Unit")
    for column, heading in enumerate(headings):
        sheet.write_string(3, column, heading, forms.heading)
    for row, number in enumerate(numbers, 4):
        measure = number.measure
        sheet.write_string(row, 0, measure.title, forms.text)
        form = "0%" if measure.is_fraction else "#,##0.0" if measure.unit == "score" else "#,##0"
        target = number.target
        if target is not None and measure.target == "total":
            target = float(words.rounded(target))  # a course lies between nothing and its target
        # A share that rounding leaves open is the range that the screen says, and no number.
        values = ((number.value, number.said), (number.previous, number.previously), (target, ""))
        for column, (value, said) in enumerate(values, 1):
            if said:
                sheet.write_string(row, column, said, forms.at_right)
            else:
                forms.number(sheet, row, column, value, form)
        forms.number(sheet, row, 4, number.n, None)
        sheet.write_string(row, 5, measure.unit, forms.text)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 5, 14)
    sheet.freeze_panes(4, 1)


def _definitions(
    book: Workbook, forms: Forms, panels: Sequence[Panel], numbers: Sequence[HeadlineNumber]
) -> None:
    sheet = book.add_worksheet(DEFINITIONS)
    sheet.write_string(0, 0, "What the numbers mean", forms.title)
    for column, heading in enumerate(("Name", "Meaning", "Beware")):
        sheet.write_string(2, column, heading, forms.heading)
    keys = dict.fromkeys(
        [number.measure.key for number in numbers]
        + [key for panel in panels for key in panel.measures]
    )
    rows = [(MEASURES[key].title, MEASURES[key].definition, MEASURES[key].beware) for key in keys]
    rows += [(panel.question, panel.definition, "") for panel in panels if panel.definition]
    for row, texts in enumerate(rows, 3):
        for column, text in enumerate(texts):
            sheet.write_string(row, column, for_csv(plain(text)), forms.wrapped)
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 1, 90)
    sheet.set_column(2, 2, 50)
    sheet.freeze_panes(3, 1)
