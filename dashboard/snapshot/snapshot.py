"""A snapshot: the facts of one version of the database, and what is known about it."""

import logging
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from time import perf_counter
from zoneinfo import ZoneInfo

import polars as pl
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.orm import aliased

from dashboard.access import Role, Viewer
from dashboard.access.viewer import ANYBODY
from dashboard.database import marks
from dashboard.database.schema import require_current
from dashboard.database.settings import Settings, read_settings
from dashboard.database.tables import Import, Mark
from dashboard.disclosure import Release, ReleasedView
from dashboard.disclosure.places import places_on
from dashboard.disclosure.view import OWN
from dashboard.facts import build_facts
from dashboard.facts.reading import Moved
from dashboard.snapshot.answers import Answers
from dashboard.snapshot.lens import Lens
from dashboard.snapshot.lenses import Lenses
from dashboard.snapshot.tallies import Tallies
from queries.evaluate import evaluate
from queries.measures import ALL
from queries.periods import one

log = logging.getLogger(__name__)

LONDON = ZoneInfo("Europe/London")

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

    `state` names it among all (see `state_of`);
    `latest` is the last day with a record that is not in the future, `first` the first day of
    the service's own records; None where there are none.
    """

    version: int
    state: str
    read_at: datetime
    made_up: bool
    settings: Settings
    first: date | None
    latest: date | None
    _facts: dict[str, pl.DataFrame]
    # Not for `replace` to take along: they are of these facts alone.
    _answers: Answers = field(default_factory=Answers, init=False, compare=False, repr=False)
    _tallies: Tallies = field(default_factory=Tallies, init=False, compare=False, repr=False)
    _lenses: Lenses = field(default_factory=Lenses, init=False, compare=False, repr=False)

    @property
    def is_empty(self) -> bool:
        return self.latest is None

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

    def tally(self) -> None:
        """Make the tallies of all measures, for which whoever asks first would wait."""
        everything = self.lens(Viewer(Role.MANAGER, None))
        evaluate(ALL, everything, one(everything.start, everything.end)).collect()


def read_snapshot(engine: Engine) -> Snapshot:
    """Read the whole database as it is at one moment and derive its facts."""
    while True:
        try:
            return _read(engine)
        except Moved:
            log.info("Records changed while they were being read; reading them again")


def _read(engine: Engine) -> Snapshot:
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
            facts = build_facts(connection)
    first = _days(facts, _SERVICE, today).min()
    if not facts["kept"].is_empty():  # before it only counts were kept
        first = max(first, facts["kept"]["on"].max() + timedelta(days=1))  # type: ignore
    latest = _days(facts, (*_SERVICE, *_OTHERS), today).max()
    now = datetime.now(LONDON)
    log.info("Read version %s in %.1f s", version, perf_counter() - began)
    return Snapshot(version, state, now, made_up, settings, first, latest, facts)  # type: ignore[arg-type]


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
