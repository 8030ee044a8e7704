"""What the slides of the weekly meeting say, from released numbers of the whole area alone."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from queries import released, words
from queries.measure import Measure
from queries.measures import DECISIONS, MEASURES
from queries.periods import months_before
from queries.released import TOO_FEW, Slice, cell, said
from queries.released_changes import aim, aim_in_words, in_words
from queries.targets import Targets
from queries.view import View

SENTENCE = 88  # characters of a slide's sentence that fit on its two lines
MONTHS = 14  # of a trend: beyond a year the axis names the years, which are said aloud
SUFFICE = 6  # earlier months that a record must beat
STILL = "still "  # before a record that the months before share


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


def since_last(
    view: View, then: View | None, keys: Sequence[str], week: Slice, month: Slice
) -> pl.LazyFrame:
    """What each measure is now and was when the last meeting saw it, from the two releases.

    `key`, `measure`, `when` (of states the last day of the newest week, or of the month where that
    ends with it or later; of what happens the newest month), `now`, `before`, `change`, `seen`: the
    last meeting saw this period already. Where it did, or there was none, the period just before
    stands in place of what it saw.
    """
    cells = released.released(view).filter(pl.col("split").is_null())
    rows = []
    for key in keys:
        for period in newest_first(week, month):
            found = cell(cells, key, period)
            if found is not None:
                rows.append(_since(cells, then, key, period, found))
                break
    return pl.LazyFrame(rows, schema={**dict.fromkeys(_SINCE, pl.String), "seen": pl.Boolean})


def newest_first(week: Slice, month: Slice) -> tuple[Slice, Slice]:
    """The two in the order in which states are read: as on the last day, of the month if alike."""
    return (week, month) if week.end > month.end else (month, week)


def _since(
    cells: pl.DataFrame, then: View | None, key: str, now: Slice, found: dict[str, Any]
) -> dict[str, Any]:
    last = newest(then, (now.kind,)) if then else None
    seen = last is not None and last.end >= now.end
    if last is None or seen:
        days = released.before(now)
        last = now.at(now.kind, *days) if days else None
    earlier = cell(cells, key, last) if last else None
    measure = _measure(key)
    return {
        "key": key,
        "measure": measure.title,
        "when": words.short_day(now.end) if measure.reads == "state" else now.period,
        "now": _told(measure, found),
        "before": _told(measure, earlier) if earlier else "none",
        "change": in_words(measure, found, earlier),
        "seen": seen,
    }


def _measure(key: str) -> Measure:
    return DECISIONS if key == DECISIONS.key else MEASURES[key]


def _told(measure: Measure, found: dict[str, Any]) -> str:
    if released.is_hidden(found):
        return TOO_FEW
    return released.written(measure, found["value"], found)


def what_changed(rows: pl.DataFrame) -> str:
    """The first number that the last meeting had not seen, or that there is none."""
    new = rows.filter(~pl.col("seen"))
    if new.is_empty():
        when = words.listed(list(dict.fromkeys(rows["when"])))
        return words.fit(
            f"Nothing newer than {when} has been released since the last meeting",
            "Nothing newer has been released since the last meeting",
            limit=SENTENCE,
        )
    known = new.filter(pl.col("now") != TOO_FEW)
    if known.is_empty():
        return f"What changed since the last meeting is {TOO_FEW}"
    # What moved comes before what stayed, in the order of the list: referrals first.
    moved = known.filter(pl.col("change").str.contains("more|fewer|up|down"))
    row = (known if moved.is_empty() else moved).row(0, named=True)
    on = "on" if row["when"][:1].isdigit() else "in"
    title = f"{row['measure']} {on} {row['when']}: {row['now']}"
    change = row["change"]
    than = ""
    if change.endswith(("more", "fewer")):
        than = f", {change} than before"
    elif change.startswith(("up", "down", words.AS_MANY, words.UNCHANGED)):
        than = f", {change}".replace(words.AS_MANY, f"{words.AS_MANY} as before")
    return words.fit(f"{title}{than}", title, limit=SENTENCE)


def records(view: View, keys: Sequence[str], month: Slice) -> pl.LazyFrame:
    """`key`, `measure`, `now`, `said`: what is the highest or lowest since when, if anything.

    `since`: how many months before had no such value; null where it is no record. Months in a row
    before this one that had the very same value do not end it: then it is "still" one.
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
    known = earlier.filter(pl.col("value").is_not_null())
    if known.height < SUFFICE:
        return {**found, "said": "too few months to compare", "since": None}
    # Months in a row of one value, as rounding makes them, are a record together, or none is.
    changed = known["value"] != now["value"]
    same = int(changed.arg_max() or 0) if changed.any() else known.height
    best: tuple[int, str] | None = None
    for name, beats in (
        ("highest", pl.col("value") >= now["value"]),
        ("lowest", pl.col("value") <= now["value"]),
    ):
        reached = known.slice(same).filter(beats)
        months = (
            known.height if reached.is_empty() else known["start"].index_of(reached["start"][0])
        )
        months = int(months or 0)
        if months - same >= SUFFICE and (best is None or months > best[0]):
            when = (
                "on record" if reached.is_empty() else f"since {words.month(reached['start'][0])}"
            )
            best = (months, f"{STILL if same else ''}{name} {when}")
    if best is None:
        return {**found, "said": "neither highest nor lowest lately", "since": None}
    return {**found, "said": best[1], "since": best[0]}


