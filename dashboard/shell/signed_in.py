"""Who is signed in, what was granted to them when the page ran, and whether it still is."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any, cast

import streamlit as st

from dashboard.access.claims import Claims, ClaimsNotUsable, claims_of
from dashboard.access.grants import Access
from dashboard.access.sign_in import SignInNotUsable
from dashboard.access.sign_ins import Limits, NotAdmitted, SignIns
from dashboard.shell.by_itself import rerun_by_itself
from dashboard.shell.looking import looking
from dashboard.shell.writing import writer

_ADMITTED = "admitted"  # in the session: what was granted when the page last ran


@st.cache_resource(show_spinner=False)
def sign_ins() -> SignIns:
    """The sign-ins of this process, shared by all its sessions."""
    return SignIns(writer)


def admit(limits: Limits, service: str, *, active: bool) -> Access:
    """Let in whoever sent this browser's cookie, if something is granted to them.

    Raises NotAdmitted, and SignInNotUsable.
    """
    st.session_state.pop(_ADMITTED, None)
    access = _hold(limits, service, active=active)
    st.session_state[_ADMITTED] = access, limits
    return access


def person() -> Access | None:
    """Who is signed in on this run; None where nobody signs in."""
    admitted = _admitted()
    return admitted[0] if admitted else None


def groups() -> frozenset[str]:
    """The groups that the provider says this person is in."""
    claims = _claims() if person() else None
    return claims.groups if claims else frozenset()


def look_again() -> None:
    """Whether the person may still be here, just so; if not, the page runs anew and says so."""
    admitted = _admitted()
    if admitted is None:
        return
    before, limits = admitted
    now = None
    with suppress(NotAdmitted):
        now = _hold(limits, "", active=False)
    if now != before:
        rerun_by_itself()


def still_admitted() -> Callable[[], None]:
    """Asks the same outside a page, for the person of this run; raises NotAdmitted."""
    admitted = _admitted()
    return partial(_require, *admitted, _claims()) if admitted else _nothing_to_ask


def sign_out() -> None:
    """End this sign-in, in all windows, and forget it in the browser."""
    with suppress(NotAdmitted):
        if claims := _claims():
            sign_ins().end(claims)
    st.logout()


def _admitted() -> tuple[Access, Limits] | None:
    return cast(tuple[Access, Limits] | None, st.session_state.get(_ADMITTED))


def _nothing_to_ask() -> None:
    """Where nobody signs in, nobody can lose what they were granted."""


def _require(before: Access, limits: Limits, claims: Claims | None) -> None:
    if claims is None or sign_ins().hold(claims, limits, active=False) != before:
        raise NotAdmitted("Your roles have changed", "Your roles have changed. Reload the page.")


def _hold(limits: Limits, service: str, *, active: bool) -> Access:
    claims = _claims()
    if claims is None:
        raise NotAdmitted(f"Sign in to {service}", "Use the account of your organisation.")
    now = looking()
    meeting = now is not None and now.page == "meeting"
    return sign_ins().hold(claims, limits, active=active, meeting=meeting)


def _claims() -> Claims | None:
    token = _token()
    if token.get("is_logged_in") is not True:
        return None
    try:
        return claims_of(token)
    except ClaimsNotUsable as problem:
        raise NotAdmitted("You cannot be signed in like this", str(problem)) from None


def _token() -> Mapping[str, Any]:
    """What the provider said of whoever sent this browser's signed cookie."""
    if st.get_option("server.trustedUserHeaders"):
        # Whoever reaches the port could claim to be anybody.
        raise SignInNotUsable(
            "Streamlit is told to trust the headers of a request (server.trustedUserHeaders). "
            "Take that setting away."
        )
    return st.user.to_dict()
