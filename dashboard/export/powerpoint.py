"""Slides as PowerPoint: a finding each, its native chart or table, and where it comes from."""

import io
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from dashboard.draw import alt_text
from dashboard.draw.escape import plain
from dashboard.draw.theme import COLOURS
from dashboard.export.about import MADE_UP, About, Taken
from dashboard.export.charts import charts
from dashboard.export.grid import Grid, grid
from dashboard.export.native import Chart
from dashboard.export.slide_charts import FONT, Box, add_chart
from queries.measures import MEASURES
from queries.view import View

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT, ACROSS = Inches(0.83), Inches(11.67)
BODY_TOP, BODY_HEIGHT = Inches(2.3), Inches(4.3)
MOST_BARS = 16  # more are left to the workbook
MOST_ROWS = 11
FEW_ROWS, FEW_COLUMNS = 7, 5  # a table of no more has larger letters
TWO_LINES = 88  # characters of a sentence that stand on two lines in large letters
_ONLY_TITLE = 5  # the layout of the template that has a title and nothing else
_colour = COLOURS["light"]


def powerpoint(slides: Sequence[Taken], view: View, about: About) -> bytes:
    """A presentation: a cover, then a slide for each panel, in order."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    deck.core_properties.title = plain(f"{about.service}: {about.title}")
    deck.core_properties.author = plain(about.service)
    deck.core_properties.language = "en-GB"
    _cover(deck, view, about)
    for number, taken in enumerate(slides, 1):
        slide = _slide(deck, taken.reading)
        _words(slide, taken.caption(view), LEFT, Inches(1.6), ACROSS, 16, quiet=True)
        left_out = _body(slide, taken)
        _foot(slide, taken, view, about, left_out, f"{number} of {len(slides)}")
        slide.notes_slide.notes_text_frame.text = _notes(taken)
    made = io.BytesIO()
    deck.save(made)
    return made.getvalue()


def _cover(deck: Any, view: View, about: About) -> None:
    slide = _slide(deck, plain(f"{about.service}: {about.title}"))
    top = Inches(1.9)
    for label, text in about.lines(view)[2:]:
        words = _words(slide, f"{label}: ", LEFT, top, ACROSS, 18)
        run = words.paragraphs[0].add_run()
        run.text = text
        _font(run, 18)
        words.paragraphs[0].runs[0].font.bold = True
        top = Inches(top.inches + (0.42 if len(text) < 90 else 0.8))


def _slide(deck: Any, sentence: str) -> Slide:
    """A slide with its sentence as the title, so that a screen reader can name it."""
    slide = deck.slides.add_slide(deck.slide_layouts[_ONLY_TITLE])
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = LEFT, Inches(0.44), ACROSS, Inches(1.15)
    frame = title.text_frame
    frame.text, frame.word_wrap = sentence, True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    # Two lines at most, whatever the sentence.
    _font(paragraph.runs[0], 30 if len(sentence) <= TWO_LINES else 24, bold=True)
    return slide


def _body(slide: Slide, taken: Taken) -> int:
    """The charts or the table; how many rows there was no room for."""
    panel, frame = taken.panel, taken.frame
    if frame.is_empty():
        return 0
    drawn = charts(panel.drawn_as, frame)
    if not drawn:
        made = grid(panel, frame, MOST_ROWS)
        _table(slide, made, plain(f"{panel.question} As a table."))
        return made.left_out
    left_out = 0
    boxes = _boxes(len(drawn))
    size = 16 if len(drawn) == 1 else 12 if len(drawn) <= 4 else 9
    for chart, box in zip(drawn, boxes, strict=True):
        shown = _first(chart)
        left_out += len(chart.categories) - len(shown.categories)
        alt = (
            alt_text(panel, frame) if len(drawn) == 1 else plain(f"{chart.title}. {panel.question}")
        )
        add_chart(slide, shown, box, size, alt)
    return left_out


def _first(chart: Chart) -> Chart:
    """As many bars as a slide has room for."""
    if chart.kind != "bars" or len(chart.categories) <= MOST_BARS:
        return chart
    series = tuple(
        type(each)(each.name, each.values[:MOST_BARS], each.look) for each in chart.series
    )
    return Chart(
        chart.kind,
        chart.categories[:MOST_BARS],
        series,
        chart.form,
        chart.title,
        chart.stacked,
        chart.x_title,
    )


def _boxes(count: int) -> list[Box]:
    """Places for charts beside each other, four in a row, or five where there are many."""
    across = count if count <= 4 else 5
    down = -(-count // across)
    width, height = Emu(ACROSS // across), Emu(BODY_HEIGHT // down)
    return [
        (
            Emu(LEFT + width * (at % across)),
            Emu(BODY_TOP + height * (at // across)),
            width,
            height,
        )
        for at in range(count)
    ]


def _table(slide: Slide, made: Grid, alt: str) -> None:
    """A native table: a heading row, words at the left, numbers at the right."""
    width = len(made.headings)
    few = len(made.rows) <= FEW_ROWS and width <= FEW_COLUMNS
    size = 18 if few else 14 if width <= 6 else 12 if width <= 9 else 9
    height = Inches(0.45 if few else 0.34) * (len(made.rows) + 1)
    frame = slide.shapes.add_table(len(made.rows) + 1, width, LEFT, BODY_TOP, ACROSS, Emu(height))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    table = frame.table
    table.horz_banding = False
    _plain_style(frame)
    for at, column in enumerate(_widths(made)):
        table.columns[at].width = column
    for row, texts in enumerate((made.headings, *made.rows)):
        for at, text in enumerate(texts):
            cell = table.cell(row, at)
            cell.margin_left = cell.margin_right = Inches(0.06)
            cell.margin_top = cell.margin_bottom = Inches(0.02)
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.RIGHT if at in made.numbers else PP_ALIGN.LEFT
            run = paragraph.add_run()
            run.text = text
            _font(run, size, bold=row == 0)


def _widths(made: Grid) -> list[Emu]:
    """Room for each column by its longest text, together the slide's width."""
    needs = [
        min(max(len(row[at]) for row in (made.headings, *made.rows)), 60) + 3
        for at in range(len(made.headings))
    ]
    return [Emu(int(ACROSS * need / sum(needs))) for need in needs]


