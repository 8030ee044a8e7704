"""Records that contradict each other: each rule once, in words, with the rows that break it.

Intake refuses what cannot be; what is here can be loaded, but not all of it can be true. Nothing
is mended or left out on that ground: the rules of each fact say which record they go by.
"""

from collections.abc import Callable

import polars as pl

from dashboard.database.code_lists import DECISION, RISK_LEVEL, STAGE
from dashboard.facts.belonging import Belonging
from dashboard.facts.records import Records
from dashboard.facts.risk import HIGH_FROM, MEDIUM_FROM

ACCEPT = DECISION.by_code["accept"].code
STANDARD, HIGH = RISK_LEVEL.by_code["standard"].code, RISK_LEVEL.by_code["high"].code
EXIT = STAGE.by_code["exit"].code

# Rows with `case` or `referral`, `record` (its id, or its case's), `on` and `found`.
Rule = Callable[[Records], pl.DataFrame]


def contradictions(records: Records, belonging: Belonging) -> pl.DataFrame:
    """A row a record that breaks a rule, on the day from which it does.

    `rule` is the rule's words, `table` where the record is, `record` its id (that of its case or
    referral where it has none), `found` what stands in it and what it contradicts. `case` or
    `referral`: whose record it is.
    """
    parts = []
    for words, (table, rule) in RULES.items():
        found = rule(records)
        placed = (
            belonging.of_case(found)
            if "case" in found.columns
            else _of_referral(found, records, belonging)
        )
        parts.append(
            placed.with_columns(
                pl.lit(words, _WORDS).alias("rule"),
                pl.lit(table).alias("table"),
                pl.col("record").cast(pl.String),
            )
        )
    every = pl.concat(parts, how="diagonal")
    return every.select(
        "rule",
        "table",
        "record",
        "case",
        "referral",
        "on",
        "found",
        "area",
        "county",
        "case_manager",
    ).sort("on", "rule", "record")


def _of_referral(found: pl.DataFrame, records: Records, belonging: Belonging) -> pl.DataFrame:
    areas = records["referrals"].select("referral", "area")
    return belonging.in_area(found.join(areas, on="referral", how="left"))


def _day(column: str) -> pl.Expr:
    return pl.col(column).dt.strftime("%-d %B %Y")


def _closed(records: Records) -> pl.DataFrame:
    return records["cases"].select("case", "closed_on").drop_nulls()


def _after_closure(table: str, record: str, day: str, what: str) -> Rule:
    """Rows of a case's table with a day after the case was closed."""

    def rule(records: Records) -> pl.DataFrame:
        return (
            records[table]
            .join(_closed(records), on="case")
            .filter(pl.col(day) > pl.col("closed_on"))
            .select(
                "case",
                pl.col(record).cast(pl.String).alias("record"),
                pl.format(
                    f"{what} on {{}}, case closed on {{}}", _day(day), _day("closed_on")
                ).alias("found"),
                on=day,
            )
        )

    return rule


def _assessed_after_closure(records: Records) -> pl.DataFrame:
    # The IDVA's rating at exit may well follow the closure; an intake or a review cannot.
    rows = records["risk_assessments"].filter(pl.col("stage") != EXIT)
    return (
        rows.join(_closed(records), on="case")
        .filter(pl.col("assessed_on") > pl.col("closed_on"))
        .select(
            "case",
            record="assessment_id",
            found=pl.format(
                "{} assessed on {}, case closed on {}",
                pl.col("stage").replace_strict(_STAGES, default=pl.col("stage")),
                _day("assessed_on"),
                _day("closed_on"),
            ),
            on="assessed_on",
        )
    )


def _level_below_score(records: Records) -> pl.DataFrame:
    score, level = pl.col("dash_score"), pl.col("risk_level")
    below = ((score >= HIGH_FROM) & (level != HIGH)) | (
        (score >= MEDIUM_FROM) & (level == STANDARD)
    )
    return (
        records["risk_assessments"]
        .filter(below)
        .select(
            "case",
            record="assessment_id",
            found=pl.format(
                "DASH score {}, level {}",
                score,
                level.replace_strict(_LEVELS, default=level),
            ),
            on="assessed_on",
        )
    )


def _review_before_earlier(records: Records) -> pl.DataFrame:
    """A review held before the one before it was due: days or reviews are mixed up."""
    return (
        records["reviews"]
        .sort("case", "due_on", "review")
        .with_columns(before=pl.col("due_on").shift(1).over("case"))
        .filter(pl.col("held_on") < pl.col("before"))
        .select(
            "case",
            pl.col("review").cast(pl.String).alias("record"),
            pl.format(
                "held on {}, an earlier one was due on {}", _day("held_on"), _day("before")
            ).alias("found"),
            on="held_on",
        )
    )


def _assigned_after_closure(records: Records) -> pl.DataFrame:
    until = (
        pl.when(pl.col("to_on").is_null())
        .then(pl.lit("without an end"))
        .otherwise(pl.format("until {}", _day("to_on")))
    )
    return (
        records["assignments"]
        .join(_closed(records), on="case")
        .filter(pl.col("to_on").is_null() | (pl.col("to_on") > pl.col("closed_on")))
        .select(
            "case",
            pl.col("case").cast(pl.String).alias("record"),
            pl.format(
                "held by {} {}, case closed on {}", "case_manager", until, _day("closed_on")
            ).alias("found"),
            on="closed_on",
        )
    )


