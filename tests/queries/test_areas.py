"""Districts by a measure: counts, rates for 10,000 people, changes, and what the whole is."""

import polars as pl
import pytest

from queries import area_words, areas
from queries.measures import MEASURES

# First of all a referral on the day on which the period before begins, so that it is known.
REFERRED = """
areas
area_code | name    | county      | population
B1        | Slough  | berkshire   | 10000
B2        | Reading | berkshire   | 20000
O1        | Oxford  | oxfordshire | 30000

referrals
referral_id | area_code | received_on
P1          | B2        | 2025-10-01
P2          | B2        | 2025-10-20
P3          | B2        | 2025-11-01
P4          | B2        | 2025-12-31
P5          | B1        | 2025-10-05
P6          | B1        | 2025-10-06
P7          | O1        | 2025-12-01
R1          | B1        | 2026-01-01
R2          | B1        | 2026-02-01
R3          | B1        | 2026-02-02
R4          | B1        | 2026-03-31
R5          | B2        | 2026-01-15
R6          | B2        | 2026-03-15
R7          |           | 2026-01-20
R8          | B2        | 2026-04-01
"""
RECEIVED = MEASURES["referrals_received"]


def rows(view, measure=RECEIVED, form="rate") -> pl.DataFrame:
    return areas.by_district(view, measure, form, "Thames Valley").collect()


@pytest.fixture
def referred(lens):
    return lens(REFERRED, as_at="2026-04-10", start="2026-01-01", end="2026-03-31")


def test_rates_are_for_ten_thousand_people_with_exact_intervals(referred):
    found = rows(referred)
    assert list(found["name"]) == ["Slough", "Reading", "Oxford"]
    assert list(found["rank"]) == [1, 2, 3]
    assert list(found["value"]) == [4.0, 1.0, 0.0]
    # Garwood's limits: of 4 events 1.0899 to 10.2416, of 2 0.2422 to 7.2247, of none 0 to 3.6889.
    assert list(found["lower"]) == pytest.approx([1.0899, 0.1211, 0.0], abs=1e-4)
    assert list(found["upper"]) == pytest.approx([10.2416, 3.6123, 1.2296], abs=1e-4)


def test_the_line_of_a_rate_is_of_those_of_a_known_district(referred):
    found = rows(referred)
    # Of seven referrals one is of no district, and so in none of the rates beside the line.
    assert found["whole"][0] == pytest.approx(6 / 60_000 * 10_000)
    assert found["whole_now"][0] == 7
    assert set(found["whole_name"]) == {"Thames Valley"}
    assert set(found["not_placed"]) == {1}
    said = area_words.what_the_line_is(found, RECEIVED, "rate")
    assert said == (
        "The line is Thames Valley: all that is in view. "
        "One record of no known district is in no rate."
    )


def test_a_part_of_the_areas_is_compared_with_itself_only(referred):
    found = rows(referred.of(frozenset({"B1", "B2"})))
    assert found["whole"][0] == pytest.approx(6 / 30_000 * 10_000)
    assert set(found["whole_name"]) == {"Berkshire"}
    assert set(found["not_placed"]) == {0}
    alone = rows(referred.of(frozenset({"B1"})))
    assert area_words.who_differs(alone) == "Slough alone is in view: nothing to compare"
    assert area_words.who_is_highest(alone) == "Only Slough is in view"


def test_counts_have_no_line_to_lie_above(referred):
    found = rows(referred, form="value")
    assert list(found["value"]) == [4, 2, 0]
    assert found["whole"].null_count() == 3
    assert area_words.who_differs(found) == "From Oxford, lowest, to Slough, highest"


def test_change_is_against_the_period_before_with_its_interval(referred):
    found = rows(referred, form="change")
    assert dict(found.select("name", "value").iter_rows()) == {
        "Slough": 1.0,
        "Reading": -0.5,
        "Oxford": -1.0,
    }
    assert found["whole"][0] == 0.0
    # 4 of 6: Clopper and Pearson's 0.2228 to 0.9567, so 0.2867 to 22.1 times as many.
    slough = found.row(by_predicate=pl.col("name") == "Slough", named=True)
    assert (slough["now"], slough["before"]) == (4, 2)
    assert slough["lower"] == pytest.approx(0.2867 - 1, abs=1e-3)
    assert slough["upper"] == pytest.approx(22.1 - 1, abs=0.1)


