"""The page on which administrators say who may sign in, and the page that shows the trail."""

from datetime import UTC, date, datetime

import pytest
from signed_in_people import OWNER, trail
from sqlalchemy import insert, select

from dashboard.access import Role
from dashboard.access.trail import What, note
from dashboard.database.tables import AuditEntry, Grant
from dashboard.shell import looking
from dashboard.snapshot.snapshot import LONDON

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


def today():
    return datetime.now(LONDON).date()


def said(app):
    return " ".join(each.value for each in [*app.error, *app.success])


def fill(page, form, turn=0, **fields):
    """Fill a form in; `turn`: how often it was done before."""
    for name, value in fields.items():
        key = f"{form}-{name}-{turn}"
        if name in ("person", "role", "area", "worker", "ends") and form != "withdraw":
            page.selectbox(key=key).set_value(value)
        elif name == "role":
            page.selectbox(key=key).select(value)
        else:
            page.text_input(key=key).set_value(value)


def held(people):
    with people.engine.connect() as connection:
        rows = connection.execute(
            select(Grant.role, Grant.area, Grant.from_on, Grant.to_on).order_by(Grant.grant_id)
        )
        return [tuple(row) for row in rows]


def test_it_is_an_administrators_first_screen(page):
    assert page.title[0].value == "Two people may sign in today"
    (table,) = page.dataframe
    assert list(table.value["Signs in as"]) == ["ann@example.org", BOSS]
    assert list(table.value["Area"]) == ["Berkshire", "All areas"]


def test_a_role_is_granted_until_a_day_and_the_form_is_empty_again(page, people):
    ann = people.numbers["ann@example.org"]
    fill(page, "grant", person=ann, role=Role.REGIONAL_LEAD, area="oxfordshire", ends="Until a day")
    fill(page, "grant", until="1/5/2099", reason="acts up until May")
    press(page, "Grant")
    assert said(page) == (
        "Regional lead granted to ann (ann\\@example.org): Oxfordshire, until before 1 May 2099."
    )
    assert held(people)[-1] == ("regional_lead", "oxfordshire", today(), date(2099, 5, 1))
    last = trail(people.engine)[-1]
    assert (last[0], last[2]["to"], last[2]["reason"]) == (BOSS, "2099-05-01", "acts up until May")
    fields = [page.selectbox(key=f"grant-{name}-1") for name in ("person", "role", "area")]
    assert [each.value for each in fields] == [None, None, None]
    assert page.selectbox(key="grant-ends-1").value is None
    assert [page.text_input(key=f"grant-{name}-1").value for name in ("until", "reason")] == [
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("ends", "until", "words"),
    [
        (None, "", "Say how long: “Without an end” or “Until a day”"),
        (None, "01/05/2099", "Say how long: “Without an end” or “Until a day”"),
        ("Until a day", "", "Give the first day without the role as DD/MM/YYYY"),
        ("Until a day", "01/0", "Give the first day without the role as DD/MM/YYYY"),
        ("Until a day", "31/02/2099", "Give the first day without the role as DD/MM/YYYY"),
        ("Until a day", "01/05/99", "Give the first day without the role as DD/MM/YYYY"),
        ("Until a day", "01/01/2026", "1 January 2026 is not after today"),
        ("Without an end", "01/01/2026", "You gave a day and chose “Without an end”"),
    ],
)
def test_a_role_has_no_end_only_where_that_is_said(page, people, ends, until, words):
    before = held(people)
    ann = people.numbers["ann@example.org"]
    fill(page, "grant", person=ann, role=Role.REGIONAL_LEAD, area="all", until=until, reason="r")
    if ends:
        fill(page, "grant", ends=ends)
    press(page, "Grant")
    assert words in said(page)
    assert held(people) == before
    # What was filled in stays, to be mended.
    assert page.text_input(key="grant-reason-0").value == "r"
    fill(page, "grant", ends="Without an end", until="")
    press(page, "Grant")
    assert held(people) == [*before, ("regional_lead", "all", today(), None)]


def test_an_area_is_never_chosen_beforehand(page, people):
    assert page.selectbox(key="grant-area-0").value is None
    assert page.selectbox(key="group-area-0").value is None
    ann = people.numbers["ann@example.org"]
    fill(page, "grant", person=ann, role=Role.MANAGER, ends="Without an end", reason="r")
    before = held(people)
    press(page, "Grant")
    assert said(page) == "Choose a person, a role and an area."
    assert held(people) == before


def test_a_county_is_told_from_the_district_of_its_name(page):
    options = page.selectbox(key="grant-area-0").options
    assert options[:4] == [
        "All areas",
        "Berkshire",
        "Buckinghamshire with Milton Keynes",
        "Oxfordshire",
    ]
    assert options.count("Buckinghamshire") == 1
    assert len(set(options)) == len(options)