def _assigned_to_leaver(records: Records) -> pl.DataFrame:
    return (
        records["assignments"]
        .join(records["case_managers"].select("case_manager", "left_on"), on="case_manager")
        .filter(pl.col("from_on") >= pl.col("left_on"))
        .select(
            "case",
            pl.col("case").cast(pl.String).alias("record"),
            pl.format(
                "given to {} on {}, who left on {}",
                "case_manager",
                _day("from_on"),
                _day("left_on"),
            ).alias("found"),
            on="from_on",
        )
    )


def _accepted_after_withdrawal(records: Records) -> pl.DataFrame:
    return (
        records["referral_decisions"]
        .filter(pl.col("decision") == ACCEPT)
        .join(records["referrals"].select("referral", "withdrawn_on"), on="referral")
        .filter(pl.col("decided_on") > pl.col("withdrawn_on"))
        .select(
            "referral",
            pl.col("referral").cast(pl.String).alias("record"),
            pl.format(
                "accepted on {}, withdrawn on {}", _day("decided_on"), _day("withdrawn_on")
            ).alias("found"),
            on="decided_on",
        )
    )


def _allocated_after_withdrawal(records: Records) -> pl.DataFrame:
    return (
        records["cases"]
        .join(records["referrals"].select("referral", "withdrawn_on"), on="referral")
        .filter(pl.col("allocated_on") > pl.col("withdrawn_on"))
        .select(
            "case",
            pl.col("case").cast(pl.String).alias("record"),
            pl.format(
                "allocated on {}, referral withdrawn on {}",
                _day("allocated_on"),
                _day("withdrawn_on"),
            ).alias("found"),
            on="allocated_on",
        )
    )


def _allocated_without_acceptance(records: Records) -> pl.DataFrame:
    """Only where decisions on the referral are recorded: none at all is a hole, not a mistake."""
    decided = (
        records["referral_decisions"]
        .group_by("referral")
        .agg(accepted_on=pl.col("decided_on").filter(pl.col("decision") == ACCEPT).min())
    )
    accepted = (
        pl.when(pl.col("accepted_on").is_null())
        .then(pl.lit("never accepted"))
        .otherwise(pl.format("accepted on {}", _day("accepted_on")))
    )
    return (
        records["cases"]
        .drop("area")
        .join(decided, on="referral")
        .filter(pl.col("accepted_on").is_null() | (pl.col("accepted_on") > pl.col("allocated_on")))
        .select(
            "case",
            pl.col("case").cast(pl.String).alias("record"),
            pl.format("allocated on {}, referral {}", _day("allocated_on"), accepted).alias(
                "found"
            ),
            on="allocated_on",
        )
    )


def _names_nobody_linked(table: str, record: str, day: str) -> Rule:
    """Rows of a case that name a victim-survivor whom nothing links to it."""

    def rule(records: Records) -> pl.DataFrame:
        linked = records["case_victim_survivors"].select("case", "victim_survivor")
        return (
            records[table]
            .drop_nulls("victim_survivor")
            .join(linked, on=["case", "victim_survivor"], how="anti")
            .select(
                "case",
                pl.col(record).alias("record"),
                pl.format("names {}, who is not linked to the case", "victim_survivor").alias(
                    "found"
                ),
                on=day,
            )
        )

    return rule


_STAGES = {code.code: code.label for code in STAGE.codes}
_LEVELS = {code.code: code.label for code in RISK_LEVEL.codes}

# The words of each rule, with the table of the record that breaks it.
RULES: dict[str, tuple[str, Rule]] = {
    "Contact after the case was closed": (
        "contacts",
        _after_closure("contacts", "contact_id", "occurred_on", "contact"),
    ),
    "Review held after the case was closed": (
        "reviews",
        _after_closure("reviews", "review", "held_on", "held"),
    ),
    "Review held before an earlier one was due": ("reviews", _review_before_earlier),
    "Intake or review assessment after the case was closed": (
        "risk_assessments",
        _assessed_after_closure,
    ),
    "Risk level below that of its DASH score": ("risk_assessments", _level_below_score),
    "Victim-survivor linked after the case was closed": (
        "case_victim_survivors",
        _after_closure("case_victim_survivors", "victim_survivor", "linked_on", "linked"),
    ),
    "Safety contact with somebody not linked to the case": (
        "safety_contacts",
        _names_nobody_linked("safety_contacts", "contact_id", "contacted_on"),
    ),
    "Risk assessment names somebody not linked to the case": (
        "risk_assessments",
        _names_nobody_linked("risk_assessments", "assessment_id", "assessed_on"),
    ),
    "Closed case still assigned to a case manager": ("assignments", _assigned_after_closure),
    "Case assigned to a case manager who had left": ("assignments", _assigned_to_leaver),
    "Referral accepted after it was withdrawn": (
        "referral_decisions",
        _accepted_after_withdrawal,
    ),
    "Case allocated after its referral was withdrawn": ("cases", _allocated_after_withdrawal),
    "Case allocated before its referral was accepted": ("cases", _allocated_without_acceptance),
}
_WORDS = pl.Enum(list(RULES))