def test_who_rose_most(referred):
    found = rows(referred, form="change")
    assert area_words.who_rose_most(found) == "Slough has risen most"
    assert area_words.who_rose_most(
        found.filter(pl.col("value") < 0).with_columns(rank=pl.lit(1))
    ) == ("No district has risen")


def test_there_is_no_change_from_before_the_first_records(lens):
    view = lens(REFERRED, as_at="2026-04-10", start="2025-10-02", end="2025-12-31")
    assert rows(view, form="change")["value"].null_count() == 3
    assert rows(view, form="change")["rank"].null_count() == 3
    assert (
        area_words.who_rose_most(rows(view, form="change")) == "No earlier period to compare with"
    )


def test_an_unknown_population_gives_no_rate_and_no_line(lens):
    text = REFERRED.replace("Oxford  | oxfordshire | 30000", "Oxford  | oxfordshire |")
    found = rows(lens(text, as_at="2026-04-10", end="2026-03-31"))
    oxford = found.row(by_predicate=pl.col("name") == "Oxford", named=True)
    assert oxford["value"] is oxford["lower"] is oxford["rank"] is None
    assert oxford["n"] == 0
    assert found["whole"].null_count() == 3
    assert area_words.what_the_line_is(found, RECEIVED, "rate").endswith(
        "No population is recorded for Oxford, so no rate."
    )


def test_what_was_never_recorded_is_unknown_everywhere(referred):
    found = rows(referred, MEASURES["cases_closed"], "rate")
    assert found["value"].null_count() == 3
    assert area_words.who_is_highest(found) == "Nothing is known for these districts"
    assert area_words.who_differs(found) == "Nothing is known for these districts"


def test_equal_values_share_a_rank_and_none_is_called_highest(lens):
    text = REFERRED.replace("10000", "20000").replace("R3          | B1", "R3          | O1")
    found = rows(lens(text, as_at="2026-04-10", end="2026-03-31"), form="value")
    assert dict(found.select("name", "rank").iter_rows()) == {
        "Slough": 1,
        "Reading": 2,
        "Oxford": 3,
    }
    alike = found.with_columns(value=pl.lit(2.0), rank=pl.lit(1))
    assert area_words.who_is_highest(alike) == "All districts are alike"


CLOSED = """
areas
area_code | name   | county    | population
B1        | Slough | berkshire | 10000

referrals
referral_id | area_code | received_on
R1          | B1        | 2024-12-01
R2          | B1        | 2024-12-01
R3          | B1        | 2024-12-01
R4          | B1        | 2024-12-01

cases
case_id | referral_id | area_code | allocated_on | closed_on  | closure_reason
C1      | R1          | B1        | 2025-01-01   | 2025-10-10 | planned_completion
C2      | R2          | B1        | 2025-01-01   | 2025-10-11 | custody
C3      | R3          | B1        | 2025-01-01   | 2026-01-10 | planned_completion
C4      | R4          | B1        | 2025-01-01   | 2026-01-11 | planned_completion
"""


def test_a_share_changes_by_points(lens):
    view = lens(CLOSED, as_at="2026-04-10", start="2026-01-01", end="2026-03-31")
    found = rows(view, MEASURES["planned_completion_rate"], "change")
    assert list(found["value"]) == [50.0]
    assert list(found["n"]) == [2]
    # Newcombe's method 10: 2 of 2 (0.342 to 1) less 1 of 2 (0.095 to 0.905).
    lower, upper = found["lower"][0], found["upper"][0]
    assert lower == pytest.approx(
        100 * (0.5 - ((1 - 0.3424) ** 2 + (0.9055 - 0.5) ** 2) ** 0.5), abs=0.1
    )
    assert upper == pytest.approx(100 * (0.5 + (0 + (0.5 - 0.0945) ** 2) ** 0.5), abs=0.1)


