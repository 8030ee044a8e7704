"""A released period is frozen: late records change later periods only, and are told apart."""

from datetime import UTC, date, datetime

import pytest

from dashboard.access import Role, Viewer
from dashboard.disclosure.corrections import corrections
from dashboard.snapshot.releasing import made_from

AREAS = """
areas
area_code | name   | county
A1        | Slough | berkshire
A2        | Oxford | oxfordshire
"""
FIRST, SECOND = datetime(2024, 5, 15, tzinfo=UTC), datetime(2024, 6, 15, tzinfo=UTC)


def referrals(*days: str) -> str:
    rows = [f"R{n} | S{n} | A1 | {day}" for n, day in enumerate(days)]
    people = [f"S{n}" for n in range(len(days))]
    return (
        AREAS
        + "\nservice_users\nservice_user_id\n" + "\n".join(people)
        + "\n\nreferrals\nreferral_id | service_user_id | area_code | received_on\n"
        + "\n".join(rows)
        + "\n"
    )  # fmt: skip


MARCH = ["2024-03-25"] * 7
APRIL = ["2024-04-10"] * 12
MAY = ["2024-05-02"] * 6 + ["2024-06-14"]


def received(made, month):
    cells = made.release.cells.filter(measure="referrals_received", cut="month", level="whole")
    return cells.filter(start=date.fromisoformat(month))["value"].to_list()


@pytest.fixture
def releases(given):
    """The first release, and the second after a late record of March came in."""
    early = given(referrals(*MARCH, *APRIL, *MAY))
    first = made_from(early, None, FIRST)
    late = given(referrals(*MARCH, "2024-03-28", *APRIL, *MAY))
    return first, made_from(late, first, SECOND), late


def test_a_late_record_does_not_move_a_released_month(releases):
    first, second, _ = releases
    assert received(first, "2024-03-01") == received(second, "2024-03-01") == [5]


def test_a_release_made_at_once_has_it(releases, given):
    _, _, late = releases
    assert received(made_from(late, None, SECOND), "2024-03-01") == [10]


def test_months_closed_since_are_added(releases):
    first, second, _ = releases
    assert received(first, "2024-05-01") == []
    assert received(second, "2024-05-01") == [5]
    assert second.release.through > first.release.through


def test_every_cell_of_the_first_release_is_in_the_second(releases):
    first, second, _ = releases
    kept = first.release.cells.join(
        second.release.cells, on=first.release.cells.columns, how="anti", nulls_equal=True
    )
    assert first.release.cells.height > 100
    assert kept.is_empty(), kept


def test_nothing_is_made_where_no_period_has_closed_since(releases):
    _, second, late = releases
    assert made_from(late, second, SECOND) is None


def test_what_was_corrected_is_told_with_true_counts(releases):
    _, second, late = releases
    told = corrections(second, late.lens(Viewer(Role.MANAGER, None)))
    march = told.filter(level="whole", title="Referrals received")
    assert march.select("start", "released", "now").rows() == [(date(2024, 3, 1), 7, 8)]


def test_without_records_nothing_is_released(given):
    assert made_from(given(AREAS), None, SECOND) is None


def test_where_records_stop_short_nothing_more_is_released(given):
    made = made_from(given(referrals(*MARCH, *APRIL)), None, datetime(2024, 9, 1, tzinfo=UTC))
    assert received(made, "2024-03-01") == [5]
    assert received(made, "2024-04-01") == []
