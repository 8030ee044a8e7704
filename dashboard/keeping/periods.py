"""Targets and capacities: values that hold for a period, of which one may hold at a time."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, insert, select, update

from dashboard.access import Role, Viewer
from dashboard.database.tables import Area, CaseManagerArea, CaseManagerHours, Target
from dashboard.keeping.changes import NotKept, changing, record, require_area, require_role
from dashboard.keeping.reading import EVERYWHERE
from queries.measures import MEASURES

TARGET, CAPACITY = "target", "capacity"
_TABLES: dict[str, Table] = {
    TARGET: Target.__table__,  # type: ignore[dict-item]
    CAPACITY: CaseManagerHours.__table__,  # type: ignore[dict-item]
}


def set_target(
    engine: Engine,
    viewer: Viewer,
    measure: str,
    area: str,
    from_on: date,
    last_on: date | None,
    value: float,
) -> None:
    """Aim a measure at a value in an area, from a day to a last day (None: until changed).

    The target of the same first day is replaced, and one without a last day ends before. Raises
    NotKept where another one holds then, the value is negative, or the area is not the viewer's;
    and for the whole of what adds up, where all counties have targets: it is their sum.
    """
    require_role(viewer, Role.MANAGER, Role.ADMINISTRATOR)
    if value < 0:
        raise NotKept("A target is 0 or more.")
    with changing(engine) as connection:
        require_area(connection, viewer, area)
        if area == EVERYWHERE and MEASURES[measure].target == "total":
            _require_no_parts(connection, measure, from_on, last_on)
        key = {"measure": measure, "area": area}
        _put(connection, viewer, TARGET, key, from_on, last_on, {"value": value})


def remove_target(engine: Engine, viewer: Viewer, measure: str, area: str, from_on: date) -> None:
    """Take a target away; its history stays. Raises NotKept where there is none."""
    require_role(viewer, Role.MANAGER, Role.ADMINISTRATOR)
    with changing(engine) as connection:
        require_area(connection, viewer, area)
        _remove(connection, viewer, TARGET, {"measure": measure, "area": area}, from_on)


def set_capacity(
    engine: Engine,
    viewer: Viewer,
    case_manager: str,
    from_on: date,
    last_on: date | None,
    fte: float,
    caseload_target: float | None,
) -> None:
    """A case manager's share of full-time hours, and their target at full time, for a period.

    Without a target of their own the service's setting holds. Raises NotKept where another
    period holds then, a number is impossible, or the case manager works outside the viewer's areas.
    """
    require_role(viewer, Role.MANAGER)
    if not 0 <= fte <= 1.5:
        raise NotKept("Hours are a share of full time between 0 and 1.5; half time is 0.5.")
    if caseload_target is not None and caseload_target < 0:
        raise NotKept("A caseload target is 0 or more cases.")
    with changing(engine) as connection:
        _require_worker(connection, viewer, case_manager)
        values = {"fte": fte, "caseload_target": caseload_target}
        _put(
            connection,
            viewer,
            CAPACITY,
            {"case_manager_id": case_manager},
            from_on,
            last_on,
            values,
        )


def remove_capacity(engine: Engine, viewer: Viewer, case_manager: str, from_on: date) -> None:
    """Take a period of hours away; its history stays. Raises NotKept where there is none."""
    require_role(viewer, Role.MANAGER)
    with changing(engine) as connection:
        _require_worker(connection, viewer, case_manager)
        _remove(connection, viewer, CAPACITY, {"case_manager_id": case_manager}, from_on)


def _require_no_parts(
    connection: Connection, measure: str, from_on: date, last_on: date | None
) -> None:
    to_on = last_on + timedelta(days=1) if last_on else None
    columns = select(Target.area, Target.from_on, Target.to_on)
    there = {
        area
        for area, on, to in connection.execute(columns.where(Target.measure == measure))
        if _overlap(from_on, to_on, on, to)
    }
    counties = set(connection.scalars(select(Area.county).distinct()))
    if counties and counties <= there:
        raise NotKept(
            "Every county has a target of its own in this time, and that of all areas is their "
            "sum. Change those of the counties."
        )


def _put(
    connection: Connection,
    viewer: Viewer,
    what: str,
    key: Mapping[str, str],
    from_on: date,
    last_on: date | None,
    values: Mapping[str, float | None],
) -> None:
    if last_on is not None and last_on < from_on:
        raise NotKept("The last day is before the first. Choose a later last day.")
    table = _TABLES[what]
    own = [table.c[name] == value for name, value in key.items()]
    to_on = last_on + timedelta(days=1) if last_on else None
    before = None
    for row in connection.execute(select(table).where(*own)).mappings().all():
        if row["from_on"] == from_on:
            before = dict(row)
        elif row["to_on"] is None and row["from_on"] < from_on:
            # What holds until changed is changed now.
            ended = {**row, "to_on": from_on}
            connection.execute(
                update(table).where(*own, table.c.from_on == row["from_on"]).values(to_on=from_on)
            )
            record(connection, viewer, what, dict(row), ended, table.name)
        elif _overlap(from_on, to_on, row["from_on"], row["to_on"]):
            raise NotKept(
                f"Another {what} holds {_period(dict(row))}. Remove it first, or choose other days."
            )
    after = {**key, "from_on": from_on, "to_on": to_on, **values}
    if before:
        connection.execute(update(table).where(*own, table.c.from_on == from_on).values(**after))
    else:
        connection.execute(insert(table).values(**after))
    record(connection, viewer, what, before, after, table.name)


def _remove(
    connection: Connection, viewer: Viewer, what: str, key: Mapping[str, str], from_on: date
) -> None:
    table = _TABLES[what]
    which = [*(table.c[name] == value for name, value in key.items()), table.c.from_on == from_on]
    before = connection.execute(select(table).where(*which)).mappings().one_or_none()
    if before is None:
        raise NotKept(f"This {what} is no longer there. Reload the page to see those there are.")
    connection.execute(delete(table).where(*which))
    record(connection, viewer, what, dict(before), None, table.name)


def _overlap(from_on: date, to_on: date | None, other_from: date, other_to: date | None) -> bool:
    return (other_to is None or from_on < other_to) and (to_on is None or other_from < to_on)


def _period(row: Mapping[str, Any]) -> str:
    from_words = f"from {row['from_on']:%-d %B %Y}"
    if row["to_on"] is None:
        return f"{from_words} on"
    return f"{from_words} to {row['to_on'] - timedelta(days=1):%-d %B %Y}"


def _require_worker(connection: Connection, viewer: Viewer, case_manager: str) -> None:
    if viewer.areas is None:
        return
    covers = set(
        connection.scalars(
            select(CaseManagerArea.area_code).where(CaseManagerArea.case_manager_id == case_manager)
        )
    )
    if not covers or not covers <= viewer.areas:
        raise NotKept(
            "This case manager does not work in your areas alone. "
            "Ask a manager of all their areas to change the hours."
        )
