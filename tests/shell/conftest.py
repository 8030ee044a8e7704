"""People who sign in to the dashboard over made-up records."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from signed_in_people import OWNER
from sqlalchemy import Engine, delete, make_url
from streamlit.elements.lib.mutable_popover_container import PopoverContainer
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard.access import Role, granting, sign_in
from dashboard.access.aside import settled
from dashboard.database import connect
from dashboard.database.tables import (
    AuditEntry,
    Grant,
    GroupGrant,
    Person,
    SavedView,
    SignIn,
)
from dashboard.shell import signed_in, visit

APP = str(Path(dashboard.__file__).parent / "app.py")
PROVIDER = {
    sign_in.METADATA: "http://localhost:1/.well-known/openid-configuration",
    sign_in.CLIENT: "drive",
    sign_in.SECRET: "of the client",
    sign_in.ADDRESS: "http://localhost:2",
    sign_in.COOKIE: "a cookie's secret of enough characters",
}


@dataclass
class People:
    """Who is granted what in a made-up database of their own."""

    engine: Engine
    numbers: dict[str, int] = field(default_factory=dict)

    def grant(self, email: str, role: Role, area: str = "all", worker: str | None = None) -> int:
        with granting.changing(self.engine) as connection:
            if email not in self.numbers:
                name = email.split("@")[0]
                self.numbers[email] = granting.add_person(connection, OWNER, name, email, None)
            wanted = granting.Wanted(role, area, None, None, worker, "for a test")
            today = datetime.now(UTC).date()
            person = self.numbers[email]
            return granting.grant(connection, OWNER, person, wanted, today - timedelta(days=1))


@pytest.fixture
def everything_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is made once somebody opens it is made at once: a test of this kind presses nothing."""
    monkeypatch.setattr(PopoverContainer, "open", True)


@pytest.fixture(scope="session")
def peoples_database(made_up_database: str, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The made-up service in a file of its own, in which people come and go."""
    file = tmp_path_factory.mktemp("people") / "people.sqlite"
    shutil.copy(make_url(made_up_database).database or "", file)
    return connect(make_url(f"sqlite:///{file}"))


@pytest.fixture
def people(peoples_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[People]:
    """Nobody yet, nothing that anybody kept, and an empty trail."""
    settled()
    with peoples_database.begin() as connection:
        for table in (SavedView, Grant, GroupGrant, Person, SignIn, AuditEntry):
            connection.execute(delete(table))
    url = peoples_database.url.render_as_string(hide_password=False)
    monkeypatch.setenv("DRIVE_DATABASE_URL", url)
    yield People(peoples_database)
    settled()


@pytest.fixture
def a_browser(people: People, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    """Opens the dashboard as somebody signed in (None: nobody); gives the finished run.

    Lists are parameters of the address, everything else is a claim of the token.
    """
    for name, value in PROVIDER.items():
        monkeypatch.setenv(name, value)
    visit.store.clear()
    signed_in.sign_ins.clear()

    def open_as(email: str | None, **other: Any) -> AppTest:
        query = {name: value for name, value in other.items() if isinstance(value, list)}
        now = datetime.now(UTC)
        token = {
            "is_logged_in": email is not None,
            "sub": f"sub-of-{email}",
            "email": email,
            "email_verified": True,
            "name": "Ann Example",
            "iat": now.timestamp(),
            "exp": (now + timedelta(hours=1)).timestamp(),
        } | {name: value for name, value in other.items() if name not in query}
        trusted = signed_in.st.get_option("server.trustedUserHeaders")
        real = signed_in._token
        monkeypatch.setattr(signed_in, "_token", lambda: token if not trusted else real())
        app = AppTest.from_file(APP, default_timeout=60)
        for key, values in query.items():
            app.query_params[key] = values
        return app.run()

    yield open_as
    visit.store.clear()
    signed_in.sign_ins.clear()
