"""What a failure of the database itself means to people, and what they can do."""

from sqlalchemy.exc import SQLAlchemyError

from dashboard.database.connection import VARIABLE, WRITE_VARIABLE, DatabaseNotUsable

_BUSY = (
    "The database is busy: another import, or another change, holds it. "
    "Wait until that has ended, then try again"
)
_FULL = "The disk of the database is full. Make room on it, then try again"
_READ_ONLY = (
    "The database can only be read here. Make its disk, file or server writable, "
    f"or name a role that may write in {WRITE_VARIABLE}"
)
_PASSWORD = (
    "The database refuses the name or the password given. "
    f"Put the right ones into {VARIABLE} and {WRITE_VARIABLE}"
)
_DAMAGED = (
    "The database file is damaged, or is no database. Name another in "
    f"{VARIABLE}, or bring back the last back-up with 'drive-dashboard restore'"
)
_STARTING = "The database server is starting or stopping. Wait a minute, then try again"
_MANY = "The database server has no connection left. Wait a minute, then try again"

# PostgreSQL's own codes, and what SQLite says (it gives its driver no code that says as much).
_CODES = {
    "28000": _PASSWORD,
    "28P01": _PASSWORD,
    "25006": _READ_ONLY,
    "42501": _READ_ONLY,
    "53100": _FULL,
    "53300": _MANY,
    "55P03": _BUSY,
    "57P03": _STARTING,
}
_SAID = {
    "database is locked": _BUSY,
    "database or disk is full": _FULL,
    "disk i/o error": "The disk of the database cannot be written or read: it may be full or "
    "failing. Look after the disk, then try again",
    "readonly database": _READ_ONLY,
    "unable to open database file": "The database file cannot be opened. Check that its folder is "
    "there, and that whoever runs this program may read and write it",
    "file is not a database": _DAMAGED,
    "malformed": _DAMAGED,
    "authentication failed": _PASSWORD,
    "no password supplied": _PASSWORD,
    "no pg_hba.conf entry": _PASSWORD,
    "the database system is": _STARTING,
    "too many clients": _MANY,
}


def words_for(problem: SQLAlchemyError) -> str | None:
    """What is the matter and what to do, in a sentence without a full stop; None if unforeseen."""
    origin = getattr(problem, "orig", None)
    code = getattr(origin, "sqlstate", None)
    if code in _CODES:
        return _CODES[code]
    said = str(origin or problem).lower()
    return next((words for key, words in _SAID.items() if key in said), None)


def advice(problem: SQLAlchemyError) -> str:
    """What to do about a change that was not written: in a sentence or two."""
    words = words_for(problem)
    if words in (None, _BUSY, _STARTING, _MANY):
        return "Try again in a minute; if it stays so, tell whoever looks after the dashboard."
    return f"{words}; or tell whoever looks after the dashboard."


def unreachable(problem: SQLAlchemyError) -> DatabaseNotUsable:
    """A failure of the database as something to tell people."""
    words = words_for(problem)
    if words is not None:
        return DatabaseNotUsable(f"{words}.")
    reason = str(problem.__cause__ or problem).strip().splitlines()[0].rstrip(".")
    return DatabaseNotUsable(
        f"The database cannot be reached: {reason}. "
        f"Check that it runs and that {VARIABLE} names it."
    )
