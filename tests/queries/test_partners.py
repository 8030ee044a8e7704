"""What each agency sends, is asked for, does in time and leaves undone."""

from datetime import date

import polars as pl
import pytest

from dashboard.access import Role, Viewer
from queries import action_kinds, partner_activity, partner_areas, partners

TABLES = """
areas
area_code | name    | county
B1        | Slough  | berkshire
B2        | Reading | berkshire
O1        | Oxford  | oxfordshire

agencies
agency_id | name      | sector
POL       | Police    | police
HOU       | Housing   | housing
EDU       | Education | education

service_users
service_user_id
S1
S2

referrals
referral_id | service_user_id | area_code | received_on | agency_id
R1          | S1              | B1        | 2026-01-02  | POL
R2          | S2              | O1        | 2026-02-02  | HOU
R3          |                 | B2        | 2026-02-03  |

cases
case_id | referral_id | area_code | allocated_on
C1      | R1          | B1        | 2026-01-05
C2      | R2          | O1        | 2026-02-05

partner_actions
action_id | case_id | agency_id | kind            | raised_on  | due_on     | completed_on
P1        | C1      | POL       | enforcement     | 2026-01-10 | 2026-02-01 | 2026-01-20
P2        | C1      | POL       | enforcement     | 2026-02-10 | 2026-02-20 | 2026-02-25
P3        | C2      | POL       | disclosure      | 2026-02-10 | 2026-02-24 |
P4        | C1      | HOU       | housing_support | 2026-01-10 | 2026-01-20 |
P5        | C1      | HOU       |                 | 2026-02-11 |            |
"""


@pytest.fixture
def february(lens):
    return lens(TABLES, "2026-02-28", "2026-02-01")


def by_name(rows, *columns):
    return {row["agency_name"]: tuple(row[c] for c in columns) for row in rows.to_dicts()}


def test_the_numbers_of_each_agency(february):
    rows = partners.agencies(february).collect()
    found = by_name(rows, "referrals", "raised", "due", "on_time", "late", "overdue")
    # Housing's action of January is still overdue; Education did nothing and is left out.
    assert found == {"Police": (0, 2, 3, 1, 2, 1), "Housing": (1, 1, 0, 0, 0, 1)}
    assert by_name(rows, "share")["Police"][0] == pytest.approx(1 / 3)
    assert by_name(rows, "share")["Housing"][0] is None
    assert partners.page_in_words(rows) == "Partners did 1 of 3 actions on time; two are overdue"


def test_without_any_action_loaded_overdue_is_not_known(lens):
    tables = TABLES.partition("partner_actions")[0]
    rows = partners.agencies(lens(tables, "2026-02-28", "2026-02-01")).collect()
    assert by_name(rows, "referrals", "raised", "due", "overdue") == {
        "Housing": (1, None, None, None)
    }
    assert partners.page_in_words(rows) == "No action of a partner agency was due in this period"


def test_overdue_is_read_on_the_last_day_of_the_period(lens):
    view = lens(TABLES, "2026-02-28", "2026-02-01", "2026-02-22")
    rows = partners.agencies(view).collect()
    assert by_name(rows, "overdue") == {"Police": (1,), "Housing": (1,)}


def test_first_and_last_activity_whatever_the_period(february):
    rows = partner_activity.activity(february).collect()
    assert by_name(rows, "first_on", "last_on", "last_what", "days") == {
        "Housing": (date(2026, 1, 10), date(2026, 2, 11), "action asked for", 17),
        "Police": (date(2026, 1, 2), date(2026, 2, 25), "action done", 3),
        "Education": (None, None, None, None),
    }
    assert list(rows["agency_name"]) == ["Housing", "Police", "Education"]
    assert partner_activity.who_is_silent(rows) == "One agency has never been active"


def test_who_has_been_silent_for_four_weeks(lens):
    rows = partner_activity.activity(lens(TABLES, "2026-03-31")).collect()
    assert partner_activity.who_is_silent(rows) == (
        "Two of three agencies are silent for four weeks or more"
    )
    one = rows.with_columns(is_quiet=pl.col("agency_name") == "Housing")
    assert partner_activity.who_is_silent(one) == "Housing has been silent for about seven weeks"


