"""Cases whose risk rose, and the rules that flagged each: here, once, with their words."""

from dataclasses import dataclass
from datetime import timedelta

import polars as pl

from queries import words
from queries.once import once_a_view
from queries.view import View
from queries.workers import UNASSIGNED, active

RISE = 3  # ticks of DASH by which a score is up
DAYS = 28  # how long a police crime flags a case


@dataclass(frozen=True, eq=False)
class Rule:
    """A sign that the risk of an active case rose, over the columns of `_signs`, from `facts`.

    `brief` names it in the list of cases, where another column has the number or the day.
    """

    key: str
    words: str
    brief: str
    holds: pl.Expr
    facts: str = "assessments"


RULES = (
    Rule("level", "Level above intake", "level", pl.col("risk_level") > pl.col("level_at_intake")),
    Rule("score", f"Score up {RISE} or more", "score", pl.col("rise") >= RISE),
    Rule("idva", "IDVA says increased", "IDVA", pl.col("increased")),
    Rule(
        "police", f"Police crime in {DAYS} days", "police crime", pl.col("crimes") > 0, "incidents"
    ),
)
EXPLAINED = (
    "Level above intake: the latest risk level is above the highest at intake. "
    f"Score up {RISE} or more: the latest DASH score for a victim-survivor is at least {RISE} "
    "above the one before it. IDVA says increased: the IDVA’s latest rating for a "
    "victim-survivor is moderately or significantly increased. "
    f"Police crime in {DAYS} days: a criminal domestic abuse incident in the {DAYS} days up to "
    "the as-at date, since allocation. A flag asks for a look; it is no judgement."
)


def flagged(view: View) -> pl.LazyFrame:
    """The active cases on the as-at day that a rule flags, with a boolean column for each rule."""
    return _flagged(view).lazy()


@once_a_view
def _flagged(view: View) -> pl.DataFrame:
    held = active(view).collect()
    return (
        held.lazy()
        .join(_signs(view, held), on="case", how="left")
        .with_columns(rule.holds.fill_null(value=False).alias(rule.key) for rule in RULES)
        .filter(pl.any_horizontal(rule.key for rule in RULES))
        .collect()
    )


def flagged_by(view: View, rule: str) -> pl.LazyFrame:
    """Those that the rule with this key flags."""
    return flagged(view).filter(rule)


def words_of(rule: str) -> str:
    """The words of the rule with this key."""
    return next(each.words for each in RULES if each.key == rule)


def _signs(view: View, held: pl.DataFrame) -> pl.LazyFrame:
    """A row a case: `level_at_intake`, `rise` of a score, `increased`, `crimes` and last days."""
    theirs = pl.col("case").is_in(held["case"].implode())
    assessed = view.records("assessments").filter(theirs)
    pair = ["case", "victim_survivor"]
    at_intake = (
        assessed.filter(pl.col("at_intake"))
        .group_by("case")
        .agg(level_at_intake=pl.col("risk_level").max())
    )
    score = pl.col("dash_score").drop_nulls().cast(pl.Int32)
    people = (
        # Of one day the worst counts, in whichever order its records came.
        assessed.group_by(*pair, "on")
        .agg(pl.col("dash_score", "increased").max())
        .sort("on")
        .group_by(pair, maintain_order=True)
        .agg(
            rise=score.last() - score.shift(1).last(),
            increased=pl.col("increased").drop_nulls().last(),
        )
        .group_by("case")
        .agg(pl.col("rise").max(), pl.col("increased").any())
    )
    assessed_on = assessed.group_by("case").agg(assessed_on=pl.col("on").max())
    recent = pl.col("on") > view.as_at - timedelta(days=DAYS)
    crimes = (
        view.records("incidents")
        .filter(pl.col("is_crime"), recent)
        .join(held.lazy().select("case", "allocated_on"), on="case")
        .filter(pl.col("on") >= pl.col("allocated_on"))
        .group_by("case")
        .agg(crimes=pl.len().cast(pl.Int64), crime_on=pl.col("on").max())
    )
    return (
        people.join(at_intake, on="case", how="left")
        .join(assessed_on, on="case", how="left")
        .join(crimes, on="case", how="full", coalesce=True)
    )


