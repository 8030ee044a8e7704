"""How the risk of cases has changed: from intake to the latest score, and as IDVAs rate it."""

from datetime import date

import polars as pl

from queries import words
from queries.once import once_a_view
from queries.view import View
from queries.workers import active

# Least change of each step, from the greatest fall to the greatest rise.
STEPS = {
    "7 or more lower": -24,
    "4 to 6 lower": -6,
    "1 to 3 lower": -3,
    "The same": 0,
    "1 to 3 higher": 1,
    "4 to 6 higher": 4,
    "7 or more higher": 7,
}
# Months from which each cohort counts.
COHORTS = {
    "Under 3 months": 0,
    "3 to 5 months": 3,
    "6 to 8 months": 6,
    "9 to 11 months": 9,
    "12 months or more": 12,
}
NO_RATING = "Without a rating"


def compared(view: View) -> pl.LazyFrame:
    """The active cases scored at intake and again since, with `intake`, `step`, `cohort`.

    `intake` is the highest score at intake of a case's victim-survivors, and `dash_score` the
    highest of their latest; `score_change` is the latest less the one at intake.
    """
    return _compared(view).lazy()


@once_a_view
def _compared(view: View) -> pl.DataFrame:
    scored = (
        view.records("assessments")
        .filter(pl.col("dash_score").is_not_null())
        .join(active(view).select("case"), on="case", how="semi")
    )
    at_intake = pl.col("at_intake").fill_null(value=False)
    first = scored.filter(at_intake).group_by("case").agg(intake=pl.col("dash_score").max())
    again = scored.filter(~at_intake).select("case").unique()
    change = pl.col("dash_score").cast(pl.Int32) - pl.col("intake").cast(pl.Int32)
    return (
        active(view)
        .join(first, on="case")
        .join(again, on="case", how="semi")
        .filter(pl.col("dash_score").is_not_null())
        .with_columns(
            score_change=change,
            step=_placed(change, STEPS),
            cohort=_cohort(view.as_at),
        )
        .collect()
    )


def _placed(value: pl.Expr, starts: dict[str, int]) -> pl.Expr:
    """The name of the last start at or below a value."""
    found = pl.lit(None, pl.String)
    for name, start in starts.items():
        found = pl.when(value >= start).then(pl.lit(name)).otherwise(found)
    return found.cast(pl.Enum(list(starts)))


def _cohort(as_at: date) -> pl.Expr:
    # Whole months: a case allocated on 15 January is three months old on 15 April.
    found = pl.lit(None, pl.String)
    for name, months in COHORTS.items():
        old_enough = pl.col("allocated_on").dt.offset_by(f"{months}mo") <= as_at
        found = pl.when(old_enough).then(pl.lit(name)).otherwise(found)
    return found.cast(pl.Enum(list(COHORTS)))


def by_step(view: View) -> pl.LazyFrame:
    """A row a step of change, also those without a case: `step`, `cases`, `share`."""
    counted = compared(view).group_by("step").agg(cases=pl.len().cast(pl.Int64))
    steps = pl.LazyFrame({"step": list(STEPS)}, schema={"step": pl.Enum(list(STEPS))})
    total = pl.col("cases").sum()
    return (
        steps.join(counted, on="step", how="left", maintain_order="left")
        .with_columns(pl.col("cases").fill_null(0))
        .filter(total > 0)
        .with_columns(share=pl.col("cases") / total)
    )


def at_step(view: View, step: str) -> pl.LazyFrame:
    """The cases of one step of change."""
    return compared(view).filter(pl.col("step") == step)


def how_many_fell(rows: pl.DataFrame) -> str:
    """In how many cases the score is below the one at intake, and in how many above."""
    place = rows["step"].to_physical()
    same = list(STEPS).index("The same")
    fell, rose = (int(rows.filter(each)["cases"].sum()) for each in (place < same, place > same))
    below = f"{words.figure(fell)} of {words.figure(int(rows['cases'].sum()))}"
    above = words.figure(rose) if rose else "none"
    be = "is" if fell == 1 else "are"
    return words.fit(
        f"{below} {be} below intake, {above} above",
        f"{below} {be} below intake",
        limit=words.NARROW,
    )


def by_cohort(view: View) -> pl.LazyFrame:
    """A row a time in the programme with a case, shortest first.

    `cohort`, `lower`, `same`, `higher`, `cases`, `intake` and `latest` (mean scores), `change`
    (the second less the first).
    """
    change = pl.col("score_change")
    return (
        compared(view)
        .group_by("cohort")
        .agg(
            lower=(change < 0).sum().cast(pl.Int64),
            same=(change == 0).sum().cast(pl.Int64),
            higher=(change > 0).sum().cast(pl.Int64),
            cases=pl.len().cast(pl.Int64),
            intake=pl.col("intake").cast(pl.Float64).mean(),
            latest=pl.col("dash_score").cast(pl.Float64).mean(),
        )
        .with_columns(change=pl.col("latest") - pl.col("intake"))
        .sort("cohort")
    )


