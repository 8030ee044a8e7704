"""Local results beside the published ones, by hand."""

from datetime import date

import polars as pl
import pytest
from three_cases import PEOPLE

from queries import abuse_reductions, compared_people, outcomes
from queries.benchmarks import PUBLISHED
from queries.follow_up import Rules, changes, in_months, per_case
from queries.phases import phases
from queries.statistics import clustered_ratio, difference_of

FEW = Rules(least=1, least_days=30)

# C1 (S1) and C3 (S3) closed on 1 May and 1 June; C2's person died.
CLOSED = PEOPLE.replace("2026-01-05   |            |\n", "2026-01-05   | 2026-06-01 | custody\n", 1)
RECORDS = """
abuse_assessments
assessment_id | case_id | assessed_on | stage  | abuse_type | severity
A1            | C1      | 2026-01-08  | intake | physical   | high
A2            | C1      | 2026-04-20  | exit   | physical   | none
A3            | C3      | 2026-01-08  | intake | physical   | high
A4            | C3      | 2026-05-25  | exit   | physical   | standard
A5            | C2      | 2026-01-08  | intake | physical   | none
A6            | C2      | 2026-04-20  | exit   | physical   | standard
A7            | C2      | 2026-01-08  | intake | sexual     | none
A8            | C2      | 2026-04-20  | exit   | sexual     | none

risk_assessments
assessment_id | case_id | victim_survivor_id | assessed_on | stage | idva_change
A1            | C1      | V1                 | 2026-04-20  | exit  | significantly_reduced

comparison_people
person_id | area_code | index_on   | end_on
X1        | B1        | 2026-01-05 | 2026-05-01
X2        | B1        | 2026-01-05 | 2026-05-01
X3        | B1        | 2026-01-05 | 2026-06-25

marac_referrals
marac_id | person_id | victim_survivor_id | area_code | referred_on | heard_on
M1       | S1        | V1                 | B1        | 2025-12-01  | 2025-12-10
M2       | S1        | V1                 | B1        | 2026-02-01  | 2026-02-10
M3       | S3        | V3                 | O1        | 2026-06-10  | 2026-06-20
M4       | X1        |                    | B1        | 2026-05-20  | 2026-05-30

police_incidents
incident_id | person_id | occurred_on | is_crime
I1          | S1        | 2026-01-04  | yes
I2          | S1        | 2025-12-20  | yes
I3          | S1        | 2025-11-01  | yes
I4          | S1        | 2026-05-10  | yes
I5          | S3        | 2026-01-01  | yes
I6          | S3        | 2026-06-20  | no
I7          | S2        | 2026-01-01  | yes
I8          | X1        | 2026-01-01  | yes
I9          | X1        | 2026-05-20  | yes
I10         | X2        | 2026-01-01  | yes
I11         | X2        | 2026-06-01  | yes
I12         | X2        | 2026-06-02  | yes
I13         | X3        | 2026-01-04  | yes
"""
# As at 30 June 60 days of C1 are over and 29 of C3: below 30 days it does not count. The 60 days
# before 5 January begin on 6 November, so I3 is not in them.


@pytest.fixture
def view(lens):
    return lens(CLOSED + RECORDS.strip(), as_at="2026-06-30", start="2026-06-01")


def by_key(rows: pl.LazyFrame) -> dict[str, dict]:
    return {row["key"]: row for row in rows.collect().to_dicts()}


def test_windows_are_cut_to_the_days_since_closure(view):
    change = changes(view, FEW)["police"]
    assert (change.n, change.complete, change.before, change.after) == (1, 0, 2, 1)
    assert change.years == 60 / 365.25
    assert change.fewer == 0.5


def test_windows_grow_with_the_day_they_are_read_on(lens):
    later = lens(CLOSED + RECORDS.strip(), as_at="2026-12-31")
    change = changes(later, FEW)["police"]
    # Both for the whole 182 days; I3 is now in, and I5 of C3.
    assert (change.n, change.complete, change.before, change.after) == (2, 2, 4, 1)
    # Two people with (after, before) of (1, 3) and (0, 1): sums of squares by hand.
    low, high = clustered_ratio(2, 1, 4, 1, 3, 10)
    assert (change.lower, change.upper) == (1 - high, min(1 - low, 1))


def test_a_person_with_two_cases_is_one_cluster_and_two_cases(lens):
    again = CLOSED.replace("R3          | S3 ", "R3          | S1 ")
    change = changes(lens(again + RECORDS.strip(), as_at="2026-12-31"), FEW)["police"]
    assert change.n == 2
    assert change.lower is None  # one person has no spread


