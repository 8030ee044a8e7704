"""Windows below 1280 pixels: tablets, phones, and a page enlarged to 400%.

The theme has no word for any of this, so it is styled here. Panels beside each other come beneath
each other. Headline numbers stand in rows of as many as fit, all equally wide and with their words
in full: "n = 4,8…" would be another number. Charts are drawn for the window; one that needs more,
or whose window became narrower since, scrolls by itself, and the page does not. On a phone what
stands over the numbers is set closer.
"""

import streamlit as st

from dashboard.draw.room import WINDOW, column
from dashboard.draw.theme import FULL, SEVEN_TWELFTHS

METRIC = 104  # pixels of a headline number with its change, kept while it loads and without one

_STYLE = """
<style>
:root { --metric: %dpx; --drawn: %dpx; --drawn-in-column: %dpx; }
@media (max-width: 1279px) {
  [data-testid="stColumn"]:has(h2) { min-width: 100%%; }
  [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"] [data-testid="stMetric"]) {
    display: grid; grid-template-columns: repeat(auto-fit, minmax(160px, 1fr)); }
  [data-testid="stColumn"]:has([data-testid="stMetric"]) { width: auto; min-width: 0; }
  [data-testid="stElementContainer"]:has(> [data-testid="stMetric"]) {
    height: auto; min-height: var(--metric); flex-basis: auto; }
  [data-testid="stMetric"] .stMarkdownEllipsis, [data-testid="stMetric"] .stMarkdownEllipsis * {
    overflow: visible; white-space: normal; }
  [class*="st-key-chart-"] { overflow-x: auto; overflow-y: hidden; }
  [class*="st-key-chart-"] > [data-testid="stFullScreenFrame"] { min-width: var(--drawn); }
  [data-testid="stColumn"] [class*="st-key-chart-"] > [data-testid="stFullScreenFrame"] {
    min-width: var(--drawn-in-column); }
}
@media (min-width: 560px) and (max-width: 1060px) {
  [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"]:nth-child(5):last-child
    [data-testid="stMetric"]) { grid-template-columns: repeat(3, 1fr); }
}
@media (max-width: 640px) {
  [class*="st-key-foot-"] { flex-wrap: wrap; }
  [class*="st-key-behind-"] { gap: 0.25rem; }
  h1 { font-size: 1.375rem !important; padding: 0 0 0.5rem !important; }
  .st-key-banner, .st-key-banner [data-testid="stHorizontalBlock"] { gap: 0 0.75rem; }
  .st-key-banner [data-testid="stHorizontalBlock"] > :has([data-testid="stMarkdown"]):not(
    :has(button)) { order: 1; }
  .st-key-looked-at, .st-key-looked-at [data-testid="stHorizontalBlock"] { gap: 0.25rem; }
  .st-key-looked-at button { min-height: 2.25rem; padding: 0.25rem 0.5rem; }
  .st-key-looked-at button p { font-size: 0.8125rem; }
}
</style>
"""


def fit_narrow_windows() -> None:
    """Let a page be read in a narrow window; to be called once a run."""
    drawn = panel_width()
    st.html(_STYLE % (METRIC, drawn, SEVEN_TWELFTHS if drawn == FULL else drawn))


def let_scroll(key: str, width: int, *, from_end: bool) -> None:
    """Give the chart of this key so many pixels, more than its column has.

    `from_end`: its end is seen first, as the newest months of a chart over time should be.
    """
    frame = f".st-key-{key}.st-key-{key}"
    inner = f'{frame} > [data-testid="stFullScreenFrame"]'
    style = f"{inner} {{ min-width: {width}px !important; direction: ltr; }}"
    if from_end:  # what is read from the right begins there
        style += f" {frame} {{ direction: rtl; }}"
    st.html(f"<style>{style}</style>")


def narrow() -> bool:
    """Whether panels stand beneath each other."""
    return panel_width() < FULL


def panel_width(share: float = 1) -> int:
    """Pixels that a panel may take in this viewer's window; see `column`."""
    told: object = st.context.cookies.get(WINDOW)  # no text at all where no browser is behind it
    return column(told if isinstance(told, str) else None, share)
