"""Lines of the trail are added, read, and let go of when they are old; nothing else."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from signed_in_people import trail
from sqlalchemy import text

import dashboard
from dashboard.access import Role
from dashboard.access.entries import let_go
from dashboard.access.trail import TrailNotWritten, What, note


def test_only_two_modules_know_the_table():
    root = Path(dashboard.__file__).parent
    knowing = {
        file.relative_to(root).as_posix()
        for file in root.rglob("*.py")
        if "AuditEntry" in file.read_text("utf-8")
    }
    own = {"database/tables/__init__.py", "database/tables/own.py"}
    assert knowing - own == {"access/trail.py", "access/entries.py"}
    # One adds and never changes, the other reads and lets go of what is old.
    words = {name: (root / name).read_text("utf-8") for name in knowing - own}
    assert "delete(" not in words["access/trail.py"]
    assert "update(" not in words["access/trail.py"] + words["access/entries.py"]


def test_a_line_that_cannot_be_written_is_said_in_words(service):
    with service.begin() as connection:
        connection.execute(text("ALTER TABLE audit RENAME TO gone"))
    with pytest.raises(TrailNotWritten, match="Try again in a minute"):
        note(service, "ann@example.org", Role.MANAGER, What.DOWNLOAD, {})


def test_old_lines_are_let_go_and_no_others(service):
    note(service, "ann@example.org", Role.MANAGER, What.PAGE, {"page": "risk"})
    now = datetime.now(UTC)
    with service.begin() as connection:
        assert let_go(connection, 6, now + timedelta(days=6 * 365)) == 0
    assert len(trail(service)) == 1
    with service.begin() as connection:
        assert let_go(connection, 6, now + timedelta(days=6 * 366)) == 1
    assert trail(service) == []
