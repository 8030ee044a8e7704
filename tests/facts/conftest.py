"""Measures of small tables, in one line."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from three_cases import PEOPLE

from dashboard.snapshot import Lens
from queries.evaluate import evaluate
from queries.measures import MEASURES
from queries.periods import one


@pytest.fixture
def measured(lens: Callable[..., Lens]) -> Callable[..., dict[str, Any]]:
    """Numerator, denominator and value of a measure over small tables added to `PEOPLE`."""

    def measure(
        key: str, tables: str, start: str, end: str, as_at: str = "2026-12-31"
    ) -> tuple[Any, Any, Any]:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
        view = lens(PEOPLE + tables.strip(), as_at=as_at)
        row = evaluate([MEASURES[key]], view, one(first, last, as_at=view.as_at)).collect()
        return tuple(row[name].item() for name in ("numerator", "denominator", "value"))

    return measure
