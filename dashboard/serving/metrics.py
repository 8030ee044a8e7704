"""What is counted while the dashboard runs, for a monitoring system to read at `/metrics`."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from dashboard.database import DatabaseNotUsable, connect, database_url
from dashboard.database.tables import Import
from dashboard.snapshot import Store
from dashboard.snapshot.snapshot import LONDON

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

SESSIONS = Gauge("drive_sessions", "Open screens", registry=REGISTRY)
ERRORS = Counter("drive_errors", "Pages that failed", ["page"], registry=REGISTRY)
PAGES = Histogram(
    "drive_page_seconds",
    "Time of a page's run at the server",
    ["page"],
    unit="seconds",
    buckets=(0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10),
    registry=REGISTRY,
)


@contextmanager
def page_run(page_now: Callable[[], str]) -> Iterator[None]:
    """Times the run of a page; which one it was is asked at its end."""
    began = perf_counter()
    try:
        yield
    finally:
        PAGES.labels(page=page_now()).observe(perf_counter() - began)


class OfTheRecords(Collector):
    """The age of what is shown, and what the imports did, read when it is asked for."""

    def __init__(self, store: Callable[[], Store]) -> None:
        self._store = store
        self._engine: Engine | None = None

    def collect(self) -> Iterable[Metric]:
        store = self._store()
        snapshot = store.held
        if snapshot is not None:
            age = (datetime.now(LONDON) - snapshot.read_at).total_seconds()
            yield GaugeMetricFamily(
                "drive_snapshot_age_seconds",
                "Time since the records shown were read",
                age,
                unit="seconds",
            )
            yield GaugeMetricFamily(
                "drive_snapshot_version", "The version of the records shown", snapshot.version
            )
        if snapshot is not None and snapshot.latest is not None:
            days = (datetime.now(LONDON).date() - snapshot.latest).days
            yield GaugeMetricFamily("drive_records_age_days", "Days since the last record", days)
        yield from self._imports()

    def _imports(self) -> Iterable[Metric]:
        reachable = GaugeMetricFamily(
            "drive_database_reachable", "1 where the case database answers"
        )
        try:
            if self._engine is None:
                self._engine = connect(database_url())
            with self._engine.connect() as connection:
                counted = select(Import.loaded, func.count()).group_by(Import.loaded)
                results = {row[0]: row[1] for row in connection.execute(counted)}
                last = connection.execute(
                    select(Import.finished_at, Import.counts)
                    .where(Import.loaded)
                    .order_by(Import.import_id.desc())
                    .limit(1)
                ).first()
        except (DatabaseNotUsable, SQLAlchemyError):
            reachable.add_metric([], 0)
            yield reachable
            return
        reachable.add_metric([], 1)
        yield reachable
        imports = CounterMetricFamily("drive_imports", "Imports by their result", labels=["result"])
        imports.add_metric(["loaded"], results.get(True, 0))
        imports.add_metric(["refused"], results.get(False, 0))
        yield imports
        if last is None:
            return
        yield GaugeMetricFamily(
            "drive_last_import_timestamp_seconds",
            "When the last import that loaded rows was finished",
            _utc(last.finished_at).timestamp(),
            unit="seconds",
        )
        rows = GaugeMetricFamily(
            "drive_last_import_rows",
            "Rows of the last import by what became of them",
            labels=["of"],
        )
        totals: dict[str, int] = {}
        for counts in last.counts.values():
            for of, number in counts.items():
                totals[of] = totals.get(of, 0) + number
        for of, number in totals.items():
            rows.add_metric([of], number)
        yield rows


def _utc(moment: datetime) -> datetime:
    """SQLite gives times back without their zone."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def exposition() -> tuple[bytes, str]:
    """All of it as OpenMetrics, and its media type."""
    return bytes(generate_latest(REGISTRY)), CONTENT_TYPE_LATEST  # type: ignore[no-untyped-call]
