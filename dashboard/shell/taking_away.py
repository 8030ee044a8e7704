"""What can be taken away from a page: itself as a workbook, all pages, the pack, the return.

Every file is made when it is asked for, of what stood on the page, and leaves by the one door that
writes it down first.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard.database import DatabaseNotUsable
from dashboard.disclosure import ReleasedView
from dashboard.export.about import Taken
from dashboard.export.packs import (
    MIMES,
    WRITERS,
    from_slides,
    pack_of_pages,
    pack_of_release,
)
from dashboard.export.return_command import made_return, written
from dashboard.export.return_template import read_template
from dashboard.export.taking import Asked, Taker
from dashboard.export.workbook import workbook
from dashboard.panels.slide import Slide
from dashboard.shell.leaving import download_button
from dashboard.shell.looking import looking
from dashboard.shell.writing import writer
from dashboard.snapshot import Lens, Snapshot
from queries.headlines import HeadlineNumber

_KINDS = {".pptx": "slides (PowerPoint)", ".pdf": "slides (PDF)", ".xlsx": "a workbook (Excel)"}


def take_page(
    snapshot: Snapshot,
    lens: Lens,
    title: str,
    sentence: str,
    areas: str,
    panels: Callable[[], list[Taken]],
    numbers: Sequence[HeadlineNumber],
    *,
    returns: bool,
) -> None:
    """The menu of a page of true counts. `panels` gives what stands on it when it is asked."""
    taking = _taker(snapshot)
    if taking is None:
        return
    with _menu():
        about = taking.about(title, areas)
        _button(
            "This page as a workbook (Excel)",
            lambda: workbook(panels(), lens, replace(about, sentence=sentence), numbers),
            title,
            ".xlsx",
            made_up=snapshot.made_up,
        )
        for kind, said in _KINDS.items():
            name = "All pages" if kind == ".xlsx" else "Pack"
            _button(
                f"{name} as {said}",
                partial(pack_of_pages, taking, lens, areas, kind),
                name,
                kind,
                made_up=snapshot.made_up,
            )
        if returns:
            _return(taking)


def take_released_page(
    snapshot: Snapshot,
    view: ReleasedView,
    title: str,
    sentence: str,
    place: str,
    panels: Callable[[], list[Taken]],
    numbers: Sequence[HeadlineNumber],
    *,
    returns: bool,
) -> None:
    """The menu of a page of released numbers."""
    taking = _taker(snapshot)
    if taking is None:
        return
    with _menu():
        about = taking.about(title, place, release=view.release)
        _button(
            "This page as a workbook (Excel)",
            lambda: workbook(panels(), view, replace(about, sentence=sentence), numbers),
            title,
            ".xlsx",
            made_up=snapshot.made_up,
        )
        for kind in (".pptx", ".pdf"):
            _button(
                f"Meeting as {_KINDS[kind]}",
                partial(pack_of_release, taking, view.release, kind),
                "Meeting",
                kind,
                made_up=snapshot.made_up,
            )
        if returns:
            _return(taking)


def take_meeting(
    snapshot: Snapshot, view: ReleasedView, slides: Sequence[Slide], title: str
) -> None:
    """The menu of a meeting: just the slides that are shown, in all kinds of files."""
    taking = _taker(snapshot)
    if taking is None:
        return
    with _menu():
        areas = f"All {snapshot.settings.whole_name}"
        about = taking.about(title, areas, release=view.release)
        for kind, said in _KINDS.items():
            _button(
                f"This meeting as {said}",
                partial(WRITERS[kind], from_slides(slides), view, about),
                "Meeting",
                kind,
                made_up=snapshot.made_up,
            )


def _taker(snapshot: Snapshot) -> Taker | None:
    """Whoever looks at the page; nobody while what is taken could not be written down."""
    now = looking()
    if now is None:
        return None
    try:
        return Taker(writer(), snapshot, now.viewer)
    except DatabaseNotUsable:
        return None


def _menu() -> AbstractContextManager[object]:
    return st.popover("Take away", type="tertiary", key="take-away")


def _return(taking: Taker) -> None:
    def made() -> bytes:
        asked = Asked(taking.viewer.role)
        return written(*made_return(taking, asked, read_template(None)), ".xlsx")

    said = "Return of the last year" if taking.protected else "Return of the last quarter"
    _button(f"{said} (Excel)", made, "Return", ".xlsx", made_up=taking.snapshot.made_up)


def _button(label: str, make: Callable[[], bytes], title: str, kind: str, *, made_up: bool) -> None:
    stem = "".join(sign if sign.isalnum() else "-" for sign in title.lower()).strip("-")
    name = f"{'made-up-' if made_up else ''}{stem}{kind}"
    download_button(label, make, name, key=f"take-{label}", mime=MIMES[kind])
