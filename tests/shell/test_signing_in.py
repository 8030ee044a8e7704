"""The gate: nobody without a sign-in, nothing without a grant, and an end to it."""

from datetime import UTC, datetime

import pytest
from signed_in_people import OWNER, trail
from sqlalchemy import make_url

from dashboard.access import Role, granting, sign_ins
from dashboard.database import connect
from dashboard.database.settings import Settings
from dashboard.shell import signed_in

NOW = datetime.now(UTC)


def words_of(app):
    said = [*app.title, *app.markdown, *app.caption, *app.warning, *app.error]
    return " ".join(element.value for element in said)


def test_nobody_comes_in_without_signing_in(a_browser):
    app = a_browser(None, area=["E06000039"])
    assert app.title[0].value == "Sign in to Drive Thames Valley"
    assert [button.label for button in app.button] == ["Sign in"]
    assert not app.metric
    assert "Slough" not in words_of(app)


@pytest.mark.parametrize("page", ["rollout", "people", "audit", "data", "definitions"])
def test_without_signing_in_there_is_no_page(a_browser, page):
    app = a_browser(None)
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        app.switch_page(f"../pages/{page}.py")


def test_a_stranger_is_told_whom_to_ask(a_browser, people):
    app = a_browser("eve@example.org")
    assert app.title[0].value == "You have no access to this dashboard"
    assert f"ask {Settings().whom_to_ask}" in words_of(app)
    assert not app.metric
    assert trail(people.engine)[-1][:2] == ("eve@example.org", "refusal")


def test_somebody_comes_in_as_what_they_were_granted(a_browser, people):
    people.grant("ann@example.org", Role.MANAGER, "berkshire")
    app = a_browser("ann@example.org")
    assert not app.exception
    assert "Ann Example" not in words_of(app)  # the name as it is kept here, not as it is claimed
    assert "ann" in words_of(app)
    assert "Sign out" in [button.label for button in app.button]
    assert "All of Berkshire" in [each.proto.popover.label for each in app.get("popover")]
    kinds = [line[1] for line in trail(people.engine)[-3:]]
    assert kinds == ["sign-in", "page", "records"]  # the timeline that the page shows at once


def test_the_claims_of_a_token_cannot_draw_on_the_page(a_browser, people):
    app = a_browser("eve@example.org", name="<img onerror=alert(1)> **b** $x^2$ [l](http://x)")
    assert "<img" not in words_of(app).replace("\\<img", "")
    assert "\\*\\*b\\*\\*" in words_of(app)
    assert "\\[l\\]" in words_of(app)


def test_made_up_records_give_nobody_a_role_of_others(a_browser, people):
    people.grant("ann@example.org", Role.DATA_STEWARD)
    app = a_browser("ann@example.org")
    assert "role-switch" not in [button.key for button in app.get("menu_button")]
    app.session_state["role"] = "manager"
    app.run()
    assert not app.metric
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        app.switch_page("../pages/rollout.py")


def test_with_several_roles_a_person_chooses_among_theirs(a_browser, people):
    people.grant("ann@example.org", Role.DATA_STEWARD)
    people.grant("ann@example.org", Role.ADMINISTRATOR)
    app = a_browser("ann@example.org")
    switch = next(each for each in app.get("menu_button") if each.key == "role-switch")
    assert switch.options == ["Data steward", "Administrator"]
    switch.click("administrator").run()
    app.switch_page("../pages/people.py").run()
    assert not app.exception
    assert "may sign in today" in app.title[0].value


def test_areas_of_others_are_refused_in_words_and_give_nothing(a_browser, people):
    people.grant("ann@example.org", Role.MANAGER, "berkshire")
    app = a_browser("ann@example.org", area=["oxfordshire", "E07000178", "' OR 1=1"])
    assert "not among the areas you may see" in app.warning[0].value
    assert "All of Berkshire" in [each.proto.popover.label for each in app.get("popover")]
    [refusal] = [line for line in trail(people.engine) if line[1] == "refusal"]
    assert refusal[2] == {"page": "caseload", "why": "address"}


def test_a_page_is_told_to_the_trail_once_for_each_choice(a_browser, people):
    people.grant("ann@example.org", Role.MANAGER)
    app = a_browser("ann@example.org")
    app.run()
    app.query_params["area"] = "berkshire"
    app.run()
    app.run()
    pages = [line[2] for line in trail(people.engine) if line[1] == "page"]
    assert pages == [
        {"page": "caseload"},
        {"page": "caseload", "filters": {"area": ["berkshire"]}},
    ]


def test_what_is_withdrawn_ends_an_open_session(a_browser, people, monkeypatch):
    monkeypatch.setattr(sign_ins, "CHECKED", sign_ins.timedelta())
    number = people.grant("ann@example.org", Role.MANAGER)
    app = a_browser("ann@example.org")
    assert app.metric
    with granting.changing(people.engine) as connection:
        granting.withdraw(connection, OWNER, number, "left", NOW.date())
    app.run()
    assert not app.metric
    assert app.title[0].value == "You have no access to this dashboard"


def test_a_token_that_has_expired_begins_nothing(a_browser, people):
    people.grant("ann@example.org", Role.MANAGER)
    app = a_browser("ann@example.org", exp=NOW.timestamp() - 1)
    assert app.title[0].value == "Your sign-in is no longer fresh"
    assert not app.metric


def test_headers_are_never_trusted(a_browser, people, monkeypatch):
    people.grant("ann@example.org", Role.MANAGER)
    options = signed_in.st.get_option
    monkeypatch.setattr(
        signed_in.st,
        "get_option",
        lambda name: {"X-Sub": "sub"} if name.endswith("trustedUserHeaders") else options(name),
    )
    app = a_browser("ann@example.org")
    assert app.title[0].value == "Sign-in is not set up"
    assert not app.metric


def test_a_provider_that_is_set_up_in_part_lets_nobody_in(a_browser, people, monkeypatch):
    monkeypatch.delenv("DRIVE_OIDC_CLIENT_SECRET")
    monkeypatch.setenv("DRIVE_WITHOUT_SIGN_IN", "manager")
    app = a_browser(None)
    assert "DRIVE_OIDC_CLIENT_SECRET" in words_of(app)
    assert not app.metric


def test_without_the_database_strangers_are_not_told_where_it_is(a_browser, monkeypatch, tmp_path):
    monkeypatch.setenv("DRIVE_DATABASE_URL", f"sqlite:///{tmp_path}/secret-place.sqlite")
    app = a_browser(None)
    assert app.title[0].value == "The case database cannot be used"
    assert "secret-place" not in words_of(app)


def test_the_person_of_the_trail_is_not_the_one_that_the_address_names(a_browser, people):
    people.grant("ann@example.org", Role.MANAGER)
    a_browser("ann@example.org", who=["boss@example.org"], role=["administrator"])
    assert {line[0] for line in trail(people.engine)} == {OWNER.who, "ann@example.org"}
    assert connect(make_url(str(people.engine.url)))
