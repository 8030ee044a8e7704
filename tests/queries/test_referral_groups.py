"""Referrals by agency, route, area, month and week."""

from datetime import date

import pytest

from dashboard.access import Role, Viewer
from dashboard.panels.referrals import BY, OVER_TIME
from queries import referral_groups as groups

REFERRALS = """
areas
area_code | name   | county
B1        | Slough | berkshire
O1        | Oxford | oxfordshire

agencies
agency_id | name      | sector
POL       | Police    | police
HOU       | Housing   | housing

referrals
referral_id | area_code | received_on | agency_id | route                | screened_on | eligible
R1          | B1        | 2026-02-02  | POL       | operational_policing | 2026-02-03  | yes
R2          | B1        | 2026-02-02  | POL       | operational_policing | 2026-02-03  | no
R3          | O1        | 2026-02-09  | HOU       | partner_agency       |             |
R4          | O1        | 2026-03-02  |           |                      |             |
R5          |           | 2026-03-02  | POL       | operational_policing |             |
OLD         | B1        | 2025-02-10  | POL       | operational_policing |             |

referral_decisions
referral_id | decided_on | decision
R1          | 2026-02-10 | accept
"""


def named(rows, *columns):
    return {row["name"]: tuple(row[c] for c in columns) for row in rows.iter_rows(named=True)}


def test_by_agency_with_those_not_recorded_apart(lens):
    rows = groups.groups(lens(REFERRALS, "2026-03-10"), "agency").collect()
    assert named(rows, "received", "eligible", "accepted", "open", "not_taken", "year_earlier") == {
        "Police": (3, 1, 1, 1, 1, None),
        "Agency not recorded": (1, 0, 0, 1, 0, None),
        "Housing": (1, 0, 0, 1, 0, None),
    }
    assert rows["name"][0] == "Police"
    assert groups.busiest(rows, "agency") == "Police sent most, 3 of 5; 1 of 3 accepted"


def test_by_district_the_unknown_one_counts_too(lens):
    rows = groups.groups(lens(REFERRALS, "2026-03-10"), "district").collect()
    assert named(rows, "received") == {"Slough": (2,), "Oxford": (2,), "Not known": (1,)}


def test_a_year_earlier_is_known_only_if_records_reach_back(lens):
    view = lens(REFERRALS, "2026-03-10", "2026-02-10", "2026-02-28")
    rows = groups.groups(view, "route").collect()
    # Just before are the 19 days to 9 February.
    assert named(rows, "received", "just_before", "year_earlier") == {
        "Operational policing": (0, 2, 1),
        "Partner agency": (0, 1, 0),
    }


def test_small_agencies_stand_together_and_open_together(lens, monkeypatch):
    monkeypatch.setattr(groups, "SHOWN", 1)
    view = lens(REFERRALS, "2026-03-10")
    rows = groups.groups(view, "agency").collect()
    assert list(rows["name"]) == ["Police", "Agency not recorded", "Other agencies"]
    behind = groups.group_rows(view, "agency", "Other agencies", None).collect()
    assert list(behind["referral"]) == ["R3"]


def test_months_without_referrals_are_zero_and_those_before_the_first_unknown(lens):
    rows = groups.over_time(lens(REFERRALS, "2026-03-10"), "month").collect()
    assert rows.height == 12
    last = rows.tail(3)
    assert list(last["start"]) == [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    assert list(last["received"]) == [0, 3, 2]
    assert list(last["accepted"]) == [0, 1, 0]
    assert list(last["partial"]) == [False, False, True]
    # February 2025 had one; March 2025 to the 10th none; January 2025 came before the first.
    assert list(last["year_earlier"]) == [None, 1, 0]
    said = groups.latest_in_words(rows, "month")
    assert said == "February 2026 brought three, two more than a year before"


def test_weeks_begin_on_monday_and_are_put_beside_the_week_52_weeks_before(lens):
    rows = groups.over_time(lens(REFERRALS, "2026-02-11"), "week").collect()
    assert rows.height == 26
    assert rows["start"][-1] == date(2026, 2, 9)
    assert list(rows["received"].tail(2)) == [2, 1]
    # 9 to 11 February 2026 is put beside 10 to 12 February 2025.
    assert rows["year_earlier"][-1] == 1


@pytest.mark.parametrize("by", BY)
def test_the_numbers_of_a_group_equal_its_rows(made_up, by):
    view = made_up.lens(Viewer(Role.MANAGER, None), None, date(2026, 4, 1))
    parts = [None, *(column.name for column in BY[by].drawn_as.columns if column.opens)]
    parts += list(BY[by].drawn_as.parts)
    for row in groups.groups(view, by).collect().iter_rows(named=True):
        for part in parts:
            rows = groups.group_rows(view, by, row["name"], part).collect()
            assert rows.height == row[part or "received"], (row["name"], part)


@pytest.mark.parametrize("step", OVER_TIME)
def test_the_numbers_of_a_period_equal_its_rows(made_up, step):
    view = made_up.lens(Viewer(Role.MANAGER, None))
    for row in groups.over_time(view, step).collect().iter_rows(named=True):
        for part in ("received", "accepted", "open", "not_taken"):
            rows = groups.period_rows(view, step, row["start"], part).collect()
            assert rows.height == row[part], (row["start"], part)
