"""How fresh each table is, and what each import did: read of the whole database as it is now."""

from datetime import date

import polars as pl

from queries import words
from queries.definitions import titled
from queries.view import View
from queries.words import counted, day, fit, short_day


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
    newest = _newest(frame)
    if newest is None:
        return "No table holds anything that happened"
    reach = f"Records run to {day(newest)}"
    empty = _empty(frame)
    return fit(f"{reach}{empty or ', and no table is empty'}", reach, limit=words.WIDE)


def how_fresh_on(frame: pl.DataFrame, today: date, usual: int) -> str:
    """The same, with how many days ago the newest record is: feeds that all stopped are noticed.

    Where it is too old the page's sentence says since when; this, for how long.
    """
    newest = _newest(frame)
    if newest is None:
        return how_fresh(frame)
    days = (today - newest).days
    if days > usual:
        old = f"No record of the last {counted(days, 'day')}"
        return fit(f"{old}{_empty(frame) or ', and no table is empty'}", old, limit=words.WIDE)
    ago = f"{counted(days, 'day')} ago" if days else "today"
    reach = f"Records run to {day(newest)}, {ago}"
    shorter = f"Records to {short_day(newest)}, {ago}"
    empty = _empty(frame)
    return fit(f"{reach}{empty}", f"{shorter}{empty}", reach, limit=words.WIDE)


def too_old(frame: pl.DataFrame, today: date, usual: int) -> str:
    """That the newest record is older than the limit that is set; nothing where it is not."""
    newest = _newest(frame)
    if newest is None or (days := (today - newest).days) <= usual:
        return ""
    ago = f"{counted(days, 'day')} ago"
    return f"Records run to {short_day(newest)}, {ago}; the limit is {counted(usual, 'day')}"


def _newest(frame: pl.DataFrame) -> date | None:
    return frame["last_day"].max()  # type: ignore[return-value]


def _empty(frame: pl.DataFrame) -> str:
    empty = frame.filter(pl.col("rows") == 0).height
    return f"; {counted(empty, 'table is', 'tables are')} empty" if empty else ""


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
