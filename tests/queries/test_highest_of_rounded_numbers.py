"""Which area is highest is only said as far as rounded numbers can tell."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st
from released_cells import Cells, cell

from queries import released_areas, released_capacity, released_highest
from queries.measures import MEASURES
from queries.released import TOO_FEW, Slice

DAYS = ("2026-07-01", "2026-09-30")
REFERRALS = MEASURES["referrals_received"]
WHOLE = Slice("whole", "", "Everywhere", "quarter", date(2026, 7, 1), date(2026, 9, 30))
PER = "per 10,000 people"


def rows(*areas: tuple[str, float | None, float | None, float | None, str]) -> pl.DataFrame:
    """Areas as they are compared, highest first: name, value, least and most, as written."""
    return pl.DataFrame(
        [dict(zip(("name", "value", "least", "most", "now"), each, strict=True)) for each in areas],
        schema={
            "name": pl.String,
            **dict.fromkeys(("value", "least", "most"), pl.Float64),
            "now": pl.String,
        },
    )


def district(area: str, value: float, least: float, most: float) -> dict[str, object]:
    return cell(REFERRALS.key, value, *DAYS, "quarter", "district", area, least=least, most=most)


def by_head(view: Cells) -> pl.DataFrame:
    period = released_areas.comparable(view, REFERRALS.key, WHOLE, "district")
    return released_areas.by_district(view, REFERRALS, period, WHOLE, per_head=True).collect()


def test_a_rate_from_the_same_rounded_count_is_not_ranked_by_population_alone():
    view = Cells(district("B1", 15, 13, 17), district("B2", 15, 13, 17), district("O1", 5, 5, 7))
    found = by_head(view)
    assert found["name"].to_list() == ["Slough", "Reading", "Oxford"]
    # 13 to 17 of 160,000 and of 178,000 people.
    assert found["least"].to_list() == pytest.approx([13 / 16, 13 / 17.8, 5 / 16.5])
    assert found["most"].to_list() == pytest.approx([17 / 16, 17 / 17.8, 7 / 16.5])
    assert released_highest.in_a_sentence(found, "Referrals received", PER) == (
        "Slough or Reading has the highest rate of referrals received"
    )
    title = released_highest.who_is_highest(found, as_written=False)
    assert title == "Slough or Reading is highest"


def test_one_that_is_surely_highest_is_named_alone():
    view = Cells(district("B1", 30, 28, 32), district("B2", 15, 13, 17), district("O1", 5, 5, 7))
    found = by_head(view)
    assert released_highest.in_a_sentence(found, "Referrals received", PER) == (
        "Slough has the most referrals received per 10,000 people"
    )
    assert released_highest.who_is_highest(found, as_written=False) == "Slough is highest"


def test_where_more_may_be_highest_than_fit_they_are_counted_or_none_stands_apart():
    names = ("South Oxfordshire", "West Oxfordshire", "Vale of White Horse", "Buckinghamshire")
    close = [(name, 0.8, 0.7, 0.9, "80%") for name in names[:3]]
    close[0] = (names[0], 0.82, 0.7, 0.9, "82%")
    low = [(f"District {each}", 0.2, 0.1, 0.3, "20%") for each in range(3)]
    few, many = rows(*close, *low), rows(*close, *low[:1])
    assert released_highest.in_a_sentence(few, "Contacts on time", "") == (
        "Three districts may be highest in contacts on time"
    )
    assert released_highest.in_a_sentence(few, "Referrals received", PER) == (
        "Three districts may have the highest rate of referrals received"
    )
    assert released_highest.who_is_highest(few) == "Three may be highest"
    assert released_highest.in_a_sentence(many, "Contacts on time", "") == (
        "No district stands clearly apart in contacts on time"
    )
    assert released_highest.who_is_highest(many) == "None stands clearly apart"


def test_areas_that_are_written_alike_share_the_first_place_and_the_last():
    counties = rows(
        ("Berkshire", 18, 17.75, 18.25, "18"),
        ("Oxfordshire", 18, 17.75, 18.25, "18"),
        ("Buckinghamshire", 12, 11.75, 12.25, "12"),
    )
    assert released_highest.from_highest(counties) == "Berkshire and Oxfordshire are highest at 18"
    assert released_highest.from_highest(counties[1:]) == (
        "Oxfordshire is highest at 18"  # beside the lowest it is too long for half the page
    )
    alike = counties.head(2)
    assert released_highest.from_highest(alike) == "All that can be shown are alike"


def test_shares_that_could_be_in_another_order_are_not_ranked():
    shares = rows(
        ("Slough", 0.5, 0.4, 0.6, "50%"),
        ("Reading", 0.45, 0.35, 0.55, "45%"),
        ("Oxford", 0.2, 0.1, 0.3, "20%"),
        ("Hidden", None, None, None, TOO_FEW),
    )
    assert released_highest.from_highest(shares) == "Slough or Reading is highest"
    assert released_highest.in_a_sentence(shares, "Contacts on time", "") == (
        "Slough or Reading is highest in contacts on time"
    )


@pytest.mark.parametrize(
    ("oxford", "said"),
    [
        (20, "Berkshire or Oxfordshire is fullest"),
        (30, "Oxfordshire is fullest: 20 active cases for 30 places"),
    ],
)
def test_the_fullest_county_is_named_alone_only_where_rounding_leaves_no_doubt(oxford, said):
    def held(area: str, value: float) -> dict[str, object]:
        more = {"least": value - 2, "most": value + 2}
        return cell("active_cases", value, *DAYS, "quarter", "county", area, **more)

    view = Cells(
        held("berkshire", 20 if oxford == 20 else 10),
        held("oxfordshire", 20),
        places=[
            ("berkshire", DAYS[1], 20 if oxford == 20 else 30),
            ("oxfordshire", DAYS[1], oxford),
        ],
    )
    found = released_capacity.by_county(view, date(2026, 10, 31), "Everywhere").collect()
    assert released_capacity.how_full(found) == said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (rows(("Slough", None, None, None, TOO_FEW)), "Waiting: too few to show by district"),
        (
            rows(("Slough", 0, 0, 0, "0"), ("Reading", 0, 0, 0, "0")),
            "All districts that can be shown are alike in waiting",
        ),
        (rows(("Slough", 5, 5, 7, "5")), "Slough has the most waiting per 10,000 people"),
    ],
)
def test_what_cannot_be_compared_is_said_so(found, said):
    assert released_highest.in_a_sentence(found, "Waiting", PER) == said


@for_any(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=8
    )
)
def test_the_truly_highest_is_never_left_out(areas):
    """Whatever the numbers were before rounding; and nobody is named who could not be highest."""
    found = pl.DataFrame(
        [(index, float(low), float(low + more)) for index, (low, more, _) in enumerate(areas)],
        schema={"area": pl.Int64, "least": pl.Float64, "most": pl.Float64},
        orient="row",
    )
    named = set(released_highest.may_be_highest(found)["area"])
    truth = [low + min(part, more) for low, more, part in areas]
    if truth.count(max(truth)) == 1:
        assert truth.index(max(truth)) in named
    for area in named:
        low, more, _ = areas[area]
        assert low + more >= max(each for each, _, _ in areas)


def test_medians_that_are_written_alike_are_drawn_alike():
    measure = MEASURES["days_referral_to_allocation"]

    def held(area: str, value: float) -> dict[str, object]:
        return cell(measure.key, value, *DAYS, "quarter", "county", area)

    # Medians are released in steps of half a day: 17.5 is written 18.
    view = Cells(held("berkshire", 18.0), held("oxfordshire", 17.5))
    period = released_areas.comparable(view, measure.key, WHOLE, "county")
    found = released_areas.compared(view, measure, period).collect()
    assert found["now"].to_list() == ["18", "18"]
    assert found["value"].to_list() == [18.0, 18.0]
