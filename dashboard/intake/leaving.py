"""Which records an import removes: replaced rows of a set, and what a complete file has no more."""

from sqlalchemy import Column as TableColumn
from sqlalchemy import (
    ColumnElement,
    Table,
    and_,
    exists,
    false,
    func,
    insert,
    not_,
    or_,
    select,
    true,
)

from dashboard.database.tables import OWN, RECORDS
from dashboard.intake.overlaps import overlap
from dashboard.intake.problems import NotLoadable
from dashboard.intake.shape import ALL_REFERENCES, PERIODS, SETS, Reference, noun
from dashboard.intake.stage import Stage, keys, same_key

Gone = dict[str, Table]


def find_leaving(stage: Stage, *, complete: bool) -> Gone:
    """Temporary tables with the keys of the records that will be removed, by table.

    What was accepted before is not lost because a new row was refused: where one of a set's rows
    was, the set's older rows stay, but for those that an accepted row replaces or overlaps.
    """
    gone: Gone = {}
    for name, table in stage.real.items():
        if name in SETS:
            leaves = _leaves_set(stage, name, complete=complete)
        elif complete and not stage.unreadable(name, keys(table)):
            key = {column: table.c[column] for column in keys(table)}
            leaves = not_(or_(stage.has(name, key), stage.has(name, key, rejected=1)))
        else:
            continue
        columns = [table.c[column] for column in keys(table)]
        gone[name] = stage.temporary(
            f"leaving_{name}",
            *(TableColumn(column.name, column.type, primary_key=True) for column in columns),
        )
        stage.connection.execute(
            insert(gone[name]).from_select(keys(table), select(*columns).where(leaves))
        )
    if complete:
        for reference in ALL_REFERENCES:
            _refuse_broken(stage, gone, reference)
    return gone


def _leaves_set(stage: Stage, name: str, *, complete: bool) -> ColumnElement[bool]:
    table, staged = stage.real[name], stage.staged[name].alias()
    owner = {column: table.c[column] for column in SETS[name]}
    key = {column: table.c[column] for column in keys(table)}
    ours = staged.c.rejected == 0
    overlapped: ColumnElement[bool] = false()
    if name in PERIODS:
        overlapped = exists(
            select(staged.c.seq).where(
                ours,
                *(staged.c[column] == table.c[column] for column in PERIODS[name]),
                overlap(table.c, staged.c),
            )
        )
    replaced = true() if complete else stage.has(name, owner)
    mended = [feed.number for feed in stage.feeds if feed.mended and feed.table is table]
    spared = [stage.has(name, owner, rejected=1)]
    if mended:
        spared.append(
            exists(
                select(staged.c.seq).where(
                    staged.c.feed.in_(mended),
                    *(staged.c[column] == value for column, value in owner.items()),
                )
            )
        )
    if stage.unreadable(name, SETS[name]):
        # A refused row may be of any case, so every set is spared.
        spared.append(true())
    whole = and_(replaced, not_(or_(*spared)))
    return and_(not_(stage.has(name, key)), or_(whole, overlapped))


def _refuse_broken(stage: Stage, gone: Gone, reference: Reference) -> None:
    """Raise NotLoadable if a record that stays refers to one that would be removed."""
    child = reference.table
    leaving = [(table, column) for table, column in reference.to if table in gone]
    if not leaving or child.name not in RECORDS | OWN:
        return
    value = child.c[reference.column]
    stays: list[ColumnElement[bool]] = [value.is_not(None)]
    if child.name in gone:
        stays.append(not_(exists(select(1).where(same_key(child, child, gone[child.name])))))
    if child.name in stage.staged:
        stays.append(not_(stage.has(child.name, {name: child.c[name] for name in keys(child)})))
    for table, column in leaving:
        if column not in gone[table].c:
            continue
        broken = [*stays, exists(select(1).where(gone[table].c[column] == value))]
        for other, other_column in reference.to:
            if other != table:
                real = RECORDS[other]
                broken.append(not_(exists(select(1).where(real.c[other_column] == value))))
        count, example = stage.connection.execute(
            select(func.count(), func.min(value)).where(*broken)
        ).one()
        if count:
            raise NotLoadable(
                f"The files no longer have the {noun(table)} {example}, but {count} "
                f"{'row' if count == 1 else 'rows'} of {child.name} in the database "
                f"{'belongs' if count == 1 else 'belong'} to such records. Add them to the files, "
                "load that table completely too, or leave out --complete. Nothing was loaded."
            )
