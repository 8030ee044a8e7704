"""The share of high-risk cases: out of the cases assessed by then, each as it stood on the day."""

from datetime import date

from three_cases import PEOPLE

from queries.evaluate import evaluate
from queries.measures import MEASURES
from queries.periods import one

SCORES = """
risk_assessments
assessment_id | case_id | victim_survivor_id | assessed_on | stage  | dash_score | risk_level
A1            | C1      | V1                 | 2026-01-08  | intake | 14         |
A2            | C2      | V1                 | 2026-01-08  | intake | 10         | high
A3            | C1      | V1                 | 2026-03-08  | review | 13         |
"""


def share(lens, day: date) -> tuple[float | None, ...]:
    view = lens(PEOPLE + SCORES.strip(), "2026-06-30")
    row = evaluate([MEASURES["high_risk_rate"]], view, one(day, day)).collect()
    return tuple(row[name][0] for name in ("numerator", "denominator", "value"))


def test_out_of_the_cases_assessed(lens) -> None:
    assert share(lens, date(2026, 1, 7)) == (0, 0, None)
    assert share(lens, date(2026, 1, 8)) == (2, 2, 1)  # C3 is never assessed
    assert share(lens, date(2026, 3, 8)) == (1, 2, 0.5)
    assert share(lens, date(2026, 5, 1)) == (0, 0, None)  # both have closed
