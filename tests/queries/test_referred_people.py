"""High-harm, high-risk and serial shares with the unknown apart; people referred again."""

from datetime import date

import pytest

from dashboard.access import Role, Viewer
from queries import referred_people as people

REFERRALS = """
areas
area_code | name   | county
B1        | Slough | berkshire

service_users
service_user_id | serial | high_harm
S1              | yes    | yes
S2              | no     |
S3              |        | no

referrals
referral_id | service_user_id | area_code | received_on
R0          | S1              | B1        | 2025-12-01
R1          | S1              | B1        | 2026-02-02
R2          | S2              | B1        | 2026-02-02
R3          | S3              | B1        | 2026-02-02
R4          |                 | B1        | 2026-02-02
R5          | S1              | B1        | 2026-02-20

cases
case_id | referral_id | area_code | allocated_on
C1      | R1          | B1        | 2026-02-05
C2      | R2          | B1        | 2026-02-05

risk_assessments
assessment_id | case_id | assessed_on | stage  | dash_score | risk_level
A1            | C1      | 2026-02-10  | intake | 9          | standard
"""


@pytest.fixture
def february(lens):
    return lens(REFERRALS, "2026-02-28", "2026-02-01")


def test_shares_are_of_those_known(february):
    rows = people.shares(february).collect()
    found = {r["name"]: (r["yes"], r["no"], r["unknown"]) for r in rows.iter_rows(named=True)}
    assert found == {
        "High-harm": (2, 1, 2),
        "High-risk": (0, 1, 4),
        "Serial": (2, 1, 2),
        "Referred before": (2, 2, 1),
    }
    assert list(rows["share"]) == [2 / 3, 0, 2 / 3, 0.5]
    assert people.who_they_are(rows) == "2 of 3 high-harm, 0 of 1 high-risk and 2 of 3 serial"


def test_nothing_known_is_no_share(lens):
    view = lens(REFERRALS, "2026-02-08", "2026-02-02", "2026-02-02")
    rows = people.shares(view).collect()
    assert rows.filter(name="High-risk")["share"][0] is None


def test_people_referred_again_by_how_soon(february):
    rows = people.again(february).collect()
    # R1 follows R0 by 63 days, R5 follows R1 by 18: one person, two referrals.
    assert list(rows["referrals"]) == [2, 0, 0, 0]
    assert rows["people"][0] == 1
    assert rows["unnamed"][0] == 1
    assert people.who_came_again(rows) == "One person was referred again"


@pytest.mark.parametrize(
    ("on", "since"),
    [("2026-03-02", 0), ("2026-03-03", 92), ("2026-06-03", 183), ("2026-12-02", 366)],
)
def test_the_time_since_the_earlier_referral(lens, on, since):
    text = f"""
service_users
service_user_id
S1

referrals
referral_id | service_user_id | received_on
R0          | S1              | 2025-12-01
R1          | S1              | {on}
"""
    rows = people.again(lens(text, "2026-12-31")).collect()
    assert list(rows.filter(referrals=1)["since"]) == [since]


def test_the_numbers_equal_their_rows(made_up):
    view = made_up.lens(Viewer(Role.MANAGER, None), None, date(2026, 4, 1))
    for row in people.shares(view).collect().iter_rows(named=True):
        for part in ("yes", "no", "unknown"):
            assert people.trait_rows(view, row["name"], part).collect().height == row[part]
    for row in people.again(view).collect().iter_rows(named=True):
        assert people.again_rows(view, row["since"]).collect().height == row["referrals"]
