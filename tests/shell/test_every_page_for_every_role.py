"""Every page x role x (empty, made-up) database: shown, or not there, and never an error."""

import re
import shutil
from pathlib import Path

import pytest
from sqlalchemy import insert, make_url
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard.access import PAGES, Role, may_open
from dashboard.access.sign_in import WITHOUT_SIGN_IN
from dashboard.database import connect
from dashboard.database.tables import Setting
from dashboard.shell import visit

APP = str(Path(dashboard.__file__).parent / "app.py")


@pytest.fixture
def open_page(monkeypatch, request):
    """Opens the dashboard as a role, on a database; gives the finished run."""

    def run(url: str, role: Role, path: str | None = None, **query: list[str]) -> AppTest:
        monkeypatch.setenv("DRIVE_DATABASE_URL", url)
        monkeypatch.setenv(WITHOUT_SIGN_IN, role.value)
        if url != last_url[0]:  # the same snapshot serves again, as it does in the server
            visit.store.clear()
            last_url[0] = url
        app = AppTest.from_file(APP, default_timeout=60).run()
        if path is not None:
            # By address: a protected role's pages of numbers are one file at many addresses.
            there = {str(page["url_pathname"]): key for key, page in app._registered_pages.items()}
            if path not in there:
                raise LookupError(f"There is no page at /{path} for {role.label}.")
            app._page_hash = there[path]
        for key, values in query.items():
            app.query_params[key] = values
        return app.run()

    return run


last_url = [""]


# What people are not called here, whatever a table or a source is called.
NEVER = re.compile(r"\b(offender|victim(?!-survivor)|perpetrator|abuser)s?\b", re.IGNORECASE)


def everything_of(app: AppTest) -> str:
    """All that a page sends to the browser: texts, labels, alternatives of charts, tables."""
    return " ".join(str(getattr(each, "proto", "")) for each in app.main)


def words_of(app: AppTest) -> str:
    return " ".join(element.value for element in [*app.title, *app.markdown, *app.caption])


@pytest.fixture
def empty_url(empty_database, tmp_path) -> str:
    return f"sqlite:///{shutil.copy(empty_database, tmp_path / 'empty.sqlite')}"


WITHOUT_NUMBERS = [page.path for page in PAGES if not page.numbers]
MEETING = "meeting"
THEIRS, NOT_THEIRS = [], []
for _role in Role:
    for _page in PAGES:
        (THEIRS if may_open(_role, _page.path) else NOT_THEIRS).append((_page.path, _role))
WITH_NUMBERS = [(path, role) for path, role in THEIRS if path not in (*WITHOUT_NUMBERS, MEETING)]
PROTECTED = [(path, role) for path, role in WITH_NUMBERS if role.protected]
WITH_NO_NUMBERS = set(Role) - {role for path, role in THEIRS if path not in WITHOUT_NUMBERS}
AT_THE_MEETING = [role for role in Role if may_open(role, MEETING)]


def test_the_roles_without_numbers_are_these():
    assert {Role.ADMINISTRATOR} == WITH_NO_NUMBERS
    assert "definitions" in WITHOUT_NUMBERS
    assert [path for path, role in THEIRS if role is Role.MEETING] == [MEETING, "definitions"]


@pytest.mark.parametrize(("path", "role"), [each for each in THEIRS if each[0] in WITHOUT_NUMBERS])
def test_a_page_without_numbers_needs_no_records(open_page, empty_url, path, role):
    app = open_page(empty_url, role, path)
    assert not app.exception
    assert not app.metric
    assert not app.get("plotly_chart")


@pytest.mark.parametrize(
    ("path", "role"), [(path, role) for path, role in THEIRS if path != MEETING]
)
def test_a_page_opens_for_its_roles_on_made_up_records(open_page, released_database, path, role):
    app = open_page(released_database, role, path)
    assert not app.exception
    assert not app.error
    said = words_of(app)
    assert "These records are invented. No real person is described." in said
    assert len(app.title) == 1
    assert len(app.title[0].value) <= 65
    assert not NEVER.search(everything_of(app))
    shown = [each.proto.popover.label for each in app.get("popover")]
    assert shown.count("How to read this") == 1


@pytest.mark.parametrize(("path", "role"), PROTECTED)
def test_protected_pages_say_so_and_open_no_record(open_page, released_database, path, role):
    app = open_page(released_database, role, path)
    said = words_of(app)
    assert "Protected numbers" in said
    assert "released 16 November 2026." in said
    assert not [button for button in app.button if button.label.startswith("List")]
    assert "C-0" not in said


@pytest.mark.parametrize(("path", "role"), PROTECTED)
def test_a_protected_page_without_a_release_says_when_the_first_comes(
    open_page, made_up_database, path, role
):
    app = open_page(made_up_database, role, path)
    assert not app.exception
    assert app.title[0].value == "There are no released numbers yet"
    assert "14 April 2024" in words_of(app)
    assert not app.metric
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("role", AT_THE_MEETING)
def test_the_meeting_shows_the_same_protected_slide_to_all_its_roles(
    open_page, released_database, role
):
    app = open_page(released_database, role, MEETING, on=["2026-11-17"], slide=["2"])
    assert not app.exception
    said = words_of(app)
    assert "Protected numbers: no count of 1 to 4 is shown, no records can be opened" in said
    assert "meeting, 17 November 2026" in said
    assert [button.label for button in app.button if button.key == "meeting-leave"] == ["Leave"]
    assert not app.dataframe
    shown_to.setdefault("slide", said)
    assert said == shown_to["slide"]