def _plain_style(frame: Any) -> None:
    """Thin lines under the rows and no fills: the style that PowerPoint calls "Light style 1"."""
    style = frame._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId"))
    style.text = "{9D7B030F-B1BA-407E-8B18-6A5D1F54D6A6}"


def _foot(slide: Slide, taken: Taken, view: View, about: About, left_out: int, number: str) -> None:
    """Where it comes from, for which areas and period, as at when, and how it is protected."""
    rest = f" {left_out} more in the workbook." if left_out else ""
    said = f"{about.footing(taken, view)}{rest}"
    _words(slide, said, LEFT, Inches(6.68), ACROSS - Inches(1.2), 12, quiet=True)
    _words(slide, number, LEFT + ACROSS - Inches(1.2), Inches(6.68), Inches(1.2), 12, right=True)
    marks = " ".join(filter(None, (MADE_UP if about.made_up else "", f"{about.mark}.")))
    words = _words(slide, marks, LEFT, Inches(0.12), ACROSS, 12)
    words.paragraphs[0].runs[0].font.color.rgb = RGBColor.from_string(
        _colour.attention_text.removeprefix("#").upper()
    )


def _notes(taken: Taken) -> str:
    """What the numbers mean, for whoever speaks."""
    meant = [f"{MEASURES[key].title}: {MEASURES[key].definition}" for key in taken.panel.measures]
    return "\n".join(
        [plain(taken.panel.question), *map(plain, meant), plain(taken.panel.definition)]
    )


def _words(
    slide: Slide,
    text: str,
    left: int,
    top: int,
    width: int,
    size: int,
    *,
    quiet: bool = False,
    right: bool = False,
) -> Any:
    box = slide.shapes.add_textbox(Emu(left), Emu(top), Emu(width), Inches(0.36))
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = 0
    run = frame.paragraphs[0].add_run()
    run.text = text
    frame.paragraphs[0].alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    _font(run, size)
    if quiet:
        run.font.color.rgb = RGBColor.from_string(_colour.quiet.removeprefix("#").upper())
    return frame


def _font(run: Any, size: int, *, bold: bool = False) -> None:
    run.font.size, run.font.name, run.font.bold = Pt(size), FONT, bold
    run.font.color.rgb = RGBColor.from_string(_colour.text.removeprefix("#").upper())
    run._r.get_or_add_rPr().set("lang", "en-GB")
