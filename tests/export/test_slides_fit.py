"""Slides of a meeting as PowerPoint: nothing overlaps, leaves the slide or is cut."""

import io
from datetime import date, datetime

import fontpkg
import pytest
from PIL import ImageFont
from pptx import Presentation
from pptx.util import Inches
from sqlalchemy import make_url

from dashboard.database import connect
from dashboard.database.settings import Settings
from dashboard.export.about import About
from dashboard.export.packs import from_slides
from dashboard.export.powerpoint import powerpoint
from dashboard.panels.slides import slides
from dashboard.snapshot import read_snapshot
from dashboard.snapshot.releases import read_release
from dashboard.snapshot.snapshot import LONDON

LINE = 1.37  # of the letters' size: Open Sans
MADE = datetime(2026, 11, 24, tzinfo=LONDON)


@pytest.fixture(scope="module")
def deck(released_database):
    engine = connect(make_url(released_database))
    view = read_snapshot(engine).released(read_release(engine))
    settings = Settings(meeting_decisions=("Who chairs in January",) * 7)
    made = slides(view, None, settings, date(2026, 11, 24))
    about = About("Drive Example", "Meeting", "All Example", "", "Meeting", MADE, made_up=True,
                  protected="Protected numbers: no count of 1 to 4 is shown")  # fmt: skip
    return Presentation(io.BytesIO(powerpoint(from_slides(made), view, about)))


def lines(frame, width) -> tuple[int, float]:
    """How many lines a paragraph takes, and the size of its letters in points."""
    run = frame.paragraphs[0].runs[0]
    size = run.font.size.pt
    font = ImageFont.truetype(str(fontpkg.path("Open Sans")), 100)
    font.set_variation_by_axes([100, 700 if run.font.bold else 400])
    room, used, count = width / 12700 / size * 100, 0.0, 1
    for word in "".join(each.text for each in frame.paragraphs[0].runs).split():
        length = font.getlength(f"{word} ")
        if used + length > room:
            used, count = 0.0, count + 1
        used += length
    return count, size


def bottom(shape) -> float:
    """Where a shape ends, by the text in it, in inches."""
    if not shape.has_text_frame:
        return (shape.top + shape.height) / Inches(1)
    count, size = lines(shape.text_frame, shape.width)
    return shape.top / Inches(1) + (count * size * LINE) / 72


def test_every_part_of_every_slide_ends_before_the_next_begins(deck):
    assert len(deck.slides) > 12
    for slide in list(deck.slides)[1:]:
        shapes = sorted(slide.shapes, key=lambda shape: shape.top)
        assert shapes[0].top >= 0
        for shape in shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert bottom(shape) <= 7.5, shape.name
            below = [each for each in shapes if each.top > shape.top]
            said = slide.shapes.title.text
            assert all(bottom(shape) <= each.top / Inches(1) + 0.02 for each in below), said


def test_a_sentence_stands_on_two_lines_at_most(deck):
    for slide in deck.slides:
        title = slide.shapes.title
        assert lines(title.text_frame, title.width)[0] <= 2, title.text


def test_what_proves_the_sentence_is_large(deck):
    """The numbers of a table or chart are at least 14 points, those of few rows 18."""
    for slide in list(deck.slides)[1:]:
        for shape in slide.shapes:
            if shape.has_table:
                rows = shape.table.rows
                sizes = {
                    cell.text_frame.paragraphs[0].runs[0].font.size.pt
                    for row in rows
                    for cell in row.cells
                }
                assert sizes == {18.0} if len(rows) <= 8 else min(sizes) >= 14
            elif shape.has_chart:
                assert shape.chart.font.size.pt >= 16
