"""What people keep is written and read the same way on both engines."""

from datetime import date

import small_tables

from dashboard.access import Role, Viewer
from dashboard.database import connect, migrate
from dashboard.database import database_url as parsed
from dashboard.database.settings import read_settings
from dashboard.keeping.annotations import add_annotation
from dashboard.keeping.changes import history
from dashboard.keeping.periods import set_capacity, set_target
from dashboard.keeping.reading import annotations, capacities, places, targets, workers
from dashboard.keeping.settings import set_setting
from dashboard.keeping.views import LAST, View, keep_view, views_of

SERVICE = """
areas
area_code | name    | county
R         | Reading | berkshire

case_managers
case_manager_id | name
W1              | Ash

case_manager_areas
case_manager_id | area_code | from_on
W1              | R         | 2026-01-01
"""


def test_everything_kept_comes_back(database_url):
    engine = connect(parsed(database_url), create=True)
    migrate(engine)
    with engine.begin() as connection:
        small_tables.write(connection, SERVICE)
    kim, day = Viewer(Role.MANAGER, None, name="kim"), date(2026, 4, 1)

    set_target(engine, kim, "active_cases", "R", day, None, 12)
    set_capacity(engine, kim, "W1", day, None, 0.5, 20)
    add_annotation(engine, kim, day, "all", "New route")
    set_setting(engine, kim, "contact_days_high", 5)
    keep_view(engine, "kim", View(LAST, "risk", {"area": ["R"]}))

    with engine.connect() as connection:
        within = places(connection, kim, "Thames Valley")
        assert within.names == {
            "all": "All Thames Valley",
            "berkshire": "Berkshire",
            "R": "Reading",
        }
        assert [row["value"] for row in targets(connection, within)] == [12]
        assert workers(connection, kim, day) == {"W1": "Ash"}
        assert [row["fte"] for row in capacities(connection, {"W1": "Ash"})] == [0.5]
        assert [row["text"] for row in annotations(connection, within)] == ["New route"]
        assert read_settings(connection).contact_days_high == 5
        kept = [
            row["what"]
            for row in history(connection, "setting", "target", "capacity", "annotation")
        ]
        assert kept == ["setting", "annotation", "capacity", "target"]
    assert views_of(engine, "kim") == [View(LAST, "risk", {"area": ["R"]})]
    engine.dispose()
