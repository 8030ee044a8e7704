"""Who opens records is told of in the trail: the list, and each case whose timeline is shown."""

import pytest
from signed_in_people import trail
from sqlalchemy import select

from dashboard.access import Role, Viewer
from dashboard.access.aside import settled
from dashboard.database.tables import AuditEntry
from dashboard.panels import caseload
from dashboard.shell import show
from queries.timeline import timeline

TIMELINE = "timeline of one case"


@pytest.fixture
def chosen(monkeypatch):
    """The row that is chosen in a list of cases on a page."""
    row = [0]
    monkeypatch.setattr(show, "long_table", lambda *_, **__: row[0])
    return row


def opened(engine) -> list[tuple[str, str]]:
    """Page and list of each line about records."""
    return [
        (details["page"], details["list"])
        for _, what, details in trail(engine)
        if what == "records"
    ]


@pytest.mark.parametrize("path", ["caseload", pytest.param("risk", marks=pytest.mark.slow)])
def test_each_case_that_is_looked_at_has_a_line_of_its_own(a_browser, people, chosen, path):
    people.grant("ann@example.org", Role.MANAGER)
    app = a_browser("ann@example.org")
    app.switch_page(f"../pages/{path}.py").run()
    told = opened(people.engine)
    assert told[-1] == (path, TIMELINE)
    app.run()  # the same case, still shown
    assert opened(people.engine) == told
    chosen[0] = 1
    app.run()
    assert opened(people.engine) == [*told, (path, TIMELINE)]


def test_a_case_under_a_list_has_a_line_beside_the_list_s(a_browser, people):
    people.grant("ann@example.org", Role.MANAGER)
    app = a_browser("ann@example.org")
    app.session_state["chart-workers-clicked"] = (0, "cases")
    app.run()
    assert not app.exception
    # The page has a timeline under its own list; then the list, and the first case in it.
    assert sorted(opened(people.engine)[-2:]) == [("caseload", "caseload"), ("caseload", TIMELINE)]


def test_the_line_says_how_many_rows_and_not_whose(a_browser, people, made_up):
    people.grant("ann@example.org", Role.MANAGER)
    a_browser("ann@example.org")
    lens = made_up.lens(Viewer(Role.MANAGER, None))
    case = caseload.ATTENTION.result(lens).collect()["case"][0]
    settled()
    with people.engine.connect() as connection:
        [line] = connection.execute(select(AuditEntry).where(AuditEntry.what == "records"))
    assert line.rows == timeline(lens, case).collect().height > 1
    assert line.details == {"page": "caseload", "list": TIMELINE}
