"""A small service to change: two districts of one county, one of another, a case manager each."""

import shutil

import pytest
import small_tables

from dashboard.access import Role, Viewer
from dashboard.database import connect
from dashboard.database import database_url as parsed

SERVICE = """
areas
area_code | name    | county
R         | Reading | berkshire
S         | Slough  | berkshire
O         | Oxford  | oxfordshire

case_managers
case_manager_id | name
W1              | Ash
W2              | Birch

case_manager_areas
case_manager_id | area_code | from_on
W1              | R         | 2026-01-01
W2              | R         | 2026-01-01
W2              | O         | 2026-01-01
"""


@pytest.fixture
def service_url(tmp_path, empty_database) -> str:
    """The address of the small service's database."""
    url = f"sqlite:///{shutil.copy(empty_database, tmp_path / 'service.sqlite')}"
    with connect(parsed(url)).begin() as connection:
        small_tables.write(connection, SERVICE)
    return url


@pytest.fixture
def engine(service_url: str):
    made = connect(parsed(service_url))
    yield made
    made.dispose()


@pytest.fixture
def manager() -> Viewer:
    return Viewer(Role.MANAGER, None, name="kim@example.org")


@pytest.fixture
def of_berkshire() -> Viewer:
    return Viewer(Role.MANAGER, frozenset({"R", "S"}), name="lee@example.org")


@pytest.fixture
def administrator() -> Viewer:
    return Viewer(Role.ADMINISTRATOR, None, name="max@example.org")
