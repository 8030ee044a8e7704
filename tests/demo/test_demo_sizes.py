"""A larger service is more of the same: more workers with like caseloads, not more years."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from made_up import TODAY, Service, make

from dashboard.demo.case_manager_tables import INITIALS, _further_initials, _name


def places(service: Service) -> float:
    hours = service.read("case_manager_hours").filter(pl.col("to_on").is_null())
    return float((hours["fte"] * hours["caseload_target"]).sum())


def active(service: Service) -> int:
    return int(service.read("cases")["closed_on"].is_null().sum())


@pytest.mark.parametrize("cases", [1, 2, 25, 400])
def test_there_are_as_many_cases_as_asked_for(tmp_path: Path, cases: int) -> None:
    made = make(tmp_path, cases, 3, TODAY)
    assert made.summary.cases == len(made.read("cases")) == cases


def test_by_default_450_referrals_come_in_a_year(service: Service) -> None:
    received = service.read("referrals")["received_on"]
    last_year = (received > date(2025, 10, 31)).sum()
    assert 450 * 0.88 < last_year < 450 * 1.12


def test_by_default_there_are_about_fourteen_case_managers(service: Service) -> None:
    in_post = service.read("case_managers")["left_on"].is_null().sum()
    assert 11 <= in_post <= 17
    assert 130 <= active(service) <= 260


@pytest.mark.parametrize("name", ["service", "large"])
def test_most_places_are_in_use(name: str, request: pytest.FixtureRequest) -> None:
    made: Service = request.getfixturevalue(name)
    assert 0.82 <= active(made) / places(made) <= 0.98


def test_a_larger_service_has_more_workers_and_the_same_years(
    service: Service, large: Service
) -> None:
    times = large.summary.cases / service.summary.cases
    workers = [len(each.read("case_managers")) for each in (service, large)]
    assert workers[1] / workers[0] == pytest.approx(times, rel=0.3)
    for day in ("received_on",):
        first, last = (
            [getattr(each.read("referrals")[day], end)() for each in (service, large)]
            for end in ("min", "max")
        )
        assert abs((first[0] - first[1]).days) < 21
        assert abs((last[0] - last[1]).days) < 7


def test_waiting_is_a_short_list(service: Service) -> None:
    accepted = service.read("referral_decisions").filter(pl.col("decision") == "accept")
    waiting = (
        service.read("referrals")
        .filter(pl.col("withdrawn_on").is_null())
        .join(accepted, on="referral_id", how="semi")
        .join(service.read("cases"), on="referral_id", how="anti")
    )
    assert 4 <= len(waiting) <= 20


@pytest.mark.parametrize("today", [date(2024, 3, 21), date(2024, 4, 30), date(2024, 9, 1)])
def test_the_first_weeks_can_be_made_too(tmp_path: Path, today: date) -> None:
    made = make(tmp_path, None, 1, today)
    received = made.read("referrals")["received_on"]
    assert received.is_empty() or received.max() <= today  # type: ignore[operator]


def test_names_do_not_run_out() -> None:
    names = [_name(number) for number in range(100_000)]
    assert len(set(names)) == len(names)
    assert _further_initials(0) == ""
    assert _further_initials(19) == f" {INITIALS[18]}."
    assert _further_initials(20) == f" {INITIALS[0]}. {INITIALS[0]}."
