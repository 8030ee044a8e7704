"""Case managers: what each holds against their own target, and what is late with them."""

import polars as pl

from queries import words
from queries.view import View

UNASSIGNED = "No case manager"


def active(view: View) -> pl.LazyFrame:
    """The active cases on the day the view is read as at."""
    return _holding(view, "caseload")


def workers(view: View) -> pl.LazyFrame:
    """A row a case manager who holds a case or has hours on the day; see `_loads`.

    `partly`: they work in districts out of view as well. Who is full shows in the whole caseload
    alone, so nothing is said of their target.
    """
    names = view.numbers("case_managers").select("case_manager", "name")
    loads = _loads(view, "case_manager", names, UNASSIGNED)
    covered = (
        _holding(view, "places")
        .group_by("case_manager")
        .agg(partly=pl.col("area").n_unique() < pl.col("of_districts").max())
    )
    partly = pl.col("partly").fill_null(value=False)
    return (
        loads.join(covered, on="case_manager", how="left", nulls_equal=True, maintain_order="left")
        .with_columns(partly, is_over=pl.col("is_over") & ~partly)
        .with_columns(
            pl.when(~partly).then(name).alias(name) for name in ("target", "load", "over")
        )
        .with_columns(
            standing=pl.when(partly).then(pl.lit("part of caseload")).otherwise("standing")
        )
        .sort("load", "cases", "name", descending=[True, True, False], nulls_last=True)
    )


def districts(view: View) -> pl.LazyFrame:
    """A row a district of the view, with the same columns as `workers`, `area` for the id."""
    names = view.numbers("areas").select("area", "name", "known")
    rows = _loads(view, "area", names, "Not known")
    return rows.filter(pl.col("known") | (pl.col("cases") > 0)).drop("known")


def cases_of(view: View, case_manager: str | None, part: str | None = None) -> pl.LazyFrame:
    """The active cases behind a worker's bar, or behind one of its numbers.

    `part`: `high_risk`, `other`, `quiet`, `overdue`; anything else is all of them.
    """
    held = active(view).filter(
        pl.col("case_manager").is_null()
        if case_manager is None
        else pl.col("case_manager") == case_manager
    )
    if part in ("high_risk", "other"):
        high = pl.col("high_risk").fill_null(value=False)
        return held.filter(high if part == "high_risk" else ~high)
    if part in _LATE:
        return held.join(_holding(view, _LATE[part]).select("case"), on="case", how="semi")
    return held


def name_of(rows: pl.DataFrame, case_manager: str | None) -> str:
    """The name on a worker's bar."""
    same = pl.col("case_manager").cast(pl.String).eq_missing(pl.lit(case_manager, pl.String))
    return str(rows.filter(same)["name"][0])


def _loads(view: View, by: str, names: pl.LazyFrame, nobody: str) -> pl.LazyFrame:
    """What each worker or district holds, fullest first.

    The id, `name`, `cases`, `high_risk`, `other`, `quiet`, `overdue` (cases with a review
    overdue), `attention` (cases with either), `longest` (days the longest has been open), `target`
    (places in the districts of the view; null without hours), `load` (cases / target), `over`
    (cases over the target, below zero for room), `standing` (in words), `is_over`.
    """
    held = (
        active(view)
        .group_by(by)
        .agg(
            cases=pl.len().cast(pl.Int64),
            high_risk=pl.col("high_risk").sum().cast(pl.Int64),
            longest=(pl.lit(view.as_at) - pl.col("allocated_on").min()).dt.total_days(),
        )
    )
    places = _holding(view, "places").group_by(by).agg(target=pl.col("places").sum())
    spells = {
        name: _holding(view, facts).select(by, "case")
        for name, facts in _LATE.items()
        if view.recorded(facts)
    }
    # What was never recorded is not known, and not 0.
    unknown = [name for name in _LATE if name not in spells]
    unknown += [] if view.recorded("assessments") else ["high_risk"]
    if spells:
        spells["attention"] = pl.concat(spells.values())
    else:
        unknown.append("attention")
    late = [
        rows.group_by(by).agg(pl.col("case").n_unique().cast(pl.Int64).alias(name))
        for name, rows in spells.items()
    ]
    rows = held.join(places, on=by, how="full", coalesce=True, nulls_equal=True)
    if by == "area":
        rows = names.select("area").join(rows, on="area", how="left")
    for frame in late:
        rows = rows.join(frame, on=by, how="left", nulls_equal=True)
    over = pl.col("cases") - pl.col("target")
    return (
        rows.join(names, on=by, how="left")
        .with_columns(
            pl.col("cases", "high_risk", *spells).fill_null(0),
            pl.col("name").fill_null(nobody),
            pl.col("target").round().cast(pl.Int64),
        )
        .with_columns(pl.lit(None, pl.Int64).alias(name) for name in unknown)
        .with_columns(
            other=pl.col("cases") - pl.col("high_risk").fill_null(0),
            load=pl.col("cases") / pl.col("target"),
            over=over,
            is_over=(over > 0).fill_null(value=False),
            standing=pl.when(over > 0)
            .then(pl.format("{} over", over))
            .when(over == 0)
            .then(pl.lit("at target"))
            .when(over < 0)
            .then(pl.format("{} free", -over))
            .otherwise(pl.lit("no hours set")),
        )
        .sort("load", "cases", "name", descending=[True, True, False], nulls_last=True)
    )


def over_target(rows: pl.DataFrame) -> str:
    """Who is over target, and how much room there is elsewhere.

    A district has no target of its own: its places are shares of those of its workers.
    """
    listed = rows.filter(pl.col("target").is_not_null())
    if listed.is_empty():
        if "partly" in rows.columns and rows["partly"].any():
            return "All work in other districts too: see the whole county"
        return "No hours of case managers are recorded"
    over = list(listed.filter(pl.col("is_over"))["name"])
    free = int(listed.filter(pl.col("over") < 0)["over"].sum() * -1)
    if listed.height == 1:
        one = standing(int(listed["over"][0]))
        return f"{listed['name'][0]} {'has' if free else 'is'} {one}"
    room = f"{words.counted(free, 'place')} {'is' if free == 1 else 'are'} free"
    if "case_manager" in rows.columns:
        nobody, people = "Nobody is over target", words.counted(len(over), "case manager")
        more = "is over target" if len(over) == 1 else "are over target"
    else:
        nobody, people = "No district exceeds its places", words.counted(len(over), "district")
        more = "exceeds its places" if len(over) == 1 else "exceed their places"
    if not over:
        return f"{nobody}; {room}"
    return words.fit(
        f"{words.listed(over)} {more}; {room} elsewhere",
        words.sentence(f"{people} {more}; {room} elsewhere"),
        words.sentence(f"{people} {more}"),
        limit=words.WIDE,
    )


def standing(over: int) -> str:
    """How far from the target, in a sentence: "four over target", "17 places free"."""
    if over == 0:
        return "at target"
    return (
        f"{words.number(over)} over target" if over > 0 else f"{words.counted(-over, 'place')} free"
    )


def _holding(view: View, spells: str) -> pl.LazyFrame:
    return view.numbers(spells).filter(pl.col("to").is_null() | (pl.col("to") > view.as_at))


# The spells of what is late, by the name of the number that counts their cases.
_LATE = {"quiet": "quiet", "overdue": "reviews_overdue"}
