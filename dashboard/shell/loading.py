"""Loading files through the browser: first tried, then, by a second press, loaded."""

from typing import cast

import polars as pl
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.database import database_url
from dashboard.draw.escape import for_markdown
from dashboard.intake import Report, Upload, load_uploads
from dashboard.intake.report import NOTHING_LOADED
from dashboard.intake.sources import TEXT
from dashboard.intake.uploads import MOST_FILES, MOST_MEGABYTES
from dashboard.shell.live import show_change
from dashboard.shell.looking import looking
from dashboard.shell.tables import long_table, named, table
from queries.definitions import table_title
from queries.words import counted, figure, listed

# In the session: what was tried (which files, and what came of it), what was loaded, and how
# often, so that the chosen files are let go of after loading.
_TRIED, _LOADED, _TIMES = "files-tried", "files-loaded", "files-times"
_MOST = 200  # rejected rows shown
_COUNTS = {
    "table": "Table",
    "read": "Rows read",
    "inserted": "New",
    "updated": "Changed",
    "unchanged": "As before",
    "rejected": "Rejected",
}
_REJECTED = {
    "file": "File",
    "row": "Row",
    "column": "Column",
    "value": "Value",
    "reason": "Why it is rejected",
}

Chosen = tuple[str, ...]  # the ids of the files that are chosen now


def load_files(made_up: bool) -> None:
    """Choose files, try them, load them. A made-up database says that it takes none."""
    st.header("Load records from files", anchor=False)
    if made_up:
        st.markdown(
            "This database holds made-up records, and nothing else can be loaded into it. A "
            "database of your own is made by loading the first files at the command line, as the "
            "README says; the dashboard is then started on it, and from then on they are loaded "
            "here."
        )
        return
    st.caption(
        "CSV files or Excel workbooks, each named after its table; a mapping file renames what is "
        f"called otherwise. At most {MOST_FILES} files and {MOST_MEGABYTES} MB. Ids only: no "
        "names, addresses or contact details."
    )
    if report := cast(Report | None, st.session_state.get(_LOADED)):
        _say(report)
    records, mapping = _choose()
    if not records:
        return
    chosen: Chosen = tuple(each.file_id for each in [*records, *([mapping] if mapping else [])])
    if st.button("Try these files", key="files-try"):
        st.session_state.pop(_LOADED, None)
        st.session_state[_TRIED] = chosen, _run(records, mapping, dry_run=True)
    tried = cast(tuple[Chosen, Report] | None, st.session_state.get(_TRIED))
    # What was tried is offered for loading only while the very same files are chosen.
    if tried is None or tried[0] != chosen:
        return
    _say(tried[1])
    if tried[1].exit_code != NOTHING_LOADED and st.button(_load_label(tried[1]), key="files-load"):
        st.session_state[_LOADED] = _run(records, mapping, dry_run=False)
        st.session_state.pop(_TRIED)
        st.session_state[_TIMES] = st.session_state.get(_TIMES, 0) + 1
        show_change()


def _choose() -> tuple[list[UploadedFile], UploadedFile | None]:
    times = st.session_state.get(_TIMES, 0)
    left, right = st.columns([7, 5], gap="large")
    records = left.file_uploader(
        "Files of records",
        type=sorted(TEXT | {".xlsx", ".xlsm"}),
        accept_multiple_files=True,
        max_upload_size=MOST_MEGABYTES,
        key=f"files-records-{times}",
    )
    mapping = right.file_uploader(
        "Mapping file, if one is needed",
        type=[".toml"],
        max_upload_size=1,
        key=f"files-mapping-{times}",
    )
    return records, mapping


def _run(records: list[UploadedFile], mapping: UploadedFile | None, *, dry_run: bool) -> Report:
    now = looking()
    with st.spinner("Trying the files" if dry_run else "Loading the files"):
        return load_uploads(
            database_url(writing=True),
            [Upload(each.name, each.getvalue()) for each in records],
            Upload(mapping.name, mapping.getvalue()) if mapping else None,
            dry_run=dry_run,
            who=(now.viewer.name, now.viewer.role) if now else None,
        )


def _load_label(report: Report) -> str:
    rejected = len(report.rejections)
    changed = sum(each.inserted + each.updated for each in report.tables.values())
    label = f"Load {counted(changed, 'row')}" if changed else "Load: nothing would change"
    return f"{label}, leave out {figure(rejected)} rejected" if rejected else label


def _say(report: Report) -> None:
    """What the files did to the database, or would do."""
    says = for_markdown(in_words(report))
    if report.exit_code == NOTHING_LOADED:
        st.error(says)
    elif report.rejections:
        st.warning(says)
    else:
        st.info(says)
    if report.tables:
        counts = pl.DataFrame(
            [{"table": table_title(name), **vars(each)} for name, each in report.tables.items()]
        )
        table(counts, _COUNTS, named("What becomes of the rows, by table", counts))
    if report.rejections:
        rows = pl.DataFrame([vars(each) for each in report.rejections[:_MOST]], _TYPES)
        long_table(rows, _REJECTED, named("Rejected rows and why", rows))
    for note in report.notes:
        st.caption(for_markdown(note))


_TYPES = {
    "file": pl.String,
    "row": pl.Int64,
    "column": pl.String,
    "value": pl.String,
    "reason": pl.String,
}


def in_words(report: Report) -> str:
    """The outcome in one or two sentences."""
    if report.exit_code == NOTHING_LOADED:
        why = report.message or "Nothing could be loaded."
        return why if not report.dry_run else f"These files cannot be loaded. {why}"
    counts = report.tables.values()
    numbers = {
        "new": sum(each.inserted for each in counts),
        "changed": sum(each.updated for each in counts),
        "as before": sum(each.unchanged for each in counts),
        "rejected": sum(each.rejected for each in counts),
    }
    rows = listed([f"{figure(number)} {what}" for what, number in numbers.items()])
    shown = (
        f" The first {figure(_MOST)} rejected rows are shown."
        if len(report.rejections) > _MOST
        else ""
    )
    if report.dry_run:
        return f"This was a trial: nothing is loaded yet. Rows would be: {rows}.{shown}"
    return f"Loaded, as import {report.import_id}. Rows were: {rows}.{shown}"
