"""What each change of the records touched, so that a few rows need not mean reading everything.

A move tells from which stamp to which it led, so moves make a chain. Where a link is missing, as
after a restore, nothing is known and everything is read. A change that says nothing of what it
touched, or that removes people, takes all moves before it away: no id of theirs stays here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Column, Connection, Table, delete, insert, select

from dashboard.database.tables import Move

MOST = 10_000  # ids of a move: where more are touched, reading everything is about as quick
_KEPT = 20  # moves; whoever has not looked for longer reads everything

# The columns that say whom a row is about.
_ABOUT = ("service_user_id", "person_id", "referral_id", "case_id", "victim_survivor_id")


def about(table: Table) -> list[Column[str]]:
    """The columns of a table of records that say whom a row is about; none, if about nobody."""
    return [table.c[column] for column in _ABOUT if column in table.c]


@dataclass(frozen=True)
class Touched:
    """The tables whose rows changed, and whom these rows are about: ids by their column."""

    tables: frozenset[str] = frozenset()
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __or__(self, other: "Touched") -> "Touched":
        columns = self.ids.keys() | other.ids.keys()
        none: frozenset[str] = frozenset()
        return Touched(
            self.tables | other.tables,
            {each: self.ids.get(each, none) | other.ids.get(each, none) for each in columns},
        )


def tell(
    connection: Connection, version: int, before: str, after: str, touched: Touched | None
) -> None:
    """Keep what a change touched, in its own transaction; None: it does not say."""
    if touched is None or sum(map(len, touched.ids.values())) > MOST:
        connection.execute(delete(Move))
        return
    connection.execute(delete(Move).where(Move.version <= version - _KEPT))
    connection.execute(
        insert(Move).values(
            version=version,
            before=before,
            after=after,
            tables=sorted(touched.tables),
            ids={column: sorted(ids) for column, ids in touched.ids.items()},
        )
    )


def between(connection: Connection, before: str, after: str) -> Touched | None:
    """All that was touched from one stamp to another; None where that is not known."""
    chosen = select(Move.before, Move.after, Move.tables, Move.ids)
    steps = {row.before: row for row in connection.execute(chosen)}
    touched = Touched()
    while before != after:
        step = steps.pop(before, None)
        if step is None:
            return None
        ids = {column: frozenset(each) for column, each in step.ids.items()}
        touched |= Touched(frozenset(step.tables), ids)
        before = step.after
    return touched