def test_only_what_came_to_count_in_the_period(lens):
    later = lens(CLOSED + RECORDS.strip(), as_at="2026-12-31")
    since = changes(later, FEW, since=date(2026, 6, 15))["police"]
    assert since.n == 1  # C3 came to count on 1 July, C1 on 31 May


def test_comparison_people_are_followed_alike_and_never_among_service_users(view):
    change = changes(view, FEW, comparison=True)["police"]
    assert (change.n, change.before, change.after) == (2, 2, 3)
    assert change.fewer == -0.5


def test_a_repeat_that_nobody_can_tell_is_not_recorded(view):
    others = changes(view, FEW, comparison=True)
    assert (others["hearings"].before, others["hearings"].after) == (0, 1)
    assert others["repeats"].before is None


def test_results_are_defined_as_published(view):
    rows = by_key(outcomes.results(view, FEW))
    assert list(rows) == list(PUBLISHED)
    physical = rows["physical_abuse_reduction"]
    # Two use it at intake, two at exit: C2 began.
    assert (physical["value"], physical["n"], physical["published"]) == (0, 2, 0.82)
    assert (rows["risk_reduced_rate"]["value"], rows["risk_reduced_rate"]["n"]) == (1, 1)
    assert rows["risk_reduced_rate"]["unrated"] == 2
    assert rows["police"]["value"] == 0.5
    assert rows["hearings"]["value"] == 1  # heard on 10 December, not since closure


def test_nothing_before_gives_no_share(view):
    sexual = by_key(outcomes.results(view, FEW))["sexual_abuse_reduction"]
    assert sexual["value"] is None
    assert sexual["note"] == "too early to say: 0 of 1, 0 to come"
    repeats = by_key(outcomes.results(view, FEW))["repeats"]
    assert (repeats["value"], repeats["note"]) == (None, "nothing before to compare with")


def test_below_the_least_number_it_is_too_early_with_what_is_to_come(lens):
    view = lens(PEOPLE + RECORDS.strip(), as_at="2026-06-30")
    rows = by_key(outcomes.results(view, Rules()))
    # C3 is open here and has both assessments; so nothing is to come for abuse, one for the rest.
    assert {row["value"] for row in rows.values()} == {None}
    assert rows["physical_abuse_reduction"]["note"] == "too early to say: 2 of 30, 0 to come"
    assert rows["risk_reduced_rate"]["note"] == "too early to say: 1 of 30, 1 to come"
    # C1 closed 60 days ago, and 91 are asked for.
    assert rows["police"]["note"] == "too early to say: 0 of 30, 2 to come"
    assert {row["in_period"] for row in rows.values()} == {"too early"}


def test_not_recorded_is_not_too_early(lens):
    rows = by_key(outcomes.results(lens(CLOSED, as_at="2026-06-30"), FEW))
    assert {row["note"] for row in rows.values()} == {"not recorded"}
    assert {row["n"] for row in rows.values()} == {None}
    assert outcomes.headline(pl.DataFrame(list(rows.values()))) == (
        "It is too early to say what has changed"
    )


@pytest.mark.parametrize("key", list(PUBLISHED))
def test_the_list_has_as_many_rows_as_n_says(view, key):
    rows, _ = outcomes.behind_result(view, FEW, key)
    assert rows.collect().height == by_key(outcomes.results(view, FEW))[key]["n"]


def test_the_cases_behind_a_bar_of_abuse(view):
    row = by_key(abuse_reductions.by_type(view, FEW))["physical_abuse_reduction"]
    assert (row["at_intake"], row["at_exit"], row["stopped"], row["began"]) == (2, 2, 1, 1)
    for part in ("at_intake", "at_exit"):
        behind = abuse_reductions.behind_type(view, "physical_abuse_reduction", part).collect()
        assert behind.height == row[part]


def test_the_difference_is_of_the_two_changes(lens):
    later = lens(CLOSED + RECORDS.strip(), as_at="2026-12-31")
    crimes = compared_people.compared(later, FEW).collect().filter(pl.col("kind") == "crimes")
    own, others = changes(later, FEW)["police"], changes(later, FEW, comparison=True)["police"]
    gap = crimes.row(2, named=True)
    assert gap["who"] == "difference"
    assert gap["value"] == own.fewer - others.fewer
    assert (gap["lower"], gap["upper"]) == difference_of(
        own.fewer, (own.lower, own.upper), others.fewer, (others.lower, others.upper)
    )
    assert gap["said"] == f"{round(gap['value'] * 100)} points"


