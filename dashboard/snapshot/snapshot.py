"""A snapshot: the facts of one version of the database, and what is known about it."""

import logging
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from time import perf_counter
from uuid import uuid4
from zoneinfo import ZoneInfo

import polars as pl
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.orm import aliased

from dashboard.access import Role, Viewer
from dashboard.access.viewer import ANYBODY
from dashboard.database import marks, moves
from dashboard.database.schema import require_current
from dashboard.database.settings import Settings, read_settings
from dashboard.database.tables import Import, Mark
from dashboard.disclosure import Release, ReleasedView
from dashboard.disclosure.places import places_on
from dashboard.disclosure.view import OWN
from dashboard.facts import build_facts
from dashboard.facts.reading import Moved
from dashboard.facts.renewing import renewed
from dashboard.snapshot.answers import Answers
from dashboard.snapshot.lens import Lens
from dashboard.snapshot.lenses import Lenses
from dashboard.snapshot.tallies import Tallies
from queries.evaluate import evaluate
from queries.measures import ALL
from queries.periods import one

log = logging.getLogger(__name__)

LONDON = ZoneInfo("Europe/London")

WHOLE_EVERY = timedelta(days=1)

# Days on which something of the service happened; due and planned days are none.
_SERVICE = ("referrals", "decisions", "allocations", "closures", "contacts", "assessments")
_OTHERS = ("abuse", "engagements", "actions", "marac_referrals", "marac", "incidents")
# Where a fact is derived from others, it is recorded if they are.
_DERIVED_FROM = {
    "caseload": "allocations",
    "closures": "allocations",
    "waiting": "decisions",
    "acceptances": "decisions",
    "contacts_due": "contacts",
    "quiet": "contacts",
    "reviews_due": "reviews",
    "reviews_overdue": "reviews",
    "abuse_pairs": "abuse",
    "severity_pairs": "abuse",
    "exit_ratings": "assessments",
    "followups": "incidents",
    "followup_incidents": "incidents",
    "followup_hearings": "marac_referrals",
    "hearings_by_phase": "marac_referrals",
    "link_starts": "links",
    "safety_contacts_due": "safety_contacts",
    "safety_states": "safety_contacts",
    "marac": "marac_referrals",
    "actions_due": "actions",
    "actions_overdue": "actions",
}


@dataclass(frozen=True)
class Snapshot:
    """The facts of one version, read at one moment. It keeps its frames to itself.

    `state` is that of the records (see `state_of`); `reading` is never twice the same: read again,
    records of one state may come with other numbers. `whole_at` is when all were last read;
    `latest` is the last day with a record that is not in the future, `first` the first day of
    the service's own records; None where there are none. `same` names the facts whose numbers are
    those of the snapshot whose reading was `since`.
    """

    reading: str
    version: int
    state: str
    read_at: datetime
    whole_at: datetime
    made_up: bool
    settings: Settings
    first: date | None
    latest: date | None
    _facts: dict[str, pl.DataFrame]
    since: str | None = None
    same: frozenset[str] = frozenset()
    # Not for `replace` to take along: they are of these facts alone.
    _answers: Answers = field(default_factory=Answers, init=False, compare=False, repr=False)
    _tallies: Tallies = field(default_factory=Tallies, init=False, compare=False, repr=False)
    _lenses: Lenses = field(default_factory=Lenses, init=False, compare=False, repr=False)

    @property
    def is_empty(self) -> bool:
        return self.latest is None

    @property
    def is_old(self) -> bool:
        """Whether all records should be read again: somebody may have changed some by hand."""
        return datetime.now(LONDON) - self.whole_at > WHOLE_EVERY

    @property
    def areas(self) -> pl.DataFrame:
        """All districts: `area`, `name`, `county`, `county_name`; no records in it."""
        return self._facts["areas"].filter(pl.col("known"))

    def recorded(self, facts: str) -> bool:
        """Whether any row of this kind was ever loaded."""
        return not self._facts[_DERIVED_FROM.get(facts, facts)].is_empty()

    def fullest_worker(self) -> str | None:
        """The case manager with the most active cases: whom a made-up case manager stands for."""
        held = self._facts["caseload"].filter(
            pl.col("to").is_null(), pl.col("case_manager").is_not_null()
        )
        counted = held.group_by("case_manager").len().sort("len", "case_manager", descending=True)
        return str(counted["case_manager"][0]) if len(counted) else None

    def released(
        self, release: Release, start: date | None = None, end: date | None = None
    ) -> ReleasedView:
        """What a protected role sees of a release, beside what the service says about itself."""
        own = {name: self._facts[name] for name in OWN}
        ends = release.counts.filter(cut="quarter", level="county")["end"].unique()
        own["places"] = places_on(own["places"], ends)
        return ReleasedView(release, own, start, end)

    def lens(
        self,
        viewer: Viewer,
        areas: frozenset[str] | None = None,
        start: date | None = None,
        end: date | None = None,
        as_at: date | None = None,
    ) -> Lens:
        """What the viewer sees, cut to `areas` (None: all of theirs) and to a period."""
        as_at = as_at or self.latest or self.read_at.astimezone(LONDON).date()
        # Who it is decides nothing that is shown, so people with the same rights share one.
        seen = (
            replace(viewer, name=ANYBODY),
            areas,
            start or min(self.first or as_at, as_at),
            end or as_at,
            as_at,
        )
        of_these = partial(Lens, self._facts, self.recorded, self._answers, self._tallies)
        return self._lenses.of(seen, lambda: of_these(*seen))

    def tally(self, before: "Snapshot | None" = None) -> None:
        """Make the tallies of all measures, for which whoever asks first would wait.

        Those of facts that are the same as in the snapshot `before` are taken from there.
        """
        if before is not None and self.since == before.reading:
            self._tallies.take(before._tallies, self.same)
        everything = self.lens(Viewer(Role.MANAGER, None))
        evaluate(ALL, everything, one(everything.start, everything.end)).collect()


