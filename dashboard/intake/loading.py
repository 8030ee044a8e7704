"""What loading will do to each row, and doing it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, delete, exists, func, insert, literal, or_, select, update

from dashboard.database.code_lists import Code, CodeList
from dashboard.database.marks import move_version
from dashboard.database.moves import Touched
from dashboard.database.tables import ListedCode
from dashboard.intake.leaving import Gone
from dashboard.intake.names import listing
from dashboard.intake.problems import NotLoadable
from dashboard.intake.stage import CHANGED, NEW, REPEATED, SAME, Stage, differs, keys, same_key


@dataclass
class Counts:
    """What happened to the rows of a table. read = inserted + updated + unchanged + rejected."""

    read: int = 0
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    removed: int = 0

    @property
    def changed(self) -> int:
        return self.inserted + self.updated + self.removed


def decide(stage: Stage) -> None:
    """Write into each accepted row's `state` what loading it will do."""
    for name, table in stage.real.items():
        staged = stage.staged[name]
        accepted = staged.c.rejected == 0
        earlier = staged.alias()
        first = select(func.min(earlier.c.seq)).where(
            earlier.c.rejected == 0, same_key(table, earlier, staged)
        )
        there = same_key(table, table, staged)
        other = differs(table, table, staged)
        stage.connection.execute(
            update(staged)
            .where(accepted, staged.c.seq > first.scalar_subquery())
            .values(state=REPEATED)
        )
        undecided = and_(accepted, staged.c.state.is_(None))
        if other:
            changed = exists(select(literal(1)).where(there, or_(*other)))
            stage.connection.execute(update(staged).where(undecided, changed).values(state=CHANGED))
        known = exists(select(literal(1)).where(there))
        stage.connection.execute(update(staged).where(undecided, known).values(state=SAME))
        stage.connection.execute(update(staged).where(undecided).values(state=NEW))


def count(stage: Stage, gone: Gone) -> dict[str, Counts]:
    """The counts of each table in the import."""
    counts = {}
    for name, staged in stage.staged.items():
        each = counts[name] = Counts()
        groups = select(staged.c.rejected, staged.c.state, func.count()).group_by(
            staged.c.rejected, staged.c.state
        )
        for rejected, state, rows in stage.connection.execute(groups):
            each.read += rows
            if rejected:
                each.rejected += rows
            elif state == NEW:
                each.inserted += rows
            elif state == CHANGED:
                each.updated += rows
            else:
                each.unchanged += rows
        if name in gone:
            each.removed = (
                stage.connection.scalar(select(func.count()).select_from(gone[name])) or 0
            )
    return counts


def emptied(counts: dict[str, Counts], *, allowed: bool) -> list[str]:
    """What files without rows empty, in words. Raises NotLoadable unless that is allowed.

    A file with headings only is more often an export that failed than a table that is empty.
    """
    all_of = [
        f"{name} of {each.removed:,} {'row' if each.removed == 1 else 'rows'}"
        for name, each in counts.items()
        if each.removed and not each.read
    ]
    if not all_of:
        return []
    if not allowed:
        raise NotLoadable(
            f"A file without rows would empty {listing(all_of)}. Export it again, leave it out, "
            "or add --allow-empty if nothing is left in that table. Nothing was loaded."
        )
    return [f"EMPTIED by a file without rows: {listing(all_of)}."]


def load(stage: Stage, gone: Gone) -> None:
    """Write the accepted rows, parents first, and remove what leaves, children first."""
    for name, table in stage.real.items():
        staged = stage.staged[name]
        columns = list(table.columns.keys())
        content = [column for column in columns if column not in keys(table)]
        if content:
            stage.connection.execute(
                update(table)
                .where(same_key(table, table, staged), staged.c.state == CHANGED)
                .values({column: staged.c[column] for column in content})
            )
        new = select(*(staged.c[column] for column in columns)).where(staged.c.state == NEW)
        stage.connection.execute(insert(table).from_select(columns, new))
    for name in reversed(list(gone)):
        table = stage.real[name]
        left = exists(select(literal(1)).where(same_key(table, table, gone[name])))
        stage.connection.execute(delete(table).where(left))


def add_codes(connection: Connection, codes: CodeList, new: list[Code]) -> bool:
    """Add values at the end of an open list. Whether there was one that it did not have."""
    unknown = [code for code in new if code.code not in codes.by_code]
    if unknown:
        values: list[dict[str, Any]] = [
            {"code_list": codes.name, "code": code.code, "label": code.label, "position": position}
            for position, code in enumerate(unknown, start=len(codes.codes))
        ]
        connection.execute(insert(ListedCode), values)
    return bool(unknown)


def mark_changed(
    connection: Connection,
    counts: dict[str, Counts],
    touched: Touched | None,
    *,
    codes_added: bool,
) -> None:
    """Move the database's version if its records, or the codes they are written in, changed."""
    if codes_added or any(each.changed for each in counts.values()):
        move_version(connection, None if codes_added else touched)
