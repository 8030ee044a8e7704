"""At 400% nothing is lost and only tables and charts scroll sideways; nothing moves by itself."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect
from watched_tab import PATIENCE, settled

from dashboard.access import PAGES, Role, may_open

pytestmark = pytest.mark.slow

# What reaches beyond the right edge, without what may: charts, maps, tables, and what scrolls.
BEYOND = """() => [...document.querySelectorAll('.stMain *')].filter(each => {
  const box = each.getBoundingClientRect();
  const own = [...each.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
  return own && box.width > 1 && box.right > innerWidth + 1 && !each.closest(
    '[data-testid=stPlotlyChart], [data-testid=stDeckGlJsonChart], [data-testid=stDataFrame],'
    + '[data-testid=stTable], [data-testid=stElementToolbar], .slide-body table');
}).map(each => each.textContent.slice(0, 80))"""
SIDEWAYS = """() => { const main = document.querySelector('.stMain');
  return main.scrollWidth > main.clientWidth + 1; }"""
MOVING = """() => document.getAnimations().filter(each => each.playState === 'running')
  .map(each => each.effect.target?.outerHTML.slice(0, 120))"""


AT = {"meeting": "meeting?on=2026-11-24"}


@pytest.mark.parametrize("path", [p.path for p in PAGES if may_open(Role.MANAGER, p.path)])
def test_at_four_hundred_percent(
    browser: Browser, serve: Callable[..., str], released_database: str, path: str
) -> None:
    # 1280 x 1024 enlarged four times is 320 x 256 pixels of CSS.
    context = browser.new_context(viewport={"width": 320, "height": 256}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{serve(released_database)}/{AT.get(path, path)}")
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_be_attached()
    assert page.evaluate(BEYOND) == []
    assert not page.evaluate(SIDEWAYS)
    assert page.evaluate(MOVING) == []
    context.close()
