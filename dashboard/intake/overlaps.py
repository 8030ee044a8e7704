"""Periods of which only one may hold at a time: who holds a case, where it is, whose hours."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, func, or_, select, tuple_

from dashboard.intake.problems import Finding
from dashboard.intake.shape import PERIODS
from dashboard.intake.stage import Stage

_END_OF_TIME = date.max


def open_end(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The day on which a period ends; for one that lasts, a day after all others."""
    return func.coalesce(column, _END_OF_TIME, type_=Date)


def overlap(one: Any, other: Any) -> ColumnElement[bool]:
    """That two periods, each with `from_on` and `to_on`, have a day in common."""
    return and_(
        one.from_on < open_end(other.to_on),
        other.from_on < open_end(one.to_on),
        one.from_on < open_end(one.to_on),
        other.from_on < open_end(other.to_on),
    )


def overlapping(stage: Stage, name: str) -> Iterator[Finding]:
    """Rows whose period begins before an earlier one of the same case or worker has ended.

    Decided by the days alone: of two that overlap, the one that begins first is kept.
    """
    if name not in PERIODS:
        return
    staged = stage.staged[name]
    whose = [staged.c[column] for column in PERIODS[name]]
    filled = [
        staged.c.rejected == 0,
        or_(staged.c.to_on.is_(None), staged.c.to_on > staged.c.from_on),
    ]
    before = func.max(open_end(staged.c.to_on), type_=Date).over(
        partition_by=whose,
        order_by=[staged.c.from_on, staged.c.seq],
        rows=(None, -1),
    )
    judged = select(*whose, staged.c.from_on, before.label("busy_to")).where(*filled).subquery()
    suspected = select(*(judged.c[column.name] for column in whose)).where(
        judged.c.from_on < judged.c.busy_to
    )
    rows = stage.connection.execute(
        select(staged)
        .where(*filled, tuple_(*whose).in_(suspected))
        .order_by(*whose, staged.c.from_on, staged.c.seq)
    )
    for _, periods in groupby(rows, key=lambda row: [row._mapping[c.name] for c in whose]):
        kept: Any = None
        for row in periods:
            if kept is None or row.from_on >= (kept.to_on or _END_OF_TIME):
                kept = row
            # A row that begins on the same day has the same key: it is a repetition.
            elif row.from_on != kept.from_on:
                yield stage.finding(row, "from_on", _why(stage, kept))


def _why(stage: Stage, kept: Any) -> str:
    until = f"to {kept.to_on}" if kept.to_on else "with no end"
    return f"overlaps the period from {kept.from_on} {until} in {stage.place(kept)}"
