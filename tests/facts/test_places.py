"""Places: target at full time x hours, shared over the districts that a worker covers."""

from datetime import date

import polars as pl
import pytest

WORKERS = """
areas
area_code | name    | county
B1        | Slough  | berkshire
B2        | Reading | berkshire

case_managers
case_manager_id | name | left_on
W1              | Ada  |
W2              | Ben  | 2026-06-01

case_manager_areas
case_manager_id | area_code | from_on    | to_on
W1              | B1        | 2026-01-01 |
W1              | B2        | 2026-03-01 |
W2              | B2        | 2026-01-01 |

case_manager_hours
case_manager_id | from_on    | to_on      | fte | caseload_target
W1              | 2026-01-01 | 2026-05-01 | 1.0 | 20
W1              | 2026-05-01 |            | 0.6 | 20
W2              | 2026-01-01 |            | 0.5 |
"""


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-01-01", {("W1", "B1"): 20, ("W2", "B2"): 9}),  # 18 cases at full time by default
        ("2026-03-01", {("W1", "B1"): 10, ("W1", "B2"): 10, ("W2", "B2"): 9}),
        ("2026-05-01", {("W1", "B1"): 6, ("W1", "B2"): 6, ("W2", "B2"): 9}),
        ("2026-06-01", {("W1", "B1"): 6, ("W1", "B2"): 6}),
    ],
)
def test_places_on_a_day(lens, day, expected):
    on = date.fromisoformat(day)
    view = lens(WORKERS, as_at="2026-12-31")
    rows = (
        view.numbers("places")
        .filter(pl.col("on") <= on, pl.col("to").is_null() | (pl.col("to") > on))
        .select(pl.col("case_manager", "area").cast(str), "places")
        .collect()
    )
    assert {(row[0], row[1]): row[2] for row in rows.rows()} == expected
