"""The details of a line of the trail, which are kept as keys, in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dashboard.access.roles import Role, title_of
from queries.words import day

_CALLED = {
    "as_at": "as at",
    "did": "done",
    "list": "list of records",
    "number": "grant number",
    "what": "kept",
}
_SAID = {
    "annotation": "note",
    "withdrew": "withdrawn",
}
_DAYS = ("from", "to", "as_at", "line")


def in_words(details: Any, areas: Mapping[str, str]) -> str:
    """Details as one line: `page: Risk; filters: area: Berkshire`. `areas`: names by their key."""
    if not isinstance(details, dict):
        return _plain(details)
    # A grant ends before the day that it is given to; what is read ends with it.
    ends = {"to": "until before"} if "role" in details else {}
    return "; ".join(
        f"{(_CALLED | ends).get(name) or name.replace('_', ' ')}: "
        f"{_value(name, value, areas, grant='role' in details)}"
        for name, value in details.items()
    )


def _value(name: str, value: Any, areas: Mapping[str, str], *, grant: bool) -> str:
    if isinstance(value, dict):
        return in_words(value, areas)
    if isinstance(value, list):
        return ", ".join(_value(name, each, areas, grant=grant) for each in value)
    if grant and name == "to" and value is None:
        return "no day, it does not end"
    text = _plain(value)
    if name == "area":
        return areas.get(text, text)
    if name in ("role", "roles"):
        return ", ".join(role_in_words(each) for each in text.split(", "))
    if name == "page":
        return title_of(text)
    if name in _DAYS:
        return _day(text)
    return _SAID.get(text, text) if name in ("did", "what") else text


def role_in_words(role: str) -> str:
    """The title of a role; what is none stays as it is."""
    return Role(role).label if role in set(Role) else role


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _day(text: str) -> str:
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text
