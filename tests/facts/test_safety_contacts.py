"""A safety contact is due 14 days (a setting) after the link and after each time reached."""

from datetime import date

import polars as pl
import pytest
from three_cases import PEOPLE

LINKS = """
case_victim_survivors
case_id | victim_survivor_id | linked_on  | idva_engaged_on
C3      | V1                 | 2026-01-10 | 2026-01-14
C3      | V2                 | 2026-01-10 |
"""
CONTACTS = """
safety_contacts
contact_id | case_id | victim_survivor_id | contacted_on | outcome
K1         | C3      | V1                 | 2026-01-20   | reached
K2         | C3      | V1                 | 2026-02-03   | not_reached
K3         | C3      | V1                 | 2026-02-10   | reached
K4         | C3      | V1                 | 2026-02-24   | declined
K5         | C3      | V1                 | 2026-04-01   | reached
"""
SAFETY = LINKS + CONTACTS
KEY = "safety_contacts_on_time_rate"
# V1, an adult: due 24 January, reached on the 20th; due 3 February, only tried on that day, late;
# due 24 February, declined on that day, in time; nothing due until reached on 1 April; due the
# 15th, never kept. V2 is a child: no contact is due with her, but she has a standing.


def states(view, person: str) -> list[tuple[str, str, str | None]]:
    rows = view.numbers("safety_states").filter(pl.col("victim_survivor").cast(pl.String) == person)
    found = rows.select(pl.col("standing").cast(pl.String), "on", "to").sort("on").collect()
    return [(standing, str(on), str(to) if to else None) for standing, on, to in found.rows()]


def test_in_time_by_the_day_it_was_due(measured):
    assert measured(KEY, SAFETY, "2026-01-01", "2026-12-31") == (2, 4, 0.5)
    assert measured(KEY, SAFETY, "2026-02-01", "2026-02-28") == (1, 2, 0.5)


def test_nothing_is_due_after_support_was_declined_until_reached_again(measured):
    assert measured(KEY, SAFETY, "2026-03-01", "2026-03-31") == (0, 0, None)


def test_a_later_contact_does_not_reach_back(measured):
    assert measured(KEY, SAFETY, "2026-02-01", "2026-02-28", as_at="2026-02-05") == (0, 1, 0)


def test_nothing_is_due_once_unlinked_or_closed(measured):
    gone = SAFETY.replace("linked_on  |", "linked_on  | unlinked_on |").replace(
        "2026-01-10 |", "2026-01-10 | 2026-02-03  |"
    )
    assert measured(KEY, gone, "2026-01-01", "2026-12-31") == (1, 1, 1)
    closed = SAFETY.replace("C3  ", "C1  ")  # C1 closed on 1 May
    assert measured(KEY, closed, "2026-05-01", "2026-12-31") == (0, 0, None)


def test_how_an_adult_stands_day_by_day(lens):
    assert states(lens(PEOPLE + SAFETY.strip(), as_at="2026-12-31"), "V1") == [
        ("First contact not yet due", "2026-01-10", "2026-01-20"),
        ("Reached in time", "2026-01-20", "2026-02-04"),
        ("Contact overdue", "2026-02-04", "2026-02-10"),
        ("Reached in time", "2026-02-10", "2026-02-24"),
        ("Declined support", "2026-02-24", "2026-04-01"),
        ("Reached in time", "2026-04-01", "2026-04-16"),
        ("Contact overdue", "2026-04-16", None),
    ]


def test_a_child_is_reached_through_an_adult_of_the_case_and_not_by_their_declining(lens):
    assert states(lens(PEOPLE + SAFETY.strip(), as_at="2026-12-31"), "V2") == [
        ("First contact not yet due", "2026-01-10", "2026-01-20"),
        ("Reached in time", "2026-01-20", "2026-02-04"),
        ("Contact overdue", "2026-02-04", "2026-02-10"),
        ("Reached in time", "2026-02-10", "2026-02-25"),
        ("Contact overdue", "2026-02-25", "2026-04-01"),
        ("Reached in time", "2026-04-01", "2026-04-16"),
        ("Contact overdue", "2026-04-16", None),
    ]


def test_without_any_contact_never_reached_from_the_day_after_it_was_due(lens):
    with_another = CONTACTS.replace("| V1 ", "| V3 ")
    view = lens(PEOPLE + (LINKS + with_another).strip(), as_at="2026-12-31")
    assert states(view, "V1") == [
        ("First contact not yet due", "2026-01-10", "2026-01-25"),
        ("Never reached", "2026-01-25", None),
    ]


def test_a_contact_counts_for_all_cases_of_the_person(measured):
    both = SAFETY.replace(
        "C3      | V2                 | 2026-01-10 |", "C2      | V1                 | 2026-01-15 |"
    )
    # On C2 the clock runs from the 15th: due on the 29th, reached on the 20th; then as on C3.
    assert measured(KEY, both, "2026-01-01", "2026-01-31") == (2, 2, 1)


def test_no_safety_contact_at_all_is_unknown_and_not_zero(measured):
    assert measured(KEY, LINKS, "2026-01-01", "2026-12-31") == (None, None, None)


@pytest.mark.parametrize(
    ("engaged_on", "found"), [("2026-01-14", 4), ("2025-12-01", 0), ("", None)]
)
def test_days_to_an_idva_from_the_link(measured, engaged_on, found):
    links = LINKS.replace("2026-01-14", engaged_on)
    assert measured("days_to_idva", links, "2026-01-01", "2026-12-31")[2] == found


def test_a_link_does_not_know_of_an_engagement_that_is_still_to_come(lens):
    starts = lens(PEOPLE + LINKS.strip(), as_at="2026-01-13").numbers("link_starts").collect()
    assert starts["on"].to_list() == [date(2026, 1, 10)] * 2
    assert starts["engaged_on"].null_count() == 2
