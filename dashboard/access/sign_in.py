"""How a process knows who is looking: by a sign-in provider, or by being told a role."""

import os
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from dashboard.access.roles import Role

WITHOUT_SIGN_IN = "DRIVE_WITHOUT_SIGN_IN"  # set by `serve --without-sign-in`

METADATA = "DRIVE_OIDC_METADATA_URL"
CLIENT = "DRIVE_OIDC_CLIENT_ID"
SECRET = "DRIVE_OIDC_CLIENT_SECRET"  # noqa: S105 - the name of a variable
ADDRESS = "DRIVE_OIDC_ADDRESS"
COOKIE = "DRIVE_OIDC_COOKIE_SECRET"
SCOPE = "DRIVE_OIDC_SCOPE"
_NEEDED = {
    METADATA: "the provider's description of itself (.../.well-known/openid-configuration)",
    CLIENT: "the client id that the provider gave the dashboard",
    SECRET: "the client secret that the provider gave the dashboard",
    ADDRESS: "the dashboard's own address, as people type it (https://...)",
    COOKIE: "at least 32 random characters that sign the cookie",
}
_COOKIE_LENGTH = 32
_THIS_COMPUTER = ("localhost", "127.0.0.1", "::1")


class SignInNotUsable(Exception):
    """The provider is not set up as it must be; the message says what is missing."""


@dataclass(frozen=True)
class Provider:
    """A provider of OpenID Connect, and what the dashboard is to it."""

    metadata_url: str
    client_id: str
    client_secret: str
    address: str
    cookie_secret: str
    scope: str

    @property
    def redirect_uri(self) -> str:
        """Where the provider sends people back to; it must be registered there."""
        return f"{self.address.rstrip('/')}/oauth2callback"

    def as_secrets(self) -> dict[str, Any]:
        """What Streamlit calls its `auth` secrets."""
        return {
            "redirect_uri": self.redirect_uri,
            "cookie_secret": self.cookie_secret,
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "server_metadata_url": self.metadata_url,
            "client_kwargs": {"scope": self.scope, "prompt": "select_account"},
        }


def provider() -> Provider | None:
    """The provider that the environment names, None if it names none.

    Raises SignInNotUsable where it names one in part: sign-in is never half set up.
    """
    if nobody_signs_in():
        return None
    given = {name: os.environ.get(name, "").strip() for name in _NEEDED}
    missing = [f"{name}: {about}" for name, about in _NEEDED.items() if not given[name]]
    if missing:
        raise SignInNotUsable(f"Sign-in is set up in part. Missing: {'; '.join(missing)}.")
    if len(given[COOKIE]) < _COOKIE_LENGTH:
        raise SignInNotUsable(
            f"{COOKIE} is too short to be safe: give at least {_COOKIE_LENGTH} random characters."
        )
    for name in (METADATA, ADDRESS):
        address = urlsplit(given[name])
        if address.scheme != "https" and address.hostname not in _THIS_COMPUTER:
            raise SignInNotUsable(
                f"{name} must start with https://, so that nobody can read along. "
                "Only this computer itself may be named without."
            )
    return Provider(
        metadata_url=given[METADATA],
        client_id=given[CLIENT],
        client_secret=given[SECRET],
        address=given[ADDRESS],
        cookie_secret=given[COOKIE],
        scope=os.environ.get(SCOPE, "").strip() or "openid email profile",
    )


def role_without_sign_in() -> Role | None:
    """The role of everybody at this computer; None where the server was not started so."""
    given = os.environ.get(WITHOUT_SIGN_IN)
    return Role(given) if given in set(Role) else None


def nobody_signs_in() -> bool:
    """Whether this process serves without sign-in, and so this computer only."""
    return not any(os.environ.get(name, "").strip() for name in _NEEDED)