def test_a_role_that_is_held_is_not_granted_again(page, people):
    ann = people.numbers["ann@example.org"]
    before = held(people)
    fill(page, "grant", person=ann, role=Role.MANAGER, area="berkshire", ends="Without an end")
    fill(page, "grant", reason="r")
    press(page, "Grant")
    assert "has the role Manager for this area already" in said(page)
    assert held(people) == before


def test_nobody_raises_themselves(page, people):
    boss = people.numbers[BOSS]
    fill(page, "grant", person=boss, role=Role.MANAGER, area="all", ends="Without an end")
    fill(page, "grant", reason="because")
    press(page, "Grant")
    assert "Nobody may give a role to themselves" in said(page)
    who, what, details = trail(people.engine)[-1]
    assert (who, what, details["why"]) == (BOSS, "refusal", "a role for themselves")


def test_without_a_reason_nothing_is_granted(page, people):
    ann = people.numbers["ann@example.org"]
    fill(page, "grant", person=ann, role=Role.MANAGER, area="all", ends="Without an end")
    press(page, "Grant")
    assert "Give a reason" in said(page)


def test_exactly_the_chosen_one_of_like_grants_is_withdrawn(page, people):
    # Two alike, as they could be granted once.
    like = {"role": "opcc", "area": "all", "from_on": date(2026, 1, 5), "reason": "r"}
    with people.engine.begin() as connection:
        for number in (901, 902):
            person = people.numbers["ann@example.org"]
            connection.execute(insert(Grant).values(grant_id=number, person_id=person, **like))
    page.run()
    line = "ann (ann@example.org): OPCC office, All areas, from 5 January 2026, without an end"
    options = page.selectbox(key="withdraw-role-0").options
    assert [each for each in options if "OPCC" in each] == [
        f"{line} (no. 901)",
        f"{line} (no. 902)",
    ]
    fill(page, "withdraw", role=f"{line} (no. 902)", reason="left")
    press(page, "Withdraw")
    assert not page.error
    with people.engine.connect() as connection:
        gone = select(Grant.grant_id).where(Grant.withdrawn_at.is_not(None))
        assert connection.scalars(gone).all() == [902]
    table = page.dataframe[0].value.set_index("No.")
    assert table["State"][902] == "withdrawn"
    assert table["Withdrawn"][902].date() == today()
    assert "Who withdrew one, and why, is on the page Audit" in page.caption[0].value


def test_the_last_administrator_stays(page, people):
    options = page.selectbox(key="withdraw-role-0").options
    fill(page, "withdraw", role=next(each for each in options if BOSS in each), reason="tidy")
    press(page, "Withdraw")
    assert "last administrator" in said(page)
    who, what, details = trail(people.engine)[-1]
    assert (who, what, details["why"]) == (BOSS, "refusal", "the last administrator")


def test_a_person_is_added_and_a_name_cannot_draw(page):
    fill(page, "add", name="<img onerror=x> **b** :red[x]", email="Cy@Example.org")
    press(page, "Add")
    assert "Added: \\<img onerror=x\\> \\*\\*b\\*\\* \\:red\\[x\\]" in said(page)


def test_a_group_is_granted_and_withdrawn(page, people):
    for turn, label in enumerate(("Grant to the group", "Withdraw from the group")):
        fill(page, "group", turn, name="drive-office", role=Role.OPCC, area="all")
        fill(page, "group", turn, reason="the office")
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


def test_the_trail_is_read_whole_and_in_words(a_browser, people):
    people.grant("ann@example.org", Role.ADMINISTRATOR)
    people.grant("ben@example.org", Role.MANAGER, "buckinghamshire-mk")
    app = a_browser("ann@example.org")
    app.switch_page("../pages/audit.py").run()
    app.text_input(key="audit-who").set_value("BEN@").run()
    assert not app.exception
    (table,) = app.dataframe
    assert list(table.value["What"]) == ["grant", "grant"]
    details = table.value["Details"][0]
    assert "role: Manager; area: Buckinghamshire with Milton Keynes; from: " in details
    (whole,) = [each.value for each in app.markdown if each.value.startswith("The chosen line")]
    assert whole.endswith("owner at the command line: grant, " + details.replace("@", "\\@") + ".")


def test_the_days_that_were_searched_are_said(a_browser, people):
    people.grant("ann@example.org", Role.ADMINISTRATOR)
    app = a_browser("ann@example.org")
    app.switch_page("../pages/audit.py").run()
    app.date_input(key="audit-from").set_value(date(2026, 3, 1))
    app.date_input(key="audit-to").set_value(date(2026, 3, 9)).run()
    assert "Searched: 1 to 9 March 2026." in [each.value for each in app.caption]
    app.date_input(key="audit-to").set_value(date(2026, 2, 9)).run()
    assert "1 March 2026 is after 9 February 2026: choose a later day to search to." in [
        each.value for each in app.caption
    ]


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
