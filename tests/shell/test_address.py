"""The choice in the address: what it says comes back, and what is wrong is said in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.shell.filters import (
    EARLIEST,
    Area,
    Filters,
    areas_in_words,
    chosen_anew,
    districts,
    from_query,
    normal,
    reread,
    to_query,
)

AREAS = (
    Area("E06000038", "Reading", "berkshire", "Berkshire"),
    Area("E06000039", "Slough", "berkshire", "Berkshire"),
    Area("E06000060", "Buckinghamshire", "buckinghamshire-mk", "Buckinghamshire"),
    Area("E07000178", "Oxford", "oxfordshire", "Oxfordshire"),
)
LAST = date(2026, 10, 31)
DEFAULTS = Filters((), date(2026, 4, 1), LAST, LAST)
LAUNCH = date(2024, 3, 21)
KEYS = [key for area in AREAS for key in (area.code, area.county)]


@st.composite
def filters(draw: st.DrawFn) -> Filters:
    """Any choice that the controls allow."""
    as_at = draw(st.dates(EARLIEST, LAST))
    end = draw(st.dates(EARLIEST, as_at))
    start = draw(st.dates(EARLIEST, end))
    return Filters(normal(draw(st.lists(st.sampled_from(KEYS))), AREAS), start, end, as_at)


@given(filters())
def test_what_is_written_is_read_back(chosen: Filters) -> None:
    assert from_query(to_query(chosen), AREAS, DEFAULTS) == (chosen, [])
    assert from_query(to_query(chosen, DEFAULTS), AREAS, DEFAULTS) == (chosen, [])


def test_the_defaults_leave_the_address_empty() -> None:
    assert to_query(DEFAULTS, DEFAULTS) == {}
    assert from_query({}, AREAS, DEFAULTS) == (DEFAULTS, [])


@given(
    st.dictionaries(
        st.sampled_from(["area", "from", "to", "as_at", "other"]),
        st.lists(
            st.one_of(
                st.text(max_size=30),
                st.sampled_from(KEYS),
                st.dates().map(date.isoformat),
            ),
            max_size=4,
        ),
    )
)
def test_no_address_breaks_the_page(params: dict[str, list[str]]) -> None:
    chosen, problems = from_query(params, AREAS, DEFAULTS)
    assert chosen.start <= chosen.end <= chosen.as_at <= DEFAULTS.as_at
    assert set(chosen.areas) <= set(KEYS)
    assert all(problem.endswith(".") for problem in problems)
    # What is left is a choice of its own, without problems.
    assert from_query(to_query(chosen), AREAS, DEFAULTS) == (chosen, [])


@given(st.lists(st.text(max_size=12), max_size=5))
def test_no_address_reaches_an_area_that_is_not_the_viewers(asked: list[str]) -> None:
    own = AREAS[:2]
    chosen, _ = from_query({"area": [*asked, "E07000178", "oxfordshire"]}, own, DEFAULTS)
    assert set(districts(chosen, own)) <= {"E06000038", "E06000039"}


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"area": ["E99999999"]}, "“E99999999”, which is not among the areas you may see"),
        ({"from": ["2026-13-01"]}, "“from” as “2026-13-01”, which is not a day"),
        ({"as_at": ["2027-01-01"]}, "There are no records after 31 October 2026"),
        ({"to": ["2026-12-31"]}, "it ends on 31 October 2026"),
        ({"from": ["2026-09-01"], "to": ["2026-08-01"]}, "the usual period is shown"),
        ({"from": ["0001-01-01"]}, "too long ago"),
    ],
)
def test_what_is_wrong_is_said(params: dict[str, list[str]], words: str) -> None:
    chosen, problems = from_query(params, AREAS, DEFAULTS)
    assert chosen == DEFAULTS
    assert len(problems) == 1
    assert words in problems[0]


def test_an_earlier_as_at_moves_the_usual_period() -> None:
    chosen, problems = from_query({"as_at": ["2025-06-30"]}, AREAS, DEFAULTS)
    assert (chosen.start, chosen.end) == (date(2025, 4, 1), date(2025, 6, 30))
    assert problems == []


@pytest.mark.parametrize(
    ("chosen", "before", "after"),
    [
        (["berkshire"], [], ("berkshire",)),
        # A district of a chosen county narrows it; the county takes it in again.
        (["berkshire", "E06000039"], ["berkshire"], ("E06000039",)),
        (["berkshire", "E06000039"], ["E06000039"], ("berkshire",)),
        (["berkshire", "E07000178"], ["berkshire"], ("berkshire", "E07000178")),
        ([], ["berkshire"], ()),
    ],
)
def test_a_click_widens_or_narrows(
    chosen: list[str], before: list[str], after: tuple[str, ...]
) -> None:
    assert chosen_anew(chosen, before, AREAS) == after


def test_a_county_holds_its_districts() -> None:
    assert normal(["E06000039", "berkshire", "E07000178"], AREAS) == ("berkshire", "E07000178")
    chosen = Filters(("berkshire",), LAST, LAST, LAST)
    assert districts(chosen, AREAS) == ("E06000038", "E06000039")


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ((), "All Thames Valley"),
        (("berkshire",), "Berkshire"),
        (("E06000039", "E07000178"), "Slough and Oxford"),
        (("berkshire", "buckinghamshire-mk", "oxfordshire"), "3 counties"),
        (("E06000038", "E06000039", "E07000178"), "3 districts"),
        (("berkshire", "E06000060", "E07000178"), "3 areas"),
    ],
)
def test_areas_are_named(chosen: tuple[str, ...], words: str) -> None:
    assert areas_in_words(Filters(chosen, LAST, LAST, LAST), AREAS, "All Thames Valley") == words


def test_who_sees_one_district_reads_its_name() -> None:
    assert areas_in_words(DEFAULTS, AREAS[:1], "All Thames Valley") == "Reading"


def test_a_named_period_keeps_its_name_at_another_day() -> None:
    moved = reread(DEFAULTS, date(2026, 6, 30), LAUNCH)
    assert (moved.start, moved.end) == (date(2026, 4, 1), date(2026, 6, 30))


def test_a_period_of_free_days_is_cut_at_the_day() -> None:
    free = Filters((), date(2026, 5, 5), date(2026, 9, 9), LAST)
    assert reread(free, date(2026, 6, 30), LAUNCH).end == date(2026, 6, 30)


@given(filters(), st.dates(EARLIEST, LAST))
def test_any_choice_can_be_read_as_at_any_day(chosen: Filters, as_at: date) -> None:
    moved = reread(chosen, as_at, LAUNCH)
    assert moved.start <= moved.end <= moved.as_at == as_at
