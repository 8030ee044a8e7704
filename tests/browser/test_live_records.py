"""New records show on an open screen by themselves, and the screen keeps its place."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from dashboard.intake.importing import run_import

AREAS = "area_code,name,county\nB1,Reading,berkshire\nB2,Slough,berkshire\n"
YESTERDAY = date.today() - timedelta(days=1)  # noqa: DTZ011 - any recent day will do


def referrals(count: int) -> str:
    rows = [f"R{number},B{number % 2 + 1},{YESTERDAY}" for number in range(count)]
    return "\n".join(["referral_id,area_code,received_on", *rows, ""])


def loaded(url: str, folder: Path, **files: str) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text)
    assert run_import(url, [folder]).exit_code == 0


@pytest.mark.slow
def test_an_import_shows_within_ten_seconds(browser: Browser, serve, tmp_path):
    url = f"sqlite:///{tmp_path}/cases.sqlite"
    loaded(url, tmp_path / "first", areas=AREAS, referrals=referrals(12))
    page = browser.new_page(viewport={"width": 1280, "height": 500})
    page.goto(f"{serve(url)}/referrals?area=B1")
    received = page.get_by_test_id("stMetric").filter(has_text="Referrals received").first
    expect(received).to_contain_text("6", timeout=60_000)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    place = page.get_by_test_id("stMain")
    place.evaluate("each => { each.scrollTop = 240; window.here = 'the same page' }")
    loaded(url, tmp_path / "second", referrals=referrals(20))
    expect(received).to_contain_text("10", timeout=10_000)
    assert "area=B1" in page.url
    assert page.evaluate("window.here") == "the same page"
    assert place.evaluate("each => each.scrollTop") == 240
    page.close()
