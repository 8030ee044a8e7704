"""The risk of a case on any day: its latest DASH scores and risk levels.

A case is high-risk if its score is 14 or more or if it was recorded as high, by professional
judgement or escalation. With several victim-survivors the highest of their latest counts.
"""

import polars as pl

from dashboard.database.code_lists import IDVA_CHANGE, JUDGEMENT, RISK_LEVEL, STAGE
from dashboard.facts.belonging import Belonging
from dashboard.facts.records import Records
from dashboard.facts.time import as_of

HIGH_FROM, MEDIUM_FROM = 14, 10  # ticks of 24; DASH risk checklist
_LEVELS = pl.Enum([code.label for code in RISK_LEVEL.codes])
HIGH = RISK_LEVEL.label("high")
INTAKE = STAGE.label("intake")
BY_SCORE = JUDGEMENT.label("score")
INCREASED = [IDVA_CHANGE.label(f"{much}_increased") for much in ("moderately", "significantly")]
NOT_KNOWN = IDVA_CHANGE.label("not_known")
NO_ONE = "nobody named"


def assessments(records: Records, belonging: Belonging) -> pl.DataFrame:
    """Each DASH assessment, with the level that its score and its record give together.

    `by_judgement`: high at a score under 14, which is no mistake; `judged`: on what ground, where
    one is recorded. `increased`: whether the IDVA says that risk increased, null if not known.
    """
    rows = records["risk_assessments"].select(
        "case",
        pl.col("assessed_on").alias("on"),
        _about().alias("victim_survivor"),
        records.label("stage", STAGE),
        pl.col("dash_score").cast(pl.Int8),
        level(records).alias("risk_level"),
        records.label("judgement", JUDGEMENT),
        records.label("idva_change", IDVA_CHANGE).alias("change"),
    )
    by_judgement = (pl.col("risk_level") == HIGH) & (pl.col("dash_score") < HIGH_FROM)
    return belonging.of_case(
        rows.with_columns(
            by_judgement=by_judgement,
            at_intake=pl.col("stage") == INTAKE,
            judged=pl.when(by_judgement, pl.col("judgement") != BY_SCORE).then("judgement"),
            increased=pl.when(pl.col("change") != NOT_KNOWN).then(
                pl.col("change").is_in(INCREASED)
            ),
        )
    )


def _about() -> pl.Expr:
    """Whom an assessment is about: if it names nobody, the only one whom the case's others name."""
    named = pl.col("victim_survivor").cast(pl.String)
    only = pl.when(named.drop_nulls().n_unique().over("case") == 1).then(named.max().over("case"))
    return pl.coalesce(named, only, pl.lit(NO_ONE))


def level(records: Records) -> pl.Expr:
    """The higher of the level recorded and the level of the score; null without either."""
    score = pl.col("dash_score")
    by_score = (
        pl.when(score >= HIGH_FROM)
        .then(2)
        .when(score >= MEDIUM_FROM)
        .then(1)
        .when(score.is_not_null())
        .then(0)
    )
    recorded = records.label("risk_level", RISK_LEVEL).to_physical()
    return (
        pl.max_horizontal(by_score.cast(pl.UInt8), recorded.cast(pl.UInt8))
        .replace_strict(range(3), _LEVELS.categories, default=None)
        .cast(_LEVELS)
    )


def risk_changes(assessed: pl.DataFrame) -> pl.DataFrame:
    """For each case and day of assessment: `dash_score`, `risk_level`, `high_risk` from then on.

    A missing score leaves the one before it standing; that is what was last known. What was said
    of nobody by name stands until the case's next assessment, which may be of the same person.
    """
    keys = assessed.select("case", "on").unique()
    pairs = assessed.select("case", "victim_survivor").unique().with_row_index("pair")
    asked = keys.join(pairs, on="case")
    known = assessed.join(pairs, on=["case", "victim_survivor"])
    nobody = pairs.filter(pl.col("victim_survivor") == NO_ONE).select("case", "pair")
    for column in ("dash_score", "risk_level"):
        found = known.drop_nulls(column).select("case", "pair", "on", column)
        ends = found.select("case", "on").join(nobody, on="case")
        states = (
            pl.concat([found, ends], how="diagonal")
            .group_by("pair", "on")
            .agg(pl.col(column).max())
        )
        asked = as_of(asked, states, by="pair")
    return (
        asked.group_by("case", "on")
        .agg(pl.col("dash_score", "risk_level").max())
        .with_columns(
            high_risk=pl.col("risk_level") == HIGH,
            by_judgement=(pl.col("risk_level") == HIGH) & (pl.col("dash_score") < HIGH_FROM),
        )
    )
