"""The slide of what the meeting has to decide."""

import polars as pl

from dashboard.drawings import Table
from dashboard.panel import Panel
from dashboard.panels.slide import About, Slide
from queries import words


def decisions(about: About) -> Slide | None:
    lines = [line for line in about.settings.meeting_decisions if line.strip()]
    if not lines:
        return None
    many = words.counted(len(lines), "decision")

    def sentence(_: pl.DataFrame) -> str:
        return words.sentence(f"{many} to take today")

    panel = Panel(
        "decisions",
        question="What is to be decided?",
        result=lambda _: pl.LazyFrame(
            {"number": range(1, len(lines) + 1), "decision": lines},
            schema={"number": pl.Int64, "decision": pl.String},
        ),
        reading=sentence,
        caption=lambda _: "Decisions set by your service for this meeting",
        drawn_as=Table(),
        headings={"number": "No.", "decision": "Decision"},
        source="",
    )
    rows = panel.result(about.view).collect()
    period = f"Meeting of {words.day(about.on)}"
    return Slide("decisions", sentence(rows), panel, rows, period, f"{panel.caption(about.view)}.")
