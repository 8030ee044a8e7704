"""How a process knows who is looking: so far only by being told a role when it was started."""

import os

from dashboard.access.roles import Role

WITHOUT_SIGN_IN = "DRIVE_WITHOUT_SIGN_IN"  # set by `serve --without-sign-in`


def role_without_sign_in() -> Role | None:
    """The role of everybody at this computer; None where the server was not started so."""
    given = os.environ.get(WITHOUT_SIGN_IN)
    return Role(given) if given in set(Role) else None
