"""Adults and children harmed, as people: once each, however many cases they are linked to."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from queries import words
from queries.evaluate import evaluate
from queries.measures import MEASURES
from queries.notes import with_notes
from queries.periods import Periods, months, months_before, one, year_earlier
from queries.view import View

MONTHS = 12
UNKNOWN = "Not recorded"
PARTS = {"adults": "adult", "children": "child"}
WITH, APART = "With them", "Elsewhere"
PEOPLE = {"adult_victim_survivors": "adults", "child_victim_survivors": "children"}
RATES = {
    "idva_engaged_rate": "idva",
    "days_to_idva": "days",
    "safety_contacts_on_time_rate": "in_time",
}


def by_month(view: View) -> pl.LazyFrame:
    """`month`, `adults`, `children`, `people`, `partial`, `note`: people at the end of each month.

    The 12 months before the one that runs, and it.
    """
    periods = _months(view)
    rows = _beside(view, PEOPLE, periods, [])
    return with_notes(rows.filter(pl.col("people").is_not_null()), view, periods).sort("month")


def people_at_end(view: View, month: date, part: str | None) -> pl.LazyFrame:
    """The people behind a column of `by_month` or one of its parts, a row each."""
    people = _linked(view, last_day(view, month)).unique(
        "victim_survivor", keep="first", maintain_order=True
    )
    return people.filter(PARTS[part]) if part in PARTS else people


def last_day(view: View, month: date) -> date:
    """The last day of a month of `by_month`, as far as it has come."""
    return next(each.end for each in _months(view).each if each.start == month)


def how_many(rows: pl.DataFrame) -> str:
    """The people now, against the first month shown."""
    last, first = rows.row(-1, named=True), rows.row(0, named=True)
    people = words.sentence(words.counted(last["people"], "person", "people"))
    if rows.height == 1:
        return f"{people} linked to an active case"
    change = words.change(last["people"], first["people"])
    than = "as in" if last["people"] == first["people"] else "than in"
    return f"{people}, {change} {than} {words.month(first['month'])}"


def relationships(view: View) -> pl.LazyFrame:
    """`relationship` to the service user, `adults`, `children`; unknown apart, and last.

    A person linked to several cases stands under each relationship they have.
    """
    return _counted(_related(view).unique(["victim_survivor", "relationship"]), "relationship")


def how_related(rows: pl.DataFrame) -> str:
    """The most frequent relationship of adults."""
    known = rows.filter(pl.col("relationship") != UNKNOWN)
    adults = int(known["adults"].sum())
    if not adults:
        return "No adult’s relationship is recorded"
    top = known.sort("adults", descending=True, maintain_order=True).row(0, named=True)
    share = words.share_of(top["adults"], adults, "adult links")
    verb = "is" if top["adults"] == 1 and adults < words.SHARE_FROM else "are"
    return f"{share} {verb} “{words.within(top['relationship'])}”"


def living(view: View) -> pl.LazyFrame:
    """`living` (with the service user, or not), `adults`, `children`; unknown apart, and last.

    A person linked to several cases lives with a service user if they do so in one of them.
    """
    return _counted(_at_home(view), "living")


def who_lives_with(rows: pl.DataFrame) -> str:
    """The share that lives with the service user, of those of whom it is known."""
    people = {row["living"]: row["adults"] + row["children"] for row in rows.to_dicts()}
    known = people.get(WITH, 0) + people.get(APART, 0)
    if not known:
        return "Where people live is not recorded"
    own = people.get(WITH, 0)
    live = "lives" if own == 1 and known < words.SHARE_FROM else "live"
    return f"{words.share(own / known, known)} {live} with the service user"


def people_behind(view: View, column: str, value: str, part: str | None) -> pl.LazyFrame:
    """The people behind a bar, a row each: of a `relationship`, a way of `living` or an `area`.

    `part`: `adults` or `children`, or those of `year_before`; anything else is both now.
    """
    if column == "living":
        rows = _at_home(view)
    elif column == "relationship":
        rows = _related(view)
    else:
        rows = _linked(view, day_of(view, part))
    alike = rows.filter(pl.col(column).cast(pl.String) == value)
    people = alike.unique("victim_survivor", keep="first", maintain_order=True)
    return people.filter(PARTS[part]) if part in PARTS else people


def day_of(view: View, part: str | None) -> date:
    """The day whose people a number of `by_area` counts."""
    return year_earlier(view.end) if part == "year_before" else view.end


def name_of(rows: pl.DataFrame, area: str) -> str:
    """The name on a district's bar."""
    return str(rows.filter(pl.col("area").cast(pl.String) == area)["name"][0])