def test_a_meeting_still_to_come_after_the_next_is_none_yet(open_page, released_database):
    app = open_page(released_database, Role.MEETING, MEETING, on=["2999-01-01"])
    assert not app.exception
    assert "The meeting of 1 January 2999 is still to come; the next is on" in words_of(app)
    assert "meeting, 1 January 2999" not in words_of(app)


shown_to: dict[str, str] = {}


@pytest.mark.parametrize("role", AT_THE_MEETING)
def test_a_meeting_without_a_release_says_so(open_page, empty_url, role):
    app = open_page(empty_url, role, MEETING)
    assert not app.exception
    assert app.title[0].value == "There are no released numbers to show"


@pytest.mark.parametrize(
    "query", [{"on": ["Tuesday"]}, {"slide": ["last"]}, {"area": ["berkshire"]}], ids=str
)
def test_a_wrong_address_of_a_meeting_is_said_in_words(open_page, released_database, query):
    app = open_page(released_database, Role.MEETING, MEETING, **query)
    assert not app.exception
    assert app.title[0].value == "There is no such meeting"
    assert next(iter(query.values()))[0] in words_of(app) or "area" in words_of(app)


def test_where_the_office_has_true_counts_it_sees_what_a_regional_lead_does(
    open_page, released_database, tmp_path
):
    file = shutil.copy(released_database.removeprefix("sqlite:///"), tmp_path / "open.sqlite")
    engine = connect(make_url(f"sqlite:///{file}"))
    with engine.begin() as connection:
        connection.execute(insert(Setting).values(name="opcc_is_protected", value=False))
    engine.dispose()
    app = open_page(f"sqlite:///{file}", Role.OPCC, "rollout")
    assert not app.exception
    said = words_of(app)
    assert "Protected numbers" not in said
    assert Role.OPCC.label in " ".join(each.label for each in app.get("menu_button")) + said
    assert not [button for button in app.button if button.label.startswith("List")]
    with pytest.raises(LookupError):
        open_page(f"sqlite:///{file}", Role.OPCC, "caseload")


@pytest.mark.parametrize(("path", "role"), [each for each in WITH_NUMBERS if not each[1].protected])
def test_an_empty_database_says_what_to_do(open_page, empty_url, path, role):
    app = open_page(empty_url, role, path)
    assert not app.exception
    assert app.title[0].value == "No records have been loaded yet"
    # In words: most who read it know no command line.
    assert "drive-dashboard" not in words_of(app)
    if not role.loads_records:
        assert "ask whoever set up this dashboard" in words_of(app)
    elif path == "data":
        assert "Choose your files below" in words_of(app)
    else:
        assert "Load them on the Data page" in words_of(app)
    assert not app.metric


@pytest.mark.parametrize(("path", "role"), NOT_THEIRS)
def test_a_page_that_is_not_theirs_is_not_there(open_page, made_up_database, path, role):
    with pytest.raises(LookupError):
        open_page(made_up_database, role, path)
    app = open_page(made_up_database, role)
    assert not app.exception
    if role in WITH_NO_NUMBERS or role.protected:
        assert not app.metric
        assert not app.get("plotly_chart")
        assert not app.dataframe


def test_a_case_list_never_reaches_a_regional_lead(open_page, made_up_database):
    app = open_page(made_up_database, Role.REGIONAL_LEAD, "caseload")
    assert not app.exception
    assert not app.dataframe
    assert "C-0" not in words_of(app)
    assert not [button for button in app.button if button.label.startswith("List")]


def test_a_period_before_the_launch_says_so(open_page, made_up_database):
    query = {"from": ["2023-01-01"], "to": ["2023-12-31"], "as_at": ["2026-10-31"]}
    app = open_page(made_up_database, Role.MANAGER, "rollout", **query)
    assert not app.exception
    assert app.title[0].value == "The service had not started in this period"
    assert not app.metric


def test_a_wrong_address_is_said_in_words(open_page, made_up_database):
    query = {"area": ["E99999999"], "from": ["yesterday"]}
    app = open_page(made_up_database, Role.MANAGER, "rollout", **query)
    assert not app.exception
    said = " ".join(warning.value for warning in app.warning)
    assert "E99999999" in said
    assert "yesterday" in said


def test_real_records_are_not_called_made_up_and_have_no_role_switch(open_page, tmp_path, given):
    given(
        """
areas
area_code | name   | county
B1        | Slough | berkshire

referrals
referral_id | area_code | received_on
R1          | B1        | 2026-01-02
"""
    )
    app = open_page(f"sqlite:///{tmp_path}/given-0.sqlite", Role.MANAGER, "rollout")
    assert not app.exception
    assert "invented" not in words_of(app)
    assert app.metric[0].value.startswith("1")
    # No case was ever loaded: unknown, and not 0.
    assert app.metric[1].value.startswith("Not known")


def test_a_database_that_is_not_there_is_said_in_words(open_page, tmp_path):
    app = open_page(f"sqlite:///{tmp_path}/none.sqlite", Role.MANAGER)
    assert not app.exception
    assert app.title[0].value == "The case database cannot be used"
    assert "drive-dashboard import" in words_of(app)


def test_without_a_role_nobody_sees_anything(monkeypatch, made_up_database):
    monkeypatch.setenv("DRIVE_DATABASE_URL", made_up_database)
    monkeypatch.delenv(WITHOUT_SIGN_IN, raising=False)
    visit.store.clear()
    last_url[0] = ""
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert not app.exception
    assert app.title[0].value == "Nobody is signed in"
    assert not app.metric
