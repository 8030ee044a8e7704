"""The first line of a page of released numbers names one that is shown."""

from datetime import date

from released_cells import Cells, cell

from queries.released import Slice
from queries.released_headlines import in_a_sentence

OCTOBER = Slice("whole", "", "Thames Valley", "month", date(2026, 10, 1), date(2026, 10, 31))
KEYS = ("referrals_received", "cases_allocated")


def of(received, allocated):
    return Cells(
        cell("referrals_received", received, "2026-10-01", "2026-10-31"),
        cell("cases_allocated", allocated, "2026-10-01", "2026-10-31"),
        cell("cases_allocated", 25, "2026-09-01", "2026-09-30"),
    )


def test_the_first_number_leads_where_it_is_shown():
    assert in_a_sentence(of(40, 20), KEYS, OCTOBER).startswith("Referrals received")


def test_another_leads_where_that_is_hidden():
    said = in_a_sentence(of(None, 20), KEYS, OCTOBER)
    assert said == "Cases allocated, Thames Valley: 20, five fewer than before"


def test_where_none_is_shown_the_first_says_so():
    said = in_a_sentence(of(None, None), KEYS, OCTOBER)
    assert said == "Referrals received, Thames Valley: too few to show"
