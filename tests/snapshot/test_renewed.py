"""After a change only what it touched is read, and what comes of it is what reading all gives."""

import csv
import shutil
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import polars.selectors as cs
import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from sqlalchemy import Engine, Table, delete, make_url, select

from dashboard.access import Role, Viewer
from dashboard.database import connect, marks
from dashboard.database.moves import Touched
from dashboard.database.tables import RECORDS, Mark, Move
from dashboard.demo import fill
from dashboard.facts import build
from dashboard.facts.ids import OF_PEOPLE, numbers_of
from dashboard.intake import run_import
from dashboard.keeping.annotations import add_annotation
from dashboard.snapshot import Snapshot, Store, read_snapshot, snapshot
from dashboard.upkeep.erasing import erase
from queries.evaluate import evaluate
from queries.measures import ALL
from queries.periods import months

TODAY = date(2026, 6, 30)
MANAGER = Viewer(Role.MANAGER, None)


def service(url: str) -> None:
    """A small service that was made up, but may be imported into."""
    fill(url, cases=25, seed=4, today=TODAY)
    engine = connect(make_url(url))
    with engine.begin() as connection:
        connection.execute(delete(Mark).where(Mark.name == marks.MADE_UP))
    engine.dispose()


@pytest.fixture(scope="module")
def a_service(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("service") / "service.sqlite"
    service(f"sqlite:///{file}")
    return file


class Kept:
    """A server's store over a database that imports go into."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder
        self.engine = connect(make_url(url))
        self.store = Store(url, folder / "snapshots")
        self.before = self.store.newest()
        self.before.tally()

    def load(self, files: dict[str, list[dict[str, Any]]], *, complete: bool = False) -> Snapshot:
        """Import these rows, and let the store follow."""
        self.put(files, complete=complete)
        return self.newest()

    def put(self, files: dict[str, list[dict[str, Any]]], *, complete: bool = False) -> None:
        """Import these rows, which the store has not heard of."""
        folder = self.folder / f"files-{len(list(self.folder.iterdir()))}"
        folder.mkdir()
        for name, rows in files.items():
            with (folder / f"{name}.csv").open("w", newline="") as file:
                sheet = csv.DictWriter(file, rows[0])
                sheet.writeheader()
                sheet.writerows(rows)
        report = run_import(self.url, [folder], today=TODAY, complete=complete)
        assert report.import_id, report.as_text()

    def newest(self) -> Snapshot:
        self.before = self.store.held
        return self.store.newest()

    def rows(self, table: Table) -> list[dict[str, Any]]:
        with self.engine.connect() as connection:
            asked = select(table).order_by(*table.primary_key)
            return [dict(row) for row in connection.execute(asked).mappings()]


@pytest.fixture
def kept(a_service: Path, tmp_path: Path) -> Kept:
    return Kept(f"sqlite:///{shutil.copy(a_service, tmp_path)}", tmp_path)


def same_as_read_whole(found: Snapshot, engine: Engine) -> None:
    """The snapshot says what all the records say: its facts, and what is added up from them."""
    whole = read_snapshot(engine)
    assert (found.version, found.state) == (whole.version, whole.state)
    assert (found.first, found.latest) == (whole.first, whole.latest)
    assert found._facts.keys() == whole._facts.keys()
    for name, frame in whole._facts.items():
        assert_frame_equal(
            plain(found._facts[name]), plain(frame), check_row_order=False, check_exact=True
        )
        if "on" in frame.columns and name not in ("targets", "annotations", "kept_wider"):
            assert found._facts[name]["on"].is_sorted() == frame["on"].is_sorted(), name
    lenses = [each.lens(MANAGER) for each in (found, whole)]
    told, read = (
        evaluate(ALL, lens, months(lens.start, lens.end), ["area"]).collect() for lens in lenses
    )
    assert_frame_equal(told, read, check_exact=True)


def plain(frame: pl.DataFrame) -> pl.DataFrame:
    """With ids as text: those that are new stand elsewhere in the list."""
    ids = [name for name in OF_PEOPLE if name in frame.select(cs.enum()).columns]
    return frame.with_columns(pl.col(ids).cast(pl.String))


# What these say stands in the facts of everybody.
NAMING = ("agencies", "areas", "case_managers")


def follow(a_service: Path, folder: Path, seed: int) -> None:
    """Import changed rows of every table, a few tables at a time, and compare each time."""
    chance = Random(seed)  # noqa: S311 - nothing is secret here
    kept = Kept(f"sqlite:///{shutil.copy(a_service, folder)}", folder)
    others = sorted(RECORDS.keys() - set(NAMING))
    chance.shuffle(others)
    for names in (*(others[part : part + 4] for part in range(0, len(others), 4)), NAMING):
        found = kept.load(
            {
                name: [mixed(RECORDS[name], there, chance) for _ in range(chance.randint(1, 4))]
                for name in names
                if (there := kept.rows(RECORDS[name]))
            }
        )
        assert names is NAMING or found.since == kept.before.reading, names
        same_as_read_whole(found, kept.engine)
    kept.engine.dispose()


def mixed(table: Table, rows: list[dict[str, Any]], chance: Random) -> dict[str, Any]:
    """One of the rows with a value or two of others; now and then with an id of its own."""
    row = dict(chance.choice(rows))
    keys = list(table.primary_key)
    own = keys[0].name if len(keys) == 1 else None
    for name in chance.choices([name for name in row if name != own] or [own], k=2):
        row[name] = chance.choice(rows)[name]
    if own and chance.random() < 1 / 3:
        row[own] = f"NEW-{chance.randrange(10**6)}"
    return row


numbers = st.integers(0, 2**32)


@for_all(seed=numbers)
@settings(max_examples=2)
def test_what_is_read_of_any_import_is_enough(
    a_service: Path, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    follow(a_service, tmp_path_factory.mktemp("kept"), seed)


@pytest.mark.slow
@for_all(seed=numbers)
@settings(max_examples=20)
def test_what_is_read_of_many_imports_is_enough(
    a_service: Path, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    follow(a_service, tmp_path_factory.mktemp("kept"), seed)


def contacts(case: str, *numbers: int) -> dict[str, list[dict[str, Any]]]:
    return {
        "contacts": [
            {"contact_id": f"NEW-{each}", "case_id": case, "occurred_on": "2026-06-29"}
            for each in numbers
        ]
    }


def never(*_: object) -> None:
    raise AssertionError("All records were read.")


def test_a_small_import_is_read_alone_and_the_rest_stays(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = kept.rows(RECORDS["cases"])[0]["case_id"]
    with monkeypatch.context() as patch:
        patch.setattr(build, "read_records", never)
        found = kept.load(contacts(case, 1, 2))
    assert found.since == kept.before.reading
    assert {"contacts", "tables", "imports"}.isdisjoint(found.same)
    assert {"referrals", "links", "incidents", "comparison_people"} <= found.same
    for name in found.same:
        assert numbers_of(found._facts[name]).equals(numbers_of(kept.before._facts[name])), name
    same_as_read_whole(found, kept.engine)


def test_files_of_what_stayed_are_the_same_and_are_good(kept: Kept) -> None:
    (before,) = (kept.folder / "snapshots").glob("*/*/")
    numbers = {name: (before / f"{name}.arrow").stat().st_ino for name in ("incidents", "contacts")}
    found = kept.load(contacts(kept.rows(RECORDS["cases"])[0]["case_id"], 1))
    (after,) = (kept.folder / "snapshots").glob("*/*/")
    assert (after / "incidents.arrow").stat().st_ino == numbers["incidents"]
    assert (after / "contacts.arrow").stat().st_ino != numbers["contacts"]
    # Another process finds the files and needs no database.
    other = Store(kept.url, kept.folder / "snapshots").newest()
    assert other.read_at == found.read_at
    same_as_read_whole(other, kept.engine)


def test_files_of_another_reading_are_not_taken_over(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An id that stands behind the others here, and before them once all records are read again.
    kept.load({"referrals": [kept.rows(RECORDS["referrals"])[0] | {"referral_id": "A-NEW"}]})
    other = Store(kept.url, kept.folder / "snapshots")
    held = other.newest()
    monkeypatch.setattr(snapshot, "WHOLE_EVERY", timedelta(0))
    assert kept.newest().state == held.state
    monkeypatch.undo()
    kept.put(contacts(kept.rows(RECORDS["cases"])[0]["case_id"], 1))
    assert other.newest().since == held.reading
    same_as_read_whole(Store(kept.url, kept.folder / "snapshots").newest(), kept.engine)


def test_where_files_cannot_be_shared_they_are_written(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError("this file system has no second names")

    monkeypatch.setattr(Path, "hardlink_to", refused)
    found = kept.load(contacts(kept.rows(RECORDS["cases"])[0]["case_id"], 1))
    assert found.since == kept.before.reading
    same_as_read_whole(Store(kept.url, kept.folder / "snapshots").newest(), kept.engine)


def test_a_note_is_read_alone(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "read_records", never)
    add_annotation(kept.engine, MANAGER, date(2026, 6, 1), "all", "A second IDVA")
    found = kept.newest()
    assert set(found._facts) - found.same == {"annotations", "tables"}
    assert "A second IDVA" in found._facts["annotations"]["text"]


def test_the_same_on_both_engines(database_url: str, tmp_path: Path) -> None:
    service(database_url)
    kept = Kept(database_url, tmp_path)
    chance = Random(1)  # noqa: S311 - nothing is secret here
    for name in ("risk_assessments", "cases", "marac_referrals", "case_victim_survivors"):
        there = kept.rows(RECORDS[name])
        found = kept.load({name: [mixed(RECORDS[name], there, chance) for _ in range(5)]})
        assert found.since == kept.before.reading, name
        same_as_read_whole(found, kept.engine)
    kept.engine.dispose()


# What a change does, or says of itself, after which nothing less than everything will do.
def unsaid(kept: Kept) -> None:
    with kept.engine.begin() as connection:
        connection.execute(delete(RECORDS["contacts"]))
        marks.move_version(connection)


def of_everybody(kept: Kept) -> None:
    rows = kept.rows(RECORDS["areas"])
    kept.load({"areas": [rows[0] | {"name": "Another name"}]})


def a_link_missing(kept: Kept) -> None:
    with kept.engine.begin() as connection:
        connection.execute(delete(RECORDS["contacts"]))
        marks.move_version(connection, Touched())
        marks.move_version(connection, Touched())
        first = select(Move.version).order_by(Move.version).limit(1).scalar_subquery()
        connection.execute(delete(Move).where(Move.version == first))


@pytest.mark.parametrize("change", [unsaid, of_everybody, a_link_missing])
def test_otherwise_everything_is_read(kept: Kept, change: Any) -> None:
    change(kept)
    found = kept.newest()
    assert found.since is None
    assert found.same == frozenset()
    same_as_read_whole(found, kept.engine)


def test_what_was_changed_by_hand_is_seen_within_a_day(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kept.engine.begin() as connection:
        connection.execute(delete(RECORDS["contacts"]))
    found = kept.load(contacts(kept.rows(RECORDS["cases"])[0]["case_id"], 1))
    assert found.since == kept.before.reading
    assert found._facts["contacts"].height > 1  # those of others are there yet
    assert kept.newest() is found
    monkeypatch.setattr(snapshot, "WHOLE_EVERY", timedelta(0))
    assert Store(kept.url, kept.folder / "snapshots").newest().read_at == found.read_at
    again = kept.newest()
    assert again._facts["contacts"].height == 1
    assert again.state == found.state
    assert again.since is None
    same_as_read_whole(again, kept.engine)
    monkeypatch.undo()
    assert kept.newest() is again
    assert Store(kept.url, kept.folder / "snapshots").newest().read_at == again.read_at


def erased(kept: Kept) -> None:
    erase(kept.engine, kept.rows(RECORDS["comparison_people"])[0]["person_id"], "somebody")


def no_longer_in_a_file(kept: Kept) -> None:
    people = kept.rows(RECORDS["comparison_people"])
    kept.put({"comparison_people": [people[0] | {"person_id": "NEW"}]})
    kept.put({"comparison_people": people}, complete=True)


@pytest.mark.parametrize("removed", [erased, no_longer_in_a_file])
def test_a_removed_person_leaves_no_id_behind(kept: Kept, removed: Any) -> None:
    kept.load(contacts(kept.rows(RECORDS["cases"])[0]["case_id"], 1))
    with kept.engine.connect() as connection:
        assert len(connection.execute(select(Move.ids)).all()) == 1
    removed(kept)
    with kept.engine.connect() as connection:
        assert connection.execute(select(Move.ids)).all() == []
