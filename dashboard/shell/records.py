"""Lists of records over a page, and from a case in one to its timeline."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import polars as pl

from dashboard.panels.caseload import case_timeline
from dashboard.shell.looking import tell_of_one
from dashboard.shell.show import show
from dashboard.shell.tables import records_dialog
from dashboard.shell.visit import Visit
from queries.periods import Period
from queries.words import period

DIALOG = 1040  # pixels that a large dialog leaves for a chart


def open_list(
    title: str,
    rows: pl.DataFrame,
    headings: Mapping[str, str],
    name: str,
    visit: Visit,
    days: Period | None = None,
) -> None:
    """The list of the records behind a number, cut as the page is, or to other `days`."""
    start, end = (days.start, days.end) if days else (visit.filters.start, visit.filters.end)
    records_dialog(
        title,
        rows,
        headings,
        name,
        made_up=visit.snapshot.made_up,
        note=f"{visit.area_words}, {period(start, end)}.",
        beneath=partial(_timeline, rows["case"], visit) if "case" in rows.columns else None,
    )


def tell_of_timeline(case: str, frame: pl.DataFrame) -> None:
    """Tell the trail that all that happened in one case is shown."""
    tell_of_one(case, "timeline of one case", frame.height)


def _timeline(cases: pl.Series, visit: Visit, row: int) -> None:
    """The timeline of the case in a row of a list."""
    # A key of its own: the page under the list may show a timeline too.
    panel = replace(case_timeline(cases[row]), key="timeline-in-list")
    frame = panel.result(visit.lens).collect()
    tell_of_timeline(cases[row], frame)
    show(panel, frame, visit.lens, made_up=visit.snapshot.made_up, most=DIALOG)
