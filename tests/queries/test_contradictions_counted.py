"""Contradictions counted by rule, with exactly the records that the number says."""

import polars as pl
import pytest

from dashboard.access import Role, Viewer
from dashboard.facts.contradictions import RULES
from queries.contradictions import breaking, contradictions, most_broken, rules_checked

SERVICE = """
areas
area_code | name   | county
B1        | Slough | berkshire
O1        | Oxford | oxfordshire

referrals
referral_id | area_code | received_on
R1          | B1        | 2026-01-02
R2          | O1        | 2026-01-02

cases
case_id | referral_id | area_code | allocated_on | closed_on
C1      | R1          | B1        | 2026-01-05   | 2026-05-01
C2      | R2          | O1        | 2026-01-05   | 2026-05-01

contacts
contact_id | case_id | occurred_on
K1         | C1      | 2026-05-03
K2         | C2      | 2026-05-02
K3         | C1      | 2026-07-01

reviews
review_id | case_id | due_on     | held_on
RV1       | C2      | 2026-05-01 | 2026-05-09
"""


@pytest.fixture
def view(lens):
    return lens(SERVICE, "2026-12-31", "2026-01-01", "2026-06-30")


def test_by_rule_the_most_broken_first_within_the_period(view):
    frame = contradictions(view).collect()
    assert frame.select("rule", "table", "records", "areas", pl.col("last").cast(str)).rows() == [
        ("Contact after the case was closed", "Contacts", 2, 2, "2026-05-03"),
        ("Review held after the case was closed", "Reviews", 1, 1, "2026-05-09"),
    ]
    assert most_broken(frame) == "Three records contradict another"
    assert rules_checked(view) == len(RULES)


def test_as_many_records_as_the_number_says(view, made_up):
    for each in (view, made_up.lens(Viewer(Role.MANAGER, None))):
        for row in contradictions(each).collect().to_dicts():
            assert breaking(each, row["rule"]).collect().height == row["records"]
    first = breaking(view, "Contact after the case was closed").collect()
    assert first.select("record", "case", "area_name").rows() == [
        ("K2", "C2", "Oxford"),
        ("K1", "C1", "Slough"),
    ]


def test_another_area_is_not_in_it(view):
    frame = contradictions(view.of(frozenset({"B1"}))).collect()
    assert frame["records"].to_list() == [1]
    assert most_broken(frame) == "One record contradicts another"


def test_the_mistakes_of_the_made_up_service_are_found(made_up):
    found = contradictions(made_up.lens(Viewer(Role.MANAGER, None))).collect()
    assert set(found["rule"]) == {
        "Contact after the case was closed",
        "Risk level below that of its DASH score",
    }
    assert len(most_broken(found)) <= 60
