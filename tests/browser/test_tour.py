"""The tour in a real browser: offered where nobody is known by name, gone through step by step."""

import pytest
from playwright.sync_api import expect
from watched_tab import settled, watched_tab

from dashboard.access import Role
from dashboard.shell.tour import steps

pytestmark = pytest.mark.slow


def test_it_is_offered_and_gone_through_to_its_end(browser, serve, released_database):
    page, _ = watched_tab(browser)
    page.goto(f"{serve(released_database)}/definitions")
    settled(page)
    expect(page.get_by_role("dialog")).to_have_count(0)

    page.get_by_role("button", name="How to read this").click()
    page.get_by_role("button", name="Show me round (one minute)").click()
    tour = page.get_by_role("dialog").filter(has_text="A look round")
    todo = steps(Role.MANAGER)
    for number, step in enumerate(todo, 1):
        expect(tour.get_by_text(f"{number} of {len(todo)}")).to_be_visible()
        expect(tour.get_by_text(step.title, exact=True)).to_be_visible()
        if number < len(todo):
            tour.get_by_role("button", name="Next").click()
    tour.get_by_test_id("stButton").get_by_role("button", name="Close").click()
    expect(tour).to_have_count(0)
    page.close()
