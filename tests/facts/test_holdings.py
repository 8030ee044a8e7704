"""What the tables hold and how it came in: rows, first and last day, the last import."""

from datetime import UTC, date, datetime

import polars as pl
from sqlalchemy import insert, make_url
from three_cases import PEOPLE

from dashboard.access import Role, Viewer
from dashboard.database import connect
from dashboard.database.tables import Import, RejectedRow
from dashboard.snapshot import read_snapshot

COUNTS = {"inserted": 0, "updated": 0, "unchanged": 0, "rejected": 0, "removed": 0}


def lens_after(given, tmp_path, text, imports=(), rejected=()):
    given(text)
    engine = connect(make_url(f"sqlite:///{tmp_path}/given-0.sqlite"))
    with engine.begin() as connection:
        for values in imports:
            connection.execute(insert(Import).values(**values))
        for values in rejected:
            connection.execute(insert(RejectedRow).values(**values))
    return read_snapshot(engine).lens(Viewer(Role.MANAGER, None))


def imported(number, at, loaded=True, files=("a.csv",), **counts):
    return {
        "import_id": number,
        "started_at": at,
        "finished_at": at,
        "loaded": loaded,
        "files": list(files),
        "counts": {name: COUNTS | each for name, each in counts.items()},
    }


def row(lens, table):
    return lens.numbers("tables").filter(pl.col("table") == table).collect().row(0, named=True)


def test_rows_and_the_days_on_which_something_happened(given, tmp_path):
    lens = lens_after(given, tmp_path, PEOPLE)
    assert row(lens, "cases") == {
        "table": "cases",
        "rows": 3,
        "first_day": date(2026, 1, 5),
        "last_day": date(2026, 5, 1),
        "next_day": None,
        "import": None,
        "loaded": None,
    }
    assert row(lens, "contacts")["rows"] == 0
    assert row(lens, "contacts")["last_day"] is None
    assert row(lens, "service_users")["first_day"] is None


def test_due_days_and_days_ahead_are_nothing_that_happened(given, tmp_path):
    text = (
        PEOPLE
        + """
reviews
review_id | case_id | due_on     | held_on
RV1       | C1      | 2026-01-01 | 2026-03-01
RV2       | C1      | 2030-01-01 |

annotations
on         | area | text
2026-02-01 | all  | Begun
2099-01-01 | all  | Planned
"""
    )
    lens = lens_after(given, tmp_path, text)
    assert row(lens, "reviews")["first_day"] == row(lens, "reviews")["last_day"] == date(2026, 3, 1)
    assert row(lens, "reviews")["next_day"] is None
    assert row(lens, "annotations")["last_day"] == date(2026, 2, 1)
    assert row(lens, "annotations")["next_day"] == date(2099, 1, 1)


def test_the_last_import_with_rows_of_a_table_is_the_last_that_was_loaded(given, tmp_path):
    summer, winter = datetime(2026, 7, 1, 12, tzinfo=UTC), datetime(2026, 12, 1, 12, tzinfo=UTC)
    lens = lens_after(
        given,
        tmp_path,
        PEOPLE,
        [
            imported(1, summer, cases={"read": 3, "inserted": 3}, referrals={"read": 3}),
            imported(2, winter, cases={"read": 3, "unchanged": 3}),
            imported(3, winter, loaded=False, referrals={"read": 1, "rejected": 1}),
        ],
    )
    assert (row(lens, "cases")["import"], row(lens, "referrals")["import"]) == (2, 1)
    # London's clocks: an hour ahead in summer.
    assert row(lens, "referrals")["loaded"] == datetime(2026, 7, 1, 13)  # noqa: DTZ001
    assert row(lens, "cases")["loaded"] == datetime(2026, 12, 1, 12)  # noqa: DTZ001


def test_an_import_with_its_counts_and_the_rows_it_refused(given, tmp_path):
    at = datetime(2026, 12, 1, 12, tzinfo=UTC)
    refused = {"import_id": 1, "column": None, "value": None, "reason": "no", "content": {}}
    lens = lens_after(
        given,
        tmp_path,
        PEOPLE,
        [
            imported(
                1,
                at,
                files=("a.csv", "b.csv"),
                cases={"read": 4, "inserted": 1, "updated": 1, "unchanged": 1, "rejected": 1},
                referrals={"read": 2, "inserted": 1, "rejected": 1, "removed": 5},
            )
        ],
        [refused | {"file": "a.csv", "row": 2}],
    )
    (found,) = lens.numbers("imports").collect().to_dicts()
    assert found == {
        "import": 1,
        "at": datetime(2026, 12, 1, 12),  # noqa: DTZ001
        "loaded": True,
        "files": "a.csv, b.csv",
        "tables": ["cases", "referrals"],
        "read": 6,
        "inserted": 2,
        "updated": 1,
        "unchanged": 1,
        "rejected": 2,
        "removed": 5,
        # One row of a file that fed both tables.
        "refused": 1,
    }


def test_they_are_the_same_through_every_lens(given, tmp_path):
    lens = lens_after(given, tmp_path, PEOPLE)
    none = lens.of(frozenset())
    for name in ("tables", "imports"):
        assert none.numbers(name).collect().equals(lens.numbers(name).collect())
