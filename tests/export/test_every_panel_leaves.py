"""Every panel of every page, in each kind of file: the page's own numbers, and nothing lost."""

import io
from datetime import date, datetime, time
from itertools import pairwise

import openpyxl
import polars.selectors as cs
import pypdf
import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from dashboard.draw.table import headed
from dashboard.drawings import Drawing
from dashboard.export.about import About
from dashboard.export.charts import charts
from dashboard.export.native import Chart, Series
from dashboard.export.pdf import pdf
from dashboard.export.powerpoint import powerpoint
from dashboard.export.sheet_names import sheet_names
from dashboard.export.workbook import workbook
from dashboard.snapshot.snapshot import LONDON

MADE = datetime(2026, 11, 1, tzinfo=LONDON)
KINDS = set(Drawing.__args__)


@pytest.fixture(scope="module")
def cover():
    return About("Drive Example", "All pages", "All", "Ada", "Manager", MADE, made_up=True)


@pytest.fixture(params=["one of each kind", pytest.param("all", marks=pytest.mark.slow)])
def shown(request, everything):
    """Panels with rows, one for each kind of drawing or all there are, and the lens."""
    taken, lens = everything
    if request.param == "all":
        return taken, lens
    first = {}
    for each in taken:
        if each.frame.height:
            first.setdefault(type(each.panel.drawn_as), each)
    return list(first.values()), lens


def test_the_pages_show_every_kind_of_drawing(everything):
    taken, _ = everything
    assert {type(each.panel.drawn_as) for each in taken} == KINDS


def test_each_sheet_holds_the_rows_of_its_panel(shown, cover):
    taken, lens = shown
    book = openpyxl.load_workbook(io.BytesIO(workbook(taken, lens, cover)))
    for name, each in zip(sheet_names(taken), taken, strict=True):
        found = [
            list(row) for row in book[name].iter_rows(min_row=6, values_only=True) if any_in(row)
        ]
        wanted = [[_cell(value) for value in row] for row in _rows(each)]
        assert len(found) == len(wanted), name
        for have, want in zip(found, wanted, strict=True):
            assert have[: len(want)] == want, name


def any_in(row) -> bool:
    return any(value is not None for value in row)


def _rows(taken):
    frame = headed(taken.frame, taken.panel.headings)
    return [row for row in frame.iter_rows() if any_in(row)]


def _cell(value):
    """What openpyxl reads back of a value."""
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.replace(tzinfo=None, microsecond=0)
        case date():
            return datetime.combine(value, time())
        case float():
            return pytest.approx(value, abs=1e-12)
        case str() if value.startswith(("=", "+", "-", "@")):
            return f"'{value}"
        case str():
            return " ".join(value.split("\n")) or None
    return value


def test_each_slide_has_its_sentence_and_native_charts_of_the_panels_numbers(shown, cover):
    taken, lens = shown
    deck = Presentation(io.BytesIO(powerpoint(taken, lens, cover)))
    slides = list(deck.slides)
    assert len(slides) == len(taken) + 1
    for slide, each in zip(slides[1:], taken, strict=True):
        assert slide.shapes.title.text == each.reading
        assert not [shape for shape in slide.shapes if shape.shape_type == 13]  # a picture
        drawn = charts(each.panel.drawn_as, each.frame) if each.frame.height else ()
        frames = [shape for shape in slide.shapes if shape.has_chart]
        assert len(frames) == len(drawn), each.panel.key
        for shape, chart in zip(frames, drawn, strict=True):
            assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
            shown = [list(s.values) for plot in shape.chart.plots for s in plot.series]
            assert len(shown) == len(chart.series)
            for have, series in zip(shown, chart.series, strict=True):
                want = list(series.values)[: len(have)] if chart.kind == "bars" else series.values
                assert have == pytest.approx(list(want), nan_ok=True), each.panel.key
        if each.frame.height and not drawn:
            assert [shape for shape in slide.shapes if shape.has_table], each.panel.key
        said = " ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)
        assert "Made-up data" in said
        assert "True counts" in said
        assert "as at 31 October 2026" in said


def test_a_chart_over_time_names_each_month_once(shown, cover):
    taken, lens = shown
    deck = Presentation(io.BytesIO(powerpoint(taken, lens, cover)))
    axes = [
        axis
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_chart
        for axis in shape.chart._chartSpace.iter(qn("c:dateAx"))
    ]
    assert axes
    for axis in axes:
        assert axis.find(qn("c:majorTimeUnit")).get("val") == "months"
        assert int(axis.find(qn("c:majorUnit")).get("val")) >= 1


def test_what_has_no_value_is_no_series():
    target = Series("target", (None, None), "rule")
    course = Series("course", (None, 2.0), "rule")
    drawn = Chart("lines", ("a", "b"), (Series("waiting", (None, None)), target, course))
    assert [each.name for each in drawn.series] == ["waiting", "course"]


def test_a_series_of_a_chart_is_a_column_of_the_panel(everything):
    taken, _ = everything
    for each in taken:
        for chart in charts(each.panel.drawn_as, each.frame) if each.frame.height else ():
            first = chart.series[0]
            known = {value for value in first.values if value is not None}
            numeric = each.frame.select(cs.numeric())
            there = {float(v) for column in numeric.iter_columns() for v in column.drop_nulls()}
            assert known <= there, each.panel.key


def test_the_pdf_can_be_read_by_everybody(shown, cover):
    taken, lens = shown
    reader = pypdf.PdfReader(io.BytesIO(pdf(taken, lens, cover)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Drive Example: All pages"
    assert reader.xmp_metadata is not None
    assert b"pdfuaid" in root["/Metadata"].get_data()
    figures = list(_structure(root["/StructTreeRoot"], "/Figure"))
    drawn = [e for e in taken if e.frame.height and type(e.panel.drawn_as).__name__ != "Table"]
    assert len(figures) == len(drawn)
    for figure, each in zip(figures, drawn, strict=True):
        assert each.panel.reading(each.frame).rstrip(".")[:20] in figure["/Alt"]
    levels = [int(kind[2]) for kind in _kinds(root["/StructTreeRoot"]) if kind[:2] == "/H"]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for heading in _structure(root["/StructTreeRoot"], "/TH"):
        assert heading["/A"][0].get_object()["/Scope"] == "/Column"
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            assert "OpenSans" in font.get_object()["/BaseFont"]
    texts = [page.extract_text() for page in reader.pages[1 : len(taken) + 1]]
    for text, each in zip(texts, taken, strict=True):
        first = each.reading.split()[0]
        assert first in text
        assert "as at 31 October 2026" in " ".join(text.split())


def _kinds(root):
    """The kinds of all elements, in reading order."""
    return [each["/S"] for each in _structure(root)]


def _structure(element, kind=None):
    """The elements of a kind, or all there are, in reading order."""
    element = element.get_object()
    if not isinstance(element, dict):
        return
    if "/S" in element and kind in (None, element["/S"]):
        yield element
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        if hasattr(child, "get_object") and isinstance(child.get_object(), dict):
            yield from _structure(child, kind)
