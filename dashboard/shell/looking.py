"""Who looks at which page with which filters: what the trail is told, and when it is not again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, cast

import streamlit as st

from dashboard.access import Viewer
from dashboard.access.aside import aside
from dashboard.access.entries import let_go
from dashboard.access.trail import What, note
from dashboard.database import writing
from dashboard.shell.filters import KEYS
from dashboard.shell.writing import writer
from dashboard.snapshot import Snapshot

_LOOKING, _NOTED, _OPENED = "looking", "looking-noted", "looking-opened"


@dataclass(frozen=True)
class Looking:
    """A person in a role, at a page, with filters (as in the address; none where all is usual)."""

    viewer: Viewer
    page: str
    filters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def said(self) -> dict[str, Any]:
        """What the trail says of it."""
        return {"page": self.page} | ({"filters": dict(self.filters)} if self.filters else {})


def looking() -> Looking | None:
    """What this person looks at on this run; None where nobody was let in."""
    return cast(Looking | None, st.session_state.get(_LOOKING))


def look(viewer: Viewer, page: str, snapshot: Snapshot) -> None:
    """A page is opened: kept for this run, and told to the trail if it or its filters are new."""
    _let_go(snapshot.settings.audit_years)
    now = Looking(viewer, page, _filters(snapshot))
    st.session_state[_LOOKING] = now
    if st.session_state.get(_NOTED) != now:
        st.session_state[_NOTED] = now
        st.session_state[_OPENED] = set()
        tell(What.PAGE, {})


def _let_go(years: int) -> None:
    """Once a day, lines of the trail that are older than it is kept for are removed."""
    today = datetime.now(UTC).date()
    if _let_go_on.get(years) == today:
        return
    _let_go_on[years] = today

    def write() -> None:
        with writing(writer()) as connection:
            let_go(connection, years, datetime.now(UTC))

    aside(write)


_let_go_on: dict[int, date] = {}


def look_away() -> None:
    """Nobody is let in any more."""
    st.session_state.pop(_LOOKING, None)


def tell(what: What, details: Mapping[str, Any], rows: int | None = None) -> None:
    """Tell the trail, beside the page: if it cannot be written, the page goes on."""
    now = looking()
    if now is not None:
        said = {**now.said, **details}
        who, role = now.viewer.name, now.viewer.role
        aside(lambda: note(writer(), who, role, what, said, rows))


def tell_of_one(record: str, what: str, rows: int) -> None:
    """Tell the trail that what is known of one record was opened: once while this is looked at.

    The trail is not told which record it was.
    """
    opened = cast(set[tuple[str, str]], st.session_state.setdefault(_OPENED, set()))
    if (what, record) not in opened:
        opened.add((what, record))
        tell(What.RECORDS, {"list": what}, rows)


def _filters(snapshot: Snapshot) -> dict[str, Any]:
    """The filters of the address that are filters; nothing else that somebody may have typed."""
    areas = snapshot.areas
    known = {str(each) for name in ("area", "county") for each in areas[name].unique()}
    given = {key: st.query_params.get_all(key) for key in KEYS if key in st.query_params}
    kept = {
        key: [each for each in values if (each in known if key == "area" else _is_day(each))]
        for key, values in given.items()
    }
    return {key: values for key, values in kept.items() if values}


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