def test_by_county_and_by_district_of_one_county(february):
    rows = partner_areas.by_area(february, "raised").collect()
    found = {(r["agency_name"], r["area_name"]): r["value"] for r in rows.to_dicts()}
    assert found == {
        ("Police", "Berkshire"): 1,
        ("Police", "Oxfordshire"): 1,
        ("Housing", "Berkshire"): 1,
        ("Housing", "Oxfordshire"): 0,
    }
    one = partner_areas.by_area(february.of(frozenset({"B1", "B2"})), "overdue").collect()
    assert [(r["agency_name"], r["area_name"], r["value"]) for r in one.to_dicts()] == [
        ("Housing", "Reading", 0),
        ("Housing", "Slough", 1),
    ]


def test_what_has_no_area_stands_in_a_column_of_its_own(lens):
    third = "R3          |                 | B2        | 2026-02-03  |\n"
    fourth = "R4          |                 |           | 2026-02-04  | HOU\n"
    view = lens(TABLES.replace(third, third + fourth), "2026-02-28", "2026-02-01")
    rows = partner_areas.by_area(view, "referrals").collect()
    found = {r["area_name"]: r["value"] for r in rows.to_dicts()}
    assert found == {"Berkshire": 0, "Oxfordshire": 1, "Not known": 1}
    behind = partner_areas.area_rows(view, "referrals", "Housing", "Not known").collect()
    assert behind["referral"].cast(str).to_list() == ["R4"]


def test_a_share_of_nothing_is_not_zero(february):
    rows = partner_areas.by_area(february, "on_time").collect()
    found = {(r["agency_name"], r["area_name"]): r["text"] for r in rows.to_dicts()}
    assert found == {("Police", "Berkshire"): "1 of 2", ("Police", "Oxfordshire"): "0 of 1"}
    berkshire = partner_areas.by_area(february.of(frozenset({"B1", "B2"})), "on_time").collect()
    assert [r["text"] for r in berkshire.to_dicts()] == [None, "1 of 2"]


def test_actions_by_kind_and_what_they_are_for(february):
    rows = action_kinds.kinds(february).collect()
    found = {r["kind"]: (r["group"], r["raised"], r["done"], r["open"]) for r in rows.to_dicts()}
    assert found == {
        "Arrest or enforcement": ("disruption", 1, 1, 0),
        "Disclosure (Clare’s Law)": ("disruption", 1, 0, 1),
        "Kind not recorded": ("not recorded", 1, 0, 1),
        "Housing support": ("support", 0, 0, 0),
    }
    assert action_kinds.what_for(rows) == "2 of 3 are disruption and 0 of 3 are support"


@pytest.mark.parametrize("viewer", ["manager", "case manager"])
def test_the_numbers_equal_their_rows(made_up, viewer):
    who = (
        Viewer(Role.MANAGER, None)
        if viewer == "manager"
        else Viewer(Role.CASE_MANAGER, None, made_up.fullest_worker())
    )
    view = made_up.lens(who, None, date(2026, 4, 1))
    for row in partners.agencies(view).collect().to_dicts():
        for number in ("referrals", "raised", "due", "on_time", "late", "overdue"):
            rows = partners.agency_rows(view, row["agency_name"], number).collect()
            assert rows.height == row[number], (row["agency_name"], number)
    for number in ("referrals", "raised", "overdue", "on_time"):
        for row in partner_areas.by_area(view, number).collect().to_dicts():
            cell = partner_areas.area_rows(view, number, **_cell(row)).collect()
            assert cell.height == (row["of"] or 0)
    for row in action_kinds.kinds(view).collect().to_dicts():
        for part in ("raised", "done", "open"):
            assert action_kinds.kind_rows(view, row["kind"], part).collect().height == row[part]


def _cell(row):
    return {"agency": row["agency_name"], "area": row["area_name"]}
