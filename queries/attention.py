"""Cases that need attention: gone quiet, or with a review overdue; those of high risk first."""

import polars as pl

from queries import words
from queries.view import View
from queries.workers import UNASSIGNED, active

QUIET, OVERDUE, BOTH = "Quiet", "Review overdue", "Review overdue and quiet"


def attention(view: View) -> pl.LazyFrame:
    """A row a case, high-risk first, and of like risk the longest.

    `case`, `name` (case manager), `area_name`, `risk` (in words), `why`, `engagement`,
    `last_kept_on` (last kept contact; null without one), `review_due_on`, `dash_score`, `days`
    (since the last kept contact for a quiet case, since the review was due for an overdue one; the
    longer of both), `quiet`, `overdue`.
    """
    now = pl.col("to").is_null() | (pl.col("to") > view.as_at)
    quiet = view.numbers("quiet").filter(now).select("case", since="last_kept_on", quiet=True)
    kept = (
        view.records("contacts")
        .filter(pl.col("kept"))
        .join(active(view).select("case"), on="case", how="semi")
        .group_by("case")
        .agg(last_kept_on=pl.col("on").max())
    )
    overdue = (
        view.numbers("reviews_overdue")
        .filter(now)
        .group_by("case")
        .agg(review_due_on=pl.col("due_on").min())
        .with_columns(overdue=True)
    )
    late = pl.max_horizontal(
        pl.when("quiet").then((pl.lit(view.as_at) - pl.col("since")).dt.total_days()),
        (pl.lit(view.as_at) - pl.col("review_due_on")).dt.total_days(),
    )
    return (
        active(view)
        .join(quiet, on="case", how="left")
        .join(overdue, on="case", how="left")
        .join(kept, on="case", how="left")
        .with_columns(
            # Without contacts or reviews on record nobody can say that one is late.
            pl.col(name).fill_null(value=False) & view.recorded(facts)
            for name, facts in (("quiet", "quiet"), ("overdue", "reviews_overdue"))
        )
        .filter(pl.col("quiet") | pl.col("overdue"))
        .join(view.numbers("areas").select("area", area_name="name"), on="area", how="left")
        .join(
            view.numbers("case_managers").select("case_manager", "name"),
            on="case_manager",
            how="left",
        )
        .select(
            pl.col("case").cast(pl.String),
            pl.col("name").fill_null(UNASSIGNED),
            "area_name",
            pl.when("high_risk")
            .then(pl.lit("High-risk"))
            .when(~pl.col("high_risk"))
            .then(pl.lit("Not high-risk"))
            .otherwise(pl.lit("Not assessed"))
            .alias("risk"),
            pl.when(pl.col("quiet") & pl.col("overdue"))
            .then(pl.lit(BOTH))
            .when("quiet")
            .then(pl.lit(QUIET))
            .otherwise(pl.lit(OVERDUE))
            .alias("why"),
            pl.col("engagement").cast(pl.String),
            "last_kept_on",
            "review_due_on",
            "dash_score",
            late.alias("days"),
            "quiet",
            "overdue",
        )
        .sort(pl.col("risk") == "High-risk", "days", "case", descending=[True, True, False])
    )


def who_needs_it(rows: pl.DataFrame) -> str:
    """How many cases need attention, and why."""
    quiet, overdue = int(rows["quiet"].sum()), int(rows["overdue"].sum())
    both = int((rows["quiet"] & rows["overdue"]).sum())
    if len(rows) == 1:
        why = ["it is quiet"] if quiet else []
        why += ["has a review overdue" if quiet else "a review is overdue"] if overdue else []
        return f"One case needs attention: {words.listed(why)}"
    start = words.sentence(f"{words.counted(len(rows), 'case')} need attention")
    reviews = f"{words.number(overdue)} {'has' if overdue == 1 else 'have'} a review overdue"
    if both == 0 and len(rows) in (quiet, overdue):
        return f"{start}: all {'are quiet' if quiet else 'have a review overdue'}"
    parts = [f"{words.number(quiet)} {'is' if quiet == 1 else 'are'} quiet"] if quiet else []
    parts += [reviews] if overdue else []
    parts += [f"{words.number(both)} {'is' if both == 1 else 'are'} both"] if both else []
    return f"{start}: {', '.join(parts)}"
