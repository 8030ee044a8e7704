"""The address of a screen of released numbers: one area, one period of the list, nothing else."""

import pytest
from released_cells import Cells, cell

from dashboard.shell.released_choice import offer, to_params

REFERRALS = "referrals_received"
VIEW = Cells(
    cell(REFERRALS, 5, "2026-11-02", "2026-11-08", "week"),
    cell(REFERRALS, 20, "2026-09-01", "2026-09-30"),
    cell(REFERRALS, 35, "2026-10-01", "2026-10-31"),
    cell(REFERRALS, 90, "2026-07-01", "2026-09-30", "quarter"),
    cell(REFERRALS, 40, "2026-07-01", "2026-09-30", "quarter", "county", "berkshire"),
    cell(REFERRALS, 10, "2026-07-01", "2026-09-30", "quarter", "district", "B1"),
)
QUARTER = {"from": ["2026-07-01"], "to": ["2026-09-30"]}


def asked(**params: list[str]):
    found = offer(VIEW, "Everywhere", {key.removesuffix("_"): v for key, v in params.items()})
    assert found is not None
    chosen = found.chosen
    return chosen.area, chosen.kind, chosen.start.isoformat(), list(found.problems)


def test_without_anything_it_is_the_last_month_of_the_whole():
    assert asked() == ("", "month", "2026-10-01", [])


def test_an_area_and_a_period_of_the_list_are_had():
    assert asked(area=["B1"], **QUARTER) == ("B1", "quarter", "2026-07-01", [])


@pytest.mark.parametrize(
    ("params", "says"),
    [
        ({"area": ["B1", "berkshire"]}, "one area at a time"),
        ({"area": ["E99"]}, "no released numbers for an area “E99”"),
        ({"area": ["B1"], "from": ["2026-10-01"], "to": ["2026-10-31"]}, "no period"),
        ({"from": ["2026-10-02"], "to": ["2026-10-31"]}, "no period of the release"),
        ({"from": ["2026-11-02"], "to": ["2026-11-08"]}, "no period of the release"),
        ({"from": ["2026-10-01"]}, "2026-10-01 to nothing"),
        ({"from": ["yesterday"], "to": ["<b>"]}, "yesterday to <b>"),
        ({"as_at": ["2026-10-31"]}, "“as_at”"),
        ({"by": ["case_manager"]}, "“by”"),
    ],
)
def test_anything_else_is_refused_in_words_and_the_usual_is_shown(params, says):
    found = offer(VIEW, "Everywhere", params)
    assert found is not None
    assert says in " ".join(found.problems)
    assert found.chosen == found.periods[0]


def test_what_is_shown_anyway_is_left_out_of_the_address():
    found = offer(VIEW, "Everywhere", {"area": ["berkshire"]})
    assert found is not None
    assert to_params(found.chosen, found.areas, found.periods) == {"area": ["berkshire"]}
    whole = offer(VIEW, "Everywhere", QUARTER)
    assert whole is not None
    assert to_params(whole.chosen, whole.areas, whole.periods) == QUARTER


def test_without_any_cell_there_is_nothing_to_offer():
    assert offer(Cells(), "Everywhere", {}) is None
