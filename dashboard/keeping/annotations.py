"""Annotations: what happened on a day, in an area, for every chart over time that it concerns."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import ColumnElement, Engine, delete, insert, select

from dashboard.access import Role, Viewer
from dashboard.database.tables import Annotation
from dashboard.keeping.changes import NotKept, changing, record, require_area, require_role

ANNOTATION = "annotation"
LONGEST = 60  # characters that a chart has room for


def add_annotation(engine: Engine, viewer: Viewer, on: date, area: str, text: str) -> None:
    """Note a text at a day. Raises NotKept where it is empty, too long, or there already."""
    require_role(viewer, Role.MANAGER, Role.DATA_STEWARD)
    said = " ".join(text.split())
    if not said:
        raise NotKept("Write what happened, in a few words.")
    if len(said) > LONGEST:
        raise NotKept(f"A chart has room for {LONGEST} characters; this has {len(said)}.")
    after = {"on": on, "area": area, "text": said}
    with changing(engine) as connection:
        require_area(connection, viewer, area)
        if connection.execute(select(Annotation.text).where(*_same(after))).first():
            raise NotKept("This is noted already.")
        connection.execute(insert(Annotation).values(**after))
        record(connection, viewer, ANNOTATION, None, after, Annotation.__tablename__)


def remove_annotation(engine: Engine, viewer: Viewer, on: date, area: str, text: str) -> None:
    """Take a note away; its history stays. Raises NotKept where there is none."""
    require_role(viewer, Role.MANAGER, Role.DATA_STEWARD)
    before = {"on": on, "area": area, "text": text}
    with changing(engine) as connection:
        require_area(connection, viewer, area)
        gone = connection.execute(delete(Annotation).where(*_same(before)))
        if not gone.rowcount:
            raise NotKept("This note is no longer there. Reload the page to see those there are.")
        record(connection, viewer, ANNOTATION, before, None, Annotation.__tablename__)


def _same(row: Mapping[str, object]) -> list[ColumnElement[bool]]:
    return [Annotation.__table__.c[name] == value for name, value in row.items()]
