"""Over many cases the figures are those of the profile: the published ones, and the invented."""

from datetime import timedelta

import polars as pl
import pytest
from made_up import Service

LEAST_FAVOURABLE = [
    "significantly_reduced",
    "moderately_reduced",
    "no_change",
    "moderately_increased",
    "significantly_increased",
]
FOLLOW_UP = timedelta(days=182)


def share(rows: pl.Series) -> float:
    return float(rows.cast(pl.Float64).mean())  # type: ignore[arg-type]


def test_seven_in_ten_decided_referrals_are_accepted(large: Service) -> None:
    decided = large.read("referral_decisions").filter(pl.col("decision") != "defer")
    assert share(decided["decision"] == "accept") == pytest.approx(0.72, abs=0.025)


def test_two_in_three_cases_close_as_planned(large: Service) -> None:
    closed = large.read("cases").drop_nulls("closed_on")
    planned = share(closed["closure_reason"] == "planned_completion")
    assert planned == pytest.approx(0.66, abs=0.05)
    length = (closed["closed_on"] - closed["allocated_on"]).dt.total_days()
    assert length.filter(closed["closure_reason"] == "planned_completion").median() == (
        pytest.approx(305, abs=6)
    )


@pytest.mark.parametrize(
    ("abuse", "fewer"),
    [
        ("physical", 0.82),
        ("sexual", 0.88),
        ("harassment_stalking", 0.75),
        ("jealous_controlling", 0.73),
    ],
)
def test_abuse_falls_as_published(large: Service, abuse: str, fewer: float) -> None:
    rows = large.read("abuse_assessments").filter(
        pl.col("severity").is_not_null(), abuse_type=abuse
    )
    pairs = (
        rows.filter(stage="intake")
        .select("case_id", before=pl.col("severity") != "none")
        .join(
            rows.filter(stage="exit").select("case_id", after=pl.col("severity") != "none"),
            on="case_id",
        )
    )
    assert len(pairs) > 1500
    assert 1 - pairs["after"].sum() / pairs["before"].sum() == pytest.approx(fewer, abs=0.035)


def test_risk_is_reduced_in_82_per_cent_of_closed_cases(large: Service) -> None:
    worst = (
        large.read("risk_assessments")
        .filter(pl.col("idva_change").is_in(LEAST_FAVOURABLE), stage="exit")
        .with_columns(pl.col("idva_change").cast(pl.Enum(LEAST_FAVOURABLE)).to_physical())
        .group_by("case_id")
        .agg(pl.col("idva_change").max())
    )
    assert share(worst["idva_change"] <= 1) == pytest.approx(0.82, abs=0.025)


def test_dash_scores_fall_from_intake_to_exit(large: Service) -> None:
    means = {
        row["stage"]: row["dash_score"]
        for row in large.read("risk_assessments")
        .group_by("stage")
        .agg(pl.col("dash_score").mean())
        .to_dicts()
    }
    assert means["intake"] == pytest.approx(15.5, abs=0.4)
    assert means["intake"] - means["exit"] == pytest.approx(6.3, abs=0.7)


def test_a_score_of_14_is_high_and_some_are_high_below_it(large: Service) -> None:
    scored = large.read("risk_assessments").drop_nulls("dash_score")
    at_14 = scored.filter(pl.col("dash_score") >= 14)
    assert share(at_14["risk_level"] == "high") > 0.985
    below = scored.filter(pl.col("dash_score") < 14, risk_level="high")
    assert len(below) > 100
    assert (below["judgement"] != "score").all()


def test_victim_survivors_are_in_the_national_ratios(large: Service) -> None:
    cases = large.read("cases").join(large.read("referrals"), on="referral_id")
    people = large.read("victim_survivors")
    of = cases["service_user_id"].n_unique()
    assert len(people.filter(age_group="adult")) / of == pytest.approx(1.12, abs=0.03)
    assert len(people.filter(age_group="child")) / of == pytest.approx(2.04, abs=0.09)
    links = large.read("case_victim_survivors")
    in_two = links.group_by("victim_survivor_id").len().filter(pl.col("len") > 1)
    assert 0.01 < len(in_two) / len(people) < 0.05
    assert share(links["lives_with"].drop_nulls()) == pytest.approx(0.1, abs=0.02)


def test_sexes_are_in_the_national_shares(large: Service) -> None:
    users = large.read("service_users")["sex"].drop_nulls()
    assert share(users == "male") == pytest.approx(0.94, abs=0.015)
    adults = large.read("victim_survivors").filter(age_group="adult")["sex"].drop_nulls()
    assert share(adults == "female") == pytest.approx(0.97, abs=0.012)


def test_four_in_five_adults_engage_with_an_idva(large: Service) -> None:
    adults = (
        large.read("case_victim_survivors")
        .join(large.read("victim_survivors"), on="victim_survivor_id")
        .filter(age_group="adult")
    )
    assert share(adults["idva_engaged_on"].is_not_null()) == pytest.approx(0.78, abs=0.03)


def test_contacts_are_some_25_a_case_and_reviews_mostly_in_time(large: Service) -> None:
    assert len(large.read("contacts")) / large.summary.cases == pytest.approx(27, abs=4)
    due = large.read("reviews").filter(pl.col("due_on") <= large.today)
    in_time = due.select((pl.col("held_on") <= pl.col("due_on")).fill_null(False)).to_series()
    assert share(in_time) == pytest.approx(0.82, abs=0.03)
    assert len(large.read("risk_assessments")) / large.summary.cases == pytest.approx(5, abs=0.6)


