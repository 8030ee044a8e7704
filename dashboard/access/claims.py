"""What the sign-in provider says of a person, read with suspicion."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

SUBJECT_CLAIM = "DRIVE_OIDC_SUBJECT_CLAIM"  # which claim names a person for good; usually `sub`
GROUPS_CLAIM = "DRIVE_OIDC_GROUPS_CLAIM"

# What tells one sign-in of a person from the next.
_OF_ONE_SIGN_IN = ("iss", "sub", "iat", "exp", "nonce", "jti", "sid", "at_hash")
# Entra ID says in `xms_edov` that the owner of an address's domain is known.
_VERIFIED = ("email_verified", "xms_edov")


class ClaimsNotUsable(Exception):
    """The provider's token lacks what a sign-in needs; the message says what."""


@dataclass(frozen=True)
class Claims:
    """Who the provider says it is. `email` only where the provider has verified it."""

    subject: str
    email: str | None
    name: str
    groups: frozenset[str]
    issued_at: datetime
    expires_at: datetime
    digest: str

    @property
    def who(self) -> str:
        """How the trail names them."""
        return self.email or f"subject {self.subject}"


def claims_of(token: Mapping[str, Any]) -> Claims:
    """The claims of an ID token whose signature was checked. Raises ClaimsNotUsable."""
    subject = token.get(os.environ.get(SUBJECT_CLAIM) or "sub")
    if not isinstance(subject, str) or not subject.strip():
        raise ClaimsNotUsable("The sign-in provider did not say who you are.")
    email = token.get("email")
    verified = any(token.get(claim) in (True, "true", "1") for claim in _VERIFIED)
    usable = isinstance(email, str) and "@" in email and verified
    groups = token.get(os.environ.get(GROUPS_CLAIM) or "groups")
    one = {claim: token.get(claim) for claim in _OF_ONE_SIGN_IN}
    return Claims(
        subject=subject,
        email=normal_email(str(email)) if usable else None,
        name=str(token.get("name") or (email if usable else subject)),
        groups=frozenset(map(str, groups)) if isinstance(groups, list) else frozenset(),
        issued_at=_moment(token, "iat"),
        expires_at=_moment(token, "exp"),
        digest=hashlib.sha256(json.dumps(one, sort_keys=True, default=str).encode()).hexdigest(),
    )


def normal_email(text: str) -> str:
    """An address as it is stored and compared."""
    return text.strip().casefold()


def _moment(token: Mapping[str, Any], claim: str) -> datetime:
    value = token.get(claim)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ClaimsNotUsable("The sign-in provider did not say how long its word holds.")
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError, ValueError):
        raise ClaimsNotUsable("The sign-in provider gave a time that is none.") from None
