"""A service's settings: checked, kept, put back to the default, and who may change which."""

from dataclasses import fields

import pytest
from kept import changed, rows

from dashboard.access import Role, Viewer
from dashboard.database.settings import GROUPS, Settings, read_settings
from dashboard.database.tables import Setting
from dashboard.keeping.changes import NotKept
from dashboard.keeping.settings import chosen, may_set, set_setting


def read(engine) -> Settings:
    with engine.connect() as connection:
        return read_settings(connection)


def test_a_setting_is_kept_and_the_default_is_set_by_keeping_nothing(engine, manager):
    set_setting(engine, manager, "contact_days_high", 5)
    assert read(engine).contact_days_high == 5
    with engine.connect() as connection:
        assert chosen(connection) == {"contact_days_high"}

    set_setting(engine, manager, "contact_days_high", 7)
    assert rows(engine, Setting, "name") == []
    assert [(before["value"], after["value"]) for _, before, after in changed(engine)] == [
        (7, 5),
        (5, 7),
    ]


def test_setting_what_it_is_already_changes_nothing(engine, manager):
    set_setting(engine, manager, "service_name", "Drive Thames Valley")

    assert changed(engine) == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("contact_days_high", 0, "a number from 1 to"),
        ("contact_days_high", None, "a number from 1 to"),
        ("service_name", "  ", "cannot be empty"),
        ("service_name", "x" * 201, "200 characters"),
        ("launched_on", "21 March", "is a day, like 2024-03-21"),
        ("meeting_weekday", "Tuesdays", "is one of Monday, Tuesday, .* and Sunday; .*“Tuesdays”"),
        ("meeting_time", "25:00", "is a time of day, like 10:00; this is “25:00”"),
    ],
)
def test_what_it_cannot_be_is_refused_in_words(engine, manager, name, value, words):
    with pytest.raises(NotKept, match=words):
        set_setting(engine, manager, name, value)

    assert rows(engine, Setting, "name") == []


def test_half_a_case_is_a_possible_target_at_full_time(engine, manager):
    set_setting(engine, manager, "caseload_target", 17.5)

    assert read(engine).caseload_target == 17.5


def test_a_contact_line_may_be_empty_again(engine, manager):
    set_setting(engine, manager, "support_line", "0800 000 000")
    set_setting(engine, manager, "support_line", "")

    assert read(engine).support_line == ""


def test_a_manager_of_some_areas_changes_no_setting_of_the_whole_service(engine, of_berkshire):
    with pytest.raises(NotKept, match="an administrator can change it"):
        set_setting(engine, of_berkshire, "planned_months", 12)


def test_what_protects_people_is_for_administrators(manager, administrator):
    guarded = {
        each.name
        for each in fields(Settings)
        if each.metadata["group"] in ("Small numbers", "Sign-in")
    }
    assert {"hide_below", "opcc_is_protected"} <= guarded
    assert {name for name in guarded if may_set(manager, name)} == set()
    assert {name for name in guarded if may_set(administrator, name)} == guarded


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.MANAGER, Role.ADMINISTRATOR}))
def test_no_other_role_changes_a_setting(engine, role):
    with pytest.raises(NotKept, match="cannot change this"):
        set_setting(engine, Viewer(role, None), "planned_months", 12)


def test_every_setting_has_a_title_and_stands_in_a_group():
    for each in fields(Settings):
        assert each.metadata["title"], each.name
        assert each.metadata["group"] in GROUPS, each.name


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [("meeting_weekday", "friday", "Friday"), ("meeting_time", "9.30", "09:30")],
)
def test_the_day_and_time_of_the_meeting_are_kept_as_they_are_used(
    engine, manager, name, value, kept
):
    set_setting(engine, manager, name, value)
    assert getattr(read(engine), name) == kept
