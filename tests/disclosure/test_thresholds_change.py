"""Thresholds that a service changes hold for what is released from then on; the rest stays."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dashboard.disclosure import Rules
from dashboard.export.taking import protection
from dashboard.snapshot.releasing import made_from

FIRST, SECOND = datetime(2024, 6, 15, tzinfo=UTC), datetime(2024, 9, 16, tzinfo=UTC)
SERVICE = """
areas
area_code | name   | county
A1        | Slough | berkshire
A2        | Oxford | oxfordshire

service_users
service_user_id
S1

referrals
referral_id | service_user_id | area_code | received_on
"""
# By month: 3 are hidden; 6 are shown as 5 and 13 as 15. Later come 14, 8 and 6, and 1 to hide.
MONTHS = {"03-25": 3, "04-10": 6, "05-02": 13, "06-14": 14, "07-20": 8, "08-10": 6, "09-02": 1}
RECEIVED = [f"2024-{day}" for day, many in MONTHS.items() for _ in range(many)]


@pytest.fixture
def records(given):
    rows = "\n".join(f"R{n} | S1 | A1 | {day}" for n, day in enumerate(RECEIVED))
    return given(SERVICE + rows + "\n")


def released(made, month):
    cells = made.release.cells.filter(measure="referrals_received", cut="month", level="whole")
    [row] = cells.filter(start=date.fromisoformat(month)).iter_rows(named=True)
    return row["value"], row["suppressed"]


def after(records, first, **settings):
    other = replace(records, settings=replace(records.settings, **settings))
    return made_from(other, first, SECOND)


CHANGES = (
    ({"hide_below": 10, "round_to": 10}, (None, True), "no count of 1 to 4 is shown"),
    ({"hide_below": 3, "round_to": 3}, (9, False), "no count of 1 to 2 is shown"),
)


@pytest.mark.slow
@pytest.mark.parametrize(("settings", "new", "said"), CHANGES)
def test_what_was_released_stays_and_what_is_new_follows_them(records, settings, new, said):
    first = made_from(records, None, FIRST)
    assert released(first, "2024-05-01") == (15, False)
    assert released(first, "2024-04-01") == (5, False)
    assert released(first, "2024-03-01") == (None, True)
    second = after(records, first, **settings)
    kept = first.release.counts.join(
        second.release.counts, on=first.release.counts.columns, how="anti", nulls_equal=True
    )
    assert kept.is_empty(), kept
    assert released(second, "2024-07-01") == new
    # The words claim no more than holds for all of it.
    assert f"{said}, the others are rounded. Release" in protection(second.release)
    assert "rounded to the nearest 5. Release" in protection(first.release)


def test_rules_remember_the_least_that_was_ever_hidden():
    rules = Rules(hide_below=5)
    stricter = Rules(hide_below=10).following(rules)
    assert (stricter.never_shown, stricter.hide_below) == (5, 10)
    assert Rules(hide_below=8).following(stricter).never_shown == 5
    assert Rules(hide_below=3).following(stricter).never_shown == 3
    assert Rules(hide_below=5, release_days=20).following(rules).once_hidden_below == 0
