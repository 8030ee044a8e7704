"""Facts after a change of a few records: what these people's records say now in place of before.

Facts in which nothing changed keep their numbers, so that nobody writes or sums them again. What
comes out is what reading everything would give (a test holds that), but for the order of ids that
are new: they stand behind the others.
"""

import polars as pl
import polars.selectors as cs
from sqlalchemy import Connection

from dashboard.database.moves import Touched
from dashboard.facts.build import Facts, derived
from dashboard.facts.holdings import held_now
from dashboard.facts.ids import OF_PEOPLE, Ids, numbers_of
from dashboard.facts.records import read_records_of
from dashboard.facts.some import connected
from dashboard.facts.time import in_order_of

# Read whole: they are small, and about nobody.
_ABOUT_NOBODY = ("targets", "annotations", "places", "tables", "imports", "kept", "kept_wider")
# ... and what these say stands in the facts of everybody.
_NAMING = ("areas", "agencies", "case_managers")
# The columns that say whose a row is, with the kind of id they hold; the first one orders a day.
# People of MARAC and of police who may be nobody's service users stand as text.
_WHOSE = {
    "case": "case_id",
    "referral": "referral_id",
    "service_user": "person_id",
    "person": "person_id",
    "victim_survivor": "victim_survivor_id",
}


def renewed(
    connection: Connection, facts: Facts, touched: Touched
) -> tuple[Facts, frozenset[str]] | None:
    """`facts` with what was touched, and the names of those whose numbers stayed as they were.

    None where the change concerns everybody: districts, agencies, workers' names, code lists.
    """
    people = connected(connection, touched.ids)
    records = read_records_of(connection, people)
    new = derived(connection, records, held_now(connection, touched.tables, facts["tables"]))
    if not all(new[name].equals(facts[name]) for name in _NAMING):
        return None
    if any(_kinds(new[name]) != _kinds(before) for name, before in facts.items()):
        return None
    ids = Ids(facts, records)
    whose = {
        column: ids.places(column, people[kind]) if column in OF_PEOPLE else _text(people[kind])
        for column, kind in _WHOSE.items()
    }
    found: Facts = {}
    same = set()
    for name, before in facts.items():
        old, now = numbers_of(before), ids.moved(new[name])
        if name not in (*_NAMING, *_ABOUT_NOBODY):
            now = _replaced(old, now, whose)
        if now.equals(old):
            same.add(name)
        found[name] = before if name in same and not ids.have_grown else ids.named(now)
    return found, frozenset(same)


def _kinds(frame: pl.DataFrame) -> list[tuple[str, pl.DataType | None]]:
    """The columns with what they hold, ids aside: their lists may grow."""
    others = frame.select(cs.exclude(OF_PEOPLE)).schema
    return [(column, others.get(column)) for column in frame.columns]


def _replaced(old: pl.DataFrame, new: pl.DataFrame, whose: dict[str, pl.Series]) -> pl.DataFrame:
    """`old` with these people's rows as they are now; itself where they are as they were."""
    named = [name for name in whose if name in old.columns and old[name].dtype == whose[name].dtype]
    theirs = pl.any_horizontal(pl.col(name).is_in(whose[name].implode()) for name in named)
    leaving = old.select(theirs.fill_null(value=False)).to_series()
    if old.filter(leaving).sort(old.columns).equals(new.sort(new.columns)):
        return old
    return in_order_of(pl.concat([old.filter(~leaving), new]), "on", named[0])


def _text(ids: frozenset[str]) -> pl.Series:
    return pl.Series(sorted(ids), dtype=pl.String)
