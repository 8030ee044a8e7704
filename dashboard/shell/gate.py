"""Who comes in: somebody signed in whom something is granted, or anybody at this computer."""

import streamlit as st

from dashboard.access import Role, Viewer
from dashboard.access.sign_in import SignInNotUsable, provider, role_without_sign_in
from dashboard.access.sign_ins import Limits, NotAdmitted
from dashboard.database.settings import Settings
from dashboard.draw.escape import for_markdown
from dashboard.shell.by_itself import somebody_did_something
from dashboard.shell.header import role_chosen
from dashboard.shell.leaving import say_what_did_not_leave
from dashboard.shell.looking import look_away
from dashboard.shell.signed_in import admit, look_again, sign_out
from dashboard.snapshot import Snapshot

EVERY = 10  # seconds between two looks whether somebody may still be here


def who(snapshot: Snapshot) -> Viewer:
    """Who is looking, in which of their roles. Raises NotAdmitted."""
    try:
        if provider() is None:
            return _anybody(snapshot)
        settings = snapshot.settings
        limits = Limits(settings.session_hours, settings.idle_minutes)
        access = admit(limits, settings.service_name, active=somebody_did_something())
    except SignInNotUsable as problem:
        look_away()
        raise NotAdmitted("Sign-in is not set up", str(problem), again=False) from None
    except NotAdmitted:
        look_away()
        raise
    chosen = role_chosen(titles(access.roles), access.roles[0])
    return next(viewer for viewer in access.viewers if viewer.role == chosen)


def titles(roles: tuple[Role, ...]) -> dict[str, str]:
    """Keys and titles of roles to switch between."""
    return {role.value: role.label for role in roles}


@st.fragment(run_every=EVERY)
def watch() -> None:
    """Runs by itself on every open page: whoever may no longer be here does not stay."""
    look_again()
    say_what_did_not_leave()


def refuse(refusal: NotAdmitted, settings: Settings | None) -> None:
    """A page that says why somebody is not let in, and what to do."""
    st.title(for_markdown(refusal.title), anchor=False)
    st.markdown(for_markdown(refusal.words) if refusal.again else refusal.words)
    if not refusal.again:
        return
    whom = settings.whom_to_ask if settings else "whoever set up this dashboard"
    if refusal.stranger:
        st.markdown(for_markdown(f"To be given access, ask {whom}, and tell them the line above."))
        st.button("Use another account", on_click=sign_out, key="sign-in-other")
        return
    # The provider's page replaces this one.
    st.button("Sign in", on_click=st.login, key="sign-in")
    st.caption(for_markdown(f"Access is given by {whom}."))


def _anybody(snapshot: Snapshot) -> Viewer:
    usual = role_without_sign_in()
    if usual is None:
        raise NotAdmitted(
            "Nobody is signed in",
            "This dashboard was started without a way to sign in. Start it with "
            "`drive-dashboard serve --without-sign-in ROLE`, on this computer only.",
            again=False,
        )
    role = Role(role_chosen(titles(tuple(Role)), usual)) if snapshot.made_up else usual
    worker = snapshot.fullest_worker() if role is Role.CASE_MANAGER and snapshot.made_up else None
    return Viewer(role, None, worker)