def test_states_of_two_days_have_a_change_but_no_interval(lens):
    view = lens(CLOSED, as_at="2026-04-10", start="2026-01-01", end="2026-01-10")
    found = rows(view, MEASURES["active_cases"], "change")
    # C3 and C4 on 31 December, C4 on 10 January.
    assert list(found["value"]) == [-0.5]
    assert found["lower"][0] is None
    assert found["upper"][0] is None


TWO_DISTRICTS = """
areas
area_code | name    | county    | population
B1        | Slough  | berkshire | 10000
B2        | Reading | berkshire | 20000

referrals
referral_id | area_code | received_on
R1          | B1        | 2024-12-01
R2          | B2        | 2024-12-01

cases
case_id | referral_id | area_code | allocated_on
C1      | R1          | B1        | 2025-01-01
C2      | R2          | B2        | 2025-01-01

victim_survivors
victim_survivor_id | age_group
V1                 | adult
V2                 | adult

case_victim_survivors
case_id | victim_survivor_id | linked_on
C1      | V1                 | 2025-01-01
C2      | V1                 | 2025-01-01
C2      | V2                 | 2025-01-01
"""


def test_people_of_two_districts_count_once_in_the_whole_and_it_is_said(lens):
    view = lens(TWO_DISTRICTS, as_at="2026-04-10")
    measure = MEASURES["adult_victim_survivors"]
    found = rows(view, measure, "value")
    assert dict(found.select("name", "now").iter_rows()) == {"Slough": 1, "Reading": 2}
    assert found["whole_now"][0] == 2
    said = area_words.what_the_line_is(found, measure, "value")
    assert said == "Districts add up to 3; 2 people in all, each counted once."


def test_the_table_has_all_forms_at_once(referred):
    found = areas.all_forms(referred, RECEIVED).collect()
    assert list(found["name"]) == ["Oxford", "Reading", "Slough"]
    assert found.row(2, named=True) == {
        "area": "B1",
        "name": "Slough",
        "county_name": "Berkshire",
        "n": 4.0,
        "population": 10_000,
        "now": 4.0,
        "before": 2.0,
        "n_before": 2.0,
        "rate": 4.0,
        "rate_lower": 1.09,
        "rate_upper": 10.24,
        "change": 1.0,
    }


@pytest.mark.parametrize(
    ("intervals", "said"),
    [
        ([(2, 3), (0.1, 0.5), (0.8, 1.2)], "One district stands above Thames Valley, one below"),
        ([(2, 3), (2, 3), (0.8, 1.2)], "Two districts stand above Thames Valley"),
        ([(0.1, 0.5), (0.8, 1.2), (0.8, 1.2)], "One district stands below Thames Valley"),
        ([(0.8, 1.2)] * 3, "No district stands clearly apart from Thames Valley"),
    ],
)
def test_who_stands_apart_is_told_by_the_intervals(referred, intervals, said):
    found = rows(referred).with_columns(
        pl.Series("lower", [low for low, _ in intervals], pl.Float64),
        pl.Series("upper", [high for _, high in intervals], pl.Float64),
        whole=pl.lit(1.0),
    )
    assert area_words.who_differs(found) == said


@pytest.mark.parametrize(
    ("value", "key", "form", "said"),
    [
        (0.124, "referrals_received", "change", "up 12%"),
        (-0.3, "referrals_received", "change", "down 30%"),
        (0.001, "referrals_received", "change", "unchanged"),
        (-4.0, "planned_completion_rate", "change", "down 4 points"),
        (8.64, "referrals_received", "rate", "8.6"),
        (0.45, "planned_completion_rate", "value", "45%"),
        (None, "referrals_received", "rate", "not known"),
    ],
)
def test_values_in_words(value, key, form, said):
    assert area_words.written(value, MEASURES[key], form) == said
