"""From the number accepted in a period to the number received in it that stand as accepted."""

from datetime import date

import pytest

from dashboard.access import Role, Viewer
from queries import acceptances, referral_outcomes

REFERRALS = """
areas
area_code | name   | county
B1        | Slough | berkshire

referrals
referral_id | area_code | received_on | screened_on | eligible | withdrawn_on
EARLIER     | B1        | 2026-01-20  | 2026-01-21  | yes      |
WAITS       | B1        | 2026-02-01  | 2026-02-02  | yes      |
LEFT        | B1        | 2026-02-01  | 2026-02-02  | yes      | 2026-02-20
ALLOCATED   | B1        | 2026-02-01  | 2026-02-02  | yes      |
AFTER       | B1        | 2026-02-20  | 2026-02-21  | yes      |
DEFERRED    | B1        | 2026-02-20  | 2026-02-21  | yes      |

referral_decisions
referral_id | decided_on | decision
EARLIER     | 2026-02-03 | accept
WAITS       | 2026-02-03 | accept
LEFT        | 2026-02-03 | accept
ALLOCATED   | 2026-02-03 | accept
AFTER       | 2026-03-03 | accept
DEFERRED    | 2026-02-25 | defer

cases
case_id | referral_id | area_code | allocated_on
C1      | ALLOCATED   | B1        | 2026-02-15
"""


def test_each_step_from_one_number_to_the_other_is_counted(lens):
    february = lens(REFERRALS, "2026-03-31", start="2026-02-01", end="2026-02-28")
    row = acceptances.both_ways(february).collect().row(0, named=True)
    # Accepted in February: four, of them one of January and one that was withdrawn since.
    assert list(row.values()) == [4, 1, 1, 1]
    assert acceptances.in_words(row) == (
        "Four referrals were accepted in the period: one had been received before it and one has "
        "been declined or withdrawn since. One more was accepted after it."
    )


def test_what_was_accepted_after_the_as_at_date_is_not_known_yet(lens):
    february = lens(REFERRALS, "2026-02-28", start="2026-02-01", end="2026-02-28")
    row = acceptances.both_ways(february).collect().row(0, named=True)
    assert row["accepted_after"] == 0


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((5, 0, 0, 0), ""),
        ((0, 0, 0, 0), ""),
        (
            (0, 0, 0, 2),
            "No referrals were accepted in the period. Two more were accepted after it.",
        ),
        (
            (1, 1, 0, 0),
            "One referral was accepted in the period: one had been received before it.",
        ),
        (
            (163, 10, 4, 0),
            "163 referrals were accepted in the period: 10 had been received before it and four "
            "have been declined or withdrawn since.",
        ),
    ],
)
def test_the_words_name_only_what_there_is(counts, said):
    names = ("accepted_in", "accepted_of_earlier", "accepted_and_left", "accepted_after")
    assert acceptances.in_words(dict(zip(names, counts, strict=True))) == said


@pytest.mark.parametrize("as_at", ["2026-03-31", "2026-06-30", "2026-10-31"])
def test_the_steps_lead_exactly_from_one_number_to_the_other(made_up, as_at):
    days = (date(2026, 1, 1), date(2026, 3, 31), date.fromisoformat(as_at))
    view = made_up.lens(Viewer(Role.MANAGER, None), None, *days)
    row = acceptances.both_ways(view).collect().row(0, named=True)
    standing = [
        referral_outcomes.rows_at(view, outcome).collect().height
        for outcome in referral_outcomes.ACCEPTED
    ]
    assert sum(standing) == (
        row["accepted_in"]
        - row["accepted_of_earlier"]
        - row["accepted_and_left"]
        + row["accepted_after"]
    )
    assert row["accepted_in"] > 0
