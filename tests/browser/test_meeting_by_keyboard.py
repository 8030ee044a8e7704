"""The meeting in a real browser: by keyboard from first to last slide, and out on purpose."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.slow

# Texts on the slide that are smaller than 24 pixels, and what lies outside the screen.
SMALL = """() => [...document.querySelectorAll('.stMain *')].filter(each => {
  const own = [...each.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
  const box = each.getBoundingClientRect(), look = getComputedStyle(each);
  return own && box.width > 1 && box.height > 1 && look.visibility !== 'hidden'
    && parseFloat(look.fontSize) < 24;
}).map(each => [each.tagName, getComputedStyle(each).fontSize, each.textContent])"""
SCROLLS = """() => { const main = document.querySelector('.stMain');
  return main.scrollHeight > main.clientHeight || main.scrollWidth > main.clientWidth; }"""


def settled(page: Page) -> None:
    page.wait_for_selector("h1", timeout=60_000)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0, timeout=60_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_slides_by_keyboard(browser: Browser, serve, released_database, scheme) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 720}, color_scheme=scheme)
    page.goto(f"{serve(released_database, 'meeting')}/meeting?on=2026-11-24")
    settled(page)
    number = page.get_by_text(re.compile(r"^\d+ of \d+$"))
    last = int(number.inner_text().split(" of ")[1])
    assert last >= 9
    sentences = []
    for slide in range(1, last + 1):
        expect(page).to_have_url(re.compile(rf"/meeting\?on=2026-11-24&slide={slide}$"))
        settled(page)
        expect(number).to_have_text(f"{slide} of {last}")
        sentences.append(page.locator("h1").inner_text())
        assert page.evaluate(SMALL) == []
        assert not page.evaluate(SCROLLS)
        assert page.locator("h1").evaluate("h => h.scrollHeight <= h.clientHeight")
        expect(page.get_by_text("no count of 1 to 4 is shown")).to_be_visible()
        if slide < last:
            page.keyboard.press("PageDown" if slide % 2 else "ArrowRight")
    assert len(set(sentences)) == last
    for key, slide in (("PageUp", last - 1), ("ArrowLeft", last - 2), ("Home", 1), ("End", last)):
        page.keyboard.press(key)
        expect(page).to_have_url(re.compile(rf"slide={slide}$"))
        settled(page)
    page.close()


def test_leaving_has_to_be_meant(browser: Browser, serve, released_database) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"{serve(released_database, 'meeting')}/meeting?on=2026-11-24&slide=2")
    settled(page)
    expect(page.get_by_role("link", name=re.compile("Meeting|Definitions"))).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(r"/meeting"))
    page.get_by_role("button", name="Leave", exact=True).click()
    page.get_by_role("button", name="Stay").click()
    expect(page).to_have_url(re.compile(r"/meeting\?on=2026-11-24&slide=2$"))
    page.get_by_role("button", name="Leave", exact=True).click()
    page.get_by_role("button", name="Leave the meeting").click()
    expect(page).to_have_url(re.compile(r"/definitions$"))
    page.close()


def test_leaving_while_slides_advance_stops_them(
    browser: Browser, serve, released_database
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"{serve(released_database, 'meeting')}/meeting?on=2026-11-24&slide=2")
    settled(page)
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    page.wait_for_timeout(2500)
    page.get_by_role("button", name="Leave", exact=True).click()
    expect(page.get_by_role("dialog", name="Leave the meeting?")).to_be_visible()
    page.get_by_role("button", name="Stay").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile(r"/meeting\?on=2026-11-24&slide=2$"))
    page.close()
