"""How fresh each table is, and what each import did: read of the whole database as it is now."""

import polars as pl

from queries import words
from queries.definitions import titled
from queries.view import View
from queries.words import counted, day, fit


def freshness(view: View) -> pl.LazyFrame:
    """A row a table, the newest first and those without days of their own last.

    `table`, `rows`, `first_day` and `last_day` that something in it happened, `behind` (days that
    its last day lies before the newest of all), the last `import` with rows of it, and when
    that was `loaded`.
    """
    return (
        titled(view.numbers("tables"))
        .with_columns(
            behind=(pl.col("last_day").max() - pl.col("last_day")).dt.total_days(),
        )
        .select("table", "rows", "first_day", "last_day", "behind", "import", "loaded")
        .sort(["last_day", "rows", "table"], descending=[True, True, False], nulls_last=True)
    )


def how_fresh(frame: pl.DataFrame) -> str:
    """How far the records reach, and which tables hold nothing."""
    newest = frame["last_day"].max()
    if newest is None:
        return "No table holds anything that happened"
    reach = f"Records run to {day(newest)}"  # type: ignore[arg-type]
    empty = frame.filter(pl.col("rows") == 0).height
    if not empty:
        return fit(f"{reach}, and no table is empty", reach, limit=words.WIDE)
    tables = counted(empty, "table is", "tables are")
    return fit(f"{reach}; {tables} empty", reach, limit=words.WIDE)


def imports(view: View) -> pl.LazyFrame:
    """A row an import, the latest first.

    `import` (its number), `at`, `files`, `outcome`, `inserted`, `updated`, `unchanged`,
    `removed`, `refused` (rows of its files that were rejected).
    """
    loaded = pl.when("loaded").then(pl.lit("loaded")).otherwise(pl.lit("nothing loaded"))
    return (
        view.numbers("imports")
        .select(
            "import",
            "at",
            "files",
            "inserted",
            "updated",
            "unchanged",
            "removed",
            "refused",
            outcome=loaded,
        )
        .sort("import", descending=True)
    )


def last_import(frame: pl.DataFrame) -> str:
    """When records last came in, and how many rows were rejected."""
    last = frame.row(0, named=True)
    when = f"The last import was on {day(last['at'].date())}"
    refused = last["refused"]
    if not refused:
        return fit(f"{when}, with no row rejected", when, limit=words.WIDE)
    rows = counted(refused, "row was", "rows were")
    return fit(f"{when}; {rows} rejected", when, limit=words.WIDE)
