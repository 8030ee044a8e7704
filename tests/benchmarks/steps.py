"""The steps of the benchmarks, each in a process of its own: `steps.py STEP`, its answer as JSON.

The database is the one of DRIVE_DATABASE_URL, the snapshot files are in DRIVE_SNAPSHOT_FOLDER.
"""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from clocks import clock, median, memory
from constant import read_once
from sqlalchemy import delete

from dashboard.access import PAGES, Role, Viewer, may_open
from dashboard.database import connect, database_url, marks
from dashboard.database.tables import Mark
from dashboard.intake import run_import
from dashboard.snapshot import Lens, Store, read_snapshot
from dashboard.snapshot.files import Files
from queries.evaluate import evaluate
from queries.measures import ALL
from queries.periods import months, one

Answer = dict[str, Any]


def read() -> Answer:
    """The whole database into facts, as after each change."""
    with clock() as taken:
        snapshot = read_snapshot(connect(database_url()))
    columns = sum(frame.estimated_size("mb") for frame in snapshot._facts.values())
    rows = sum(frame.height for frame in snapshot._facts.values())
    return {
        "wall": taken.wall,
        "cpu": taken.cpu,
        "columns": columns,
        "rows": rows,
        "peak": memory()["peak"],
    }


def file() -> Answer:
    """A snapshot file is there from here on."""
    Store().current()
    return {}


def start() -> Answer:
    """From its file to the first numbers, in a process that has only just begun."""
    with clock() as taken:
        store = Store()
        lens = _everything(store)
        evaluate(ALL[:4], lens, one(lens.start, lens.end)).collect()
    return {"wall": taken.wall, "cpu": taken.cpu, **memory()}


def refresh() -> Answer:
    """From the commit of an import of 1,000 contacts to the snapshot that has them."""
    with TemporaryDirectory() as folder:
        file = shutil.copy(str(database_url().database), folder)
        url = f"sqlite:///{file}"
        ours, theirs = Files(database_url()), Files(database_url(url), Path(folder))
        shutil.copytree(ours._folder, theirs._folder)
        store = Store(url, Path(folder))
        store.newest().tally()
        engine = connect(database_url(url))
        with engine.begin() as connection:
            # Nothing is imported into made-up records otherwise.
            connection.execute(delete(Mark).where(Mark.name == marks.MADE_UP))
            # As they came in: in no order of their cases.
            cases = connection.exec_driver_sql(
                "SELECT case_id, occurred_on, kind, outcome FROM contacts "
                "ORDER BY substr(contact_id, -3), contact_id LIMIT 1000"
            ).all()
        new = pl.DataFrame(cases, ["case_id", "occurred_on", "kind", "outcome"], orient="row")
        new = new.with_columns(contact_id=pl.format("new-{}", pl.int_range(pl.len())))
        new.write_csv(Path(folder) / "contacts.csv")
        report = run_import(url, [Path(folder) / "contacts.csv"])
        if report.tables["contacts"].inserted != new.height:
            raise RuntimeError(report.as_text())
        with clock() as taken:
            store.newest()
    return {"wall": taken.wall, "cpu": taken.cpu, "peak": memory()["peak"]}


def queries() -> Answer:
    """All measures: ungrouped, by month of a year, and by month and district."""
    store = Store()
    lens = _everything(store)
    year = months(_year_before(lens.end), lens.end)
    asked: dict[str, Callable[[], Any]] = {
        "ungrouped": lambda: evaluate(ALL, lens, one(lens.start, lens.end)).collect(),
        "by month": lambda: evaluate(ALL, lens, year).collect(),
        "by month and district": lambda: evaluate(ALL, lens, year, ["area"]).collect(),
        "sums of their columns": lambda: pl.collect_all(_sums(store)),
    }
    return {name: vars(median(work)) for name, work in asked.items()}


def pages() -> Answer:
    """A change of filter on each page: to a new choice, to one made before, and held constant."""
    from streamlit.testing.v1 import AppTest

    import dashboard

    front_door = Path(dashboard.__file__).with_name("app.py")
    choices = ("berkshire", "oxfordshire")
    found: Answer = {}
    kept: dict[Any, Any] = {}
    first_days = (date(2026, 4, 1) + timedelta(days=n) for n in count())
    key = ("", "")

    def of_choice() -> tuple[str, str]:
        return key

    for page in (each.path for each in PAGES if each.numbers and may_open(Role.MANAGER, each.path)):
        if page == "meeting":  # shows a release, which a made-up database does not bring
            continue
        screen = AppTest.from_file(str(front_door))
        screen.run(timeout=300)
        screen.switch_page(f"../pages/{page}.py")
        turn = count()

        def again(screen: Any = screen, page: str = page, turn: Iterator[int] = turn) -> None:
            nonlocal key
            key = (page, choices[next(turn) % 2])
            screen.query_params["area"] = [key[1]]
            screen.run(timeout=300)

        def change(screen: Any = screen, again: Callable[[], None] = again) -> None:
            """To a choice that nobody has made yet: from another day on."""
            screen.query_params["from"] = [next(first_days).isoformat()]
            again()

        with read_once(of_choice, kept):
            for _ in choices:
                again()
        if screen.exception:
            found[page] = {"failed": str(screen.exception[0].message)}
            continue
        repeated = median(again, 5)
        real = median(change, 5)
        with read_once(of_choice, kept):
            twin = median(change, 5)
        found[page] = {
            "wall": real.wall,
            "cpu": real.cpu,
            "again": vars(repeated),
            "constant": vars(twin),
        }
    return found


def _everything(store: Store) -> Lens:
    return store.current().lens(Viewer(Role.MANAGER, None))


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=1)


def _sums(store: Store) -> list[pl.LazyFrame]:
    """Every column that the measures touch, summed once."""
    needed: dict[str, set[str]] = {}
    for measure in ALL:
        columns = needed.setdefault(measure.facts, {"on", "to", "area"})
        for expression in (measure.counts, measure.out_of):
            columns |= set(expression.meta.root_names()) if expression is not None else set()
        columns |= {measure.each} if measure.each else set()
    facts = store.current()._facts
    return [
        facts[name]
        .lazy()
        .select(
            (
                pl.col(column)
                if kind.is_numeric() or kind == pl.Boolean
                else pl.col(column).to_physical()
            ).sum()
            for column, kind in facts[name].schema.items()
            if column in columns
        )
        for name, columns in needed.items()
    ]


if __name__ == "__main__":
    answer = {each.__name__: each for each in (read, file, start, refresh, queries, pages)}[
        sys.argv[1]
    ]()
    sys.stdout.write(json.dumps(answer))
