"""The checks that need more than one cell: made by the database, over all staged rows at once.

A refused row may be what others refer to, so they are repeated until nothing more is refused.
"""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import CheckConstraint, Table, exists, false, func, literal, or_, select, text

from dashboard.intake.overlaps import overlapping
from dashboard.intake.problems import CLASH, Finding
from dashboard.intake.relations import changed_parents, missing_references, wrong_order
from dashboard.intake.sources import REJECTED_REASON
from dashboard.intake.stage import Stage, differs, keys, same_key


def check(stage: Stage, counties: tuple[str, ...], *, complete: bool) -> None:
    """Refuse every staged row that may not be loaded. `counties` are the known keys."""
    for table in stage.staged:
        stage.reject(broken_rules(stage, table))
        stage.reject(still_clashing(stage, table))
    for table in stage.staged:
        stage.reject(conflicts(stage, table))
    # What else is wrong with rows refused so far, so that they are mended in one go.
    for table in stage.staged if stage.rejections else ():
        stage.reject(refused_conflicts(stage, table))
        stage.reject(missing_references(stage, table, counties, complete=complete, of_refused=True))
        stage.reject(wrong_order(stage, table, of_refused=True))
    again = True
    while again:
        again = False
        for table in stage.staged:
            again |= stage.reject(missing_references(stage, table, counties, complete=complete))
            again |= stage.reject(wrong_order(stage, table))
            again |= stage.reject(overlapping(stage, table))
        for table in stage.staged:
            again |= stage.reject(changed_parents(stage, table, complete=complete))


_IN_ORDER = re.compile(r"(\w+) >= (\w+)")
_COMPARED = {
    " >= ": " must be at least ",
    " <= ": " must be at most ",
    " > ": " must be more than ",
    " BETWEEN ": " must be between ",
    " AND ": " and ",
}


def broken_rules(stage: Stage, name: str) -> Iterator[Finding]:
    """Rows that break one of the table's own rules, such as closed before allocated."""
    table, staged = stage.real[name], stage.staged[name]
    for rule in sorted(table.constraints, key=lambda each: str(each.name)):
        if not isinstance(rule, CheckConstraint):
            continue
        said = str(rule.sqltext)
        broken = select(staged).where(text(f"NOT ({said})"))
        # A cell that could not be read is empty here, which is no fault of its own.
        if " IS " in said:
            broken = broken.where(staged.c.rejected == 0)
        for row in stage.connection.execute(broken):
            yield _broken(stage, row, said)


def _broken(stage: Stage, row: Any, rule: str) -> Finding:
    if (order := _IN_ORDER.fullmatch(rule)) and order[2] in row._mapping:
        then, first = order.groups()
        return stage.finding(row, then, f"is before {first} ({row._mapping[first]})")
    column = rule.split()[0]
    if " IS " in rule:
        missing = rule.split(" OR ")[1].split()[0]
        return stage.finding(row, column, f"is given, but {missing} is missing")
    for sign, words in _COMPARED.items():
        rule = rule.replace(sign, words)
    return stage.finding(row, column, rule)


def conflicts(stage: Stage, name: str) -> Iterator[Finding]:
    """Rows with the same key as an earlier one, but other content."""
    table, staged = stage.real[name], stage.staged[name]
    content = differs(table, staged, staged)
    if not content:
        return
    key = [staged.c[column] for column in keys(table)]
    first_of = (
        select(func.min(staged.c.seq).label("seq"), *key)
        .where(staged.c.rejected == 0)
        .group_by(*key)
        .having(func.count() > 1)
        .subquery()
    )
    first = staged.alias("first")
    different = (
        select(staged, first.c.source.label("first_source"), first.c.row.label("first_row"))
        .join(first_of, same_key(table, staged, first_of))
        .join(first, first.c.seq == first_of.c.seq)
        .where(
            staged.c.rejected == 0,
            staged.c.seq != first.c.seq,
            or_(*differs(table, staged, first)),
        )
        .order_by(staged.c.seq)
    )
    for row in stage.connection.execute(different):
        yield _conflict(stage, table, row)


def refused_conflicts(stage: Stage, name: str) -> Iterator[Finding]:
    """Rows refused for something else that also have the key of an accepted row.

    Once they were mended they would take that row's place.
    """
    table, staged = stage.real[name], stage.staged[name]
    first = staged.alias("first")
    different = (
        select(staged, first.c.source.label("first_source"), first.c.row.label("first_row"))
        .join(first, same_key(table, staged, first))
        .where(
            staged.c.rejected == 1,
            first.c.rejected == 0,
            or_(false(), *differs(table, staged, first)),
        )
        .order_by(staged.c.seq, first.c.seq)
    )
    told = 0
    for row in stage.connection.execute(different):
        if row.seq != told:
            yield _conflict(stage, table, row)
        told = row.seq


def _conflict(stage: Stage, table: Table, row: Any) -> Finding:
    where = f"row {row.first_row} of {stage.labels[row.first_source]}"
    same = " and ".join(keys(table))
    return stage.finding(row, keys(table)[0], f"{where} has the same {same}{CLASH}")


def still_clashing(stage: Stage, name: str) -> Iterator[Finding]:
    """Rows that were refused for the key of another row, and come back with that reason.

    The other row has been loaded since: it is replaced only where somebody says so.
    """
    table, staged = stage.real[name], stage.staged[name]
    loaded = exists(
        select(literal(1)).where(
            same_key(table, table, staged), or_(false(), *differs(table, table, staged))
        )
    )
    same = " and ".join(keys(table))
    why = (
        f"the loaded record has the same {same}{CLASH}; to put this row in its place, empty its "
        f"{REJECTED_REASON}"
    )
    for row in stage.connection.execute(select(staged).where(staged.c.clashed == 1, loaded)):
        yield stage.finding(row, keys(table)[0], why)
