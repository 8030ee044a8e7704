"""The trail is searched by who did it and by whom it was done to, and is read in words."""

import pytest
from signed_in_people import OWNER, TODAY

from dashboard.access import Role, granting, group_granting
from dashboard.access.entries import Search, count, entries
from dashboard.access.granting import By, Wanted
from dashboard.access.trail import What, note
from dashboard.access.wording import in_words

BOSS = By("boss@example.org", Role.ADMINISTRATOR)
AREAS = {"all": "All areas", "B1": "Slough", "berkshire": "County of Berkshire"}


@pytest.fixture
def trail(service_on_both):
    """Ben is added, granted and withdrawn; Cy, known by a subject, is added; a group is granted."""
    with granting.changing(service_on_both) as connection:
        ben = granting.add_person(connection, BOSS, "Benjamin Hill", "bh@example.org", None)
        granting.add_person(connection, BOSS, "Cy Dale", None, "o-7")
        number = granting.grant(
            connection, BOSS, ben, Wanted(Role.MANAGER, "B1", reason="r"), TODAY
        )
        granting.withdraw(connection, OWNER, number, "left", TODAY)
        group_granting.grant_group(connection, BOSS, "drive-office", Wanted(Role.OPCC, reason="r"))
    note(service_on_both, "bh@example.org", Role.MANAGER, What.PAGE, {"page": "risk"})
    note(service_on_both, "subject o-7", None, What.REFUSAL, {"why": "nothing granted"})
    return service_on_both


@pytest.mark.parametrize(
    ("who", "found"),
    [
        ("BH@example", ["page", "grant", "grant", "grant"]),  # did one, had three done to them
        ("benjamin", ["page", "grant", "grant", "grant"]),  # the same by name
        ("o-7", ["refusal", "grant"]),
        ("cy dale", ["refusal", "grant"]),
        ("drive-off", ["grant"]),
        ("owner", ["grant"]),
        ("%", []),
        ("left", []),  # a reason is nobody
    ],
)
def test_lines_of_somebody(trail, who, found):
    search = Search(who=who)
    with trail.connect() as connection:
        assert [line.what for line in entries(connection, search, AREAS)] == found
        assert count(connection, search) == len(found)


def test_a_withdrawal_reads_as_words(trail):
    with trail.connect() as connection:
        (line,) = entries(connection, Search(who="owner"), AREAS)
    assert line.details == (
        "done: withdrawn; grant number: 1; person: bh@example.org; role: Manager; area: Slough; "
        "from: 2 March 2026; until before: no day, it does not end; reason: left"
    )


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"page": "victim-survivors"}, "page: Victim-survivors"),
        (
            {"page": "risk", "filters": {"area": ["berkshire", "B1"], "to": ["2026-10-31"]}},
            "page: Risk; filters: area: County of Berkshire, Slough; to: 31 October 2026",
        ),
        ({"roles": "regional_lead, opcc"}, "roles: Regional lead, OPCC office"),
        (
            {"role": "meeting", "to": "2026-05-01"},
            "role: Partnership meeting; until before: 1 May 2026",
        ),
        ({"area": "X9", "role": "gone"}, "area: X9; role: gone"),
        ({"what": "annotation", "done": "added"}, "kept: note; done: added"),
        ({"import": 1, "rejected": 0}, "import: 1; rejected: 0"),
        ({"as_at": "soon"}, "as at: soon"),
        ({"reason": "regional_lead"}, "reason: regional_lead"),
    ],
)
def test_details_in_words(details, words):
    assert in_words(details, AREAS) == words
