"""The settings page, notes on the data page, and named views: as people use them."""

from datetime import date
from pathlib import Path

import pytest
from kept import rows
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard.access import Role
from dashboard.access.sign_in import WITHOUT_SIGN_IN
from dashboard.database.tables import Annotation, SavedView, Setting, Target
from dashboard.shell import visit

SHIELD = "The OPCC sees protected numbers"
APP = str(Path(dashboard.__file__).parent / "app.py")


@pytest.fixture
def open_page(service_url, monkeypatch):
    """Opens a page of the small service in a role."""

    def run(path: str, role: Role) -> AppTest:
        monkeypatch.setenv("DRIVE_DATABASE_URL", service_url)
        monkeypatch.setenv(WITHOUT_SIGN_IN, role.value)
        visit.store.clear()
        app = AppTest.from_file(APP, default_timeout=60).run()
        return app.switch_page(f"../pages/{path}.py").run()

    return run


def one(elements, label: str):
    (found,) = [each for each in elements if each.label == label]
    return found


def savers(page: AppTest):
    """The buttons that save a group of settings; after their word comes which, to be heard."""
    return [each for each in page.button if each.label.startswith("Save ") and not each.disabled]


def test_a_setting_is_saved_and_marked_as_set_by_the_service(open_page, engine):
    page = open_page("settings", Role.MANAGER)
    assert page.title[0].value == "Every setting is as suggested"

    one(page.number_input, "Days between contacts, high risk").set_value(5)
    for button in savers(page):
        if "Casework" in button.form_id:
            button.click()
    page.run()

    assert not page.exception
    assert page.title[0].value == "One setting differs from the suggestion"
    assert "Saved: “Days between contacts, high risk”" in page.info[0].value
    assert "Set by your service; suggested: 7 days" in [each.value for each in page.caption]
    assert rows(engine, Setting, "name", "value") == [("contact_days_high", 5)]


def test_the_day_of_the_meeting_is_one_of_a_list(open_page, engine):
    page = open_page("settings", Role.MANAGER)
    weekday = one(page.selectbox, "Day of the weekly meeting")
    assert (len(weekday.options), weekday.options[0], weekday.value) == (7, "Monday", "Tuesday")
    weekday.set_value("Friday")
    for button in savers(page):
        if "The meeting" in button.form_id:
            button.click()
    page.run()
    assert not page.exception
    assert rows(engine, Setting, "name", "value") == [("meeting_weekday", "Friday")]


def test_a_manager_reads_what_protects_people_and_cannot_change_it(open_page):
    page = open_page("settings", Role.MANAGER)

    assert one(page.toggle, SHIELD).disabled
    assert not one(open_page("settings", Role.ADMINISTRATOR).toggle, SHIELD).disabled


def test_a_target_is_set_from_the_page(open_page, engine):
    page = open_page("settings", Role.MANAGER)
    one(page.number_input, "Target (a rate in per cent)").set_value(40)
    one(page.button, "Set this target").click()
    page.run()

    assert not page.exception
    assert "Set: “Referrals received”, 1 April" in page.info[0].value
    (found,) = rows(engine, Target, "measure", "area", "value")
    assert found[1:] == ("all", 40.0)


def test_a_note_is_added_on_the_data_page(open_page, engine):
    page = open_page("data", Role.DATA_STEWARD)
    one(page.date_input, "Day").set_value(date(2026, 6, 1))
    one(page.text_input, "What happened, in at most 60 characters").set_value("New route")
    one(page.button, "Add this note").click()
    page.run()

    assert not page.exception
    assert rows(engine, Annotation, "on", "area", "text") == [
        (date(2026, 6, 1), "all", "New route")
    ]


def test_an_administrator_sets_no_capacity_and_sees_no_case_manager(open_page):
    page = open_page("settings", Role.ADMINISTRATOR)

    assert "Capacity" not in [each.value for each in page.header]
    assert not [each for each in page.selectbox if each.label == "Case manager"]


def test_a_view_is_kept_and_opened_from_another_page(open_page, engine):
    page = open_page("data", Role.MANAGER)
    was = page.title[0].value
    one(page.text_input, "Keep this page and its filters as").set_value("Mine")
    one(page.button, "Keep this view").click()
    page.run()
    assert rows(engine, SavedView, "name", "page", "choice") == [("Mine", "data", {})]

    page.switch_page("../pages/risk.py").run()
    one(page.button, "Mine").click()
    page.run()
    assert not page.exception
    assert page.title[0].value == was
