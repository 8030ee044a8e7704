"""Closed cases older than a set time, reduced to the counts of their months.

A person's records go together, and only when all of it lies before the line: every case closed,
every referral decided, the follow-ups over, and nothing recorded since. So every number from the
line on stays as it was, and those before it are answered from the counts that were kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl
from sqlalchemy import Connection, Date, Engine, func, insert, select

from dashboard.access import Role, Viewer
from dashboard.access.trail import What, note_with
from dashboard.database import writing
from dashboard.database.marks import move_version
from dashboard.database.schema import require_current
from dashboard.database.settings import Settings, read_settings
from dashboard.database.tables import RECORDS, Import, KeptCount, RejectedRow
from dashboard.facts.kept import ALL as WHOLE
from dashboard.facts.records import Records, read_records
from dashboard.intake.opening import take_turn
from dashboard.snapshot import Snapshot, read_snapshot
from dashboard.upkeep.erasing import empty_log
from dashboard.upkeep.leaving import Leaving, remove_rejected
from queries.evaluate import evaluate
from queries.measures import ALL
from queries.periods import months

# Days that are planned and say nothing of what happened.
_PLANNED = ("due_on", "planned_end_on")


@dataclass(frozen=True)
class Retention:
    """What goes, or went, and what was kept of it: rows by table, counts of so many months."""

    line: date
    rows: dict[str, int]
    rejected: int
    counts: int
    months: int


def retain(
    engine: Engine, older_than: int, who: str, today: date, *, dry_run: bool = False
) -> Retention:
    """Reduce what is older than so many months to counts, in one transaction.

    The line is the first day of a month. The counts are those of every measure by month, for each
    district, county and the whole; months of which counts are kept already stay as they are.
    """
    whole_months = today.year * 12 + today.month - 1 - older_than
    line = date(whole_months // 12, whole_months % 12 + 1, 1)
    with engine.connect() as connection:
        require_current(connection)
    with writing(engine) as connection:
        take_turn(connection)
        leaving = Leaving(connection)
        records, settings = read_records(connection), read_settings(connection)
        people, referrals = _settled(records, settings, line)
        leaving.add("service_users", people)
        leaving.add("referrals", referrals)
        leaving.add("comparison_people", _compared(records, settings, line))
        leaving.complete()
        rejected = _merged(leaving.rejected(), _old_rejected(connection, line))
        rows = leaving.counts()
        # The writing lock is held, so what another connection reads is what is here.
        kept = _counts(read_snapshot(engine), line, connection) if rows else []
        kept_months = len({each["month"] for each in kept})
        found = Retention(line, rows, len(rejected), len(kept), kept_months)
        if dry_run:
            connection.rollback()
            return found
        if not rows and not rejected:
            return found
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
        if kept:
            connection.execute(insert(KeptCount), kept)
        leaving.remove()
        remove_rejected(connection, rejected)
        move_version(connection)
        details = {"kind": "retention", "line": line.isoformat(), "rows": rows}
        note_with(connection, who, None, What.ERASURE, details, sum(rows.values()) + len(rejected))
    empty_log(engine)
    return found


def _settled(records: Records, settings: Settings, line: date) -> tuple[list[str], list[str]]:
    """The service users, and the referrals that name nobody, of whom all lies before the line."""
    referrals = records["referrals"].select(
        "referral",
        # A referral without a person is a person of its own.
        person=pl.coalesce(
            pl.col("service_user").cast(pl.String),
            pl.concat_str(pl.lit("referral:"), pl.col("referral").cast(pl.String)),
        ),
    )
    cases = records["cases"].join(referrals, on="referral").select("case", "person")
    follow_up = timedelta(days=max(settings.follow_up_days, settings.marac_follow_up_days))
    ends = (
        records["cases"]
        .join(cases, on="case")
        .select("person", day=pl.col("closed_on") + follow_up)
    )
    days = [ends, *_days(records, "referral", referrals), *_days(records, "case", cases)]
    days += _days(records, "person", None)
    last = pl.concat(days).drop_nulls("day").group_by("person").agg(pl.col("day").max())
    decided = (
        records["referral_decisions"]
        .sort("decided_on")
        .group_by("referral")
        .agg(pl.col("decision").last())
    )
    open_referrals = (
        records["referrals"]
        .join(referrals, on="referral")
        .join(decided, on="referral", how="left")
        .join(
            records["cases"].select("referral", has_case=pl.lit(value=True)).unique(),
            on="referral",
            how="left",
        )
        .filter(
            pl.col("has_case").is_null(),
            pl.col("withdrawn_on").is_null(),
            pl.col("eligible").is_null() | pl.col("eligible"),
            pl.col("decision").is_null() | (pl.col("decision") != "decline"),
        )
    )
    open_cases = records["cases"].filter(pl.col("closed_on").is_null()).join(cases, on="case")
    still = pl.concat([open_referrals.select("person"), open_cases.select("person")])
    settled = last.filter(pl.col("day") < line).join(still, on="person", how="anti")
    people = settled.join(
        records["service_users"].select(person=pl.col("service_user").cast(pl.String)),
        on="person",
        how="semi",
    )
    unnamed = referrals.join(settled, on="person", how="semi").filter(
        pl.col("person").str.starts_with("referral:")
    )
    return people["person"].to_list(), unnamed["referral"].cast(pl.String).to_list()


def _compared(records: Records, settings: Settings, line: date) -> list[str]:
    """Comparison people whose follow-up is over, and of whom nothing was recorded since."""
    follow_up = timedelta(days=max(settings.follow_up_days, settings.marac_follow_up_days))
    ends = records["comparison_people"].select("person", day=pl.col("end_on") + follow_up)
    still = ends.filter(pl.col("day").is_null())
    last = pl.concat([ends, *_days(records, "person", None)]).drop_nulls("day")
    last = last.group_by("person").agg(pl.col("day").max())
    gone = last.filter(pl.col("day") < line).join(ends, on="person", how="semi")
    return gone.join(still, on="person", how="anti")["person"].to_list()


def _days(records: Records, key: str, owners: pl.DataFrame | None) -> list[pl.DataFrame]:
    """Every day that happened in the rows of tables with this key: `person`, `day`."""
    found = []
    for name, table in RECORDS.items():
        rows = records[name]
        if key not in rows.columns or name == "comparison_people":
            continue
        if owners is not None:
            rows = rows.join(owners, on=key)
        found += [
            rows.select(pl.col("person").cast(pl.String), day=pl.col(column.name))
            for column in table.columns
            if isinstance(column.type, Date) and column.name not in _PLANNED
        ]
    return found


def _counts(snapshot: Snapshot, line: date, connection: Connection) -> list[dict[str, Any]]:
    """All measures of each month before the line that is not kept yet, by district and wider."""
    last = connection.scalar(select(func.max(KeptCount.month)))
    start = snapshot.first if last is None else (last + timedelta(days=32)).replace(day=1)
    if start is None or start >= line:
        return []
    periods = months(start.replace(day=1), line - timedelta(days=1))
    lens = snapshot.lens(Viewer(Role.MANAGER, None), start=start, end=line - timedelta(days=1))
    found = [
        {
            "measure": row["measure"],
            "month": row["start"],
            "area": row[by[0]] if by else WHOLE,
            **{name: row[name] for name in ("numerator", "denominator", "value")},
        }
        for by in (["area"], ["county"], [])
        for row in evaluate(ALL, lens, periods, by).collect().iter_rows(named=True)
    ]
    # The unknown district stands for an unknown county too.
    return list({(each["measure"], each["month"], each["area"]): each for each in found}.values())


def _old_rejected(connection: Connection, line: date) -> list[dict[str, Any]]:
    """The rejected rows of imports made before the line."""
    chosen = select(
        RejectedRow.import_id, RejectedRow.file, RejectedRow.row, Import.finished_at
    ).join(Import, Import.import_id == RejectedRow.import_id)
    return [
        {"import_id": row.import_id, "file": row.file, "row": row.row}
        for row in connection.execute(chosen)
        if row.finished_at.date() < line
    ]


def _merged(*lists: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({tuple(each.values()): each for rows in lists for each in rows}.values())
