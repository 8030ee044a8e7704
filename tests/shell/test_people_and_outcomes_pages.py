"""What the service sets shows on its pages: the contact line, and how much is too early to say."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import insert, make_url
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard.access import Role
from dashboard.access.sign_in import WITHOUT_SIGN_IN
from dashboard.database import connect
from dashboard.database.marks import move_version
from dashboard.database.tables import Setting
from dashboard.shell import visit

APP = str(Path(dashboard.__file__).parent / "app.py")


@pytest.fixture
def open_with(monkeypatch, made_up_database, tmp_path):
    """Opens a page over made-up records with some settings."""

    def run(path: str, role: Role = Role.MANAGER, **settings: object) -> AppTest:
        file = shutil.copy(make_url(made_up_database).database, tmp_path / "set.sqlite")
        url = f"sqlite:///{file}"
        engine = connect(make_url(url))
        with engine.begin() as connection:
            for name, value in settings.items():
                connection.execute(insert(Setting).values(name=name, value=value))
            move_version(connection)
        engine.dispose()
        monkeypatch.setenv("DRIVE_DATABASE_URL", url)
        monkeypatch.setenv(WITHOUT_SIGN_IN, role.value)
        visit.store.clear()
        app = AppTest.from_file(APP, default_timeout=60).run()
        return app.switch_page(f"../pages/{path}.py").run()

    yield run
    visit.store.clear()


def said(app: AppTest) -> str:
    parts = [*app.title, *app.header, *app.markdown, *app.caption]
    return " ".join(element.value for element in parts)


def test_the_contact_line_stands_on_the_page_when_it_is_set(open_with):
    assert "For victim-survivors:" not in said(open_with("victim-survivors"))
    app = open_with("victim-survivors", support_line="0800 000 0000, day and night")
    assert "**For victim-survivors:** 0800 000 0000, day and night" in said(app)


def test_the_days_between_safety_contacts_are_said(open_with):
    assert "a safety contact is due every 10 days" in said(
        open_with("victim-survivors", safety_contact_days=10)
    )


def test_below_the_least_number_no_outcome_is_said(open_with):
    app = open_with("outcomes", minimum_outcomes=100_000)
    assert not app.exception
    assert app.title[0].value == "It is too early to say what has changed"
    headers = [element.value for element in app.header]
    assert "Nothing can be put beside the published results yet" in headers
    assert "It is too early to compare with others" in headers


def test_comparison_people_are_nobody_s_cases(open_with):
    app = open_with("outcomes", Role.CASE_MANAGER)
    headers = [element.value for element in app.header]
    assert "No comparison people in this view: a change, not an effect" in headers


def test_a_regional_lead_opens_no_list(open_with):
    for path in ("victim-survivors", "outcomes"):
        app = open_with(path, Role.REGIONAL_LEAD)
        assert not app.exception
        assert not [button for button in app.button if button.label.startswith("List")]
        assert not [menu for menu in app.get("menu_button") if menu.label.startswith("Show")]