def test_contacts_are_mostly_within_the_set_time_of_the_risk(large: Service) -> None:
    levels = (
        large.read("risk_assessments")
        .sort("assessed_on", pl.col("risk_level") == "high")
        .select("case_id", "assessed_on", "risk_level")
    )
    kept = large.read("contacts").filter(outcome="kept").sort("occurred_on")
    gaps = (
        kept.join_asof(
            levels,
            left_on="occurred_on",
            right_on="assessed_on",
            by="case_id",
            check_sortedness=False,
        )
        .sort("case_id", "occurred_on")
        .with_columns(then=pl.col("occurred_on").shift(-1).over("case_id"))
        .drop_nulls("then")
        .with_columns(
            days=pl.col("risk_level")
            .replace_strict({"high": 7, "medium": 14, "standard": 28}, default=7)
            .cast(pl.Int64)
        )
    )
    in_time = (gaps["then"] - gaps["occurred_on"]).dt.total_days() <= gaps["days"]
    assert share(in_time) == pytest.approx(0.885, abs=0.02)


def test_four_in_five_partner_actions_are_done_in_time(large: Service) -> None:
    due = large.read("partner_actions").filter(pl.col("due_on") <= large.today)
    done = due.select((pl.col("completed_on") <= pl.col("due_on")).fill_null(False)).to_series()
    assert share(done) == pytest.approx(0.8, abs=0.03)


def crimes(service: Service, spans: pl.DataFrame) -> float:
    """Crimes in the six months after the end, against the six before the start."""
    known = spans.filter(pl.col("end") + FOLLOW_UP <= service.today).join(
        service.read("police_incidents").filter(pl.col("is_crime")), on="person_id"
    )
    day = pl.col("occurred_on")
    before = known.filter(day >= pl.col("start") - FOLLOW_UP, day < pl.col("start"))
    after = known.filter(day >= pl.col("end"), day < pl.col("end") + FOLLOW_UP)
    assert len(before) > 500
    return len(after) / len(before)


def test_crimes_fall_by_three_in_ten_after_a_case(large: Service) -> None:
    cases = large.read("cases").join(large.read("referrals"), on="referral_id")
    spans = cases.select(person_id="service_user_id", start="allocated_on", end="closed_on")
    alone = spans.filter(pl.len().over("person_id") == 1)
    assert crimes(large, alone) == pytest.approx(0.7, abs=0.06)


def test_with_comparison_people_nothing_changes(large: Service) -> None:
    people = large.read("comparison_people")
    assert len(people) == large.summary.cases // 3
    spans = people.select("person_id", start="index_on", end="end_on")
    assert crimes(large, spans) == pytest.approx(1.0, abs=0.12)


def test_marac_hears_fewer_after_a_case(large: Service) -> None:
    referred = large.read("marac_referrals").join(
        large.read("cases")
        .join(large.read("referrals"), on="referral_id")
        .select("allocated_on", "closed_on", person_id="service_user_id")
        .filter(pl.col("closed_on") + timedelta(days=365) <= large.today),
        on="person_id",
    )
    day = pl.col("referred_on")
    year = timedelta(days=365)
    before = referred.filter(day >= pl.col("allocated_on") - year, day < pl.col("allocated_on"))
    after = referred.filter(day >= pl.col("closed_on"), day < pl.col("closed_on") + year)
    assert len(after) / len(before) == pytest.approx(0.55, abs=0.1)


def test_districts_send_in_proportion_to_people_and_their_own_rate(large: Service) -> None:
    rates = {
        row["name"]: row["len"] / row["population"]
        for row in large.read("referrals")
        .group_by("area_code")
        .len()
        .join(large.read("areas"), on="area_code")
        .to_dicts()
    }
    assert len(rates) == 13
    assert {"Slough", "Reading"} == set(sorted(rates, key=rates.__getitem__)[-2:])
    low = {"Wokingham", "Buckinghamshire", "South Oxfordshire", "West Oxfordshire"}
    assert set(sorted(rates, key=rates.__getitem__)[:3]) < low


def test_real_records_have_holes_and_mistakes_and_so_do_these(large: Service) -> None:
    referrals, cases = large.read("referrals"), large.read("cases")
    assert 0.01 < share(referrals["agency_id"].is_null()) < 0.03
    assert 0.004 < share(referrals["area_code"].is_null()) < 0.013
    assert 0.02 < share(large.read("risk_assessments")["dash_score"].is_null()) < 0.04
    late = large.read("contacts").join(cases, on="case_id")
    assert late.filter(pl.col("occurred_on") > pl.col("closed_on")).height > 5
    closed = cases.drop_nulls("closed_on")
    with_exit = large.read("risk_assessments").filter(stage="exit")
    missing = closed.join(with_exit, on="case_id", how="anti")
    assert 0.05 < len(missing) / len(closed) < 0.11
    twice = referrals.join(large.read("service_users"), on="service_user_id").filter(
        pl.struct("received_on", "agency_id", "route", "year_of_birth", "sex").is_duplicated(),
        pl.col("year_of_birth").is_not_null(),
    )
    assert len(twice) > 5
