"""On a tablet charts are drawn for its width; what needs more scrolls in a frame of its own."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page
from watched_tab import PATIENCE, settled

pytestmark = pytest.mark.slow

TABLET = {"width": 820, "height": 1180}
# The panel's key, the pixels that the picture has, and those that can be seen of it.
CHARTS = """() => [...document.querySelectorAll('[class*=st-key-chart-]')]
  .filter(each => each.querySelector('.main-svg')).map(each => [
    [...each.classList].find(name => name.startsWith('st-key-chart-')).slice(13),
    each.querySelector('.main-svg').getBoundingClientRect().width, each.clientWidth])"""


def opened(browser: Browser, address: str, size: dict[str, int]) -> Page:
    page = browser.new_context(viewport=size, reduced_motion="reduce").new_page()  # type: ignore[arg-type]
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    settled(page)
    page.locator(".main-svg").first.wait_for(state="attached")
    return page


def test_charts_are_drawn_for_the_window(
    browser: Browser, serve: Callable[..., str], released_database: str
) -> None:
    page = opened(browser, f"{serve(released_database)}/rollout", TABLET)
    page.wait_for_function(f"({CHARTS})().length >= 6")
    assert [key for key, wide, seen in page.evaluate(CHARTS) if wide > seen + 1] == []
    page.context.close()


def test_a_chart_that_needs_more_scrolls_and_is_not_squeezed(
    browser: Browser, serve: Callable[..., str], released_database: str
) -> None:
    page = opened(browser, f"{serve(released_database)}/referrals", TABLET)
    page.wait_for_function(f"({CHARTS})().some(each => each[0] === 'referrals-by-agency')")
    found = {key: (wide, seen) for key, wide, seen in page.evaluate(CHARTS)}
    wide, seen = found.pop("referrals-by-agency")  # eight columns of numbers beside bars
    assert seen < 790 < 850 < wide
    assert [key for key, (wide, seen) in found.items() if wide > seen + 1] == []
    page.context.close()


def test_a_window_made_narrower_since_keeps_its_charts_whole(
    browser: Browser, serve: Callable[..., str], released_database: str
) -> None:
    page = opened(browser, f"{serve(released_database)}/rollout", {"width": 1280, "height": 900})
    page.set_viewport_size(TABLET)  # type: ignore[arg-type]
    page.wait_for_function(f"({CHARTS})().some(each => each[1] > each[2] + 200)")
    page.reload()
    settled(page)
    page.wait_for_function(
        f"({CHARTS})().length && ({CHARTS})().every(each => each[1] <= each[2] + 1)"
    )
    page.context.close()
