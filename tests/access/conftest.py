"""A small service with its areas and case managers, and a clock that tests turn."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import small_tables
from signed_in_people import NOON, OWNER, TODAY
from sqlalchemy import Engine, make_url

from dashboard.access import Role, granting
from dashboard.access.aside import settled
from dashboard.database import connect, migrate

SERVICE = """
areas
area_code | name    | county
B1        | Slough  | berkshire
B2        | Reading | berkshire
O1        | Oxford  | oxfordshire

case_managers
case_manager_id | name
CM-1            | Priya N.
CM-2            | Grace J.
"""


@pytest.fixture
def service(tmp_path: Path, empty_database: Path) -> Iterator[Engine]:
    """The database of the small service."""
    file = shutil.copy(empty_database, tmp_path / "service.sqlite")
    engine = connect(make_url(f"sqlite:///{file}"))
    with engine.begin() as connection:
        small_tables.write(connection, SERVICE)
    yield engine
    settled()
    engine.dispose()


@pytest.fixture
def service_on_both(database_url: str) -> Iterator[Engine]:
    """The same on SQLite and on PostgreSQL, for what the engines may do differently."""
    engine = connect(make_url(database_url), create=True)
    migrate(engine)
    with engine.begin() as connection:
        small_tables.write(connection, SERVICE)
    yield engine
    settled()
    engine.dispose()


class Clock:
    """The time, as far as a test is concerned."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def granted(service: Engine) -> Callable[..., int]:
    """Grants a role to somebody, adding them if they are new; gives the grant's number."""
    numbers: dict[str, int] = {}

    def give(
        role: Role,
        area: str = "all",
        email: str = "ann@example.org",
        start: date | None = None,
        end: date | None = None,
        worker: str | None = None,
    ) -> int:
        with granting.changing(service) as connection:
            if email not in numbers:
                numbers[email] = granting.add_person(connection, OWNER, "Ann", email, None)
            wanted = granting.Wanted(role, area, start, end, worker, "for a test")
            return granting.grant(connection, OWNER, numbers[email], wanted, TODAY)

    return give
