"""Native charts on a slide: PowerPoint draws them, and anybody can open and edit their numbers."""

import copy
from collections.abc import Sequence
from typing import Any

from pptx.chart.chart import Chart as PowerPointChart
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.slide import Slide
from pptx.util import Length, Pt

from dashboard.draw.escape import for_csv, plain
from dashboard.export.native import Chart, Look, Series
from dashboard.export.sheet_chart import TINTS

FONT = "Open Sans"
MOST_NAMED = 8  # months below a chart over time
_KINDS = {
    ("bars", False): XL_CHART_TYPE.BAR_CLUSTERED,
    ("bars", True): XL_CHART_TYPE.BAR_STACKED,
    ("columns", False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    ("columns", True): XL_CHART_TYPE.COLUMN_STACKED,
    ("lines", False): XL_CHART_TYPE.LINE,
}
# Text on each colour of a bar.
_ON: dict[Look, str] = {"main": "#ffffff", "second": "#ffffff", "third": "#ffffff"}

Box = tuple[Length, Length, Length, Length]  # left, top, width, height


def add_chart(slide: Slide, drawn: Chart, box: Box, size: int, alt: str) -> None:
    """A chart in a box of the slide, with text of `size` points, told as `alt`."""
    kind = XL_CHART_TYPE.XY_SCATTER if drawn.kind == "points" else _KINDS[drawn.kind, drawn.stacked]
    frame = slide.shapes.add_chart(kind, *box, _data(drawn))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    chart = frame.chart
    chart.font.size, chart.font.name = Pt(size), FONT
    chart.font.color.rgb = _rgb("#0b0c0c")
    chart.has_title = bool(drawn.title)
    if drawn.title:
        text = chart.chart_title.text_frame
        text.text = plain(drawn.title)
        text.paragraphs[0].runs[0].font.size = Pt(size)
        text.paragraphs[0].runs[0].font.bold = True
    named = drawn.kind != "points"
    chart.has_legend = len(drawn.series) > 1 and (named or len(drawn.series) < 12)
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(size)
    _axes(chart, drawn, size)
    for series, shown in zip(drawn.series, chart.plots[0].series, strict=True):
        _look(drawn, series, shown)
    if drawn.kind in ("bars", "columns"):
        _labels(chart, drawn, size)
    _marks_as_line(chart, drawn)


def _data(drawn: Chart) -> CategoryChartData | XyChartData:
    if drawn.kind == "points":
        points = XyChartData(number_format=drawn.form)
        for series in drawn.series:
            added = points.add_series(_cell(series.name))
            for x, y in zip(series.x, series.values, strict=True):
                added.add_data_point(x, y)
        return points
    data = CategoryChartData(number_format=drawn.form)
    data.categories = [_cell(name) if isinstance(name, str) else name for name in drawn.categories]
    for series in drawn.series:
        data.add_series(_cell(series.name), series.values)
    return data


def _cell(name: str) -> str:
    """A name as it stands in the small workbook behind a chart, where it must not be a formula."""
    return str(for_csv(plain(name)))


def _axes(chart: PowerPointChart, drawn: Chart, size: int) -> None:
    names, values = chart.category_axis, chart.value_axis
    names.has_major_gridlines = False
    names.format.line.color.rgb = _rgb("#8b9094")
    names.tick_labels.font.size = values.tick_labels.font.size = Pt(size)
    # Below all bars, also of those left of zero.
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    values.format.line.fill.background()
    values.major_gridlines.format.line.color.rgb = _rgb("#d9dcde")
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = drawn.form, False
    if drawn.kind == "bars":
        names.reverse_order = True
        values.visible = values.has_major_gridlines = False
    if drawn.kind == "points":
        names.tick_labels.number_format = "#,##0"
        names.tick_labels.number_format_is_linked = False
    elif drawn.over_time:
        names.tick_labels.number_format = "mmm yyyy"
        names.tick_labels.number_format_is_linked = False
        _months(names._element, drawn.categories)
    if drawn.x_title:
        axis = values if drawn.kind == "bars" and values.visible else names
        axis.has_title = drawn.kind != "bars"
        if axis.has_title:
            axis.axis_title.text_frame.text = plain(drawn.x_title)
            run = axis.axis_title.text_frame.paragraphs[0].runs[0]
            run.font.size, run.font.bold = Pt(size), False


def _months(axis: Any, days: Sequence[Any]) -> None:
    """Names for some months, each once: left to itself, PowerPoint may name one twice."""
    first, last = min(days), max(days)
    months = (last.year - first.year) * 12 + last.month - first.month
    unit = axis.find(qn("c:baseTimeUnit"))
    if all(each.day == 1 for each in days):
        unit.set("val", "months")
    for tag, value in (
        ("c:majorUnit", str(months // MOST_NAMED + 1)),
        ("c:majorTimeUnit", "months"),
    ):
        element = OxmlElement(tag)
        element.set("val", value)
        axis.append(element)


def _look(drawn: Chart, series: Series, shown: Any) -> None:
    tint = _rgb(TINTS[series.look])
    if drawn.kind in ("bars", "columns"):
        shown.format.fill.solid()
        shown.format.fill.fore_color.rgb = tint
        shown.format.line.color.rgb = _rgb(TINTS["third" if series.look == "pale" else series.look])
        shown.format.line.width = Pt(0.75)
        return
    dots = drawn.kind == "points" and series.look in ("main", "second")
    if dots:
        shown.format.line.fill.background()
        shown.marker.style, shown.marker.size = XL_MARKER_STYLE.CIRCLE, 9
        shown.marker.format.fill.solid()
        tint = _rgb("#D9570F") if series.look == "second" else tint
        shown.marker.format.fill.fore_color.rgb = tint
        return
    shown.smooth = False
    shown.marker.style = XL_MARKER_STYLE.NONE
    shown.format.line.color.rgb = tint
    dashed = series.look in ("rule", "limit")
    shown.format.line.width = Pt(1.5 if dashed else 3)
    if dashed:
        shown.format.line.dash_style = MSO_LINE.DASH


def _labels(chart: PowerPointChart, drawn: Chart, size: int) -> None:
    """The numbers on or beside the bars; small parts of a stack have no room for theirs."""
    most = max((_total(drawn, at) for at in range(len(drawn.categories))), default=0)
    few = len(drawn.categories) <= 16
    for series, shown in zip(drawn.series, chart.plots[0].series, strict=True):
        if series.look == "mark" or not few:
            continue
        if not drawn.stacked:
            labels = shown.data_labels
            labels.show_value, labels.number_format_is_linked = True, False
            labels.number_format, labels.font.size = drawn.form, Pt(size)
            labels.position = XL_LABEL_POSITION.OUTSIDE_END
            continue
        if series.look not in _ON:
            continue
        for at, value in enumerate(series.values):
            if value is not None and value >= most * 0.06:
                label = shown.points[at].data_label
                label.position = XL_LABEL_POSITION.CENTER
                label.font.size = Pt(size)
                label.font.color.rgb = _rgb(_ON[series.look])


def _total(drawn: Chart, at: int) -> float:
    return sum(abs(series.values[at] or 0) for series in drawn.series if series.look != "mark")


def _marks_as_line(chart: PowerPointChart, drawn: Chart) -> None:
    """Columns and marks in one chart: PowerPoint knows the marks as a line without a line.

    python-pptx makes charts of one kind only, so the series is moved by hand.
    """
    found = [at for at, series in enumerate(drawn.series) if series.look == "mark"]
    if drawn.kind != "columns" or not found:
        return
    bars = chart._chartSpace.chart.plotArea.find(qn("c:barChart"))
    line = OxmlElement("c:lineChart")
    bars.addnext(line)
    series = bars.findall(qn("c:ser"))[found[0]]
    for name in ("c:invertIfNegative", "c:spPr"):
        for element in series.findall(qn(name)):
            series.remove(element)
    for element in reversed(_dash_marker()):
        series.find(qn("c:tx")).addnext(element)
    series.append(_valued("c:smooth", "0"))
    for part in (_valued("c:grouping", "standard"), _valued("c:varyColors", "0"), series):
        line.append(part)
    line.append(_valued("c:marker", "1"))
    for axis in bars.findall(qn("c:axId")):
        line.append(copy.deepcopy(axis))


def _valued(name: str, value: str) -> Any:
    element = OxmlElement(name)
    element.set("val", value)
    return element


def _dash_marker() -> list[Any]:
    """No line, and a short level mark in the colour of text: what stands after a series’ name."""
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    chart = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    tint = TINTS["mark"].removeprefix("#")
    made = parse_xml(
        f'<c:x xmlns:c="{chart}" xmlns:a="{drawing}">'
        f'<c:spPr><a:ln w="19050"><a:noFill/></a:ln></c:spPr>'
        f'<c:marker><c:symbol val="dash"/><c:size val="14"/><c:spPr><a:solidFill>'
        f'<a:srgbClr val="{tint}"/></a:solidFill></c:spPr></c:marker></c:x>'
    )
    return list(made)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#").upper())
