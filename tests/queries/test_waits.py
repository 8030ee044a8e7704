"""How long referrals wait, as a distribution whose bars open exactly their rows."""

from datetime import date

import pytest
from three_cases import PEOPLE

from dashboard.access import Role, Viewer
from queries import waits

# R1 to R3 were received on 2 January and allocated on the 5th.
DECISIONS = (
    PEOPLE
    + """
referral_decisions
referral_id | decided_on | decision
R1          | 2026-01-03 | defer
R1          | 2026-01-20 | accept
R2          | 2026-01-06 | accept
R3          | 2026-01-06 | decline
"""
)


def test_only_first_decisions_count(lens):
    rows = waits.distribution(lens(DECISIONS, "2026-01-31"), "decision").collect()
    found = {(r["from_days"], r["to_days"]): r["count"] for r in rows.iter_rows(named=True)}
    assert found == {(0, 0): 0, (1, 1): 1, (2, 2): 0, (3, 3): 0, (4, None): 2}
    assert set(rows["median"]) == {4}
    assert set(rows["slow"]) == {4}
    assert set(rows["n"]) == {3}
    # Of three nobody can say what nine in ten did.
    assert waits.how_long(rows, "decision", 60) == "Half were decided within 4 days"


def test_a_wait_counts_in_the_period_in_which_it_ended(lens):
    view = lens(DECISIONS, "2026-01-31", "2026-01-04")
    assert waits.distribution(view, "decision").collect()["n"][0] == 2
    assert (
        waits.distribution(lens(DECISIONS, "2026-02-28", "2026-02-01"), "decision")
        .collect()
        .is_empty()
    )


def test_the_periods_compared_use_the_same_bars(lens):
    view = lens(DECISIONS, "2026-01-08", "2026-01-04", "2026-01-06")
    rows = waits.distribution(view, "decision").collect()
    # 1 to 3 January, from before the first decision: not known.
    assert rows["just_before"].is_null().all()
    view = lens(DECISIONS, "2026-01-07", "2026-01-05", "2026-01-06")
    rows = waits.distribution(view, "decision").collect()
    assert rows["just_before"].sum() == 1


@pytest.mark.parametrize("wait", ["decision", "allocation", "hearing"])
def test_the_bars_hold_every_wait_and_equal_their_rows(made_up, wait):
    view = made_up.lens(Viewer(Role.MANAGER, None), None, date(2026, 4, 1))
    rows = waits.distribution(view, wait).collect()
    assert rows["count"].sum() == rows["n"][0]
    assert 2 <= rows.height <= waits.BARS
    for part in waits.ALL_OF:
        assert waits.within(view, wait, 0, part).collect().height == rows["n"][0]
    for row in rows.iter_rows(named=True):
        found = waits.within(view, wait, row["from_days"], "count").collect()
        assert found.height == row["count"]
        assert found["days"].is_between(row["from_days"], row["to_days"] or 9999).all()


def test_one_long_wait_does_not_flatten_the_others(lens):
    months = "\n".join(f"R{n} | S1 | B1 | 2026-01-01\n" for n in range(100, 120)).replace(
        "\n\n", "\n"
    )
    decisions = "\n".join(f"R{n} | 2026-01-0{2 + n % 5} | accept" for n in range(100, 119))
    view = lens(
        f"""
areas
area_code | name   | county
B1        | Slough | berkshire

service_users
service_user_id
S1

referrals
referral_id | service_user_id | area_code | received_on
{months.strip()}

referral_decisions
referral_id | decided_on | decision
{decisions}
R119 | 2026-12-01 | accept
""",
        "2026-12-31",
    )
    rows = waits.distribution(view, "decision").collect()
    assert rows.height == waits.BARS
    assert rows["to_days"][0] == 0
    assert rows.row(-1, named=True)["count"] == 1
    assert rows["name"][-1] == "15 days or more"
