"""Annotations stand on the charts over time that they concern, each on its day."""

from datetime import date

import polars as pl
import pytest

from queries import course, notes, places, sources
from queries.timeline import timeline

SERVICE = """
areas
area_code | name    | county
B1        | Slough  | berkshire
B2        | Reading | berkshire
O1        | Oxford  | oxfordshire

agencies
agency_id | name
POL       | Police

service_users
service_user_id
S1

referrals
referral_id | service_user_id | area_code | received_on | agency_id
R1          | S1              | B1        | 2026-04-01  | POL
R2          |                 | O1        | 2026-04-20  | POL

cases
case_id | referral_id | area_code | allocated_on | closed_on
C1      | R1          | B1        | 2026-04-08   | 2026-05-04

case_areas
case_id | area_code | from_on    | to_on
C1      | B2        | 2026-04-22 |

annotations
on         | area        | text
2026-04-06 | berkshire   | Before the case
2026-04-14 | B1          | In Slough
2026-04-15 | B2          | In Reading
2026-04-28 | B2          | In Reading again
2026-04-29 | oxfordshire | In Oxfordshire
2026-04-30 | all         | Everywhere
2026-05-08 | all         | After the case
2026-05-12 | all         | Not yet known
"""


@pytest.fixture
def view(lens):
    return lens(SERVICE, as_at="2026-05-10", start="2026-04-01")


def test_the_course_of_a_county_has_its_notes_and_those_of_the_whole(view):
    rows = course.course(view).collect().drop_nulls("note")
    noted = rows.select("county", "on", "note_on", "note").rows()
    assert noted == [
        ("Berkshire", date(2026, 4, 12), date(2026, 4, 6), "Before the case"),
        ("Berkshire", date(2026, 5, 3), date(2026, 4, 30), "Everywhere"),
        ("Berkshire", date(2026, 5, 10), date(2026, 5, 8), "After the case"),
        ("Oxfordshire", date(2026, 5, 3), date(2026, 4, 29), "In Oxfordshire; Everywhere"),
        ("Oxfordshire", date(2026, 5, 10), date(2026, 5, 8), "After the case"),
    ]
    assert notes.in_words(rows.filter(county="Oxfordshire")) == (
        "29 April 2026: In Oxfordshire; Everywhere. 8 May 2026: After the case."
    )


def test_the_runway_begins_with_its_own_weeks(view):
    rows = places.fans(view).collect()
    slough = rows.filter(county="Berkshire")
    assert slough["on"].min() < date(2026, 4, 1)
    assert slough.drop_nulls("note")["note_on"].to_list() == [
        date(2026, 4, 6),
        date(2026, 4, 30),
        date(2026, 5, 8),
    ]


def test_agencies_by_month_have_the_notes_of_the_whole_in_their_month(view):
    rows = sources.by_month(view).collect().drop_nulls("note")
    assert rows.select("month", "note").rows() == [
        (date(2026, 4, 1), "Everywhere"),
        (date(2026, 5, 1), "After the case"),
    ]
    assert notes.of_months(rows) == "April 2026: Everywhere. May 2026: After the case."


def test_a_timeline_has_what_was_noted_where_the_case_was_that_day(view):
    rows = timeline(view, "C1").collect().filter(pl.col("mark") == "note")
    assert rows.sort("on").select("on", "text", "lane").rows() == [
        (date(2026, 4, 14), "In Slough", None),
        (date(2026, 4, 28), "In Reading again", None),
        (date(2026, 4, 30), "Everywhere", None),
    ]


FIRST, SECOND = "2026-05-08 | all | A second IDVA", "2026-05-08 | all | Funded anew"


@pytest.mark.parametrize("rows", [(FIRST, SECOND), (SECOND, FIRST)])
def test_notes_of_one_day_stand_in_one_order_however_they_are_kept(lens, rows):
    view = lens("\n".join([SERVICE.rstrip(), *rows]), as_at="2026-05-10", start="2026-04-01")
    said = "A second IDVA; After the case; Funded anew"
    assert sources.by_month(view).collect()["note"][-1] == said
    assert said in course.course(view).collect()["note"].to_list()
