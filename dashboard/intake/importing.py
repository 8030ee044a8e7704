"""An import from beginning to end: one transaction, all or nothing."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection, insert, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError, OperationalError

from dashboard.access.roles import Role
from dashboard.access.trail import What, at_the_command_line, note_with
from dashboard.database import tables
from dashboard.database.code_lists import Code
from dashboard.database.codes import read_code_lists
from dashboard.database.connection import DatabaseNotUsable, database_url
from dashboard.database.marks import is_made_up
from dashboard.database.trouble import words_for
from dashboard.intake import loading, rejected
from dashboard.intake.area_names import take_names
from dashboard.intake.checks import check
from dashboard.intake.dates import LONDON
from dashboard.intake.feeds import read_batches
from dashboard.intake.leaving import find_leaving
from dashboard.intake.mapping import Mapping, read_mapping, with_added
from dashboard.intake.opening import opened, take_turn
from dashboard.intake.planning import Planner
from dashboard.intake.problems import NotLoadable
from dashboard.intake.report import (
    ALL_LOADED,
    NOTHING_LOADED,
    SOME_REJECTED,
    RejectedRow,
    Report,
)
from dashboard.intake.sources import Source, find_sources
from dashboard.intake.stage import Stage
from dashboard.intake.touched import find_touched
from dashboard.intake.values import Codes

# Told what is being done, and how many rows of it are done, where that is counted.
Progress = Callable[[str, int | None], None]


def run_import(
    url: str | URL,
    paths: Sequence[str | Path],
    mapping: str | Path | None = None,
    dry_run: bool = False,
    complete: bool = False,
    allow_empty: bool = False,
    today: date | None = None,
    progress: Progress | None = None,
    who: tuple[str, Role | None] | None = None,
) -> Report:
    """Load folders, CSV files and workbooks into the case database, and report.

    `complete` says that the files are the whole of their tables; only with `allow_empty` may a
    file without rows then empty a table that has some. `today` (default: the date in
    London) is the last day on which something may have happened. `who` loads them, for the
    trail: a name and a role; by default whoever works at the command line.
    """
    tell = progress or (lambda _what, _rows: None)
    today = today or datetime.now(LONDON).date()
    try:
        chart = read_mapping(Path(mapping)) if mapping else Mapping()
        found = find_sources([Path(path) for path in paths], chart.wants)
        address = url if isinstance(url, URL) else database_url(url)
        with opened(address, dry_run=dry_run) as engine, engine.connect() as connection:
            importing = _Import(connection, chart, found.sources, found.notes, tell)
            report = importing.run(
                today, dry_run=dry_run, complete=complete, allow_empty=allow_empty
            )
            if dry_run:
                connection.rollback()
            else:
                _tell_the_trail(connection, report, who)
                connection.commit()
            return report
    except (NotLoadable, DatabaseNotUsable) as problem:
        return Report(NOTHING_LOADED, message=str(problem), dry_run=dry_run)
    except DatabaseError as error:
        why = words_for(error)
        if why is None:
            if not isinstance(error, OperationalError) and type(error) is not DatabaseError:
                raise
            why = f"The database could not be used: {str(error.orig).strip().splitlines()[0]}"
        message = f"{why}. Nothing was loaded."
        return Report(NOTHING_LOADED, message=message, dry_run=dry_run)


def _tell_the_trail(
    connection: Connection, report: Report, who: tuple[str, Role | None] | None
) -> None:
    name, role = who or (at_the_command_line(), None)
    rows = sum(each.inserted + each.updated for each in report.tables.values())
    details = {"import": report.import_id, "rejected": len(report.rejections)}
    note_with(connection, name, role, What.IMPORT, details, rows)


class _Import:
    """One import, in the transaction of its connection."""

    def __init__(
        self,
        connection: Connection,
        mapping: Mapping,
        sources: list[Source],
        notes: list[str],
        tell: Progress,
    ) -> None:
        self._connection = connection
        self._mapping = mapping
        self._sources = sources
        self._labels = [source.label for source in sources]
        self._notes = list(notes)
        self._tell = tell
        self._started = datetime.now(UTC)

    def run(self, today: date, *, dry_run: bool, complete: bool, allow_empty: bool) -> Report:
        if not dry_run:
            take_turn(self._connection)
        if is_made_up(self._connection):
            raise NotLoadable(
                "This database holds made-up records, and nothing else can be imported into it. "
                "Name another database in DRIVE_DATABASE_URL."
            )
        if complete and any(source.mended for source in self._sources):
            raise NotLoadable(
                "A file of rejected rows is not the whole of its table; load it without --complete."
            )
        known = read_code_lists(self._connection)
        added = self._mapping.added_codes()
        lists = {
            name: Codes(with_added(codes, added.get(name, []))) for name, codes in known.items()
        }
        stage = self._read(Planner(self._mapping, lists, today))
        self._tell("Checking", None)
        counties = (*lists["county"].known, *lists["county"].grown)
        self._notes += take_names(stage, counties)
        stage.complete()
        check(stage, counties, complete=complete)
        gone = find_leaving(stage, complete=complete)
        loading.decide(stage)
        counts = loading.count(stage, gone)
        self._notes += loading.emptied(counts, allowed=allow_empty)
        nothing = any(each.rejected for each in counts.values()) and not any(
            each.read - each.rejected for each in counts.values()
        )
        refused = rejected.with_content(self._sources, stage.rejections)
        import_id = None
        if dry_run:
            for _ in refused:
                pass
        else:
            self._tell("Loading", None)
            if not nothing:
                grown = {"county": _grown(stage, lists["county"])}
                codes_added = False
                for name, codes in known.items():
                    new = added.get(name, []) + grown.get(name, [])
                    codes_added |= loading.add_codes(self._connection, codes, new)
                touched = find_touched(stage, gone, counts)
                loading.load(stage, gone)
                loading.mark_changed(self._connection, counts, touched, codes_added=codes_added)
            import_id = self._note(counts, loaded=not nothing)
            rejected.keep(self._connection, import_id, self._labels, refused)
        ordered = stage.rejections.in_order()
        rejections = [
            RejectedRow(self._labels[each.source], each.row, each.column, each.value, each.reason)
            for each in ordered
        ]
        self._notes += _in_what_order(sum(each.follows for each in ordered))
        return Report(
            NOTHING_LOADED if nothing else SOME_REJECTED if rejections else ALL_LOADED,
            counts,
            rejections,
            self._notes,
            "Every row was rejected, so nothing was loaded." if nothing else None,
            dry_run,
            complete,
            import_id,
        )

    def _read(self, planner: Planner) -> Stage:
        """Read all sources into the stage."""
        for number, source in enumerate(self._sources):
            planner.plan(number, source)
        self._notes += planner.notes
        stage = Stage(self._connection, planner.feeds, self._labels)
        for number, source in enumerate(self._sources):
            feeds = [feed for feed in planner.feeds if feed.source == number]
            rows = untaken = 0
            for batch in read_batches(source, feeds):
                for feed in feeds:
                    stage.put(feed, batch.staged[feed.number])
                for finding in batch.findings:
                    stage.rejections.add(finding)
                rows += batch.rows
                untaken += batch.untaken
                self._tell(f"Reading {source.label}", rows)
            if untaken:
                self._notes.append(
                    f"{source.label}: {untaken:,} of its rows fed no table: the columns named in "
                    "when_filled are blank in them."
                )
        return stage

    def _note(self, counts: dict[str, loading.Counts], *, loaded: bool) -> int:
        """Write down that the import was made; its number."""
        made = (
            insert(tables.Import)
            .values(
                started_at=self._started,
                finished_at=datetime.now(UTC),
                loaded=loaded,
                files=self._labels,
                mapping=self._mapping.name,
                counts={name: asdict(each) for name, each in counts.items()},
            )
            .returning(tables.Import.import_id)
        )
        return self._connection.execute(made).scalar_one()


def _in_what_order(following: int) -> list[str]:
    """What to mend first, where some rows were rejected for another's sake."""
    if not following:
        return []
    stand = "row stands" if following == 1 else "rows stand"
    return [
        f"The last {following:,} rejected {stand} there only for referring to a rejected row: "
        "mend the others first, and load all of them again."
    ]


def _grown(stage: Stage, counties: Codes) -> list[Code]:
    """The counties that accepted rows have brought."""
    if "areas" not in stage.staged:
        return []
    areas = stage.staged["areas"]
    used = select(areas.c.county).where(areas.c.rejected == 0).distinct().order_by(areas.c.county)
    return [
        Code(code, counties.grown[code])
        for code in stage.connection.scalars(used)
        if code in counties.grown
    ]
