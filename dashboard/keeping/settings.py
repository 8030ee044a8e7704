"""Settings changed by a person, each checked against what it may be."""

from dataclasses import Field, fields
from datetime import date, time
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select

from dashboard.access import Role, Viewer
from dashboard.database.settings import GUARDED, Settings
from dashboard.database.tables import Setting
from dashboard.keeping.changes import NotKept, changing, record, require_role
from queries.words import listed

SETTING = "setting"
KNOWN: dict[str, Field[Any]] = {each.name: each for each in fields(Settings)}
LONGEST = 200


def may_set(viewer: Viewer, name: str) -> bool:
    """Whether a person may change a setting: all areas are theirs, or they administer."""
    if viewer.role is Role.ADMINISTRATOR:
        return True
    guarded = KNOWN[name].metadata["group"] in GUARDED
    return viewer.role is Role.MANAGER and viewer.areas is None and not guarded


def set_setting(engine: Engine, viewer: Viewer, name: str, value: Any) -> None:
    """Set a setting; the program's default is set by keeping nothing. Raises NotKept."""
    require_role(viewer, Role.MANAGER, Role.ADMINISTRATOR)
    if not may_set(viewer, name):
        raise NotKept("This setting holds for the whole service; an administrator can change it.")
    field = KNOWN[name]
    checked = _checked(field, value)
    with changing(engine) as connection:
        before = _now(connection, name)
        connection.execute(delete(Setting).where(Setting.name == name))
        if checked != _plain(field.default):
            connection.execute(insert(Setting).values(name=name, value=checked))
        if before != checked:
            record(
                connection,
                viewer,
                SETTING,
                {"name": name, "value": before},
                {"name": name, "value": checked},
            )


def chosen(connection: Connection) -> set[str]:
    """The settings that differ from the program's defaults."""
    return set(connection.scalars(select(Setting.name))) & set(KNOWN)


def _now(connection: Connection, name: str) -> Any:
    kept = connection.execute(select(Setting.value).where(Setting.name == name)).first()
    return kept[0] if kept else _plain(KNOWN[name].default)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _checked(field: Field[Any], value: Any) -> Any:
    """The value as it is kept, or NotKept with what it may be."""
    title, default = field.metadata["title"], field.default
    if isinstance(default, bool):
        return bool(value)
    if isinstance(default, int | float):
        least, most = field.metadata["least"], field.metadata["most"]
        if value is None or not least <= value <= most:
            raise NotKept(f"“{title}” is a number from {least:g} to {most:g}.")
        return field.type(value)  # type: ignore[operator]
    if isinstance(default, tuple):
        return [" ".join(str(each).split()) for each in value if str(each).strip()]
    said = " ".join(str(value or "").split())
    if len(said) > LONGEST:
        raise NotKept(f"“{title}” has room for {LONGEST} characters; this has {len(said)}.")
    if default and not said:
        raise NotKept(f"“{title}” cannot be empty. The default is “{default}”.")
    if choices := field.metadata["choices"]:
        known = {each.casefold(): each for each in choices}
        if said.casefold() not in known:
            raise NotKept(f"“{title}” is one of {listed(choices)}; this is “{said}”.")
        return known[said.casefold()]
    if field.name.endswith("_time"):
        try:
            return f"{time.fromisoformat(said.replace('.', ':').zfill(5)):%H:%M}"
        except ValueError:
            raise NotKept(f"“{title}” is a time of day, like 10:00; this is “{said}”.") from None
    if field.name.endswith("_on"):
        try:
            return date.fromisoformat(said).isoformat()
        except ValueError:
            raise NotKept(f"“{title}” is a day, like 2024-03-21.") from None
    return said
