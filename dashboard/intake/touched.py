"""Whom an import is about: told with the records, so that screens need not read all of them."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, exists, literal, select

from dashboard.database.moves import MOST, Touched, about
from dashboard.intake.leaving import Gone
from dashboard.intake.loading import Counts
from dashboard.intake.stage import CHANGED, NEW, Stage, same_key

# Whoever leaves one of these must leave the lists of ids that screens and moves keep, too.
_PEOPLE = ("service_users", "referrals", "cases", "victim_survivors", "comparison_people")


def find_touched(stage: Stage, gone: Gone, counts: dict[str, Counts]) -> Touched | None:
    """The tables that the import changes, and the ids in their rows as they are and will be.

    Ask before the rows are loaded. None: people leave, or too many are touched to name them.
    """
    if any(counts[name].removed for name in _PEOPLE if name in counts):
        return None
    changed = frozenset(name for name, each in counts.items() if each.changed)
    ids: dict[str, set[str]] = defaultdict(set)
    for name in changed:
        for rows in _rows(stage, gone, name):
            for row in stage.connection.execute(rows.distinct().limit(MOST + 1)).mappings():
                for column, value in row.items():
                    if value:
                        ids[column].add(value)
        if sum(map(len, ids.values())) > MOST:
            return None
    return Touched(changed, {column: frozenset(each) for column, each in ids.items()})


def _rows(stage: Stage, gone: Gone, name: str) -> Iterator[Select[*tuple[Any, ...]]]:
    """The ids of a table's rows that come, change (as they were and as they will be) or leave."""
    table, staged = stage.real[name], stage.staged[name]
    if not about(table):
        return
    yield select(*about(staged)).where(staged.c.state.in_((NEW, CHANGED)))
    changing = exists(
        select(literal(1)).where(same_key(table, table, staged), staged.c.state == CHANGED)
    )
    yield select(*about(table)).where(changing)
    if name in gone:
        leaving = exists(select(literal(1)).where(same_key(table, table, gone[name])))
        yield select(*about(table)).where(leaving)
