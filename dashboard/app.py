"""The front door of the screens: who is looking, what they may open, and which page to run."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.access import PAGES, Page, Viewer, as_seen, pages_of
from dashboard.access.sign_in import nobody_signs_in
from dashboard.access.sign_ins import NotAdmitted
from dashboard.access.trail import What
from dashboard.database import DatabaseNotUsable
from dashboard.serving.metrics import page_run
from dashboard.shell.brand import content, set_page
from dashboard.shell.gate import refuse, watch, who
from dashboard.shell.header import Standing, say
from dashboard.shell.live import follow
from dashboard.shell.looking import look, tell
from dashboard.shell.meeting_controls import after_the_meeting
from dashboard.shell.page_now import page_now, remember_pages
from dashboard.shell.protected import prepare
from dashboard.shell.tour import offer_tour
from dashboard.shell.visit import remember, standing, store, visit
from dashboard.snapshot import Snapshot

FILES = Path(__file__).parents[1] / "pages"
MEETING = "meeting"
STILL = (MEETING,)  # what is shown to a meeting does not change before its eyes


def main() -> None:
    """One run: find the page among those that this viewer may open, and run it."""
    try:
        snapshot = store().current()
    except DatabaseNotUsable as problem:
        words = str(problem) if nobody_signs_in() else _AWAY
        _alone(lambda: say("The case database cannot be used", words))
        return
    try:
        viewer = who(snapshot)
    except NotAdmitted as problem:
        refusal = problem
        _alone(lambda: refuse(refusal, snapshot.settings), snapshot)
        return
    own = pages_of(viewer.role)
    seen = as_seen(viewer, snapshot.settings.opcc_is_protected)
    pages = {
        page.path: st.Page(_file(page, seen), title=page.title, url_path=page.path) for page in own
    }
    first = next((pages[page.path] for page in own if viewer.role in page.first_for), None)
    over = replace(standing(snapshot, seen), role=viewer.role.label)
    after_the_meeting(first if first is not pages.get(MEETING) else pages["definitions"])
    _run([*pages.values()], first, snapshot, viewer, over)


def _file(page: Page, seen: Viewer) -> Path:
    """What runs at a page's address: protected roles see all numbers from a release."""
    released = seen.role.protected and page.numbers and page.path != MEETING
    return FILES / ("released.py" if released else f"{page.path}.py")


def _run(
    pages: list[StreamlitPage],
    first: StreamlitPage | None,
    snapshot: Snapshot,
    viewer: Viewer,
    over: Standing,
) -> None:
    # The default page lives at "/" only: a hidden one that leads on to the role's first screen,
    # or for a role that has none yet one that says so.
    if first is not None:
        door = st.Page(partial(_lead_on, first), title="Start", default=True, visibility="hidden")
    else:
        refusal = _refusal(viewer)
        door = st.Page(lambda: say(*refusal, standing=over), title="Start", default=True)
    chosen = st.navigation([door, *pages], position="top")
    set_page(chosen.title, snapshot.settings.service_name)
    if chosen is door and first is not None:
        chosen.run()
        return
    # Whoever sees no records gets no view of them, whatever page this is.
    seen = as_seen(viewer, snapshot.settings.opcc_is_protected)
    role = seen.role
    sees = not role.protected and (role.sees_records or role.sees_data_quality)
    meets = chosen.url_path == MEETING
    now = replace(visit(snapshot, seen), standing=over) if sees and not meets else None
    released = prepare(snapshot, over, viewer.name) if role.protected and not meets else None
    remember(now, released.standing if released else over)
    look(viewer, chosen.url_path, snapshot)
    remember_pages(pages)
    if (now and now.problems) or (released and released.offer.problems):
        tell(What.REFUSAL, {"why": "address"})
    watch()
    if chosen.url_path not in STILL:
        follow(snapshot)
    with content(chosen.url_path, whole_screen=meets):
        chosen.run()
    if chosen.url_path not in STILL:
        offer_tour(viewer)


def _lead_on(first: StreamlitPage) -> None:
    given = {key: st.query_params.get_all(key) for key in st.query_params}
    st.switch_page(first, query_params=given)


def _alone(show: Callable[[], None], snapshot: Snapshot | None = None) -> None:
    """A single page of words, at every address: it stays what it is until somebody is let in."""
    door = st.Page(show, title="Dashboard", default=True)
    others = [st.Page(show, title="Dashboard", url_path=page.path) for page in PAGES]
    chosen = st.navigation([door, *others], position="hidden")
    set_page(chosen.title, snapshot.settings.service_name if snapshot else "")
    with content("alone"):
        chosen.run()


# Somebody who is not signed in is not told where the database is.
_AWAY = "It cannot be reached just now. Try again in a few minutes."


def _refusal(viewer: Viewer) -> tuple[str, str]:
    return (
        "There are no numbers for this role",
        f"The role {viewer.role.label} sees no numbers about cases. Open Definitions, or choose "
        "another role.",
    )


with page_run(page_now):
    main()
