"""How victim-survivors stand with the IDVA: reached in time or not, and how soon engaged."""

from datetime import date

import polars as pl

from queries import words
from queries.evaluate import evaluate
from queries.measures import MEASURES
from queries.notes import with_notes
from queries.periods import Period, Periods, months, months_before
from queries.victim_survivors import PARTS
from queries.view import View

MONTHS = 12
# Days from the link to the IDVA's support: the bands, each with its last day.
BANDS = {"In the first week": 7, "In the second week": 14, "In weeks three and four": 28}
LATER, NOT_ENGAGED = "Later", "Not engaged"
NOT_YET = "Not yet two weeks"
SOON = 14


def standings(view: View) -> pl.LazyFrame:
    """A row a standing with the IDVA: `standing`, `adults`, `children`, `none`.

    Of people linked on the period's last day, each once, by the worst standing that one of their
    links has. `none`: overdue or never reached. No rows without safety contacts.
    """
    if not view.recorded("safety_states"):
        return pl.LazyFrame(schema=_STANDINGS)
    kind = view.numbers("safety_states").select("standing").collect_schema()["standing"]
    order = pl.Series("standing", kind.categories, kind)  # type: ignore[attr-defined]
    counted = (
        _people(view)
        .group_by("standing")
        .agg(
            adults=pl.col("adult").sum().cast(pl.Int64),
            children=pl.col("child").sum().cast(pl.Int64),
            none=pl.col("none").any(),
        )
    )
    return (
        pl.LazyFrame([order])
        .join(counted, on="standing", how="left", maintain_order="left")
        .with_columns(
            pl.col("standing").cast(pl.String),
            pl.col("adults", "children").fill_null(0),
            pl.col("none").fill_null(value=False),
        )
    )


def who_has_none(rows: pl.DataFrame) -> str:
    """How many adults and children have no contact within the set time."""
    adults, children = (_without(rows, part) for part in PARTS)
    if not adults and not children:
        return "Nobody is without a safety contact in time"
    who = [
        words.counted(adults, "adult") if adults else "",
        words.counted(children, "child", "children") if children else "",
    ]
    return words.sentence(f"{words.listed([each for each in who if each])} had no contact in time")


def how_many_have_none(rows: pl.DataFrame) -> int:
    """How many people, adults and children, have no contact within the set time."""
    return sum(_without(rows, part) for part in PARTS)


def _without(rows: pl.DataFrame, part: str) -> int:
    return int(rows.filter(pl.col("none"))[part].sum())


def people_at(view: View, standing: str, part: str | None) -> pl.LazyFrame:
    """The people behind a bar of `standings`, a row each; `part`: `adults` or `children`."""
    rows = _people(view).filter(pl.col("standing") == standing)
    return rows.filter(PARTS[part]) if part in PARTS else rows


def time_to_idva(view: View) -> pl.LazyFrame:
    """How soon adults first linked in the period took up an IDVA's support: `band`, `adults`.

    Each adult once, from their first link in the period; `of`: all of them, `due`: those linked
    at least two weeks before its end, `soon`: of these, those engaged within two weeks. No rows
    where nobody was linked.
    """
    people = _newly_linked(view)
    bands = [*BANDS, LATER, NOT_ENGAGED, NOT_YET]
    due = _two_weeks_ago(view)
    soon = due & (pl.col("days") <= SOON)
    return (
        pl.LazyFrame({"band": bands})
        .join(
            people.group_by("band").agg(adults=pl.len().cast(pl.Int64)),
            on="band",
            how="left",
            maintain_order="left",
        )
        .with_columns(pl.col("adults").fill_null(0))
        .join(
            people.select(
                of=pl.len().cast(pl.Int64),
                due=due.sum().cast(pl.Int64),
                soon=soon.sum().cast(pl.Int64),
            ),
            how="cross",
            maintain_order="left",
        )
        .filter(pl.col("of") > 0)
    )


def how_soon(rows: pl.DataFrame) -> str:
    """The share of newly linked adults engaged within two weeks, of those linked so long ago."""
    due = int(rows["due"][0])
    if not due:
        return "All were linked in the last two weeks"
    return f"{words.share(rows['soon'][0] / due, due)} had an IDVA within two weeks"


def linked_within(view: View, band: str) -> pl.LazyFrame:
    """The adults behind a bar of `time_to_idva`, a row each."""
    return _newly_linked(view).filter(pl.col("band") == band)


def in_time_by_month(view: View) -> pl.LazyFrame:
    """`month`, `share` (kept in time of those due), `kept`, `due`, `partial`, `note`: a year."""
    periods = _months(view)
    rows = evaluate([MEASURES["safety_contacts_on_time_rate"]], view, periods).select(
        "period",
        "partial",
        month="start",
        share="value",
        kept=pl.col("numerator").cast(pl.Int64),
        due=pl.col("denominator").cast(pl.Int64),
    )
    return with_notes(rows.filter(pl.col("due").is_not_null()), view, periods).sort("month")


def days_of(view: View, month: date) -> Period:
    """The days of a month of `in_time_by_month`, as far as it has come."""
    return next(each for each in _months(view).each if each.start == month)


def how_often_in_time(rows: pl.DataFrame) -> str:
    """The share in time over the complete months shown."""
    whole = rows.filter(~pl.col("partial"))
    due = int(whole["due"].sum())
    if not due:
        return "No safety contact was due in a complete month"
    kept = int(whole["kept"].sum())
    if due < words.SHARE_FROM:
        return f"{words.share_of(kept, due, 'safety contacts')} in time in these months"
    return f"{words.share(kept / due)} of safety contacts were in time in these months"


def _months(view: View) -> Periods:
    return months(months_before(view.end, MONTHS), view.end)


def _people(view: View) -> pl.LazyFrame:
    """One row a person linked on the period's last day, with the worst standing of their links."""
    return (
        view.numbers("safety_states")
        .filter(pl.col("on") <= view.end, pl.col("to").is_null() | (pl.col("to") > view.end))
        .sort("none", pl.col("standing").to_physical(), "on", descending=True)
        .unique("victim_survivor", keep="first", maintain_order=True)
    )


def _two_weeks_ago(view: View) -> pl.Expr:
    """Linked so long before the period's end that two weeks can be told of."""
    return (pl.lit(view.end) - pl.col("on")).dt.total_days() >= SOON


def _newly_linked(view: View) -> pl.LazyFrame:
    """One row an adult first linked in the period, with `days` until engaged and their `band`."""
    days = pl.col("days")
    # The first band that a number of days is within, if any.
    within = [pl.when(days <= last).then(pl.lit(name)) for name, last in BANDS.items()]
    late = (
        pl.when(days.is_not_null())
        .then(pl.lit(LATER))
        .when(_two_weeks_ago(view))
        .then(pl.lit(NOT_ENGAGED))
        .otherwise(pl.lit(NOT_YET))
    )
    return (
        view.numbers("link_starts")
        .filter(pl.col("adult"), pl.col("on").is_between(view.start, view.end))
        .with_columns(
            days=pl.when(pl.col("engaged_on") <= view.end).then(
                (pl.col("engaged_on") - pl.col("on")).dt.total_days()
            )
        )
        .sort("on", pl.col("victim_survivor").to_physical(), "days", nulls_last=True)
        .unique("victim_survivor", keep="first", maintain_order=True)
        .with_columns(band=pl.coalesce(*within, late))
    )


_STANDINGS = {
    "standing": pl.String,
    "adults": pl.Int64,
    "children": pl.Int64,
    "none": pl.Boolean,
}
