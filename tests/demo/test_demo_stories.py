"""Each planted story can be found in the records, whatever the seed and the day."""

from datetime import date, timedelta

import polars as pl
import pytest
from made_up import Service, make

from dashboard.demo import STORIES
from dashboard.demo.stories import DRIED_UP_DISTRICT, NEVER_REFERRED, OVERDUE_PARTNER

MADE = [
    (None, 1, date(2026, 10, 31)),
    (None, 3, date(2025, 9, 15)),
]
# The same on more seeds and days, and at another size, is among the long tests.
MORE = [
    (None, 2, date(2026, 10, 31)),
    (None, 4, date(2026, 3, 3)),
    (None, 5, date(2027, 8, 8)),
    (1500, 6, date(2026, 6, 30)),
]


@pytest.fixture(
    scope="module",
    params=[*MADE, *(pytest.param(each, marks=pytest.mark.slow) for each in MORE)],
    ids=lambda each: f"seed {each[1]} on {each[2]}",
)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Service:
    cases, seed, today = request.param
    return make(tmp_path_factory.mktemp("stories"), cases, seed, today)


def loads(made: Service) -> pl.DataFrame:
    """Workers in post: active cases, own target, county."""
    held = made.read("assignments").filter(pl.col("to_on").is_null())
    county = (
        made.read("case_manager_areas")
        .join(made.read("areas"), on="area_code")
        .group_by("case_manager_id")
        .agg(pl.col("county").first())
    )
    return (
        made.read("case_manager_hours")
        .filter(pl.col("to_on").is_null())
        .with_columns(target=pl.col("fte") * pl.col("caseload_target"))
        .join(held.group_by("case_manager_id").agg(cases=pl.len()), on="case_manager_id")
        .join(county, on="case_manager_id")
    )


def test_worker_over_target(made: Service) -> None:
    workers = loads(made).filter(county="berkshire")
    over = workers["cases"] - workers["target"]
    assert over.max() >= 1  # type: ignore[operator]
    assert over.min() <= -1  # type: ignore[operator]
    assert (over > 1).sum() / len(over) < 0.4


def test_case_gone_quiet(made: Service) -> None:
    case = made.summary.stories["case_gone_quiet"]
    contacts = made.read("contacts").filter(case_id=case)
    assert len(contacts) > 3
    assert contacts["occurred_on"].max() < made.today - timedelta(days=40)  # type: ignore[operator]
    assert made.read("cases").filter(case_id=case)["closed_on"].to_list() == [None]
    latest = made.read("risk_assessments").filter(case_id=case).sort("assessed_on")
    assert latest["risk_level"].to_list()[-1] == "high"


def test_risk_risen(made: Service) -> None:
    case = made.summary.stories["risk_risen"]
    assessed = made.read("risk_assessments").filter(case_id=case).sort("assessed_on")
    assert set(assessed.filter(stage="intake")["dash_score"]) == {11}
    assert set(assessed.filter(pl.col("stage") != "intake")["dash_score"]) == {19}
    assert made.read("cases").filter(case_id=case)["closed_on"].to_list() == [None]


def test_referrals_dried_up(made: Service) -> None:
    received = made.read("referrals").filter(area_code=DRIED_UP_DISTRICT)["received_on"]
    quiet_since = made.today - timedelta(days=98)
    assert received.max() <= quiet_since  # type: ignore[operator]
    assert (received > quiet_since - timedelta(days=98)).sum() >= 3


def test_waiting_times_shifted(made: Service) -> None:
    annotations = made.read("annotations")
    shift = annotations.filter(text="Referral panel meets every week")["on"].item()
    days = (
        made.read("cases")
        .join(made.read("referrals"), on="referral_id")
        .with_columns(days=(pl.col("allocated_on") - pl.col("received_on")).dt.total_days())
    )
    before = days.filter(pl.col("allocated_on") < shift)["days"]
    since = days.filter(pl.col("allocated_on") >= shift + timedelta(days=35))["days"]
    assert before.median() - since.median() >= 6  # type: ignore[operator]
    months = (
        days.filter(pl.col("allocated_on") >= shift + timedelta(days=35))
        .group_by(pl.col("allocated_on").dt.truncate("1mo"))
        .agg(pl.col("days").median(), pl.len())
        .filter(pl.col("len") >= 10)
    )
    assert (months["days"] < before.median()).all()


def test_county_behind_course(made: Service) -> None:
    course = (
        made.read("targets")
        .filter(measure="referrals_received")
        .with_columns(
            share=(pl.min_horizontal("to_on", pl.lit(made.today)) - pl.col("from_on"))
            / (pl.col("to_on") - pl.col("from_on"))
        )
        .group_by(county="area")
        .agg((pl.col("value") * pl.col("share")).sum())
    )
    received = (
        made.read("referrals")
        .join(made.read("areas"), on="area_code")
        .group_by("county")
        .len()
        .join(course, on="county")
    )
    ratio = {row["county"]: row["len"] / row["value"] for row in received.to_dicts()}
    behind = ratio.pop("buckinghamshire-mk")
    assert behind < 0.9
    assert min(ratio.values()) > 0.9


def test_agency_never_referred(made: Service) -> None:
    agency = made.read("agencies").filter(agency_id=NEVER_REFERRED)
    assert agency["joined_on"].to_list() == [date(2024, 3, 21)]
    assert NEVER_REFERRED not in set(made.read("referrals")["agency_id"])


def test_partner_overdue(made: Service) -> None:
    overdue = (
        made.read("partner_actions")
        .filter(pl.col("completed_on").is_null(), pl.col("due_on") < made.today)
        .filter(pl.col("raised_on") >= made.today - timedelta(days=150))
        .group_by("agency_id")
        .len()
        .sort("len", descending=True)
    )
    assert overdue["agency_id"][0] == OVERDUE_PARTNER
    assert overdue["len"][0] >= 4


def test_post_vacant(made: Service) -> None:
    managers = made.read("case_managers")
    left = managers.filter(pl.col("left_on") == made.today - timedelta(days=63))
    assert len(left) == 1
    note = made.read("annotations").filter(text="A case manager’s post falls vacant")
    assert note.select("on", "area").rows() == [(left["left_on"].item(), "oxfordshire")]
    areas = made.read("case_manager_areas").join(made.read("areas"), on="area_code")
    since = managers.filter(pl.col("started_on") > left["left_on"].item())
    if made.summary.cases < 1000:  # one team a county
        begun = areas.join(since, on="case_manager_id", how="semi").filter(county="oxfordshire")
        assert begun.is_empty()


def test_every_story_has_a_test_here() -> None:
    tests = {name.removeprefix("test_") for name in globals() if name.startswith("test_")}
    assert {story.key for story in STORIES} <= tests
