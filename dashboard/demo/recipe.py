"""The recipe: an empty database becomes the years of an invented service, from launch to today."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
from sqlalchemy import URL, Connection, insert

from dashboard.database import writing
from dashboard.database.connection import DatabaseNotUsable, connect, database_url
from dashboard.database.marks import has_records, mark_made_up, move_version
from dashboard.database.schema import migrate
from dashboard.database.tables import Import
from dashboard.demo import outside, partnership, profile
from dashboard.demo.arrivals import arrivals, weekly_from
from dashboard.demo.assessments import abuse_table, assessed, review_table, reviews, risk_table
from dashboard.demo.case_manager_tables import case_manager_tables
from dashboard.demo.case_managers import Team, teams, vacancy
from dashboard.demo.cases import Cases, all_cases, case_tables, closures
from dashboard.demo.chance import Ints, day_number, ids, stream
from dashboard.demo.contacts import contacts
from dashboard.demo.partners import partner_actions
from dashboard.demo.people import ServiceUsers, service_user_tables, service_users
from dashboard.demo.planting import plant
from dashboard.demo.referrals import Pathways, pathways, referral_tables
from dashboard.demo.victim_survivors import links, safety_contacts, victim_survivor_tables
from dashboard.demo.writing import Numbered, Writer, written_without_indexes

BLOCK = 10_000  # cases whose work is made and written at a time
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Summary:
    """What was made: rows by table, and to which case each planted story of a case fell."""

    today: date
    seed: int
    cases: int
    tables: dict[str, int]
    stories: dict[str, str]


def fill(
    url: URL | str,
    cases: int | None = None,
    seed: int = 1,
    today: date | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Fill a missing or empty database with made-up records of the service up to `today`.

    `cases` sets the size: a larger service of the same age. By default it is that of about 450
    referrals a year, and `today` is the day in London. The same `cases`, `seed` and `today` give
    the same records. `progress` is told what is being made and the share done so far.

    Raises DatabaseNotUsable where the database holds records, ValueError where nothing could be
    made for that size and day.
    """
    today = today or datetime.now(ZoneInfo("Europe/London")).date()
    if today < profile.LAUNCHED_ON:
        raise ValueError(
            f"The made-up service went live on {profile.LAUNCHED_ON}; choose a day from then on."
        )
    if cases is not None and cases < 1:
        raise ValueError("At least one case is needed.")
    engine = connect(database_url(str(url)) if isinstance(url, str) else url, create=True)
    try:
        migrate(engine)
        with writing(engine) as connection:
            if has_records(connection):
                raise DatabaseNotUsable(
                    "The database already holds records, and made-up ones are never mixed with "
                    "others. Name a new database, or remove this one first."
                )
            started = datetime.now(UTC)
            writer = Writer(connection, seed)
            with written_without_indexes(connection):
                planted = _make(writer, today, cases, seed, progress or _silent)
            mark_made_up(connection)
            move_version(connection)
            _record_import(connection, started, dict(writer.rows))
    finally:
        engine.dispose()
    return Summary(today, seed, writer.rows["cases"], dict(writer.rows), planted)


def _make(
    writer: Writer, on: date, cases: int | None, seed: int, progress: Progress
) -> dict[str, str]:
    """All records, parents before children."""
    today = day_number(on)
    progress("Referrals and cases", 0.0)
    referrals = pathways(stream(seed, "referrals"), on, cases)
    closing = closures(stream(seed, "closures"), referrals.allocated)
    users = service_users(stream(seed, "people"), referrals, closing[1])
    held = all_cases(stream(seed, "cases"), referrals, users.of_referral, closing, today)
    numbered = Numbered.for_size(len(referrals), len(held))
    planted = plant(stream(seed, "stories"), held, today)
    staff = teams(stream(seed, "case managers"), held, today)

    writer.spare = frozenset(ids("C", held.number[list(planted.values())], numbered.main))
    scale = 1.0 if cases is None else len(referrals) / arrivals(on).expected
    _write_service(writer, staff, on, scale)
    _write_pathway(writer, referrals, users, held, staff, today, seed, numbered)
    people = 0
    for number, block in enumerate(held.blocks(BLOCK)):
        progress("Work on cases", number * BLOCK / len(held))
        people = _write_work(writer, block, number, people, today, seed, numbered)
    _write_comparison(writer, held, today, seed, numbered)
    progress("Done", 1.0)
    return {
        key: f"C-{held.number[position]:0{numbered.main}d}" for key, position in planted.items()
    }


def _write_service(writer: Writer, staff: list[Team], on: date, scale: float) -> None:
    writer.write("areas", partnership.areas())
    writer.write("agencies", partnership.agencies(on))
    writer.write("targets", partnership.targets(on, scale))
    writer.write("annotations", partnership.annotations(on, weekly_from(on), vacancy(staff)))


