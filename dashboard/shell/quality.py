"""The parts of the data page that lead on: a field by area, a rule's records, an import's rows."""

import polars as pl
import streamlit as st

from dashboard.panels import data
from dashboard.shell.leaving import download_button
from dashboard.shell.records import open_list
from dashboard.shell.rejected import Rejected, rejected_of
from dashboard.shell.screen import Screen
from dashboard.shell.show import show
from dashboard.shell.tables import long_table, named, records_dialog
from dashboard.shell.writing import writer
from dashboard.snapshot import Snapshot
from dashboard.snapshot.releases import newest
from dashboard.snapshot.releasing import corrected_since
from queries import completeness, fields
from queries.words import counted, figure, period, sentence

_MOST = 200  # rejected rows shown; the download has all
_REJECTED = {
    "file": "File",
    "row": "Row",
    "column": "Column",
    "value": "Value",
    "reason": "Why it was rejected",
}


def show_fields(screen: Screen) -> None:
    """Every field with how much of it is filled in, and the chosen one by area."""
    chosen = screen.choose(data.COMPLETENESS, "key")
    if chosen is None:
        return
    field = fields.BY_KEY[chosen]
    panel = data.field_by_area(field, cases=screen.role.sees_cases)
    frame = panel.result(screen.lens).collect()
    made_up = screen.visit.snapshot.made_up
    bar = show(panel, frame, screen.lens, made_up=made_up, chooses="area", records="records")
    if bar:
        part = bar.part if screen.role.sees_cases else "missing"
        rows = completeness.rows_behind(screen.lens, field, bar.value, part).collect()
        record = rows.columns[0]
        headings = {record: sentence(record), "area_name": "Area", "on": "Day"}
        if part != "missing":
            headings["filled"] = "Filled in"
        counted_as = panel.headings[part or "missing"].lower()
        _open_field(screen, f"{field.title}: {counted_as}", rows, headings, panel.key)


def _open_field(
    screen: Screen, title: str, rows: pl.DataFrame, headings: dict[str, str], name: str
) -> None:
    if screen.role.sees_cases:
        open_list(title, rows, headings, name, screen.visit)
        return
    # The data steward sees which records to mend, and not the story of a case.
    note = f"{screen.visit.area_words}, {period(screen.lens.start, screen.lens.end)}."
    made_up = screen.visit.snapshot.made_up
    records_dialog(title, rows, headings, name, made_up=made_up, note=note)


def show_contradictions(screen: Screen) -> None:
    """Every rule that is broken, and the records that break the chosen one."""
    rule = screen.choose(data.CONTRADICTIONS, "rule")
    if rule is not None:
        screen.frames.pop("contradicting", None)
        screen.show(data.records_of(rule))


def show_imports(screen: Screen) -> None:
    """Every import, and the rows that the chosen one rejected, to look at and to download."""
    number = screen.choose(data.IMPORTS, "import")
    if number is None:
        return
    refused = screen.frames[data.IMPORTS.key].filter(pl.col("import") == number)["refused"][0]
    if not refused:
        st.markdown(f"Import {number} rejected no rows.")
        return
    if screen.visit.viewer.areas is not None:
        # A rejected row belongs to no area, so nobody can tell whose it is.
        st.markdown(
            f"Import {number} rejected {counted(refused, 'row')}. They belong to no area, and are "
            "shown only to those who see all areas."
        )
        return
    _show_rejected(rejected_of(number, _MOST), refused, number)


def _show_rejected(rejected: Rejected, refused: int, number: int) -> None:
    with st.container(gap=None):
        st.subheader(f"{sentence(counted(refused, 'row'))} rejected by import {number}")
        first = (
            f"The first {figure(_MOST)} are shown; the files have all. "
            if (refused > _MOST)
            else ""
        )
        what = (
            "Unpack the downloaded file, mend the files in it and load them again"
            if rejected.packed
            else "Mend the downloaded file and load it again under its name"
        )
        st.caption(f"{first}{what}, with the same mapping: the rows join those that are there.")
    said = named(f"Rows rejected by import {number}", rejected.rows)
    long_table(rejected.rows, _REJECTED, said, height="content")
    download_button(
        "Download rejected rows",
        rejected.as_download,
        rejected.file_name,
        key=f"rejected-{number}",
        rows=refused,
    )


def show_corrections(screen: Screen) -> None:
    """What late records changed in released periods, of the viewer’s own areas."""
    number = newest(writer())
    if number is None:
        return
    snapshot, viewer = screen.visit.snapshot, screen.visit.viewer
    changed = _corrections(number, snapshot.version, snapshot)
    if viewer.areas is not None:
        changed = changed.filter(pl.col("area").is_in(sorted(viewer.areas)))
    panel = data.corrected(changed)
    show(panel, changed, screen.lens, made_up=snapshot.made_up)


@st.cache_resource(max_entries=2, show_spinner=False)
def _corrections(number: int, version: int, _snapshot: Snapshot) -> pl.DataFrame:  # noqa: ARG001 - what it is kept by
    return corrected_since(writer(), _snapshot)
