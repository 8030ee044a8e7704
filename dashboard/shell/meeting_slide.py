"""A slide on the whole screen: its head, its sentence, and the panel that proves it."""

from collections.abc import Iterable
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from dashboard.areas.shapes import ShapesNotReadable, shapes
from dashboard.draw import alt_text, figure
from dashboard.draw.base import blank
from dashboard.draw.enlarged import enlarged
from dashboard.draw.escape import for_markdown
from dashboard.draw.slide_map import slide_map
from dashboard.draw.table import headed
from dashboard.draw.theme import CONFIG
from dashboard.draw.values import printed
from dashboard.drawings import AreaMap, Table
from dashboard.panels.slide import Slide
from dashboard.shell.brand import mode

WIDE, BY = 1184, 1.5  # pixels of a slide's content at 1280, and how much larger its charts are
CHART = 441  # ... and their height

# All that is styled beyond the theme: a slide fills the screen, nothing on it is small, and on a
# larger screen all of it is larger. A chart measures its own place, so that this stays as it is and
# what is drawn in it grows. In a narrow window, as on a page enlarged to 400%, the words reflow and
# a chart or table scrolls by itself.
_STYLE = """
<style>
:root { --by: 1; }
@media (min-width: 1440px) and (min-height: 810px) { :root { --by: 1.125; } }
@media (min-width: 1600px) and (min-height: 900px) { :root { --by: 1.25; } }
@media (min-width: 1800px) and (min-height: 1000px) { :root { --by: 1.38; } }
@media (min-width: 1920px) and (min-height: 1080px) { :root { --by: 1.5; } }
@media (min-width: 2560px) and (min-height: 1440px) { :root { --by: 2; } }
[data-testid="stHeader"], [data-testid="stSidebar"], [data-testid="stToolbar"] { display: none; }
.stMainBlockContainer { padding: calc(14px * var(--by)) 0 8px; width: calc(1184px * var(--by));
  min-width: 0; max-width: none; }
.stMainBlockContainer [data-testid="stVerticalBlock"] { gap: 0; max-width: none; }
.st-key-meeting-keys { position: absolute; visibility: hidden; height: 0; overflow: hidden; }
.st-key-meeting-slide p, .st-key-meeting-slide span, .stDialog p, .stDialog button p {
  font-size: calc(24px * var(--by)); line-height: calc(32px * var(--by)); }
.stDialog [role="heading"] { font-size: 32px; }
.st-key-meeting-slide [data-testid="stMarkdownContainer"] p { margin: 0; }
.st-key-meeting-slide p .stMarkdownBadge { padding: 0 10px;
  font-size: calc(24px * var(--by)) !important; }
.st-key-meeting-slide button { min-height: calc(40px * var(--by)); padding: 2px 16px; }
.st-key-meeting-slide button kbd { display: none; }
.st-key-meeting-foot { padding-top: calc(10px * var(--by)); min-height: calc(56px * var(--by)); }
.slide-head { font-size: calc(44px * var(--by)); line-height: calc(52px * var(--by));
  font-weight: 700; margin: 0; padding: calc(8px * var(--by)) 0 0;
  height: calc(118px * var(--by)); text-wrap: balance; }
.slide-body { font-size: calc(24px * var(--by)); line-height: calc(36px * var(--by));
  min-height: calc(441px * var(--by)); }
.slide-body table { width: 100%; border-collapse: collapse; }
.slide-body th { font-weight: 400; }
.slide-body th, .slide-body td { text-align: right; border-bottom: 1px solid rgba(128,128,128,.4);
  padding: calc(7px * var(--by)) 0 calc(7px * var(--by)) calc(24px * var(--by)); }
.slide-body :is(th, td).words { text-align: left; }
.slide-body :is(th, td):first-child { padding-left: 0; }
.slide-body td.main { font-weight: 700; }
.st-key-meeting-slide div:has(.js-plotly-plot) { overflow: visible !important; }
.st-key-slide-chart { min-height: calc(441px * var(--by)); flex: none; }
.st-key-meeting-slide .js-plotly-plot { transform: scale(var(--by)); transform-origin: 0 0; }
@media (max-width: 1199px) {
  :root { --by: 0.6; }
  .stMainBlockContainer { width: 100%; padding: 8px 16px; }
  .slide-head, .slide-body, .st-key-slide-chart { height: auto; min-height: 0; }
  .slide-body { overflow-x: auto; }
  .st-key-meeting-slide [data-testid="stMarkdownContainer"] { margin: 0; }
  .st-key-meeting-slide .st-key-slide-chart.st-key-slide-chart {
    overflow: auto hidden !important; }
  .st-key-meeting-slide .js-plotly-plot { transform: none; }
}
</style>
"""


def whole_screen() -> None:
    """Nothing on the screen but the slide."""
    st.html(_STYLE)


def head(title: str, *, made_up: bool) -> None:
    """Which meeting this is, and what marks its numbers."""
    marks = ":orange-badge[Made-up data]" if made_up else ""
    st.markdown(f"{for_markdown(title)} {marks}".strip(), width="content")


def draw(slide: Slide) -> None:
    """The sentence, on two lines at most, and the panel under it."""
    st.html(f'<h1 class="slide-head">{escape(slide.sentence)}</h1>')
    _panel(slide)


def ready_for_charts() -> None:
    """A chart with nothing in it, unseen: its program is there before the first slide with one."""
    st.plotly_chart(blank(mode(), 10), key="slide-ready", alt="Nothing is shown here.")


def _panel(slide: Slide) -> None:
    panel, rows = slide.panel, slide.rows
    if rows.is_empty():
        _body(f"<p>{escape(panel.without)}</p>")
        return
    if isinstance(panel.drawn_as, Table):
        _body(_table(slide))
        return
    if isinstance(panel.drawn_as, AreaMap):
        try:
            chart = slide_map(panel.drawn_as, rows, shapes(), mode(), WIDE, CHART)
        except ShapesNotReadable as problem:
            _body(f"<p>{escape(str(problem))}</p>")
            return
    else:
        chart = enlarged(figure(panel.drawn_as, rows, mode(), int(WIDE / BY)), BY)
    with st.container(key="slide-chart"):
        st.plotly_chart(
            chart,
            width=WIDE,
            theme=None,
            config={**CONFIG, "staticPlot": True},
            key=f"slide-{slide.key}",
            alt=alt_text(panel, rows),
        )


def _body(html: str) -> None:
    st.html(f'<div class="slide-body">{html}</div>')


def _table(slide: Slide) -> str:
    """A table in letters for the back of the room: what is counted left, numbers right."""
    rows = headed(slide.rows, slide.panel.headings)
    worded = [
        index == 0 or (slide.rows.schema[name] == pl.String and slide.panel.key == "decisions")
        for index, name in enumerate(slide.panel.headings)
    ]

    main = [name == "now" for name in slide.panel.headings]

    def kind(index: int) -> str:
        return "words" if worded[index] else "main" if main[index] else ""

    def cells(tag: str, values: Iterable[Any]) -> str:
        return "".join(
            f'<{tag} class="{kind(index)}">{escape(printed(value))}</{tag.split()[0]}>'
            for index, value in enumerate(values)
        )

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows.iter_rows())
    head = cells('th scope="col"', rows.columns)
    name = escape(alt_text(slide.panel, slide.rows))
    return f'<table aria-label="{name}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
