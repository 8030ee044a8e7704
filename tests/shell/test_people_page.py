"""The page on which administrators say who may sign in, and the page that shows the trail."""

from datetime import UTC, datetime

import pytest
from signed_in_people import OWNER, trail
from sqlalchemy import insert

from dashboard.access import Role
from dashboard.access.trail import What, note
from dashboard.database.tables import AuditEntry
from dashboard.shell import looking

BOSS = "boss@example.org"


@pytest.fixture
def page(a_browser, people):
    people.grant(BOSS, Role.ADMINISTRATOR)
    people.grant("ann@example.org", Role.MANAGER, "berkshire")
    app = a_browser(BOSS)
    app.switch_page("../pages/people.py").run()
    assert not app.exception
    return app


def press(app, label):
    return next(button for button in app.button if button.label == label).click().run()


def said(app):
    return " ".join(each.value for each in [*app.error, *app.success])


def test_it_is_an_administrators_first_screen(page):
    assert page.title[0].value == "Two people may sign in today"
    (table,) = page.dataframe
    assert list(table.value["Signs in as"]) == ["ann@example.org", BOSS]


def test_a_role_is_granted_with_an_end_and_a_reason(page, people):
    page.selectbox(key="grant-person").select_index(0)
    page.selectbox(key="grant-role").set_value(Role.REGIONAL_LEAD)
    page.selectbox(key="grant-area").set_value("oxfordshire")
    page.text_input(key="grant-reason").set_value("acts up until May")
    press(page, "Grant")
    assert said(page) == "Regional lead granted to ann (ann\\@example.org)."
    last = trail(people.engine)[-1]
    assert last[0] == BOSS
    assert last[2]["role"] == "regional_lead"
    assert last[2]["reason"] == "acts up until May"


def test_nobody_raises_themselves(page):
    options = page.selectbox(key="grant-person").options
    page.selectbox(key="grant-person").select_index(
        next(index for index, each in enumerate(options) if BOSS in each)
    )
    page.selectbox(key="grant-role").set_value(Role.MANAGER)
    page.text_input(key="grant-reason").set_value("because")
    press(page, "Grant")
    assert "Nobody may give a role to themselves" in said(page)


def test_without_a_reason_nothing_is_granted(page):
    page.selectbox(key="grant-person").select_index(0)
    page.selectbox(key="grant-role").set_value(Role.MANAGER)
    press(page, "Grant")
    assert "Give a reason" in said(page)


def test_the_last_administrator_stays(page):
    options = page.selectbox(key="withdraw").options
    page.selectbox(key="withdraw").select_index(
        next(index for index, each in enumerate(options) if BOSS in each)
    )
    page.text_input(key="withdraw-reason").set_value("tidy")
    press(page, "Withdraw")
    assert "last administrator" in said(page)


def test_a_person_is_added_and_a_name_cannot_draw(page):
    page.text_input(key="add-name").set_value("<img onerror=x> **b** :red[x]")
    page.text_input(key="add-email").set_value("Cy@Example.org")
    press(page, "Add")
    assert "Added: \\<img onerror=x\\> \\*\\*b\\*\\* \\:red\\[x\\]" in said(page)


def test_a_group_is_granted_and_withdrawn(page, people):
    for label in ("Grant to the group", "Withdraw from the group"):
        page.text_input(key="group-name").set_value("drive-office")
        page.selectbox(key="group-role").set_value(Role.OPCC)
        page.text_input(key="group-reason").set_value("the office")
        press(page, label)
        assert not page.error
    done = [line[2]["did"] for line in trail(people.engine) if "group" in line[2]]
    assert done == ["granted", "withdrew"]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.DATA_STEWARD, Role.CASE_MANAGER])
def test_for_others_the_page_does_not_exist(a_browser, people, role, made_up):
    worker = made_up.fullest_worker() if role is Role.CASE_MANAGER else None
    people.grant("ann@example.org", role, worker=worker)
    app = a_browser("ann@example.org")
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        app.switch_page("../pages/people.py")


def test_the_trail_is_searched_and_nothing_on_its_page_changes_it(a_browser, people):
    people.grant("ann@example.org", Role.DATA_STEWARD)
    note(people.engine, "=HYPERLINK(1)", Role.MANAGER, What.DOWNLOAD, {"file": "x.csv"}, 7)
    app = a_browser("ann@example.org")
    app.switch_page("../pages/audit.py").run()
    assert not app.exception
    app.selectbox(key="audit-what").set_value(What.DOWNLOAD).run()
    (table,) = app.dataframe
    assert app.title[0].value == "One line in the trail for these days and people"
    # What a spreadsheet would calculate is made harmless on the screen too.
    assert list(table.value["Who"]) == ["'=HYPERLINK(1)"]
    assert list(table.value["Rows"]) == [7]
    app.text_input(key="audit-who").set_value("nobody%").run()
    assert app.title[0].value == "No lines in the trail for these days and people"
    assert not app.dataframe
    # Nothing on the page changes the trail: what stands in every header is all there is to press.
    assert {button.label for button in app.button} <= {"Show me round (one minute)", "Sign out"}


def test_lines_that_are_too_old_are_let_go(a_browser, people):
    with people.engine.begin() as connection:
        for year in (2001, 2099):
            line = {"at": datetime(year, 1, 1, tzinfo=UTC), "who": "x", "what": "page"}
            connection.execute(insert(AuditEntry).values(**line, details={"year": year}))
    people.grant("ann@example.org", Role.ADMINISTRATOR)
    looking._let_go_on.clear()
    a_browser("ann@example.org")
    years = [line[2]["year"] for line in trail(people.engine) if "year" in line[2]]
    assert years == [2099]
    assert OWNER.who in {line[0] for line in trail(people.engine)}
