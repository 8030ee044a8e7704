"""A copy holds every row of the original, on either engine, or nothing at all."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, insert, select, text, update
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.database import connect, migrate
from dashboard.database import database_url as parsed
from dashboard.database.tables import OWN, RECORDS, AuditEntry, Base, Case, Change, Import, Setting
from dashboard.demo import fill
from dashboard.upkeep.copying import NotCopied, compare, copy_database

run = CliRunner()
MOMENT = datetime(2026, 7, 1, 13, 45, 59, 123456, tzinfo=UTC)


@pytest.fixture(scope="module")
def original(tmp_path_factory) -> Engine:
    """A made-up service with rows in the dashboard's own tables too."""
    url = f"sqlite:///{tmp_path_factory.mktemp('original') / 'one.sqlite'}"
    fill(url, cases=30, seed=5, today=date(2026, 6, 30))
    engine = connect(parsed(url))
    with engine.begin() as connection:
        connection.execute(insert(Setting).values(name="caseload_target", value=17.5))
        connection.execute(
            insert(AuditEntry).values(
                at=MOMENT, who="Ünal “U” O'Neill\n\t\\N", what="page", details={"page": "a\\b"}
            )
        )
        connection.execute(insert(Change).values(at=MOMENT, who="A", what="x", after={"v": [1]}))
    return engine


@pytest.fixture
def target(database_url) -> Engine:
    engine = connect(parsed(database_url), create=True)
    yield engine
    engine.dispose()


def rows_of(engine: Engine) -> dict[str, list[tuple]]:
    with engine.connect() as connection:
        return {
            name: sorted(
                (tuple(row) for row in connection.execute(select(table))), key=lambda row: str(row)
            )
            for name, table in (RECORDS | OWN).items()
        }


def test_every_row_there_and_back(original, target, tmp_path):
    count = copy_database(original, target)
    back = connect(parsed(f"sqlite:///{tmp_path}/back.sqlite"), create=True)
    assert copy_database(target, back) == count
    expected = rows_of(original)
    assert rows_of(back) == expected
    assert count == sum(len(rows) for rows in expected.values()) > 1_000


def test_times_are_the_same_moment(original, target):
    copy_database(original, target)
    with target.connect() as connection:
        at = connection.scalar(select(AuditEntry.at))
    assert (at if at.tzinfo else at.replace(tzinfo=UTC)) == MOMENT


def test_numbers_go_on_after_the_last_one_copied(original, target):
    copy_database(original, target)
    values = {
        "started_at": MOMENT,
        "finished_at": MOMENT,
        "loaded": True,
        "files": [],
        "counts": {},
    }
    with target.begin() as connection:
        last = connection.scalar(select(Import.import_id))
        made = connection.execute(insert(Import).values(**values).returning(Import.import_id))
        assert made.scalar_one() == last + 1
        entry = insert(Change).values(at=MOMENT, who="B", what="x").returning(Change.change_id)
        assert connection.execute(entry).scalar_one() == 2


def test_a_target_with_a_single_row_is_refused(original, target):
    migrate(target)
    with target.begin() as connection:
        connection.execute(insert(Setting).values(name="service_name", value="Ours"))
    with pytest.raises(NotCopied, match="already holds something"):
        copy_database(original, target)
    assert {name for name, rows in rows_of(target).items() if rows} == {"settings"}


def test_somebody_elses_database_is_refused(original, target):
    with target.begin() as connection:
        connection.execute(text("CREATE TABLE recipes (name TEXT)"))
    with pytest.raises(NotCopied, match="already holds something"):
        copy_database(original, target)


def test_a_difference_is_found(original, target):
    copy_database(original, target)
    with target.begin() as connection:
        one = connection.scalar(select(Case.case_id).order_by(Case.case_id).limit(1))
        connection.execute(
            update(Case).where(Case.case_id == one).values(planned_end_on=date(2031, 1, 1))
        )
    with (
        original.connect() as first,
        target.connect() as second,
        pytest.raises(NotCopied, match=r"Row 1 of cases"),
    ):
        compare(Base.metadata.tables["cases"], first, second)


def test_a_missing_row_is_found(original, target):
    copy_database(original, target)
    with target.begin() as connection:
        connection.execute(text("DELETE FROM changes"))
    with (
        original.connect() as first,
        target.connect() as second,
        pytest.raises(NotCopied, match=r"Row 1 of changes"),
    ):
        compare(Base.metadata.tables["changes"], first, second)


def test_what_the_target_cannot_hold_leaves_nothing(original, postgresql_url, tmp_path):
    odd = connect(parsed(f"sqlite:///{tmp_path}/odd.sqlite"), create=True)
    copy_database(original, odd)
    with odd.begin() as connection:
        connection.execute(text("UPDATE case_managers SET name = 'A' || char(0)"))
    target = connect(parsed(postgresql_url))
    with pytest.raises(NotCopied, match=r"A row of case_managers: .*NUL.* Nothing was copied"):
        copy_database(odd, target)
    assert not any(rows_of(target).values())
    target.dispose()


def test_on_the_command_line(original, database_url):
    done = run.invoke(app, ["copy", original.url.database, database_url])
    assert done.exit_code == 0, done.output
    assert "every one is the same" in done.stdout
    again = run.invoke(app, ["copy", original.url.database, database_url])
    assert again.exit_code == 2
    assert "already holds something" in again.stderr


@pytest.mark.parametrize("source", ["nowhere.sqlite", "nonsense://"])
def test_a_source_that_is_not_there(source, tmp_path):
    done = run.invoke(app, ["copy", source, f"{tmp_path}/new.sqlite"])
    assert done.exit_code == 2
    assert "Traceback" not in done.output
    assert not (tmp_path / "new.sqlite").exists()
