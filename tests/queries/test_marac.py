"""MARAC hearings: how many, how many repeats, by month and area."""

from datetime import date

import pytest

from dashboard.access import Role, Viewer
from queries import marac

TABLES = """
areas
area_code | name   | county
B1        | Slough | berkshire
O1        | Oxford | oxfordshire

service_users
service_user_id
S1
S2

referrals
referral_id | service_user_id | area_code | received_on
R1          | S1              | B1        | 2026-01-02
R2          | S2              | O1        | 2026-01-02

cases
case_id | referral_id | area_code | allocated_on
C1      | R1          | B1        | 2026-01-05
C2      | R2          | O1        | 2026-01-05

victim_survivors
victim_survivor_id | age_group
V1                 | adult

marac_referrals
marac_id | person_id | victim_survivor_id | area_code | referred_on | heard_on
M1       | S1        | V1                 | B1        | 2026-01-10  | 2026-01-20
M2       | S1        | V1                 | B1        | 2026-02-01  | 2026-02-21
M3       | S2        |                    | O1        | 2026-02-01  | 2026-02-11
M4       | S2        | V1                 | O1        | 2026-02-02  | 2026-02-12
M5       | S2        | V1                 | O1        | 2026-02-20  |

annotations
on         | area | text
2026-02-14 | all  | MARAC meets weekly
2026-02-15 | O1   | Only in Oxford
"""


def test_hearings_by_month_with_unnamed_pairs_apart(lens):
    rows = marac.by_month(lens(TABLES, "2026-03-10")).collect()
    assert rows.height == 12
    last = rows.tail(3).to_dicts()
    assert [(r["heard"], r["repeat"], r["other"], r["unnamed"]) for r in last] == [
        (1, 0, 1, 0),
        (3, 1, 1, 1),
        (0, 0, 0, 0),
    ]
    assert [r["share"] for r in last] == [0, 0.5, None]
    assert rows["heard"][0] is None  # before the first hearing
    assert [r["partial"] for r in last] == [False, False, True]
    assert marac.how_many_heard(rows) == "February 2026 had three hearings"


def test_notes_stand_in_their_month_where_they_concern_all_that_is_shown(lens):
    view = lens(TABLES, "2026-03-10")
    assert list(marac.by_month(view).collect()["note"].tail(3)) == [
        None,
        "MARAC meets weekly",
        None,
    ]
    oxford = marac.by_month(view.of(frozenset({"O1"}))).collect()
    assert oxford["note"][-2] == "MARAC meets weekly; Only in Oxford"


def test_by_county_with_days_to_the_hearing(lens):
    rows = marac.by_area(lens(TABLES, "2026-02-28"), "county").collect()
    found = {
        r["name"]: (r["heard"], r["repeat"], r["named"], r["share"], r["median_days"])
        for r in rows.to_dicts()
    }
    assert found == {"Berkshire": (2, 1, 2, 0.5, 15), "Oxfordshire": (2, 0, 1, 0, 10)}
    assert marac.how_many_repeats(rows) == "1 of 3 hearings, where the pair is known, were repeats"


@pytest.mark.parametrize("area", ["county", "district"])
def test_the_numbers_equal_their_rows(made_up, area):
    view = made_up.lens(Viewer(Role.MANAGER, None), None, date(2026, 4, 1))
    for row in marac.by_area(view, area).collect().to_dicts():
        for part in ("heard", *marac.PARTS):
            assert marac.area_rows(view, area, row["name"], part).collect().height == row[part]
    for row in marac.by_month(view).collect().to_dicts():
        for part in ("heard", *marac.PARTS):
            assert marac.month_rows(view, row["start"], part).collect().height == row[part]