def of_cohort(view: View, cohort: str, part: str | None) -> pl.LazyFrame:
    """The cases of one time in the programme; `part`: those now `lower`, the `same` or `higher`."""
    change = pl.col("score_change")
    parts = {"lower": change < 0, "same": change == 0, "higher": change > 0}
    return compared(view).filter(
        pl.col("cohort") == cohort, parts.get(part or "", pl.lit(value=True))
    )


def where_scores_fall(rows: pl.DataFrame) -> str:
    """How far the scores of those longest in the programme lie from their own at intake.

    Of the longest time that some have come to: a mean of few says little.
    """
    enough = rows.filter(pl.col("cases") >= words.SHARE_FROM)
    if enough.is_empty():
        return "Too few cases for a mean at any time in the programme"
    last = enough.row(-1, named=True)
    by = words.figure(abs(last["change"]), 1)
    if by == words.figure(0, 1):
        return words.sentence(f"after {last['cohort'].lower()} the mean score is as at intake")
    way = "below" if last["change"] < 0 else "above"
    when = (
        "In the first three months"
        if last["cohort"] == next(iter(COHORTS))
        else (f"At {last['cohort'].lower()}")
    )
    return words.fit(
        f"{when} the mean score is {by} {way} its intake",
        f"{when}: {by} {way} intake",
        limit=words.WIDE,
    )


def rated(view: View) -> pl.LazyFrame:
    """Cases with the `change` in risk as the IDVA rates it, and whether it is `reduced`.

    Those of `risk_reduced_rate` in the period, and cases closed in it without a rating by the
    as-at date, whose rating is null.
    """
    within = pl.col("on").is_between(view.start, view.end)
    ratings = view.numbers("exit_ratings")
    columns = ["case", "area", "county", "case_manager", "on", "change", "reduced"]
    without = (
        view.numbers("closures")
        .filter(within)
        .join(ratings.select("case"), on="case", how="anti")
        .with_columns(
            change=pl.lit(None, ratings.select("change").collect_schema()["change"]),
            reduced=pl.lit(None, pl.Boolean),
        )
    )
    return pl.concat([ratings.filter(within).select(columns), without.select(columns)])


def by_rating(view: View) -> pl.LazyFrame:
    """A row a rating, most reduced first, and last the cases without one.

    `rating`, `cases`, `rated` (the same, null for those not known, to keep them apart), `share`
    (of the cases with a rating), `reduced` (cases that count as reduced).
    """
    if not view.recorded("exit_ratings"):
        return pl.LazyFrame(schema=_RATINGS)
    kind = view.numbers("exit_ratings").select("change").collect_schema()["change"]
    labels = kind.categories.to_list()  # type: ignore[attr-defined]
    counted = (
        rated(view)
        .group_by(rating=pl.col("change").cast(pl.String).fill_null(NO_RATING))
        .agg(cases=pl.len().cast(pl.Int64), reduced=pl.col("reduced").sum().cast(pl.Int64))
    )
    known = pl.col("rating") != NO_RATING
    total = pl.col("cases").filter(known).sum()
    return (
        pl.LazyFrame({"rating": [*labels, NO_RATING]})
        .join(counted, on="rating", how="left", maintain_order="left")
        .with_columns(pl.col("cases", "reduced").fill_null(0))
        .filter(pl.col("cases").sum() > 0)
        .with_columns(
            rated=pl.when(known).then("cases"),
            share=pl.when(known, total > 0).then(pl.col("cases") / total),
        )
        .select(_RATINGS.names())
    )


def rated_as(view: View, rating: str) -> pl.LazyFrame:
    """The cases of one rating, or without one."""
    return rated(view).filter(pl.col("change").cast(pl.String).fill_null(NO_RATING) == rating)


def how_idvas_rate(rows: pl.DataFrame) -> str:
    """In which share of the rated cases risk was reduced, and how many have no rating."""
    total = int(rows["rated"].sum())
    unknown = int(rows["cases"].sum()) - total
    if not total:
        cases = words.counted(unknown, "case")
        return f"{words.sentence(cases)} closed, none rated"
    share = words.share(int(rows["reduced"].sum()) / total, total)
    if not unknown:
        return f"IDVAs say that risk fell in {share}"
    return words.fit(
        f"IDVAs: risk fell in {share}; {words.number(unknown)} not known",
        f"IDVAs say that risk fell in {share}",
        limit=words.NARROW,
    )


_RATINGS = pl.Schema(
    {
        "rating": pl.String(),
        "cases": pl.Int64(),
        "rated": pl.Int64(),
        "share": pl.Float64(),
        "reduced": pl.Int64(),
    }
)
