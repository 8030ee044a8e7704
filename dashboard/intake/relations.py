"""Checks between tables: what a row refers to is there, and its days are in order with it."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, exists, func, not_, select

from dashboard.database.tables import RECORDS
from dashboard.intake.problems import FELL, Finding
from dashboard.intake.shape import AFTER, SETS, After, Reference, noun, references
from dashboard.intake.stage import Stage, keys


def missing_references(
    stage: Stage,
    name: str,
    counties: tuple[str, ...],
    *,
    complete: bool,
    of_refused: bool = False,
) -> Iterator[Finding]:
    """Rows that refer to a record which is neither in the files nor in the database.

    A refused row does not count, unless the database has an older record of the same id. In a
    complete import a record that is no longer in the files does not count either. `of_refused`:
    asked of rows refused already, and a refused row does count, since it may be mended with them.
    """
    staged = stage.staged[name]
    for reference in references(stage.real[name]):
        value = staged.c[reference.column]
        lost = [staged.c.rejected == int(of_refused), value.is_not(None)]
        if reference.may_be_wider:
            lost.append(value.not_in(["all", *counties]))
        for table, column in reference.to:
            if table in stage.staged:
                lost.append(not_(stage.has(table, {column: value})))
                if of_refused:
                    lost.append(not_(stage.has(table, {column: value}, rejected=1)))
            lost.append(not_(_stays(stage, table, column, value, complete=complete)))
        why: dict[str, str] = {}
        for row in stage.connection.execute(select(staged).where(*lost)):
            named = row._mapping[reference.column]
            if named not in why:
                why[named] = _why(stage, reference, named)
            yield stage.finding(row, reference.column, why[named])


def _stays(
    stage: Stage, table: str, column: str, value: ColumnElement[Any], *, complete: bool
) -> ColumnElement[bool]:
    """That the database has the value in a record which this import does not remove."""
    real = RECORDS[table].alias()
    there = real.c[column] == value
    if complete and table in stage.staged and not stage.unreadable(table, keys(RECORDS[table])):
        key = {name: real.c[name] for name in keys(RECORDS[table])}
        there = and_(there, stage.has(table, key, rejected=1))
    return exists(select(real.c[column]).where(there))


def _why(stage: Stage, reference: Reference, value: str) -> str:
    for table, column in reference.to:
        if table not in stage.staged:
            continue
        parents = stage.staged[table]
        refused = stage.connection.execute(
            select(parents.c.source, parents.c.row)
            .where(parents.c.rejected == 1, parents.c[column] == value)
            .order_by(parents.c.seq)
            .limit(1)
        ).first()
        if refused is not None:
            return f"refers to {noun(table)} {value}{FELL}{stage.place(refused)})"
    called = " or ".join(dict.fromkeys(noun(table) for table, _ in reference.to))
    if reference.may_be_wider:
        called = "district, county or all"
    return f"there is no {called} {value} in the files or in the database"


def wrong_order(stage: Stage, name: str, *, of_refused: bool = False) -> Iterator[Finding]:
    """Rows, or those refused already, with a day before one of the record that they refer to."""
    for rule in AFTER:
        if rule.table != name:
            continue
        for query in _too_early(stage, rule, int(of_refused)):
            for row in stage.connection.execute(query):
                why = f"is before the {noun(rule.parent)} was {rule.words} ({row.earliest})"
                yield stage.finding(row, rule.day, why)


def _too_early(stage: Stage, rule: After, rejected: int) -> Iterator[Select[Any]]:
    """Staged rows with a day too early, by the parent in the files, else by that in the database.

    A file's row goes before the database's, which it will replace.
    """
    staged, real = stage.staged[rule.table], RECORDS[rule.parent]
    (key,) = keys(real)
    mine = staged.c[rule.through]

    def before(parents: Table) -> Select[Any]:
        earliest = parents.c[rule.parent_day]
        return (
            select(staged, earliest.label("earliest"))
            .join(parents, mine == parents.c[key])
            .where(staged.c.rejected == rejected, staged.c[rule.day] < earliest)
        )

    if rule.parent not in stage.staged:
        yield before(real)
        return
    yield before(real).where(not_(stage.has(rule.parent, {key: mine})))
    parents = stage.staged[rule.parent]
    yield before(parents).where(parents.c.rejected == 0)


def changed_parents(stage: Stage, name: str, *, complete: bool) -> Iterator[Finding]:
    """Rows that move a record's day past one of the records already in the database under it.

    Records under it that this import replaces or removes do not count.
    """
    staged, real = stage.staged[name], stage.real[name]
    for rule in AFTER:
        if rule.parent != name:
            continue
        child = RECORDS[rule.table]
        (key,) = keys(real)
        late = [
            staged.c.rejected == 0,
            child.c[rule.through] == staged.c[key],
            child.c[rule.day] < staged.c[rule.parent_day],
        ]
        if rule.table in stage.staged:
            mine = {column: child.c[column] for column in keys(child)}
            late.append(not_(stage.has(rule.table, mine)))
            if complete:
                late.append(stage.has(rule.table, mine, rejected=1))
            if owner := SETS.get(rule.table):
                owned = {column: child.c[column] for column in owner}
                late.append(not_(stage.has(rule.table, owned)))
        found = (
            select(staged.c.feed, staged.c.source, staged.c.row, staged.c[rule.parent_day])
            .add_columns(func.min(child.c[rule.day]).label("earliest"))
            .where(*late)
            .group_by(staged.c.feed, staged.c.source, staged.c.row, staged.c[rule.parent_day])
        )
        for row in stage.connection.execute(found):
            yield stage.finding(
                row,
                rule.parent_day,
                f"is after {rule.day} of {rule.table} in the database ({row.earliest})",
            )