def read_snapshot(engine: Engine, before: Snapshot | None = None) -> Snapshot:
    """Read the database as it is at one moment and derive its facts.

    Where it tells what changed since the snapshot `before`, only that is read.
    """
    while True:
        try:
            return _read(engine, before)
        except Moved:
            log.info("Records changed while they were being read; reading them again")


def _read(engine: Engine, before: Snapshot | None) -> Snapshot:
    began = perf_counter()
    today = datetime.now(LONDON).date()
    with engine.connect() as plain:
        connection = plain
        if engine.dialect.name == "postgresql":
            connection = plain.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            require_current(connection)
            version, state = marks.version(connection), state_of(connection)
            made_up = marks.is_made_up(connection)
            settings = read_settings(connection)
            changed = (
                _renewed(connection, before) if before and settings == before.settings else None
            )
            facts, same = changed or (build_facts(connection), frozenset())
    first = _days(facts, _SERVICE, today).min()
    if not facts["kept"].is_empty():  # before it only counts were kept
        first = max(first, facts["kept"]["on"].max() + timedelta(days=1))  # type: ignore
    latest = _days(facts, (*_SERVICE, *_OTHERS), today).max()
    now = datetime.now(LONDON)
    since = before.reading if before and changed else None
    what = "what changed up to version" if since else "version"
    log.info("Read %s %s in %.1f s", what, version, perf_counter() - began)
    return Snapshot(
        uuid4().hex,
        version,
        state,
        now,
        before.whole_at if before and changed else now,
        made_up,
        settings,
        first,  # type: ignore[arg-type]
        latest,  # type: ignore[arg-type]
        facts,
        since,
        same,
    )


def _renewed(
    connection: Connection, before: Snapshot
) -> tuple[dict[str, pl.DataFrame], frozenset[str]] | None:
    """The facts of a snapshot with what changed since; None where that is not known."""
    stamp = before.state.rpartition("-")[2]
    touched = moves.between(connection, stamp, marks.stamp(connection))
    return renewed(connection, before._facts, touched) if touched is not None else None


def state_of(connection: Connection) -> str:
    """What the database's content is told by: version, number of the last import, and stamp.

    An import that changed no record does not move the version, but is itself shown.
    """
    last = select(func.max(Import.import_id)).scalar_subquery()
    version, stamp = aliased(Mark), aliased(Mark)
    row = connection.execute(
        select(
            select(version.value).where(version.name == marks.VERSION).scalar_subquery(),
            last,
            select(stamp.value).where(stamp.name == marks.STAMP).scalar_subquery(),
        )
    ).one()
    return f"{row[0] or 0}-{row[1] or 0}-{row[2] or 'none'}"


def _days(facts: dict[str, pl.DataFrame], names: tuple[str, ...], today: date) -> pl.Series:
    days = pl.concat([facts[name]["on"] for name in names])
    return days.filter(days <= today)
