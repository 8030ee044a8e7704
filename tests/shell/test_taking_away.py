"""What a page lets people take away: itself as it stands, and what all pages are made of."""

import io
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard.access import PAGES, Role, may_open
from dashboard.access.sign_in import WITHOUT_SIGN_IN
from dashboard.export.pages import pages
from dashboard.shell import screen, taking_away, visit

APP = str(Path(dashboard.__file__).parent / "app.py")
PATHS = [page.path for page in PAGES]


@pytest.fixture
def opened(monkeypatch, made_up_database):
    """Opens a page as a role; gives the panels shown, by key, and what makes each download."""

    def run(role: Role, path: str) -> tuple[dict, dict]:
        panels, downloads = {}, {}
        show = screen.show

        def noticed(panel, frame, *given, **more):
            panels[panel.key] = frame
            return show(panel, frame, *given, **more)

        def offered(label, make, file_name, **more):
            downloads[label] = (make, file_name)

        monkeypatch.setattr(screen, "show", noticed)
        monkeypatch.setattr(taking_away, "download_button", offered)
        monkeypatch.setenv("DRIVE_DATABASE_URL", made_up_database)
        monkeypatch.setenv(WITHOUT_SIGN_IN, role.value)
        app = AppTest.from_file(APP, default_timeout=120).run()
        panels.clear()  # those of the role's first page
        downloads.clear()
        app.switch_page(f"../pages/{path}.py").run()
        assert not app.exception
        return panels, downloads

    visit.store.clear()  # the same snapshot then serves all pages
    return run


def test_a_page_is_taken_with_the_rows_that_stand_on_it(opened):
    panels, downloads = opened(Role.MANAGER, "rollout")
    make, name = downloads["This page as a workbook (Excel)"]
    assert name == "made-up-rollout.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(make()))
    assert len(book.sheetnames) == len(panels) + 3  # cover, headline numbers, definitions
    sheet = book["Pathway"]
    rows = [row[:2] for row in sheet.iter_rows(min_row=6, values_only=True)]
    frame = panels["pathway"]
    assert rows == list(zip(frame["stage"], frame["referrals"], strict=True))
    assert book["Headline numbers"]["A5"].value == "Referrals received"
    assert {"Pack as slides (PowerPoint)", "Pack as slides (PDF)"} <= downloads.keys()
    assert "Return of the last quarter (Excel)" in downloads


@pytest.mark.slow
@pytest.mark.parametrize("role", [Role.MANAGER, Role.REGIONAL_LEAD, Role.CASE_MANAGER])
def test_all_pages_together_have_the_panels_of_each(opened, made_up, role):
    lens = made_up.lens(visit.Viewer(role, None))
    made = {page.path: page for page in pages(role, made_up.settings, lens)}
    for path in PATHS:
        if path not in made or not may_open(role, path):
            continue
        panels, _ = opened(role, path)
        # A case chosen in a list has its timeline under it; nothing else may be more or less.
        shown = set(panels) - {"timeline"}
        extra = {key for key in shown if key.startswith(("field-", "contradicting"))}
        assert shown - extra == {panel.key for panel in made[path].panels}, path
