"""Every page in Chromium: it draws, says nothing wrong in the console, and asks no other host."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from watched_tab import settled, unchanged

from dashboard.access import PAGES, Role, may_open

QUICK = ("rollout",)  # the others are among the long tests


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, id=page.path, marks=() if page.path in QUICK else pytest.mark.slow)
        for page in PAGES
        if may_open(Role.MANAGER, page.path)
    ],
)
def test_a_deep_link_draws_the_page(tab, serve, released_database, page):
    browser_page, seen = tab
    browser_page.goto(f"{serve(released_database)}/{page.path}")
    settled(browser_page)
    expect(browser_page.get_by_text("Made-up data").first).to_be_visible()
    assert urlsplit(browser_page.url).path == f"/{page.path}"
    # All but the one that a meeting keeps unseen until a slide has a chart.
    charts = browser_page.locator("[data-testid=stPlotlyChart]:not(.st-key-slide-ready *)")
    for chart in charts.all():
        expect(chart.locator(".main-svg").first).to_be_visible()
    unchanged(seen)


@pytest.mark.slow
def test_the_bare_address_leads_to_the_first_screen(tab, serve, released_database):
    page, seen = tab
    page.goto(f"{serve(released_database)}/?area=berkshire")
    settled(page)
    expect(page).to_have_url(re.compile(r"/caseload\?area=berkshire$"))
    unchanged(seen)


@pytest.mark.slow
def test_a_page_is_one_step_back_in_whichever_order_its_address_is_written(
    tab, serve, released_database
):
    page, _ = tab
    page.goto(f"{serve(released_database)}/definitions")
    settled(page)
    write = "url => { history.pushState({}, '', url); return history.length; }"
    begun = page.evaluate("history.length")
    page.keyboard.press("Shift")
    assert page.evaluate(write, "/risk") == begun + 1
    assert page.evaluate(write, "/risk?area=berkshire") == begun + 1
    page.keyboard.press("Shift")  # somebody acts: what they choose is a step of its own
    assert page.evaluate(write, "/risk?area=oxfordshire") == begun + 2


def test_the_choice_of_areas_is_kept_across_pages_and_reset(tab, serve, released_database):
    page, seen = tab
    page.goto(f"{serve(released_database)}/rollout?area=E06000039")
    settled(page)
    expect(page.get_by_role("button", name="Slough")).to_be_visible()
    page.get_by_role("link", name="Caseload").click()
    expect(page).to_have_url(re.compile(r"/caseload\?area=E06000039$"))
    settled(page)
    expect(page.get_by_role("button", name="Slough")).to_be_visible()
    page.get_by_role("button", name="Reset").click()
    expect(page).to_have_url(re.compile(r"/caseload$"))
    expect(page.get_by_role("button", name="All Thames Valley")).to_be_visible()
    unchanged(seen)


def test_from_a_workers_number_to_exactly_those_cases(tab, serve, released_database):
    page, seen = tab
    page.goto(f"{serve(released_database)}/caseload")
    settled(page)
    number = page.get_by_role("button", name=re.compile(r"^List \d+ \(")).first
    count = int(number.inner_text().split()[1])
    number.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(f"{count} records.")).to_be_visible()
    unchanged(seen)


@pytest.mark.slow
def test_a_page_of_another_role_does_not_exist(tab, serve, released_database):
    page, _ = tab
    page.goto(f"{serve(released_database, 'case_manager')}/rollout")
    settled(page)
    assert page.get_by_text("funded course").count() == 0
    assert page.get_by_role("link", name="Rollout").count() == 0
