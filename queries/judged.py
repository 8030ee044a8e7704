"""High-risk cases: by their score, or by judgement at a score under 14, which is no mistake."""

import polars as pl

from queries import words
from queries.view import View
from queries.workers import active

BY_SCORE = "Score of 14 or more"
NO_SCORE = "No score recorded"
NO_GROUND = "Under 14: ground not recorded"


def high_risk(view: View) -> pl.LazyFrame:
    """The active high-risk cases, each with the `ground` on which it is one.

    Under 14 it is the ground recorded with the latest assessment that was high at such a score;
    of several on one day, the last in the order of the list.
    """
    judged = (
        view.records("assessments")
        .filter(pl.col("by_judgement"), pl.col("judged").is_not_null())
        .sort("on", "judged")
        .unique("case", keep="last", maintain_order=True)
        .select("case", pl.col("judged").cast(pl.String))
    )
    under = pl.concat_str(pl.lit("Under 14: "), pl.col("judged").str.to_lowercase())
    return (
        active(view)
        .filter(pl.col("high_risk"))
        .join(judged, on="case", how="left")
        .with_columns(
            ground=pl.when(pl.col("dash_score").is_null())
            .then(pl.lit(NO_SCORE))
            .when(~pl.col("by_judgement"))
            .then(pl.lit(BY_SCORE))
            .otherwise(under.fill_null(NO_GROUND))
        )
    )


def by_ground(view: View) -> pl.LazyFrame:
    """A row a ground, the score first, then the most frequent.

    `ground`, `cases`, `judged` (cases under 14), `lowest` and `highest` score.
    """
    return (
        high_risk(view)
        .group_by("ground")
        .agg(
            cases=pl.len().cast(pl.Int64),
            judged=pl.col("by_judgement").sum().cast(pl.Int64),
            lowest=pl.col("dash_score").min(),
            highest=pl.col("dash_score").max(),
        )
        .sort(pl.col("ground") != BY_SCORE, -pl.col("cases"), "ground")
    )


def on_ground(view: View, ground: str) -> pl.LazyFrame:
    """The cases of one ground."""
    return high_risk(view).filter(pl.col("ground") == ground)


def how_many_judged(rows: pl.DataFrame) -> str:
    """How many high-risk cases score under 14."""
    judged, total = int(rows["judged"].sum()), int(rows["cases"].sum())
    if not judged:
        return "No high-risk case scores under 14"
    many = words.sentence(words.number(judged))
    verb = "scores" if judged == 1 else "score"
    told = f"{many} of {words.number(total)} high-risk cases {verb} under 14"
    return words.fit(f"{told}: not an error", told, limit=words.WIDE)
