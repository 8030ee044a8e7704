"""How much is filled in of what the measures need, by field and by area."""

from datetime import date

import polars as pl
import pytest

from dashboard.access import Role, Viewer
from queries.completeness import (
    _SHARE,
    by_area,
    completeness,
    rows_behind,
    thinnest,
    weakened,
    where_missing,
)
from queries.fields import BY_KEY, FIELDS
from queries.measures import MEASURES

SERVICE = """
areas
area_code | name   | county
B1        | Slough | berkshire
O1        | Oxford | oxfordshire

agencies
agency_id | name
POL       | Police

case_managers
case_manager_id | name
W1              | Ada

service_users
service_user_id
S1

referrals
referral_id | service_user_id | area_code | received_on | agency_id | route
R1          | S1              | B1        | 2026-01-02  | POL       | marac
R2          |                 | B1        | 2026-01-03  |           | marac
R3          | S1              |           | 2026-01-04  | POL       |
R4          | S1              | O1        | 2025-01-04  |           |

cases
case_id | referral_id | area_code | allocated_on | closed_on  | closure_reason
C1      | R1          | B1        | 2026-01-05   | 2026-05-01 | planned_completion
C2      | R2          | B1        | 2026-01-05   | 2026-05-01 |
C3      | R3          | O1        | 2026-01-05   | 2026-05-01 | deceased
C4      | R4          | O1        | 2026-01-05   |            |

engagement
case_id | from_on    | engagement
C1      | 2026-01-05 | direct

assignments
case_id | case_manager_id | from_on
C4      | W1              | 2026-01-05

risk_assessments
assessment_id | case_id | assessed_on | stage  | dash_score | risk_level | idva_change
A1            | C1      | 2026-01-06  | intake | 15         |            |
A2            | C1      | 2026-04-30  | exit   |            | medium     | significantly_reduced
A3            | C2      | 2026-04-30  | exit   | 12         |            | not_known
"""


@pytest.fixture
def view(lens):
    return lens(SERVICE, "2026-12-31")


def found(view):
    return {
        row["key"]: (row["n"], row["missing"]) for row in completeness(view).collect().to_dicts()
    }


def test_each_field_is_asked_of_the_records_that_should_have_it(view):
    assert found(view) == {
        # Three referrals in the period; the fourth was received before it.
        "referral_area": (3, 1),
        "referral_agency": (3, 1),
        "referral_route": (3, 1),
        "referral_person": (3, 1),
        "case_area": (4, 0),
        # One case is active on the last day.
        "case_manager": (1, 0),
        "engagement": (1, 1),
        "risk_level": (1, 1),
        "dash_score": (3, 1),
        "closure_reason": (3, 1),
        # Two closed, one of them rated as not known; whoever died is not asked for a rating.
        "exit_rating": (2, 1),
        # Abuse was never assessed, though these cases should have been.
        "abuse_at_both": (2, 2),
    }


def test_records_that_were_never_loaded_are_not_asked_for_their_fields(view):
    assert not {"contact_outcome", "abuse_severity", "marac_pair"} & found(view).keys()


def test_the_thinnest_comes_first_with_what_it_weakens(view):
    frame = completeness(view).collect()
    first = frame.row(0, named=True)
    assert (first["key"], first["share"], first["weakens"]) == (
        "abuse_at_both",
        0.0,
        "four measures",
    )
    whole = frame.filter(pl.col("missing") == 0)
    assert whole["share"].unique().to_list() == [1.0]
    assert whole["weakens"].unique().to_list() == ["none"]
    assert thinnest(frame) == "10 fields are under 95% filled in"


def test_only_where_nothing_is_missing_is_it_all():
    missing = pl.DataFrame({"missing": [1], "n": [18_900]})
    assert missing.select(_SHARE).item() == 0.999


def test_by_area_adds_up_and_leads_to_the_rows(view):
    field = BY_KEY["closure_reason"]
    frame = by_area(view, field).collect()
    assert frame.rows() == [("B1", "Slough", 2, 1, 0.5), ("O1", "Oxford", 1, 0, 1.0)]
    assert where_missing(frame) == "One missing, in Slough"
    rows = rows_behind(view, field, "B1", "missing").collect()
    assert rows.rows() == [("C2", "Slough", date(2026, 5, 1), False)]
    assert rows.columns[0] == "case"
    of = BY_KEY["referral_agency"]
    assert rows_behind(view, of, "B1", "missing").collect().columns[0] == "referral"


def test_every_number_has_as_many_rows_behind_it(made_up):
    view = made_up.lens(Viewer(Role.MANAGER, None))
    whole = {row["key"]: row for row in completeness(view).collect().to_dicts()}
    assert len(whole) == len(FIELDS)
    for field in FIELDS:
        frame = by_area(view, field).collect()
        assert frame["n"].sum() == whole[field.key]["n"]
        assert frame["missing"].sum() == whole[field.key]["missing"]
        for row in frame.head(3).to_dicts():
            for part in ("missing", "n"):
                behind = rows_behind(view, field, row["area"], part).collect()
                assert behind.height == row[part]


def test_no_sentence_is_longer_than_its_line(made_up):
    view = made_up.lens(Viewer(Role.MANAGER, None))
    assert len(thinnest(completeness(view).collect())) <= 60
    for field in FIELDS:
        assert len(where_missing(by_area(view, field).collect())) <= 38


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.key)
def test_a_field_weakens_measures_that_there_are(field):
    assert field.weakens
    assert set(field.weakens) <= MEASURES.keys()
    assert weakened(field)
