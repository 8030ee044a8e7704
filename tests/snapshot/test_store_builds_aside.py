"""A newer snapshot is built aside: until it is whole the one before serves, and nobody waits."""

import threading

import pytest
from sqlalchemy import make_url
from three_cases import PEOPLE

from dashboard.database import connect, marks
from dashboard.snapshot import Store, store
from dashboard.snapshot.snapshot import read_snapshot, state_of


@pytest.fixture
def url(given, tmp_path):
    given(PEOPLE)
    return f"sqlite:///{tmp_path}/given-0.sqlite"


@pytest.fixture
def served(url, tmp_path, monkeypatch):
    monkeypatch.setattr(store, "EVERY", 0)
    return Store(url, tmp_path / "snapshots")


def test_the_one_before_serves_until_the_new_one_is_whole(served, url, monkeypatch):
    first = served.current()
    go_on = threading.Event()

    def slowly(*given):
        assert go_on.wait(20)
        return read_snapshot(*given)

    monkeypatch.setattr(store, "read_snapshot", slowly)
    with connect(make_url(url)).begin() as connection:
        marks.move_version(connection)
    assert served.current() is first
    assert served.current() is first
    go_on.set()
    served._follower.join(20)
    assert served.held.version == first.version + 1
    assert served.current() is served.held


def test_what_is_not_committed_is_not_seen(served, url):
    first = served.current()
    with connect(make_url(url)).connect() as half, half.begin() as transaction:
        half.exec_driver_sql("DELETE FROM contacts")
        marks.move_version(half)
        assert served.newest() is first
        transaction.rollback()
    assert served.newest() is first


def test_the_database_is_asked_once_for_many_screens(served, monkeypatch):
    asked = []
    monkeypatch.setattr(store, "EVERY", 60)
    monkeypatch.setattr(store, "state_of", lambda each: asked.append(each) or state_of(each))
    for _ in range(50):
        served.current()
    assert len(asked) == 1


def test_a_silent_database_keeps_nobody_waiting(served, monkeypatch):
    first = served.current()
    answer = threading.Event()
    monkeypatch.setattr(store, "state_of", lambda each: answer.wait(20) and state_of(each))
    monkeypatch.setattr(store, "PATIENCE", 0.01)
    assert served.current() is first
    assert served._follower.is_alive()
    answer.set()
    served._follower.join(20)