def _write_pathway(
    writer: Writer,
    referrals: Pathways,
    users: ServiceUsers,
    held: Cases,
    staff: list[Team],
    today: int,
    seed: int,
    numbered: Numbered,
) -> None:
    rng = stream(seed, "service users")
    people, needs = service_user_tables(rng, users, referrals, numbered.main)
    received, decisions = referral_tables(
        stream(seed, "decisions"), referrals, users.of_referral, today, numbered.main
    )
    allocated, areas, engagement = case_tables(held, today, numbered.main)
    managers = case_manager_tables(staff, held, today, numbered.main)
    assignments = managers.pop("assignments")
    for table, frame in managers.items():
        writer.write(table, frame)
    writer.write("service_users", people)
    writer.write("needs", needs)
    writer.write("referrals", received)
    writer.write("referral_decisions", decisions)
    writer.write("cases", allocated)
    writer.write("case_areas", areas)
    writer.write("engagement", engagement)
    writer.write("assignments", assignments)


def _write_work(
    writer: Writer,
    block: Cases,
    number: int,
    people: int,
    today: int,
    seed: int,
    numbered: Numbered,
) -> int:
    """Everything that hangs on a block of cases; returns how many victim-survivors there are."""

    def chance(part: str) -> np.random.Generator:
        return stream(seed, part, number)

    linked = links(chance("links"), block, people, today)
    held = reviews(chance("reviews"), block, today)
    made = assessed(chance("assessments"), block, held, today)
    for table, frame in victim_survivor_tables(
        chance("victim-survivors"), block, linked, today, numbered
    ).items():
        writer.write(table, frame)
    safety = safety_contacts(chance("safety contacts"), block, linked, today, numbered)
    writer.write("safety_contacts", safety, numbered.with_id("contact_id", "S"))
    held_or_due = review_table(block, held, today, numbered.main)
    writer.write("reviews", held_or_due, numbered.with_id("review_id", "RV"))
    risk = risk_table(chance("risk"), block, made, linked, numbered)
    writer.write("risk_assessments", risk, numbered.with_id("assessment_id", "RA"))
    abuse = abuse_table(chance("abuse"), block, made, linked, numbered)
    writer.write("abuse_assessments", abuse, numbered.with_id("assessment_id", "AA"))
    kept = contacts(chance("contacts"), block, made, today, numbered.main)
    writer.write("contacts", kept, numbered.with_id("contact_id", "K"))
    actions = partner_actions(chance("actions"), block, today, numbered.main)
    writer.write("partner_actions", actions, numbered.with_id("action_id", "PA"))
    _write_outside(
        writer,
        chance,
        ids("SU", block.person, numbered.main),
        ids("V", linked.first_adult(), numbered.people),
        block.district,
        np.stack([block.allocated, block.closed], axis=1),
        today,
        numbered,
        changes=True,
    )
    return people + int(linked.new.sum())


def _write_outside(
    writer: Writer,
    chance: Callable[[str], np.random.Generator],
    person: pl.Series,
    victim: pl.Series,
    district: Ints,
    spans: Ints,
    today: int,
    numbered: Numbered,
    *,
    changes: bool,
) -> None:
    """What MARAC and police hold on some people, before, during and after their spans."""
    heard = outside.marac(chance("marac"), person, victim, district, spans, changes, today)
    writer.write("marac_referrals", heard, numbered.with_id("marac_id", "M"))
    recorded = outside.police(chance("police"), person, spans, changes, today)
    writer.write("police_incidents", recorded, numbered.with_id("incident_id", "I"))


def _write_comparison(
    writer: Writer, held: Cases, today: int, seed: int, numbered: Numbered
) -> None:
    """People like service users who were never allocated; with them nothing changes."""
    rng = stream(seed, "comparison people")
    person, district, spans = outside.comparison(rng, held, numbered.main)
    writer.write("comparison_people", outside.comparison_table(person, district, spans, today))
    _write_outside(
        writer,
        lambda part: stream(seed, f"{part} of comparison people"),
        person,
        pl.repeat(None, len(person), dtype=pl.String, eager=True),
        district,
        spans,
        today,
        numbered,
        changes=False,
    )


def _record_import(connection: Connection, started: datetime, rows: dict[str, int]) -> None:
    """Freshness is that of an import: these records came in now."""
    connection.execute(
        insert(Import).values(
            started_at=started,
            finished_at=datetime.now(UTC),
            loaded=True,
            files=["made-up records"],
            counts={
                table: {"read": n, "inserted": n, "updated": 0, "unchanged": 0, "rejected": 0}
                for table, n in rows.items()
            },
        )
    )


def _silent(_words: str, _share: float) -> None:
    return None
