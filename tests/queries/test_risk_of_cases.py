"""How the risk of cases changed: scores since intake, ratings, grounds, and what flags a case."""

from datetime import date

import polars as pl
import pytest
from three_cases import PEOPLE

from dashboard.access import Role, Viewer
from queries import judged, rising, risk_change, words
from queries.evaluate import evaluate
from queries.measures import MEASURES
from queries.periods import one
from queries.timeline import timeline

# C1 and C2 close on 1 May, C3 stays open; all were allocated on 5 January.
SCORES = """
risk_assessments
assessment_id | case_id | victim_survivor_id | assessed_on | stage  | dash_score | risk_level | judgement              | idva_change
A1            | C1      | V1                 | 2026-01-08  | intake | 18         | high       | score                  |
A2            | C1      | V3                 | 2026-01-09  | intake | 20         | high       | score                  |
A3            | C1      | V1                 | 2026-03-08  | review | 16         | high       | score                  | moderately_reduced
A4            | C1      | V3                 | 2026-03-08  | review | 14         | high       | score                  |
A5            | C2      | V1                 | 2026-01-08  | intake | 12         | high       | professional_judgement |
A6            | C3      | V3                 | 2026-01-08  | intake | 9          | standard   | score                  |
A7            | C3      | V3                 | 2026-03-08  | review | 12         | high       | escalation             | moderately_increased
"""  # noqa: E501


@pytest.fixture
def view(lens):
    def look(as_at: str = "2026-03-31", more: str = ""):
        return lens(PEOPLE + (SCORES + more).strip(), as_at)

    return look


def test_change_is_the_latest_of_a_case_less_its_intake(view) -> None:
    # C1: 20 at intake (the higher), now 16: 4 lower. C3: 9, now 12. C2 was scored only once.
    rows = risk_change.by_step(view()).collect()
    found = dict(zip(rows["step"].cast(pl.String), rows["cases"], strict=True))
    assert {step: n for step, n in found.items() if n} == {"4 to 6 lower": 1, "1 to 3 higher": 1}
    assert list(found) == list(risk_change.STEPS)
    assert risk_change.how_many_fell(rows) == "1 of 2 is below intake, 1 above"
    behind = risk_change.at_step(view(), "4 to 6 lower").collect()
    assert behind.select("case", "intake", "dash_score", "score_change").rows() == [
        ("C1", 20, 16, -4)
    ]


def test_cohorts_are_whole_months_since_allocation(view) -> None:
    on_the_day = risk_change.by_cohort(view("2026-04-05")).collect()
    assert on_the_day["cohort"].to_list() == ["3 to 5 months"]
    assert on_the_day.select("lower", "same", "higher", "cases").row(0) == (1, 0, 1, 2)
    assert on_the_day.select("intake", "latest", "change").row(0) == (14.5, 14.0, -0.5)
    assert risk_change.by_cohort(view("2026-04-04")).collect()["cohort"][0] == "Under 3 months"
    assert risk_change.of_cohort(view(), "Under 3 months", "higher").collect()["case"][0] == "C3"


def test_nobody_scored_twice_is_no_row(view) -> None:
    assert risk_change.by_step(view("2026-02-01")).collect().is_empty()
    assert risk_change.by_cohort(view("2026-02-01")).collect().is_empty()


RATED = """
risk_assessments
assessment_id | case_id | victim_survivor_id | assessed_on | stage | idva_change
A1            | C1      | V1                 | 2026-04-20  | exit  | significantly_reduced
A2            | C1      | V3                 | 2026-04-20  | exit  | no_change
A3            | C2      | V1                 | 2026-04-20  | exit  | not_known
"""


def test_ratings_are_those_of_the_measure_and_the_unknown_stand_apart(lens) -> None:
    view = lens(PEOPLE + RATED.strip(), "2026-06-30")
    rows = risk_change.by_rating(view).collect()
    cases = dict(zip(rows["rating"], rows["cases"], strict=True))
    assert list(cases) == [
        "Significantly reduced",
        "Moderately reduced",
        "No change",
        "Moderately increased",
        "Significantly increased",
        risk_change.NO_RATING,
    ]
    assert list(cases.values()) == [0, 0, 1, 0, 0, 1]
    assert rows["rated"].to_list() == [0, 0, 1, 0, 0, None]
    assert rows["share"].to_list() == [0, 0, 1, 0, 0, None]
    measured = evaluate([MEASURES["risk_reduced_rate"]], view, one(view.start, view.end)).collect()
    assert measured["denominator"][0] == rows["rated"].sum()
    assert measured["numerator"][0] == rows["reduced"].sum()
    assert risk_change.rated_as(view, risk_change.NO_RATING).collect()["case"].to_list() == ["C2"]


def test_high_risk_under_14_is_named_by_its_ground(view) -> None:
    rows = judged.by_ground(view()).collect()
    assert rows.select("ground", "cases").rows() == [
        ("Score of 14 or more", 1),  # V3 has 14, V1 16
        ("Under 14: escalation", 1),
        ("Under 14: professional judgement", 1),
    ]
    assert judged.how_many_judged(rows).startswith("Two of three high-risk cases score under 14")
    assert judged.on_ground(view(), "Under 14: escalation").collect()["case"].to_list() == ["C3"]
    high = evaluate(
        [MEASURES["high_risk_active_cases"]], view(), one(date(2026, 3, 31), date(2026, 3, 31))
    ).collect()
    assert high["value"][0] == rows["cases"].sum()


CRIMES = """

police_incidents
incident_id | person_id | occurred_on | is_crime
I1          | S1        | 2026-03-03  | yes
I2          | S2        | 2026-03-04  | yes
I3          | S3        | 2026-03-20  | no
"""


