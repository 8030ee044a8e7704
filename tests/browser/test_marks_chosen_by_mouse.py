"""Marks of charts and districts of the map, chosen with the mouse as people choose them."""

import re

import pytest
from playwright.sync_api import Page, expect
from watched_tab import settled, unchanged

pytestmark = pytest.mark.slow


def test_the_number_over_a_month_opens_as_many_referrals(tab, serve, released_database):
    page, seen = tab
    page.goto(f"{serve(released_database)}/referrals")
    settled(page)
    months = page.locator("[class*=referrals-by-month] .scatterlayer .textpoint text")
    number = months.last
    number.scroll_into_view_if_needed()
    count = number.text_content()
    _click(page, number.bounding_box())
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(re.compile(rf"^{count} records\. "))).to_be_visible()
    unchanged(seen)


def test_a_click_on_a_district_looks_at_it_alone(tab, serve, released_database):
    page, seen = tab
    page.goto(f"{serve(released_database)}/areas")
    settled(page)
    canvas = page.get_by_test_id("stDeckGlJsonChart").locator("canvas").first
    expect(canvas).to_be_visible()
    canvas.scroll_into_view_if_needed()
    chosen = re.compile(r"/areas\?area=E\d{8}$")
    # A press of more than a quarter of a second, as on a busy machine, is none to the map.
    for _ in range(10):
        _click(page, canvas.bounding_box())
        page.wait_for_timeout(3000)
        if chosen.search(page.url):
            break
    expect(page).to_have_url(chosen)
    settled(page)
    unchanged(seen)


def _click(page: Page, box: dict[str, float] | None) -> None:
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