def by_area(view: View) -> pl.LazyFrame:
    """A row a district, most people first: `area`, `name`, `adults`, `children`, `people`.

    With them `year_before` (people on that day a year earlier; null where the service had none
    yet), `idva` (share of adults engaged), `days` (median days to that) and `in_time` (share of
    safety contacts due), both in the period, each with `..._of`, how many it is out of; on all
    rows `whole` and `summed`: people of the view, and the sum over its districts.
    """
    period = one(view.start, view.end)
    rows = _beside(view, {**PEOPLE, **RATES}, period, ["area"])
    whole = _beside(view, PEOPLE, period, []).select(whole="people")
    then = year_earlier(view.end)
    earlier = _beside(view, PEOPLE, one(then, then), ["area"]).select("area", year_before="people")
    first = view.numbers("links").select(first=pl.col("on").min())
    names = view.numbers("areas").select("area", "name", "known")
    return (
        rows.join(names, on="area")
        .join(earlier, on="area", how="left")
        .join(first, how="cross")
        .with_columns(pl.when(pl.col("first") <= then).then(pl.col("year_before").fill_null(0)))
        .filter(pl.col("known") | (pl.col("people") > 0), pl.col("people").is_not_null())
        .join(whole, how="cross")
        .with_columns(summed=pl.col("people").sum())
        .sort("people", "name", descending=[True, False])
        .select("area", "name", *_BY_AREA, *RATES.values(), *_OUT_OF, "whole", "summed")
    )


def where_most_are(rows: pl.DataFrame) -> str:
    """The district with the most people."""
    top = rows.row(0, named=True)
    if not top["people"]:
        return "Nobody is linked to an active case"
    return words.fit(
        f"{top['name']} has the most: {_people(top)}",
        f"{top['name']} has the most people",
        limit=words.WIDE,
    )


def _people(row: Mapping[str, int]) -> str:
    """Adults and children of a row in words, those there are."""
    both = (
        words.counted(row["adults"], "adult") if row["adults"] else "",
        words.counted(row["children"], "child", "children") if row["children"] else "",
    )
    return words.listed([each for each in both if each])


def whole_and_sum(rows: pl.DataFrame) -> str:
    """How many people there are, and by how much the districts add up to more."""
    whole, more = rows["whole"][0], rows["summed"][0] - rows["whole"][0]
    said = f"{words.n_of(whole, 'person', 'people')}, each once."
    if not more:
        return said
    return (
        f"{said} Districts add up to {words.figure(more)} more: some people have cases in two "
        "districts."
    )


def headline(rows: pl.DataFrame, late: int | None = None) -> str:
    """The page in a sentence, from `by_month`; `late`: how many had no safety contact in time."""
    if rows.is_empty():
        return "No victim-survivors are recorded yet"
    last = rows.row(-1, named=True)
    if not last["people"]:
        return "Nobody is linked to an active case"
    people = words.sentence(_people(last))
    if late:
        without = f"{words.number(late)} had no safety contact in time"
        return words.fit(
            f"{people}: {without}", f"{people}: {late} not in touch", limit=words.TITLE
        )
    are = f"{people} {'is' if last['people'] == 1 else 'are'} linked to"
    return words.fit(f"{are} an active case", f"{are} a case", limit=words.TITLE)


def _months(view: View) -> Periods:
    return months(months_before(view.end, MONTHS), view.end)


def _linked(view: View, day: date | None = None) -> pl.LazyFrame:
    """The links to cases active on a day, the period's last unless another is given."""
    day = day or view.end
    return view.numbers("links").filter(
        pl.col("on") <= day, pl.col("to").is_null() | (pl.col("to") > day)
    )


def _related(view: View) -> pl.LazyFrame:
    named = pl.col("relationship").cast(pl.String).fill_null(UNKNOWN)
    return _linked(view).with_columns(named.alias("relationship"))


def _at_home(view: View) -> pl.LazyFrame:
    """One row a person, with where they live: `living`."""
    lives = pl.col("lives_with")
    said = pl.when(lives).then(pl.lit(WITH)).when(~lives).then(pl.lit(APART))
    return (
        _linked(view)
        # Living with a service user comes first, then living apart, then what is not known.
        .sort(lives, descending=True, nulls_last=True, maintain_order=True)
        .unique("victim_survivor", keep="first", maintain_order=True)
        .with_columns(living=said.otherwise(pl.lit(UNKNOWN)))
    )


def _counted(people: pl.LazyFrame, name: str) -> pl.LazyFrame:
    """`name`, `adults`, `children`: most first, unknown last."""
    return (
        people.group_by(name)
        .agg(
            adults=pl.col("adult").sum().cast(pl.Int64),
            children=pl.col("child").sum().cast(pl.Int64),
            all=pl.len(),
        )
        .sort(pl.col(name) == UNKNOWN, "all", name, descending=[False, True, False])
        .drop("all")
    )


def _beside(view: View, names: Mapping[str, str], periods: Periods, by: list[str]) -> pl.LazyFrame:
    """Measures as columns under their `names`: `period`, `month`, `partial`, `by`, `people`.

    What a rate or median is out of stands beside it, with `_of` after its name.
    """
    rows = evaluate([MEASURES[key] for key in names], view, periods, by)
    measure = pl.col("measure").cast(pl.String)
    return (
        rows.group_by("period", "start", "partial", *by, maintain_order=True)
        .agg(
            pl.col(column).filter(measure == key).first().alias(f"{name}{ending}")
            for key, name in names.items()
            for column, ending in (("value", ""), ("denominator", "_of"))
        )
        .with_columns(pl.col("adults", "children").cast(pl.Int64))
        .with_columns(people=pl.col("adults") + pl.col("children"))
        .rename({"start": "month"})
    )


_BY_AREA = ("adults", "children", "people", "year_before")
_OUT_OF = tuple(f"{name}_of" for name in RATES.values())