def test_without_comparison_people_nothing_is_compared(lens):
    view = lens(CLOSED, as_at="2026-06-30")
    assert compared_people.compared(view, FEW).collect().is_empty()


def test_police_rates_for_100_person_years(view):
    before, after = compared_people.police(view, FEW).collect().to_dicts()
    assert (before["window"], after["window"]) == ("Six months before", "Six months after")
    assert before["rate"] == pytest.approx(200 / (60 / 365.25))
    assert after["comparison"] == pytest.approx(300 / (120 / 365.25))
    assert compared_people.how_crimes_changed(compared_people.police(view, FEW).collect()) == (
        "50% fewer crimes after than before"
    )


def test_marac_rates_by_phase(view):
    before, during, after = phases(view, FEW).collect().to_dicts()
    assert before["named"] == "12 months before"
    # Three people for 365 days before; S1 was heard once.
    assert (before["people"], before["hearings"]) == (3, 1)
    assert before["rate"] == pytest.approx(100 / (3 * 365 / 365.25))
    # C1 and C2 were open for 116 days, C3 for 147; M2 repeats M1.
    assert during["years"] == pytest.approx((116 + 116 + 147) / 365.25)
    assert (during["hearings"], during["repeats"]) == (1, 1)
    # Since 1 May 61 days, since 1 June 30; who died is left out.
    assert (after["people"], after["hearings"], after["repeats"]) == (2, 1, 0)
    assert after["years"] == pytest.approx((61 + 30) / 365.25)


def test_rates_by_phase_wait_for_the_least_number(view):
    rows = phases(view, Rules(least=3)).collect()
    assert rows["rate"].is_null().to_list() == [False, False, True]
    assert rows["between"][2] == "too early to say"


def test_cases_behind_a_follow_up_have_their_windows(view):
    row = per_case(view, "police", FEW).collect().row(0, named=True)
    assert (row["case"], row["days"], row["before"], row["after"]) == ("C1", 60, 2, 1)


@pytest.mark.parametrize(
    ("days", "said"), [(182, "six months"), (365, "12 months"), (91, "three months")]
)
def test_lengths_in_words(days, said):
    assert in_months(days) == said


def rows_of(*values: tuple[float | None, float | None, float | None]) -> pl.DataFrame:
    keys = list(PUBLISHED)[: len(values)]
    return pl.DataFrame(
        {
            "key": keys,
            "measure": keys,
            "value": [value for value, *_ in values],
            "lower": [low for _, low, _ in values],
            "upper": [high for *_, high in values],
            "published": [PUBLISHED[key].value for key in keys],
        },
        schema_overrides={"value": pl.Float64, "lower": pl.Float64, "upper": pl.Float64},
    )


def test_the_reading_says_what_differs_from_the_published():
    alike = rows_of((0.80, 0.7, 0.9), (0.9, 0.8, 0.95))
    assert outcomes.what_differs_from_published(alike) == (
        "Every published figure lies within its local interval"
    )
    assert outcomes.headline(alike) == "Both results are about as published"
    below = rows_of((0.5, 0.4, 0.6), (0.9, 0.8, 0.95), (None, None, None))
    assert outcomes.what_differs_from_published(below) == (
        "Smaller results than published: physical_abuse_reduction"
    )
    assert outcomes.headline(below) == "One of two results is about as published"


def test_the_page_says_what_became_of_hearings_too():
    rows = rows_of(*[(0.80, 0.7, 0.9)] * 2)
    heard = pl.DataFrame(
        {
            "key": ["hearings"],
            "value": [0.34],
            "lower": [0.2],
            "upper": [0.49],
            "published": [None],
        },
        schema_overrides={"published": pl.Float64},
    )

    def said(lower: float, upper: float) -> str:
        row = heard.with_columns(lower=pl.lit(lower), upper=pl.lit(upper))
        return outcomes.headline(pl.concat([rows, row], how="diagonal"))

    assert said(0.2, 0.49) == "Both results are about as published; fewer MARAC hearings"
    assert said(-0.1, 0.49) == "Both results are about as published; MARAC not clear"
    assert said(-0.4, -0.1) == "Both results are about as published; more MARAC hearings"


def test_a_value_without_an_interval_is_compared_by_itself():
    assert "Smaller" in outcomes.what_differs_from_published(rows_of((0.5, None, None)))
