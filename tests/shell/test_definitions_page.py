"""The definitions page: all measures, a search that leaves no trace in the address."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard.access import Role
from dashboard.access.sees import SEES
from dashboard.access.sign_in import WITHOUT_SIGN_IN
from dashboard.shell import visit
from queries.measures import ALL

APP = str(Path(dashboard.__file__).parent / "app.py")


@pytest.fixture
def page(monkeypatch, made_up_database) -> AppTest:
    monkeypatch.setenv("DRIVE_DATABASE_URL", made_up_database)
    monkeypatch.setenv(WITHOUT_SIGN_IN, "opcc")
    visit.store.clear()
    app = AppTest.from_file(APP, default_timeout=60).run()
    return app.switch_page("../pages/definitions.py").run()


def titles(app: AppTest) -> list[str]:
    return [each.value for each in app.subheader]


def test_every_measure_and_every_role_is_there(page):
    assert not page.exception
    assert page.title[0].value == f"What the {len(ALL)} measures mean, and what they do not"
    assert {measure.title for measure in ALL} <= set(titles(page))
    assert {role.label for role in Role} <= set(titles(page))
    assert set(SEES) == set(Role)


def test_a_search_shows_what_it_finds_and_stays_out_of_the_address(page):
    page.text_input[0].set_value("marac repeats").run()
    assert titles(page) == ["MARAC repeats"]
    assert [each.value for each in page.header] == ["Outcomes"]
    assert any("One measure of" in each.value for each in page.caption)
    assert dict(page.query_params) == {}
    page.text_input[0].set_value("").run()
    assert len(titles(page)) > len(ALL)


def test_a_search_that_finds_nothing_says_what_to_do(page):
    page.text_input[0].set_value("*nothing* like this").run()
    assert titles(page) == []
    assert any("Try fewer or other words" in each.value for each in page.markdown)
    assert any("no measures of" in each.value.lower() for each in page.caption)