def why(view) -> dict[str, str]:
    rows = rising.rising(view).collect()
    return dict(zip(rows["case"], rows["why"], strict=True))


def test_each_rule_flags_and_says_so(view) -> None:
    # On 31 March the last 28 days begin on the 4th: I1 is a day too early, I3 no crime.
    assert why(view(more=CRIMES)) == {
        "C3": "Level, score, IDVA",
        "C2": "Police crime",
    }


def test_nothing_is_flagged_before_it_happened(view) -> None:
    assert why(view("2026-03-03", CRIMES)) == {"C1": "Police crime"}
    assert why(view("2026-02-28", CRIMES)) == {}


def test_a_crime_before_allocation_is_no_rise(view) -> None:
    early = CRIMES.replace("2026-03-03", "2026-01-04").replace("2026-03-04", "2026-01-05")
    assert why(view("2026-01-20", early)) == {"C2": "Police crime"}


def test_closed_cases_are_not_flagged(view) -> None:
    assert why(view("2026-05-01", CRIMES)).keys() == {"C3"}


def test_a_rise_is_that_of_one_victim_survivor(lens) -> None:
    # V1 goes from 10 to 12, V3 from 15 to 14: nobody's score is up by three.
    text = """
risk_assessments
assessment_id | case_id | victim_survivor_id | assessed_on | stage  | dash_score
A1            | C3      | V1                 | 2026-01-08  | intake | 10
A2            | C3      | V3                 | 2026-01-08  | intake | 15
A3            | C3      | V1                 | 2026-03-08  | review | {}
A4            | C3      | V3                 | 2026-03-08  | review | 14
"""
    assert why(lens(PEOPLE + text.format(12).strip(), "2026-03-31")) == {}
    up = why(lens(PEOPLE + text.format(13).strip(), "2026-03-31"))
    assert up == {"C3": "Score"}


ON_ONE_DAY = """
risk_assessments
assessment_id | case_id | victim_survivor_id | assessed_on | stage  | dash_score | risk_level | judgement              | idva_change
A1            | C3      | V1                 | 2026-01-08  | intake | 9          |            |                        |
{}
{}
"""  # noqa: E501
WORSE = "A2 | C3 | V1 | 2026-03-08 | review | 13 | high | escalation | significantly_increased"
BETTER = "A3 | C3 | V1 | 2026-03-08 | review | 8 | high | professional_judgement | no_change"


@pytest.mark.parametrize("rows", [(WORSE, BETTER), (BETTER, WORSE)])
def test_of_one_day_the_worst_counts_in_whichever_order_it_is_recorded(lens, rows) -> None:
    view = lens(PEOPLE + ON_ONE_DAY.format(*rows).strip(), "2026-03-31")
    assert why(view) == {"C3": "Level, score, IDVA"}
    assert judged.on_ground(view, "Under 14: escalation").collect()["case"].to_list() == ["C3"]
    scores = timeline(view, "C3").collect().filter(lane="DASH score")["text"].to_list()
    assert scores == ["9", "13|IDVA: significantly increased"]


UNKNOWN = "A4 | C3 | V3 | 2026-03-08 | review | 8 | | | not_known"


@pytest.mark.parametrize("rows", [(WORSE, UNKNOWN), (UNKNOWN, WORSE)])
def test_a_change_that_is_not_known_hides_none_that_is(lens, rows) -> None:
    view = lens(PEOPLE + ON_ONE_DAY.format(*rows).strip(), "2026-03-31")
    scores = timeline(view, "C3").collect().filter(lane="DASH score")["text"].to_list()
    assert scores[-1] == "13|IDVA: significantly increased"


RATED_TWICE = """
risk_assessments
assessment_id | case_id | victim_survivor_id | assessed_on | stage | idva_change
{}
{}
"""
FELL = "A1 | C1 | V1 | 2026-04-20 | exit | significantly_reduced"
STAYED = "A2 | C1 | V1 | 2026-04-20 | exit | no_change"


@pytest.mark.parametrize("rows", [(FELL, STAYED), (STAYED, FELL)])
def test_of_two_ratings_on_one_day_the_least_favourable_counts(lens, rows) -> None:
    view = lens(PEOPLE + RATED_TWICE.format(*rows).strip(), "2026-06-30")
    assert risk_change.rated_as(view, "No change").collect()["case"].to_list() == ["C1"]


def test_numbers_by_rule_open_as_many_cases(made_up) -> None:
    view = made_up.lens(Viewer(Role.MANAGER, None))
    rows = rising.by_rule(view).collect()
    for row in rows.iter_rows(named=True):
        assert rising.flagged_by(view, row["rule"]).collect().height == row["cases"]
    listed = rising.rising(view).collect()
    assert listed.height == rows["flagged"][0]
    assert listed["case"].n_unique() == listed.height
    assert len(rising.whose_risk_rose(listed)) <= words.WIDE
    assert len(rising.what_flags_most(rows)) <= words.WIDE


def test_every_bar_opens_as_many_cases_as_it_says(made_up) -> None:
    view = made_up.lens(Viewer(Role.MANAGER, None))
    for row in risk_change.by_step(view).collect().iter_rows(named=True):
        assert risk_change.at_step(view, row["step"]).collect().height == row["cases"]
    for row in risk_change.by_cohort(view).collect().iter_rows(named=True):
        for part in ("cases", "lower", "same", "higher"):
            found = risk_change.of_cohort(view, row["cohort"], part).collect()
            assert found.height == row[part]
    for row in risk_change.by_rating(view).collect().iter_rows(named=True):
        assert risk_change.rated_as(view, row["rating"]).collect().height == row["cases"]
    for row in judged.by_ground(view).collect().iter_rows(named=True):
        assert judged.on_ground(view, row["ground"]).collect().height == row["cases"]
