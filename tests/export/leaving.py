"""A small panel that leaves, with all that a cell may hold."""

from datetime import date
from types import SimpleNamespace

import polars as pl

from dashboard.drawings import Table
from dashboard.panel import Panel

VIEW = SimpleNamespace(start=date(2026, 4, 1), end=date(2026, 6, 30), as_at=date(2026, 7, 5))
AREAS = pl.DataFrame(
    {
        "area": ["Slough", "=HYPERLINK(1)", None],
        "cases": [12, 0, 7],
        "share": [0.25, None, 1.0],
        "days": [1.5, 20.0, None],
        "on": [date(2026, 4, 1), None, date(2026, 5, 9)],
        "own": [True, False, None],
    }
)


def panel(key: str = "held", drawing=None, **more) -> Panel:
    return Panel(
        key,
        "Who holds what?",
        lambda _: AREAS.lazy(),
        lambda frame: f"{frame['area'][0]} holds most",
        lambda view: f"To {view.end.isoformat()}",
        drawing or Table(),
        {
            "area": "Area",
            "cases": "Cases",
            "share": "High-risk",
            "days": "Days",
            "on": "Since",
            "own": "Own",
        },
        percent=("share",),
        measures=("active_cases",),
        definition="By district.",
        **more,
    )
