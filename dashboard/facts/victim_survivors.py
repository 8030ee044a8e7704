"""Adults and children harmed, while they are linked to an active case."""

import polars as pl

from dashboard.database.code_lists import AGE_GROUP, RELATIONSHIP
from dashboard.facts.records import Records
from dashboard.facts.time import by_day, crossed, spells_of

ADULT = AGE_GROUP.label("adult")


def links(records: Records, caseload: pl.DataFrame) -> pl.DataFrame:
    """A victim-survivor linked to an active case, cut at area, case manager and IDVA engagement.

    `idva_engaged`: on that day they had taken up an IDVA's support, as recorded on this link.
    """
    age_group = records.label("age_group", AGE_GROUP)
    linked = (
        records["case_victim_survivors"]
        .join(
            records["victim_survivors"].select(
                "victim_survivor",
                (age_group == ADULT).alias("adult"),
                (age_group != ADULT).alias("child"),
            ),
            on="victim_survivor",
        )
        .filter(pl.col("unlinked_on").is_null() | (pl.col("linked_on") < pl.col("unlinked_on")))
        .with_row_index("link")
    )
    engaged = linked.drop_nulls("idva_engaged_on").select(
        "link", on="idva_engaged_on", idva_engaged=True
    )
    spells = spells_of(
        linked.select("link", on="linked_on", to="unlinked_on"), [engaged], by="link"
    )
    rows = spells.with_columns(pl.col("idva_engaged").fill_null(value=False)).join(
        linked.select(
            "link",
            "case",
            "victim_survivor",
            "adult",
            "child",
            "lives_with",
            records.label("relationship", RELATIONSHIP),
        ),
        on="link",
    )
    whose = caseload.select("case", "on", "to", "area", "county", "case_manager")
    return by_day(crossed(rows, whose, by="case").drop("link"), "case")
