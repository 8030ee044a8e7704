"""The front door of the screens: who is looking, what they may open, and which page to run."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.access import Viewer, pages_of
from dashboard.database import DatabaseNotUsable
from dashboard.shell.brand import content, set_page
from dashboard.shell.header import say
from dashboard.shell.visit import remember, standing, store, visit, who
from dashboard.snapshot import Snapshot

PAGES = Path(__file__).parents[1] / "pages"


def main() -> None:
    """One run: find the page among those that this viewer may open, and run it."""
    try:
        snapshot = store().current()
    except DatabaseNotUsable as problem:
        words = str(problem)
        _alone(lambda: say("The case database cannot be used", words))
        return
    viewer = who(snapshot)
    if viewer is None:
        _alone(lambda: say(*_NOBODY))
        return
    own = [page for page in pages_of(viewer.role) if not (viewer.role.protected and page.numbers)]
    pages = {
        page.path: st.Page(PAGES / f"{page.path}.py", title=page.title, url_path=page.path)
        for page in own
    }
    first = next((pages[page.path] for page in own if viewer.role in page.first_for), None)
    _run([*pages.values()], first, snapshot, viewer)


def _run(
    pages: list[StreamlitPage], first: StreamlitPage | None, snapshot: Snapshot, viewer: Viewer
) -> None:
    over = standing(snapshot, viewer)
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
    role = viewer.role
    sees = not role.protected and (role.sees_records or role.sees_data_quality)
    remember(visit(snapshot, viewer) if sees else None, over)
    with content():
        chosen.run()


def _lead_on(first: StreamlitPage) -> None:
    given = {key: st.query_params.get_all(key) for key in st.query_params}
    st.switch_page(first, query_params=given)


def _alone(show: Callable[[], None], snapshot: Snapshot | None = None) -> None:
    """A single page of words, at every address."""
    page = st.Page(show, title="Dashboard", default=True)
    chosen = st.navigation([page], position="hidden")
    set_page(chosen.title, snapshot.settings.service_name if snapshot else "")
    with content():
        chosen.run()


_NOBODY = (
    "Nobody is signed in",
    "This dashboard was started without a way to sign in. Start it with "
    "`drive-dashboard serve --without-sign-in ROLE`, on this computer only.",
)


def _refusal(viewer: Viewer) -> tuple[str, str]:
    if viewer.role.protected:
        return (
            "There are no released numbers yet",
            f"The role {viewer.role.label} sees protected numbers only: small counts hidden, the "
            "others rounded. No release has been made from these records, so there is nothing to "
            "show. Open Definitions, or choose another role.",
        )
    return (
        "There are no numbers for this role",
        f"The role {viewer.role.label} sees no numbers about cases. Open Definitions, or choose "
        "another role.",
    )


main()
