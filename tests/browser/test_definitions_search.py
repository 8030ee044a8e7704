"""The search of the definitions by keyboard alone, in a real browser."""

import re

from playwright.sync_api import Browser, expect


def test_a_search_by_keyboard_leaves_the_address_as_it_is(
    browser: Browser, serve, released_database
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{serve(released_database)}/definitions")
    box = page.get_by_label("Search the measures")
    expect(page.get_by_role("heading", name="Mean DASH score")).to_be_visible(timeout=60_000)
    box.focus()
    page.keyboard.type("marac repeats")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mean DASH score")).to_have_count(0)
    expect(page.get_by_role("heading", name="MARAC repeats")).to_be_visible()
    expect(box).to_be_focused()
    expect(page).to_have_url(re.compile(r"/definitions$"))
    page.close()