def the_record(rows: pl.DataFrame, month: Slice) -> str:
    """The value longest not reached, for a sentence."""
    known = rows.filter(pl.col("since").is_not_null()).sort("since", descending=True)
    if known.is_empty():
        return f"Nothing in {month.period} was the highest or lowest for half a year"
    top = known.row(0, named=True)
    name, still = top["measure"], STILL if top["said"].startswith(STILL) else ""
    the = f"{still}the {top['said'].removeprefix(STILL)}"
    return words.fit(
        f"{name} in {month.period}: {top['now']}, {the}",
        f"{name}: {top['now']}, {the}",
        f"{name}: {the}",
        limit=SENTENCE,
    )


def lines(view: View, keys: Sequence[str], until: date) -> pl.LazyFrame:
    """`month` and a column for each measure: its released months, the last 14; beside each its
    `... said` in words, a range where rounding leaves it open. `hidden`: how many values are
    hidden; `target` of the first measure.
    """
    cells, targets = released.unsplit(view), Targets.of(view)
    place = Slice(released.WHOLE, "", "", "month", until, until)
    first = months_before(until, MONTHS - 1)
    frame = pl.DataFrame(schema={"month": pl.Date})
    for key in keys:
        rows = released.series(cells, key, place, "month").filter(
            pl.col("start") >= first, pl.col("end") <= until
        )
        frame = frame.join(
            rows.select(
                month="start",
                **{key: pl.col("value")},
                **{f"{key} {edge}": pl.col(edge) for edge in ("least", "most")},
                **{
                    f"{key} said": pl.Series(
                        [said(key, row) for row in rows.to_dicts()], dtype=pl.String
                    )
                },
            ),
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
    found, earlier = (
        {"value": row[key], "suppressed": False}
        | {edge: row[f"{key} {edge}"] for edge in ("least", "most")}
        for row in (rows.row(-1, named=True), rows.row(max(rows.height - 2, 0), named=True))
    )
    before = rows.height > 1 and earlier["value"] is not None
    change = in_words(MEASURES[key], found, earlier) if before else ""
    return released.said(key, found), change


def hidden_in_words(rows: pl.DataFrame) -> str:
    """How many of the values are gaps."""
    hidden = int(rows["hidden"][0]) if rows.height else 0
    if not hidden:
        return ""
    verb = "is" if hidden == 1 else "are"
    return f"{words.sentence(words.counted(hidden, 'month'))} {verb} {TOO_FEW}."


def rounding_in_words(rows: pl.DataFrame, key: str) -> str:
    """Why a line ends in one place where its last value is said as a range."""
    found = rows.tail(1).select(least=f"{key} least", most=f"{key} most").to_dicts()
    if not found or not released.is_open(MEASURES[key], found[0]):
        return ""
    return "The line rests on rounded counts."


_STANDING = ("key", "measure", "now", "before", "aim")
_SINCE = ("key", "measure", "when", "now", "before", "change")
