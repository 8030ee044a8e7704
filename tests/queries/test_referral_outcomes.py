"""What has become of each referral, and who waits at which step."""

import pytest

from queries import referral_outcomes as outcomes

REFERRALS = """
areas
area_code | name   | county
B1        | Slough | berkshire

referrals
referral_id | area_code | received_on | screened_on | eligible | withdrawn_on
NEW         | B1        | 2026-02-20  |             |          |
SCREENED    | B1        | 2026-02-01  | 2026-02-03  | yes      |
DEFERRED    | B1        | 2026-02-01  | 2026-02-03  | yes      |
ACCEPTED    | B1        | 2026-01-01  | 2026-01-03  | yes      |
ALLOCATED   | B1        | 2026-02-01  | 2026-02-03  | yes      |
INELIGIBLE  | B1        | 2026-02-01  | 2026-02-03  | no       |
DECLINED    | B1        | 2026-02-01  | 2026-02-03  | yes      |
AGAINST     | B1        | 2026-02-01  | 2026-02-03  | yes      |
FOR         | B1        | 2026-02-01  | 2026-02-03  | yes      |
WITHDRAWN   | B1        | 2026-02-01  | 2026-02-03  | yes      | 2026-02-20

referral_decisions
referral_id | decided_on | decision | reason
DEFERRED    | 2026-02-10 | defer    | more_information
ACCEPTED    | 2026-02-10 | accept   |
ALLOCATED   | 2026-02-10 | accept   |
DECLINED    | 2026-02-10 | decline  | in_custody
AGAINST     | 2026-02-10 | accept   |
AGAINST     | 2026-02-12 | decline  | no_place
FOR         | 2026-02-10 | decline  | no_place
FOR         | 2026-02-12 | accept   |
WITHDRAWN   | 2026-02-10 | accept   |

cases
case_id | referral_id | area_code | allocated_on
C1      | ALLOCATED   | B1        | 2026-02-15
"""


def counts(view):
    rows = outcomes.outcomes(view).collect()
    return {row["outcome"]: row["referrals"] for row in rows.iter_rows(named=True)}


def test_each_referral_stands_at_exactly_one_point(lens):
    assert counts(lens(REFERRALS, "2026-02-28")) == {
        "to_screen": 1,
        "to_decide": 1,
        "deferred": 1,
        "to_allocate": 2,
        "allocated": 1,
        "not_eligible": 1,
        "declined": 2,
        "withdrawn": 1,
    }


def test_only_what_was_known_by_the_as_at_date_counts(lens):
    found = counts(lens(REFERRALS, "2026-02-11", "2026-02-01"))
    # Neither the withdrawal nor the second decisions have happened; ACCEPTED came in January.
    assert found["to_allocate"] == 3
    assert found["declined"] == 2
    assert found["withdrawn"] == found["allocated"] == found["to_screen"] == 0
    assert sum(found.values()) == 8


def test_shares_are_of_those_received_and_the_reading_says_them_all(lens):
    rows = outcomes.outcomes(lens(REFERRALS, "2026-02-28")).collect()
    assert rows["share"].sum() == pytest.approx(1)
    said = outcomes.what_became(rows)
    assert said == "10% are allocated, 40% were not taken on and 50% wait"
    assert (
        outcomes.page_in_words(rows) == "10 referrals: 30% are accepted so far and five still wait"
    )


def test_the_period_just_before_is_read_at_the_same_age(lens):
    view = lens(REFERRALS, "2026-02-28", "2026-02-01")
    rows = outcomes.outcomes(view).collect()
    before = dict(zip(rows["outcome"], rows["just_before"], strict=True))
    # ACCEPTED was received in January and decided on 10 February: on 31 January it was screened.
    # January is known in part only where the first record is later than its first day: it is not.
    assert before["to_decide"] == 1
    assert before["to_allocate"] == 0
    assert rows["year_earlier"].is_null().all()


def test_who_waits_is_read_on_the_last_day_whenever_received(lens):
    view = lens(REFERRALS, "2026-02-28", "2026-02-25")
    rows = outcomes.waiting_now(view).collect()
    found = {row["outcome"]: row for row in rows.iter_rows(named=True)}
    assert {key: row["referrals"] for key, row in found.items()} == {
        "to_screen": 1,
        "to_decide": 1,
        "deferred": 1,
        "to_allocate": 2,
    }
    # Received on 1 January and 1 February: 58 and 27 days.
    assert found["to_allocate"]["median_days"] == 42.5
    assert found["to_allocate"]["longest"] == 58


def test_who_waits_from_before_the_period_is_counted_apart(lens):
    def waited(start: str) -> str:
        view = lens(REFERRALS, "2026-02-28", start)
        return outcomes.waited_before(outcomes.waiting_now(view).collect())

    # SCREENED, DEFERRED, ACCEPTED and FOR on or before 1 February; NEW on 20 February.
    assert waited("2026-02-25") == "Five of them were received before the period."
    assert waited("2026-02-20") == "Four of them were received before the period."
    assert waited("2026-02-01") == "One of them was received before the period."
    assert waited("2026-01-01") == ""


def test_the_reading_of_who_waits_fits_the_narrow_column(lens):
    view = lens(REFERRALS, "2026-02-28")
    said = outcomes.how_many_wait(outcomes.waiting_now(view).collect())
    assert said == "Five wait, most for a case manager"


def test_no_referrals_no_rows(lens):
    view = lens(REFERRALS, "2026-02-28", "2026-02-25")
    rows = outcomes.outcomes(view).collect()
    assert rows.is_empty()
    assert outcomes.page_in_words(rows) == "No referral was received in this period"
