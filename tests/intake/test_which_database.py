"""Which databases an import goes into, and which it leaves alone."""

from small_service import SERVICE, Intake
from sqlalchemy import text

from dashboard.database.connection import connect
from dashboard.database.connection import database_url as as_url
from dashboard.database.marks import mark_made_up


def test_nothing_goes_into_a_database_of_made_up_records(service: Intake) -> None:
    engine = connect(as_url(service.url))
    with engine.begin() as connection:
        mark_made_up(connection)
    engine.dispose()
    for dry_run in (True, False):
        report = service.load(SERVICE, dry_run=dry_run)
        assert report.exit_code == 2
        assert "made-up records" in (report.message or "")


def test_a_newer_database_is_left_alone(service: Intake) -> None:
    engine = connect(as_url(service.url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    report = service.load(SERVICE)
    assert report.exit_code == 2
    assert "newer version of this program" in (report.message or "")


def test_a_database_that_cannot_be_reached_is_said_in_words(intake: Intake) -> None:
    intake.url = "postgresql://nobody@/none?host=/nowhere"
    report = intake.load(SERVICE)
    assert report.exit_code == 2
    assert (report.message or "").startswith("The database could not be used")
