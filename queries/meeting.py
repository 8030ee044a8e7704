"""What the slides of the weekly meeting say, from released numbers of the whole area alone."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from queries import released, words
from queries.measures import MEASURES
from queries.periods import months_before
from queries.released import TOO_FEW, Slice, cell, said
from queries.released_changes import aim, aim_in_words, in_words
from queries.targets import Targets
from queries.view import View

SENTENCE = 88  # characters of a slide's sentence that fit on its two lines
MONTHS = 13  # of a trend: a year, and the month it began with
SUFFICE = 6  # earlier months that a record must beat


def newest(view: View, kinds: tuple[str, ...], name: str = "") -> Slice | None:
    """The last week, month, quarter or year of the whole, of the first kind that there is.

    `name` is what the whole area is called.
    """
    place = Slice(released.WHOLE, "", name, "launch", view.start, view.end)
    return released.latest(view, place, kinds)


def standing(view: View, keys: Sequence[str], month: Slice) -> pl.LazyFrame:
    """`key`, `measure`, `now`, `before` (the month before) and `aim`, all written out."""
    cells, targets = released.unsplit(view), Targets.of(view)
    rows = [
        {
            "key": key,
            "measure": MEASURES[key].title,
            "now": said(key, cell(cells, key, month)),
            "before": said(key, released.cell_before(cells, key, month)),
            "aim": aim_in_words(key, aim(view, targets, key, month)) or "none",
        }
        for key in keys
        if cell(cells, key, month)
    ]
    return pl.LazyFrame(rows, schema=dict.fromkeys(_STANDING, pl.String))


def since_last(view: View, then: View | None, keys: Sequence[str], now: Slice) -> pl.LazyFrame:
    """The newest period beside the newest that the last meeting was shown.

    `key`, `measure`, `now`, `before`, `change`, `was` (that earlier period in words). Made from the
    two releases. Where the last meeting saw this period already, or there was none, the period just
    before stands in its place.
    """
    cells = released.unsplit(view)
    last = newest(then, (now.kind,)) if then else None
    if last is None or last.end >= now.end:
        days = released.before(now)
        last = now.at(now.kind, *days) if days else None
    rows = []
    for key in keys:
        found = cell(cells, key, now)
        if found is None:
            continue
        earlier = cell(cells, key, last) if last else None
        rows.append(
            {
                "key": key,
                "measure": MEASURES[key].title,
                "now": said(key, found),
                "before": said(key, earlier) if earlier else "none",
                "change": in_words(MEASURES[key], found, earlier),
                "was": last.period if last else "",
            }
        )
    return pl.LazyFrame(rows, schema=dict.fromkeys(_SINCE, pl.String))


def seen_already(then: View | None, now: Slice) -> bool:
    """Whether the last meeting was shown this period."""
    last = newest(then, (now.kind,)) if then else None
    return last is not None and last.end >= now.end


def what_changed(rows: pl.DataFrame, now: Slice, *, seen: bool) -> str:
    """The first number of the newest period, or that there is no newer period."""
    if seen:
        return f"Nothing newer than {now.period} has been released since the last meeting"
    known = [row for row in rows.to_dicts() if row["now"] != TOO_FEW]
    if not known:
        return f"What changed in {now.period} is {TOO_FEW}"
    # Referrals come first in the list; the first that can be shown speaks.
    row = known[0]
    title = f"{row['measure']} in {now.period}: {row['now']}"
    change = row["change"]
    than = f", {change} than before" if change.endswith(("more", "fewer")) else ""
    return words.fit(f"{title}{than}", title, limit=SENTENCE)


def records(view: View, keys: Sequence[str], month: Slice) -> pl.LazyFrame:
    """`key`, `measure`, `now`, `said`: what is the most or the fewest since when, else as usual.

    `since`: how many months before had no such value; null where it is no record.
    """
    cells = released.unsplit(view)
    rows = [
        _record(key, released.series(cells, key, month, "month").filter(pl.col("end") <= month.end))
        for key in keys
    ]
    schema = {**dict.fromkeys(("key", "measure", "now", "said"), pl.String), "since": pl.Int64}
    return pl.LazyFrame([row for row in rows if row], schema=schema)


def _record(key: str, rows: pl.DataFrame) -> dict[str, Any] | None:
    if rows.is_empty():
        return None
    now = rows.row(-1, named=True)
    found = {"key": key, "measure": MEASURES[key].title, "now": said(key, now)}
    if now["value"] is None:
        return {**found, "said": TOO_FEW, "since": None}
    earlier = rows.head(rows.height - 1).reverse()
    best: tuple[int, str] | None = None
    for name, beats in (
        ("highest", pl.col("value") >= now["value"]),
        ("lowest", pl.col("value") <= now["value"]),
    ):
        known = earlier.filter(pl.col("value").is_not_null())
        reached = known.filter(beats)
        months = (
            known.height if reached.is_empty() else known["start"].index_of(reached["start"][0])
        )
        months = int(months or 0)
        if months >= SUFFICE and (best is None or months > best[0]):
            when = (
                "on record" if reached.is_empty() else f"since {words.month(reached['start'][0])}"
            )
            best = (months, f"{name} {when}")
    if best is None:
        return {**found, "said": "within what is usual", "since": None}
    return {**found, "said": best[1], "since": best[0]}


def the_record(rows: pl.DataFrame, month: Slice) -> str:
    """The value longest not reached, for a sentence."""
    known = rows.filter(pl.col("since").is_not_null()).sort("since", descending=True)
    if known.is_empty():
        return f"Nothing in {month.period} was the highest or lowest for half a year"
    top = known.row(0, named=True)
    name = top["measure"]
    return words.fit(
        f"{name} in {month.period}: {top['now']}, the {top['said']}",
        f"{name}: {top['now']}, the {top['said']}",
        f"{name}: the {top['said']}",
        limit=SENTENCE,
    )


def lines(view: View, keys: Sequence[str], until: date) -> pl.LazyFrame:
    """`month` and a column for each measure: its released months, the last 13; `hidden`: how many
    values are hidden; `target` of the first measure."""
    cells, targets = released.unsplit(view), Targets.of(view)
    place = Slice(released.WHOLE, "", "", "month", until, until)
    first = months_before(until, MONTHS - 1)
    frame = pl.DataFrame(schema={"month": pl.Date})
    for key in keys:
        rows = released.series(cells, key, place, "month").filter(
            pl.col("start") >= first, pl.col("end") <= until
        )
        frame = frame.join(
            rows.select(month="start", **{key: pl.col("value")}),
            on="month",
            how="full",
            coalesce=True,
        )
    hidden = sum(frame[key].null_count() for key in keys)
    return (
        frame.sort("month")
        .with_columns(
            hidden=pl.lit(hidden),
            target=pl.lit(aim(view, targets, keys[0], place), pl.Float64),
        )
        .lazy()
    )


def now_and_before(rows: pl.DataFrame, key: str) -> tuple[str, str]:
    """The last month of a measure written out, and how it changed from the month before."""
    if rows.is_empty() or rows[key][-1] is None:
        return TOO_FEW, ""
    value = rows[key][-1]
    then = rows[key][-2] if rows.height > 1 else None
    found, earlier = ({"value": each, "suppressed": False} for each in (value, then))
    change = in_words(MEASURES[key], found, earlier) if then is not None else ""
    return released.written(MEASURES[key], value), change


def hidden_in_words(rows: pl.DataFrame) -> str:
    """How many of the values are gaps."""
    hidden = int(rows["hidden"][0]) if rows.height else 0
    if not hidden:
        return ""
    verb = "is" if hidden == 1 else "are"
    return f"{words.sentence(words.counted(hidden, 'month'))} {verb} {TOO_FEW}."


_STANDING = ("key", "measure", "now", "before", "aim")
_SINCE = ("key", "measure", "now", "before", "change", "was")
