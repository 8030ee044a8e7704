"""Referrals, what was decided on them, and who waits for a case manager."""

import polars as pl

from dashboard.database.code_lists import DECISION, DECISION_REASON, ROUTE, SECTOR
from dashboard.facts.belonging import Belonging
from dashboard.facts.records import Records
from dashboard.facts.time import by_day

ACCEPTED, DEFERRED, DECLINED = (DECISION.label(code) for code in ("accept", "defer", "decline"))


def referrals(records: Records, belonging: Belonging, changed: pl.DataFrame) -> pl.DataFrame:
    """A row a referral on the day it was received, with the day of each later step.

    Each `..._on` is the first day of its step, null where it was not reached. `eligible_on` and
    `ineligible_on` are the day of the screen, by its outcome. `again`: the same person was
    referred before, last on `previous_on`; null where no person is named. `first_high_risk`: what
    the first assessment with a known level, on `first_assessed_on`, said of the case that came of
    it.
    """
    decided = records["referral_decisions"]

    def first(decision: str, name: str) -> pl.DataFrame:
        chosen = decided.filter(pl.col("decision") == decision)
        return chosen.group_by("referral").agg(pl.col("decided_on").min().alias(name))

    agencies = records["agencies"].select(
        "agency", pl.col("name").alias("agency_name"), records.label("sector", SECTOR)
    )
    rows = (
        records["referrals"]
        .with_columns(
            pl.col("received_on").alias("on"),
            records.label("route", ROUTE),
            pl.when("eligible").then("screened_on").alias("eligible_on"),
            pl.when(~pl.col("eligible")).then("screened_on").alias("ineligible_on"),
        )
        .drop("received_on", "eligible")
        .join(agencies, on="agency", how="left")
        .join(
            records["service_users"].select("service_user", "serial", "high_harm"),
            on="service_user",
            how="left",
        )
        .join(
            decided.group_by("referral").agg(pl.col("decided_on").min().alias("first_decided_on")),
            on="referral",
            how="left",
        )
        .join(first("accept", "accepted_on"), on="referral", how="left")
        .join(first("decline", "declined_on"), on="referral", how="left")
        .join(
            records["cases"]
            .sort("allocated_on", "case")
            .group_by("referral", maintain_order=True)
            .first()
            .select("referral", "allocated_on", "plan_agreed_on", "closed_on"),
            on="referral",
            how="left",
        )
        .with_columns(
            pl.lit(None, records.enum("case_managers", "case_manager")).alias("case_manager")
        )
    )
    placed = belonging.in_area(rows).join(
        _first_levels(records, changed), on="referral", how="left"
    )
    return _again(placed.sort("on", "referral"))


def _again(received: pl.DataFrame) -> pl.DataFrame:
    """Whether each person was referred before: known before any cut by area."""
    named = pl.col("service_user").is_not_null()
    return received.with_columns(
        previous_on=pl.when(named).then(pl.col("on").shift(1).over("service_user"))
    ).with_columns(again=pl.when(named).then(pl.col("previous_on").is_not_null()))


def _first_levels(records: Records, changed: pl.DataFrame) -> pl.DataFrame:
    """For each referral whose case was assessed: the first day with a level, and what it said."""
    return (
        changed.drop_nulls("risk_level")
        .join(records["cases"].select("case", "referral"), on="case")
        .sort("on", "case")
        .group_by("referral", maintain_order=True)
        .first()
        .select("referral", first_assessed_on="on", first_high_risk="high_risk")
    )


def decisions(records: Records, referred: pl.DataFrame) -> pl.DataFrame:
    """A row a decision of the referral panel.

    `days`: from received to decided. `first`: it is the referral's first. `accepted`, `deferred`,
    `declined`: what was decided.
    """
    return (
        records["referral_decisions"]
        .select(
            "referral",
            pl.col("decided_on").alias("on"),
            records.label("decision", DECISION),
            records.label("reason", DECISION_REASON),
        )
        .join(_who(referred), on="referral")
        .sort("on", "referral", "decision")
        .with_columns(
            days=(pl.col("on") - pl.col("received_on")).dt.total_days(),
            first=pl.col("referral").is_first_distinct(),
            accepted=pl.col("decision") == ACCEPTED,
            deferred=pl.col("decision") == DEFERRED,
            declined=pl.col("decision") == DECLINED,
        )
    )


def acceptances(referred: pl.DataFrame) -> pl.DataFrame:
    """A row an accepted referral, on the day of its first acceptance."""
    return (
        referred.filter(pl.col("accepted_on").is_not_null())
        .select("referral", pl.col("accepted_on").alias("day"))
        .join(_who(referred), on="referral")
        .rename({"day": "on"})
        .sort("on", "referral")
    )


def waiting(referred: pl.DataFrame) -> pl.DataFrame:
    """Accepted and not yet allocated: from acceptance until allocated, withdrawn or declined."""
    later_decline = pl.when(pl.col("declined_on") > pl.col("accepted_on")).then("declined_on")
    spells = referred.filter(pl.col("accepted_on").is_not_null()).select(
        "referral",
        pl.col("accepted_on").alias("day"),
        pl.min_horizontal("allocated_on", "withdrawn_on", later_decline).alias("to"),
    )
    return (
        spells.join(_who(referred), on="referral")
        .rename({"day": "on"})
        .filter(pl.col("to").is_null() | (pl.col("on") < pl.col("to")))
        .sort("on", "referral")
    )


def allocations(records: Records, belonging: Belonging, referred: pl.DataFrame) -> pl.DataFrame:
    """A row a case on the day it was allocated. `days`: from received to allocated."""
    rows = (
        records["cases"]
        .select("case", "referral", pl.col("allocated_on").alias("on"))
        .join(
            referred.select("referral", "service_user", pl.col("on").alias("received_on")),
            on="referral",
        )
        .with_columns(days=(pl.col("on") - pl.col("received_on")).dt.total_days())
    )
    return by_day(belonging.of_case(rows), "case")


def _who(referred: pl.DataFrame) -> pl.DataFrame:
    return referred.select(
        "referral",
        "service_user",
        "agency_name",
        "area",
        "county",
        "case_manager",
        pl.col("on").alias("received_on"),
    )
