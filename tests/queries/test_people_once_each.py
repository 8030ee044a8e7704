"""People once each, by where they live, who they are, and how they stand with the IDVA."""

import polars as pl
import pytest
from three_cases import PEOPLE

from queries import safety, victim_survivors

# V1 and V2 have cases in two districts, B1 and O1.
LINKS = """
case_victim_survivors
case_id | victim_survivor_id | relationship | linked_on  | idva_engaged_on | lives_with
C1      | V1                 | partner      | 2026-01-05 | 2026-01-12      | no
C3      | V1                 | ex_partner   | 2026-01-05 |                 | yes
C1      | V2                 |              | 2026-01-05 |                 |
C3      | V2                 | child        | 2026-01-05 |                 | no
C2      | V3                 |              | 2026-02-01 |                 |

safety_contacts
contact_id | case_id | victim_survivor_id | contacted_on | outcome
K1         | C1      | V1                 | 2026-02-10   | reached
"""


@pytest.fixture
def view(lens):
    return lens(PEOPLE + LINKS.strip(), as_at="2026-02-20")


def rows(frame: pl.LazyFrame, *columns: str) -> list[tuple]:
    return frame.select(columns).collect().rows()


def test_districts_add_up_to_more_than_the_whole_and_say_so(view):
    found = victim_survivors.by_area(view).collect()
    columns = ("name", "adults", "children", "people")
    assert found.select(columns).rows() == [("Slough", 2, 1, 3), ("Oxford", 1, 1, 2)]
    assert (found["whole"][0], found["summed"][0]) == (3, 5)
    assert victim_survivors.whole_and_sum(found) == (
        "n = 3 people, each once. Districts add up to 2 more: some people have cases in two "
        "districts."
    )
    assert victim_survivors.where_most_are(found) == (
        "Slough has the most: two adults and one child"
    )


def test_a_list_of_a_district_bears_its_name(view):
    found = victim_survivors.by_area(view).collect()
    assert victim_survivors.name_of(found, "O1") == "Oxford"


def test_where_they_add_up_nothing_is_said_of_it(view):
    found = victim_survivors.by_area(view.of(frozenset({"B1"}))).collect()
    assert victim_survivors.whole_and_sum(found) == "n = 3 people, each once."


def test_living_with_one_service_user_counts_and_unknown_stands_apart(view):
    assert rows(victim_survivors.living(view), "living", "adults", "children") == [
        ("Elsewhere", 0, 1),
        ("With them", 1, 0),
        ("Not recorded", 1, 0),
    ]
    shares = victim_survivors.living(view).collect()
    assert victim_survivors.who_lives_with(shares) == "1 of 2 lives with the service user"


def test_each_relationship_of_a_person_counts(view):
    found = rows(victim_survivors.relationships(view), "relationship", "adults", "children")
    assert found == [
        ("Child of the service user", 0, 1),
        ("Former partner", 1, 0),
        ("Partner", 1, 0),
        ("Not recorded", 1, 1),
    ]


@pytest.mark.parametrize(
    ("column", "frame"),
    [
        ("living", victim_survivors.living),
        ("relationship", victim_survivors.relationships),
        ("area", victim_survivors.by_area),
    ],
)
def test_lists_have_as_many_people_as_their_numbers_say(view, column, frame):
    for row in frame(view).collect().to_dicts():
        for part in ("adults", "children"):
            behind = victim_survivors.people_behind(view, column, row[column], part)
            people = behind.collect()["victim_survivor"]
            assert people.len() == people.n_unique() == row[part]
        everybody = victim_survivors.people_behind(view, column, row[column], "people").collect()
        assert everybody.height == row["adults"] + row["children"]


def test_standings_by_the_worst_of_a_persons_links(view):
    # V1 was reached on the 10th, whichever case it is noted with; V3, linked on 1 February, was
    # due on the 15th. V2 is a child, reached through V1.
    found = rows(safety.standings(view), "standing", "adults", "children", "none")
    assert found == [
        ("Reached in time", 1, 1, False),
        ("First contact not yet due", 0, 0, False),
        ("Contact overdue", 0, 0, False),
        ("Never reached", 1, 0, True),
        ("Declined support", 0, 0, False),
    ]
    assert safety.who_has_none(safety.standings(view).collect()) == (
        "One adult had no contact in time"
    )
    for row in safety.standings(view).collect().to_dicts():
        for part in ("adults", "children"):
            assert safety.people_at(view, row["standing"], part).collect().height == row[part]


def test_without_safety_contacts_there_are_no_standings(lens):
    view = lens(PEOPLE + LINKS.split("\n\n")[0].strip(), as_at="2026-02-20")
    assert safety.standings(view).collect().is_empty()
    assert safety.in_time_by_month(view).collect().is_empty()


def test_time_to_an_idva_of_each_adult_once(view):
    found = rows(safety.time_to_idva(view), "band", "adults", "of")
    assert found == [
        ("In the first week", 1, 2),
        ("In the second week", 0, 2),
        ("In weeks three and four", 0, 2),
        ("Later", 0, 2),
        ("Not engaged", 1, 2),
        ("Not yet two weeks", 0, 2),
    ]
    assert safety.how_soon(safety.time_to_idva(view).collect()) == (
        "1 of 2 had an IDVA within two weeks"
    )
    for band, adults, _ in found:
        assert safety.linked_within(view, band).collect().height == adults


def test_an_engagement_after_the_period_is_not_in_it(lens):
    view = lens(PEOPLE + LINKS.strip(), as_at="2026-02-20", end="2026-01-10")
    assert rows(safety.time_to_idva(view), "band", "adults")[-1] == (
        "Not yet two weeks",
        1,
    )


def test_who_was_linked_in_the_last_two_weeks_is_no_failure_yet(lens):
    # V1 is engaged in their first week; V3 is linked on 1 February, thirteen days before the end.
    view = lens(PEOPLE + LINKS.strip(), as_at="2026-02-20", end="2026-02-14")
    found = safety.time_to_idva(view).collect()
    assert found.filter(pl.col("adults") > 0).select("band", "adults", "of", "due").rows() == [
        ("In the first week", 1, 2, 1),
        ("Not yet two weeks", 1, 2, 1),
    ]
    assert safety.how_soon(found) == "1 of 1 had an IDVA within two weeks"


def test_people_at_the_end_of_each_month(view):
    found = victim_survivors.by_month(view).collect()
    last = found.tail(2).select("adults", "children", "people", "partial").rows()
    assert last == [(1, 1, 2, False), (2, 1, 3, True)]
    assert victim_survivors.headline(found) == (
        "Two adults and one child are linked to an active case"
    )
    # V3 was never reached.
    assert safety.how_many_have_none(safety.standings(view).collect()) == 1
    assert victim_survivors.headline(found, 1) == (
        "Two adults and one child: one had no safety contact in time"
    )
    assert found["people"][0] == 0


def test_contacts_in_time_by_month(view):
    # V1 was due on 19 January and not reached; on 24 February is yet to come. V3 on the 15th.
    found = safety.in_time_by_month(view).collect().tail(2)
    assert found.select("kept", "due").rows() == [(0, 2), (0, 1)]


def test_no_victim_survivors_at_all(lens):
    view = lens(PEOPLE.split("victim_survivors")[0].strip(), as_at="2026-02-20")
    found = victim_survivors.by_month(view).collect()
    assert found.is_empty()
    assert victim_survivors.headline(found) == "No victim-survivors are recorded yet"
    assert victim_survivors.by_area(view).collect().is_empty()
