"""Alive, ready and fresh are told apart."""

from datetime import datetime, timedelta

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.serving import Serving
from dashboard.serving.health import Health, routes
from dashboard.snapshot import Store
from dashboard.snapshot.snapshot import LONDON

REFERRALS = "referrals\nreferral_id | service_user_id | area_code | received_on\nR1 | P1 | B1 | {}"


@pytest.fixture
def service(given, tmp_path):
    """A store over one referral received so many days ago, and its health."""

    def make(days=0):
        on = (datetime.now(LONDON) - timedelta(days=days)).date()
        given(
            "areas\narea_code | name | county\nB1 | Slough | berkshire\n\n"
            "service_users\nservice_user_id\nP1\n\n" + REFERRALS.format(on)
        )
        store = Store(f"sqlite:///{tmp_path}/given-0.sqlite")
        return store, Health(lambda: store)

    return make


def caller(health, address="127.0.0.1"):
    return TestClient(Starlette(routes=routes(health, Serving())), client=(address, 1))


def test_before_the_first_reading_it_is_alive_and_not_ready(service):
    _, health = service()
    asks = caller(health)
    assert asks.get("/healthz/live").json() == {"state": "alive"}
    assert asks.get("/healthz/ready").status_code == 503
    assert asks.get("/healthz/ready").json()["state"] == "starting"
    assert asks.get("/healthz/fresh").status_code == 503


def test_with_records_of_today_it_is_fresh(service):
    store, health = service()
    store.current()
    health.warm = True
    for state in ("ready", "fresh"):
        answer = caller(health).get(f"/healthz/{state}")
        assert answer.status_code == 200
        assert answer.json()["state"] == state
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("days", "status"), [(8, 200), (9, 503)])
def test_old_records_are_stale_and_still_served(service, days, status):
    store, health = service(days)
    store.current()
    health.warm = True
    assert caller(health).get("/healthz/ready").status_code == 200
    answer = caller(health).get("/healthz/fresh")
    assert answer.status_code == status
    if status == 503:
        assert answer.json()["state"] == "stale"
        assert "9 days old; the limit is 8" in answer.json()["because"]


def test_a_database_gone_is_stale_and_still_served(service, monkeypatch):
    store, health = service()
    store.current()
    health.warm = True
    monkeypatch.setattr(store, "_url", "postgresql://nobody@127.0.0.1:1/none")
    monkeypatch.setattr(store, "_engine", None)
    store.newest()
    assert caller(health).get("/healthz/ready").status_code == 200
    answer = caller(health).get("/healthz/fresh")
    assert answer.status_code == 503
    assert "has been away since" in answer.json()["because"]


def test_without_any_records_to_be_had_it_is_not_ready(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/none.sqlite")
    health = Health(lambda: store)
    health.warm = True
    for path in ("/healthz/ready", "/healthz/fresh"):
        answer = caller(health).get(path)
        assert answer.status_code == 503
        assert answer.json()["state"] == "not ready"


def test_metrics_are_for_this_computer(service):
    _, health = service()
    assert caller(health, "10.0.0.5").get("/metrics").status_code == 403
    answer = caller(health).get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    assert answer.text.endswith("# EOF\n")