def rising(view: View) -> pl.LazyFrame:
    """A row a flagged case, those with most flags first.

    `case`, `name` (case manager), `area_name`, `why` (the rules, briefly), `at_intake` and `now`
    (levels), `rise` (of the latest score since the one before), `dash_score`, `assessed_on`,
    `crime_on` (last police crime of the last 28 days), and a boolean for each rule.
    """
    why = pl.concat_str(
        [pl.when(rule.key).then(pl.lit(rule.brief)) for rule in RULES],
        separator=", ",
        ignore_nulls=True,
    )
    return (
        flagged(view)
        .join(view.numbers("areas").select("area", area_name="name"), on="area", how="left")
        .join(
            view.numbers("case_managers").select("case_manager", "name"),
            on="case_manager",
            how="left",
        )
        .with_columns(flags=pl.sum_horizontal(rule.key for rule in RULES))
        .sort("flags", "rise", "case", descending=[True, True, False], nulls_last=True)
        .select(
            pl.col("case").cast(pl.String),
            pl.col("name").fill_null(UNASSIGNED),
            "area_name",
            (why.str.slice(0, 1).str.to_uppercase() + why.str.slice(1)).alias("why"),
            pl.col("level_at_intake").cast(pl.String).alias("at_intake"),
            pl.col("risk_level").cast(pl.String).alias("now"),
            "dash_score",
            "rise",
            "assessed_on",
            "crime_on",
            *(rule.key for rule in RULES),
        )
    )


def by_rule(view: View) -> pl.LazyFrame:
    """A row a rule: `rule` (its key), `words`, `cases`, and `flagged`: the cases of any rule.

    Where the records that a rule looks at were never loaded its cases are null; `flagged` is null
    where all of them are.
    """
    kept = [view.recorded(rule.facts) for rule in RULES]
    counted = flagged(view).select(
        *(
            pl.col(rule.key).sum().cast(pl.Int64)
            if known
            else pl.lit(None, pl.Int64).alias(rule.key)
            for rule, known in zip(RULES, kept, strict=True)
        ),
        flagged=pl.len().cast(pl.Int64) if any(kept) else pl.lit(None, pl.Int64),
    )
    return pl.concat(
        [
            counted.select(
                pl.lit(rule.key).alias("rule"),
                pl.lit(rule.words).alias("words"),
                pl.col(rule.key).alias("cases"),
                "flagged",
            )
            for rule in RULES
        ]
    )


def whose_risk_rose(rows: pl.DataFrame) -> str:
    """How many cases are flagged, and by how many rules the first ones."""
    cases = words.sentence(words.counted(len(rows), "case"))
    several = int((rows.select(rule.key for rule in RULES).sum_horizontal() > 1).sum())
    verb = "shows" if len(rows) == 1 else "show"
    return words.fit(
        f"{cases} {verb} a sign of rising risk, {words.number(several)} of them more than one"
        if several
        else f"{cases} {verb} a sign of rising risk",
        f"{cases} {verb} a sign of rising risk",
        limit=words.WIDE,
    )


def what_flags_most(rows: pl.DataFrame) -> str:
    """How many cases are flagged, and which rule flags most."""
    total = rows["flagged"][0]
    if total is None:
        return "Neither assessments nor police incidents are recorded"
    if not total:
        return "No case shows a sign of rising risk"
    by_cases = rows.sort("cases", descending=True, nulls_last=True, maintain_order=True)
    top = by_cases.row(0, named=True)
    cases = words.sentence(words.counted(total, "case"))
    return words.fit(
        f"{cases} {'is' if total == 1 else 'are'} flagged, most by “{top['words'].lower()}”",
        f"{cases} {'shows' if total == 1 else 'show'} a sign of rising risk",
        limit=words.WIDE,
    )
