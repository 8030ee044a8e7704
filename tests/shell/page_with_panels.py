"""A page with a headline row and one panel of each kind of body, for AppTest."""

from datetime import date
from types import SimpleNamespace

import polars as pl
import streamlit as st

from dashboard.drawings import Bars, Column, Drawing, Table
from dashboard.panel import Panel
from dashboard.shell.headlines import Headline, headline_row
from dashboard.shell.show import show
from dashboard.shell.tables import records_dialog

VIEW = SimpleNamespace(start=date(2026, 4, 1), end=date(2026, 10, 31), as_at=date(2026, 10, 31))
WORKERS = pl.DataFrame(
    {"id": ["m1", "m2"], "name": ["Priya N.", "<b>Tom</b>"], "cases": [2, 0], "share": [0.25, None]}
)
if st.session_state.get("same_name"):
    WORKERS = WORKERS.with_columns(name=pl.lit("Priya N."), cases=pl.lit(2))
if many := st.session_state.get("many", 0):
    WORKERS = pl.DataFrame(
        {
            "id": [f"m{i}" for i in range(many)],
            "name": [f"Worker {i}" for i in range(many)],
            "cases": [i + 1 for i in range(many)],
            "share": [0.5] * many,
        }
    )
BARS = Bars("name", {"cases": "cases"}, (Column("cases", "cases", opens=True),))


def panel(key: str, drawing: Drawing, **more: object) -> Panel:
    return Panel(
        key,
        "Who holds what?",
        lambda _: pl.LazyFrame(),
        lambda frame: f"{frame['name'][0]} holds *most*",
        lambda view: f"To {view.end:%Y}",
        drawing,
        {"name": "Case manager", "cases": "Cases", "share": "High-risk"},
        percent=("share",),
        **more,  # type: ignore[arg-type]
    )


asked = headline_row(
    [
        Headline(
            "active_cases",
            "Active cases",
            "185",
            "of 210 places",
            "45",
            "up",
            "good",
            "from 140",
            pl.DataFrame(
                {"x": [date(2026, month, 1) for month in (8, 9, 10)], "value": [140, None, 185]}
            ),
            210,
            "Cases allocated and not closed.",
            "List 185",
        ),
        Headline("score", "Mean score", "Not known"),
    ]
)
chosen = show(
    panel("workers", BARS, measures=("active_cases",), definition="By their own target."),
    WORKERS,
    VIEW,  # type: ignore[arg-type]
    made_up=True,
    chooses="id",
)
show(panel("nobody", BARS), WORKERS.clear(), VIEW, made_up=True)  # type: ignore[arg-type]
row = show(
    panel("rows", Table(selectable=True)),
    WORKERS,
    VIEW,  # type: ignore[arg-type]
    made_up=True,
    chooses="id",
)
show(panel("few", Table()), WORKERS, VIEW, made_up=False)  # type: ignore[arg-type]
st.session_state["asked"] = asked
st.session_state["chosen"] = chosen
st.session_state["row"] = row
if chosen:
    records_dialog(
        "Cases of <Priya>",
        pl.DataFrame({"case": ["C-1", "=C-2"], "on": [date(2026, 10, 8)] * 2}),
        {"case": "Case", "on": "Allocated"},
        "cases",
        made_up=True,
        one="case",
        note="All areas.",
    )
