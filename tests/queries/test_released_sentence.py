"""The first line of a page of released numbers names one that is shown."""

from datetime import date

import pytest
from released_cells import Cells, cell

from dashboard.shell.numbers import headline
from queries.released import Slice
from queries.released_changes import beside, what_moved_most
from queries.released_headlines import headlines, in_a_sentence

OCTOBER = Slice("whole", "", "Thames Valley", "month", date(2026, 10, 1), date(2026, 10, 31))
KEYS = ("referrals_received", "cases_allocated")


def of(received, allocated):
    return Cells(
        cell("referrals_received", received, "2026-10-01", "2026-10-31"),
        cell("cases_allocated", allocated, "2026-10-01", "2026-10-31"),
        cell("cases_allocated", 25, "2026-09-01", "2026-09-30"),
    )


def test_the_first_number_leads_where_it_is_shown():
    assert in_a_sentence(of(40, 20), KEYS, OCTOBER) == (
        "Referrals received in Thames Valley stood at 40"
    )


def test_another_leads_where_that_is_hidden():
    said = in_a_sentence(of(None, 20), KEYS, OCTOBER)
    assert said == "Cases allocated in Thames Valley fell from 25 to 20"


def test_where_none_is_shown_the_first_says_so():
    said = in_a_sentence(of(None, None), KEYS, OCTOBER)
    assert said == "Referrals received, Thames Valley: too few to show"


def test_what_rounding_alone_could_have_made_is_no_change():
    # 20 of 25 and 20 of 20, each rounded to the nearest 5.
    cells = Cells(
        cell("risk_reduced_rate", 0.8, "2026-10-01", "2026-10-31", least=18 / 27, most=22 / 23),
        cell("risk_reduced_rate", 1.0, "2026-09-01", "2026-09-30", least=18 / 22, most=1.0),
        cell("contacts_on_time_rate", 0.9, "2026-10-01", "2026-10-31", least=0.88, most=0.92),
        cell("contacts_on_time_rate", 0.8, "2026-09-01", "2026-09-30", least=0.78, most=0.82),
    )
    rows = beside(cells, ("risk_reduced_rate", "contacts_on_time_rate"), OCTOBER).collect()
    assert rows["change"].to_list() == ["no clear change", "up 10 points"]
    assert rows["size"].to_list() == pytest.approx([0, (0.88 - 0.82) / 0.8])
    assert what_moved_most(rows) == "Most changed: contacts on time, now 90%, up 10 points"
    numbers = [number for number, _ in headlines(cells, list(rows["key"]), OCTOBER)]
    assert [headline(number, opens=False).change for number in numbers] == [
        "no clear change",
        "10 points",
    ]
    assert [headline(number, opens=False).arrow for number in numbers] == ["off", "up"]


@pytest.mark.parametrize(
    ("least", "now", "said"),
    [
        (23, 25, "Cases allocated in Thames Valley stayed at 25"),
        (28, 30, "Cases allocated in Thames Valley rose from 25 to 30"),
        # What is 30 may be 26 and what is 25 may be 27: no rise is told.
        (26, 30, "Cases allocated in Thames Valley held at about 30"),
    ],
)
def test_the_sentence_tells_a_change_that_rounding_cannot_have_made(least, now, said):
    key = "cases_allocated"
    view = Cells(
        cell(key, now, "2026-10-01", "2026-10-31", least=least, most=now + 2),
        cell(key, 25, "2026-09-01", "2026-09-30", least=23, most=27),
    )
    assert in_a_sentence(view, [key], OCTOBER) == said


def test_a_share_that_rounding_leaves_open_stays_a_range_in_the_sentence():
    key = "risk_reduced_rate"
    view = Cells(
        cell(key, 0.8, "2026-10-01", "2026-10-31", least=0.67, most=0.96),
        cell(key, 1.0, "2026-09-01", "2026-09-30", least=0.82, most=1.0),
    )
    assert in_a_sentence(view, [key], OCTOBER) == (
        "Risk reduced at exit in Thames Valley stood at 67–96%"
    )
