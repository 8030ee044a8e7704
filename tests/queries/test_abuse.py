"""Abuse by severity: each case once at a stage, and from intake to exit as the reductions count."""

import polars as pl
import pytest
from three_cases import PEOPLE

from dashboard.access import Role, Viewer
from queries import abuse, words
from queries.evaluate import evaluate
from queries.measures import MEASURES
from queries.periods import one

ABUSE = """
abuse_assessments
assessment_id | case_id | victim_survivor_id | assessed_on | stage  | abuse_type | severity
A1            | C1      | V1                 | 2026-01-08  | intake | physical   | moderate
A2            | C1      | V3                 | 2026-01-08  | intake | physical   | high
A3            | C1      | V1                 | 2026-02-08  | review | physical   | high
A4            | C1      | V1                 | 2026-03-08  | review | physical   | standard
A5            | C1      | V1                 | 2026-04-20  | exit   | physical   | none
A6            | C2      | V1                 | 2026-01-08  | intake | physical   | none
A7            | C2      | V1                 | 2026-04-25  | exit   | physical   | standard
A8            | C3      | V1                 | 2026-01-08  | intake | physical   | moderate
"""


@pytest.fixture
def view(lens):
    return lens(PEOPLE + ABUSE.strip(), "2026-06-30")


def cells(rows: pl.DataFrame, down: str, across: str) -> dict[tuple[str, str], int]:
    found = rows.filter(pl.col("abuse_type") == "Physical", pl.col("cases") > 0)
    return {(row[down], row[across]): row["cases"] for row in found.iter_rows(named=True)}


def test_each_case_counts_once_at_a_stage_by_its_last_and_worst(view) -> None:
    rows = abuse.by_stage(view).collect()
    assert cells(rows, "stage", "severity") == {
        ("Intake", "None"): 1,
        ("Intake", "Moderate"): 1,
        ("Intake", "High"): 1,
        ("Review", "Standard"): 1,
        ("Exit", "None"): 1,
        ("Exit", "Standard"): 1,
    }
    exit_none = rows.row(
        by_predicate=(pl.col("abuse_type") == "Physical")
        & (pl.col("stage") == "Exit")
        & (pl.col("severity") == "None"),
        named=True,
    )
    assert (exit_none["assessed"], exit_none["share"], exit_none["said"]) == (2, 0.5, "50%")
    assert (
        abuse.what_is_worst(rows) == "Physical: high in 1 of 3 at intake; of others at exit 0 of 2"
    )


def test_what_was_never_assessed_has_no_share(view) -> None:
    sexual = abuse.by_stage(view).collect().filter(pl.col("abuse_type") == "Sexual")
    assert sexual["share"].is_null().all()
    assert set(sexual["said"]) == {"–"}


def test_flows_are_the_pairs_that_the_reduction_counts(view) -> None:
    rows = abuse.flows(view).collect()
    assert cells(rows, "at_intake", "at_exit") == {("High", "None"): 1, ("None", "Standard"): 1}
    first = rows.row(0, named=True)
    assert first["heading"] == "1 used it: 1 milder, 0 worse; 1 began"
    measure = MEASURES["physical_abuse_reduction"]
    counted = evaluate([measure], view, one(view.start, view.end)).collect()
    assert counted["denominator"][0] == first["used"]
    assert abuse.what_eases_least(rows) == (
        "Every type is milder at exit wherever it was used at intake"
    )


def test_a_cell_opens_its_rows(view) -> None:
    cell = {"abuse_type": "Physical", "at_intake": "High", "at_exit": "None"}
    assert abuse.at(abuse.pairs(view), cell).collect()["case"].to_list() == ["C1"]
    cell = {"abuse_type": "Physical", "stage": "Review", "severity": "Standard"}
    assert abuse.at(abuse.assessed(view), cell).collect()["case"].to_list() == ["C1"]


def test_nothing_assessed_is_no_row(lens) -> None:
    view = lens(PEOPLE + ABUSE.strip(), "2026-01-07")
    assert abuse.by_stage(view).collect().is_empty()
    assert abuse.flows(view).collect().is_empty()


@pytest.mark.parametrize(
    "kind", ["physical", "sexual", "harassment_stalking", "jealous_controlling"]
)
def test_over_the_made_up_service_flows_and_reductions_agree(made_up, kind) -> None:
    view = made_up.lens(Viewer(Role.MANAGER, None))
    rows = abuse.flows(view).collect()
    types = rows["abuse_type"].unique(maintain_order=True).to_list()
    at = ["physical", "sexual", "harassment_stalking", "jealous_controlling"].index(kind)
    own = rows.filter(pl.col("abuse_type") == types[at])
    none = own["at_intake"][0]
    used = own.filter(pl.col("at_intake") != none)["cases"].sum()
    still = own.filter(pl.col("at_exit").cast(pl.String) != none)["cases"].sum()
    counted = evaluate(
        [
            MEASURES[
                f"{kind}_reduction"
                if kind not in ("physical", "sexual")
                else f"{kind}_abuse_reduction"
            ]
        ],
        view,
        one(view.start, view.end),
    ).collect()
    assert counted["denominator"][0] == used
    assert counted["numerator"][0] == used - still
    assert len(abuse.what_eases_least(rows)) <= words.WIDE
    assert len(abuse.what_is_worst(abuse.by_stage(view).collect())) <= words.WIDE


def test_every_cell_opens_as_many_rows_as_it_says(made_up) -> None:
    view = made_up.lens(Viewer(Role.MANAGER, None))
    for grid, rows in (
        (abuse.by_stage(view), abuse.assessed(view).collect().lazy()),
        (abuse.flows(view), abuse.pairs(view).collect().lazy()),
    ):
        for cell in grid.collect().iter_rows(named=True):
            assert abuse.at(rows, cell["cell"]).collect().height == cell["cases"]
