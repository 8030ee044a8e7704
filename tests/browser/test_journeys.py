"""What the four kinds of people come for, from the first screen to what they take away."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from playwright.sync_api import Browser, Page, expect
from watched_tab import Seen, steady, unchanged, watched_tab

from dashboard.access import Role, Viewer
from dashboard.snapshot import Snapshot
from queries import attention

pytestmark = pytest.mark.slow

Serve = Callable[[str, str], str]
Tab = tuple[Page, Seen]
COUNTIES = ("Berkshire", "Buckinghamshire", "Oxfordshire")


def test_the_office_finds_the_county_behind_its_course_and_takes_the_return_away(
    tab: Tab, serve: Serve, released_database: str, tmp_path: Path
) -> None:
    page, seen = tab
    page.goto(serve(released_database, "opcc"))
    steady(page, seen)
    expect(page).to_have_url(re.compile(r"/rollout$"))
    behind = page.get_by_role("heading", level=2, name=re.compile(" behind"))
    assert any(name in behind.first.inner_text() for name in COUNTIES)
    page.get_by_role("button", name="Take away").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name=re.compile("^Return of the last")).click()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    book = openpyxl.load_workbook(file, read_only=True)
    cells = {
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    }
    assert {"Thames Valley", "2025-26"} <= cells
    assert not cells & {"1", "2", "3", "4"}
    unchanged(seen)


def quietest(snapshot: Snapshot, county: str) -> tuple[str, int]:
    """The case without a kept contact for longest, and for how many days, from the records."""
    of_county = snapshot.areas.filter(pl.col("county").cast(pl.String) == county)
    day = snapshot.latest
    assert day is not None
    lens = snapshot.lens(
        Viewer(Role.MANAGER, None), frozenset(of_county["area"].cast(pl.String)), day, day, day
    )
    rows = attention.attention(lens).filter("quiet").sort("last_kept_on").collect()
    return rows["case"][0], (day - rows["last_kept_on"][0]).days


def slowed(page: Page, times: int) -> None:
    """The browser's computer is so many times slower."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": times})


def test_a_manager_finds_the_fullest_worker_and_the_quietest_case_and_comes_back(
    tab: Tab, serve: Serve, released_database: str, made_up: Snapshot
) -> None:
    page, seen = tab
    page.goto(f"{serve(released_database, 'manager')}/caseload?area=berkshire")
    steady(page, seen)
    slowed(page, 8)  # on a slow computer too, a list that was closed stays so
    page.get_by_role("button", name="Show cases").click()
    page.get_by_role("combobox", name="Show cases").click()
    fullest = page.get_by_role("option").first
    worker = fullest.inner_text().split(":")[0]
    fullest.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(re.compile(rf"^{re.escape(worker)}"))).to_be_visible()
    expect(dialog.get_by_text(re.compile(r"^\d+ records\. Berkshire, "))).to_be_visible()
    # The list of choices does not lie over the list of cases that it opened.
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    # Cut to the quiet ones, the list begins with the quietest, whose timeline stands under it.
    steady(page, seen)
    page.get_by_role("radio", name=re.compile(r"^Quiet \d+$")).click()
    case, days = quietest(made_up, "berkshire")
    said = re.compile(rf"^{case}: .*no contact was kept for {days} days$")
    expect(page.get_by_role("heading", level=2, name=said)).to_be_visible()
    slowed(page, 1)
    steady(page, seen)
    expect(dialog).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/caseload\?area=berkshire$"))
    page.get_by_role("link", name="Risk").click()
    expect(page).to_have_url(re.compile(r"/risk\?area=berkshire$"))
    steady(page, seen)
    page.go_back()
    expect(page).to_have_url(re.compile(r"/caseload\?area=berkshire$"))
    steady(page, seen)
    expect(page.get_by_role("button", name="Berkshire", exact=True)).to_be_visible()
    unchanged(seen)


def test_a_regional_lead_follows_a_link_to_one_district_and_keeps_the_view(
    tab: Tab, serve: Serve, released_database: str, tmp_path: Path
) -> None:
    page, seen = tab
    own = shutil.copy(released_database.removeprefix("sqlite:///"), tmp_path / "own.sqlite")
    address = serve(f"sqlite:///{own}", "regional_lead")
    page.goto(f"{address}/caseload?area=E06000039")
    steady(page, seen)
    expect(page.get_by_role("button", name="Slough", exact=True)).to_be_visible()
    shown = page.locator("body").inner_html()
    for other in ("Reading", "Wokingham", "Oxfordshire", "Cherwell", "Milton Keynes"):
        assert other not in shown
    page.get_by_role("button", name="Views", exact=True).click()
    page.get_by_label("Keep this page and its filters as").fill("Slough on Mondays")
    page.get_by_role("button", name="Keep this view").click()
    steady(page, seen)
    page.keyboard.press("Escape")
    page.goto(f"{address}/areas")
    steady(page, seen)
    slowed(page, 8)  # on a slow computer too, one page gives way to another without a jump
    page.get_by_role("button", name="Views", exact=True).click()
    page.get_by_role("button", name="Slough on Mondays").click()
    expect(page).to_have_url(re.compile(r"/caseload\?area=E06000039$"))
    steady(page, seen)
    unchanged(seen)


def test_the_meeting_runs_from_the_first_slide_to_the_last_by_keyboard(
    browser: Browser, serve: Serve, released_database: str
) -> None:
    page, seen = watched_tab(browser, 1280, 720)
    page.goto(f"{serve(released_database, 'meeting')}/meeting?on=2026-11-24")
    steady(page, seen)
    number = page.get_by_text(re.compile(r"^\d+ of \d+$"))
    last = int(number.inner_text().split(" of ")[1])
    for slide in range(2, last + 1):
        page.keyboard.press("ArrowRight")
        expect(number).to_have_text(f"{slide} of {last}")
        steady(page, seen)
    page.close()
    unchanged(seen)
