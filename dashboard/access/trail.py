"""The trail: who did what, and when. Written to, never changed.

An entry says what was opened, saved, loaded or granted, and how many rows it had. It holds no
content of a case, and no id of a record.
"""

import getpass
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, insert
from sqlalchemy.exc import SQLAlchemyError

from dashboard.access.roles import Role
from dashboard.database import writing
from dashboard.database.tables import AuditEntry
from dashboard.database.trouble import advice


class What(StrEnum):
    """The kinds of entries."""

    SIGN_IN = "sign-in"
    SIGN_OUT = "sign-out"
    REFUSAL = "refusal"
    PAGE = "page"
    RECORDS = "records"  # a list of records was opened, or one of them
    DOWNLOAD = "download"
    IMPORT = "import"
    GRANT = "grant"
    SETTING = "setting"  # also a target, a capacity, an annotation
    RELEASE = "release"
    MEETING = "meeting"
    ERASURE = "erasure"


class TrailNotWritten(Exception):
    """The trail could not be written, so what it would have told of must not happen."""


def note(
    engine: Engine,
    who: str,
    role: Role | None,
    what: What,
    details: Mapping[str, Any],
    rows: int | None = None,
) -> None:
    """Write one entry, in a transaction of its own. Raises TrailNotWritten, in words.

    `details` is what JSON can hold: a page, its filters, a file's kind; never a record's id.
    """
    try:
        with writing(engine) as connection:
            note_with(connection, who, role, what, details, rows)
    except SQLAlchemyError as problem:
        raise TrailNotWritten(
            "What is taken away is written down, and that is not possible just now, so nothing "
            "was saved. " + advice(problem)
        ) from problem


def note_with(
    connection: Connection,
    who: str,
    role: Role | None,
    what: What,
    details: Mapping[str, Any],
    rows: int | None = None,
) -> None:
    """Write one entry in the transaction of the change that it tells of: both, or neither."""
    entry = {
        "at": datetime.now(UTC),
        "who": who,
        "role": role,
        "what": what,
        "details": dict(details),
        "rows": rows,
    }
    connection.execute(insert(AuditEntry), entry)


def at_the_command_line() -> str:
    """Who it is where a command is run on the computer itself."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # an account without a name
        user = "somebody"
    return f"{user} at the command line"
