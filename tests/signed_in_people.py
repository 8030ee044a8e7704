"""What a sign-in provider says of people, and what the trail says of what they did."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, select

from dashboard.access import granting
from dashboard.access.aside import settled
from dashboard.access.claims import Claims, claims_of
from dashboard.database.tables import AuditEntry

TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
OWNER = granting.By("owner at the command line")


def token(email: str = "ann@example.org", **other: Any) -> dict[str, Any]:
    """What a provider says of somebody who has just signed in at noon."""
    return {
        "iss": "https://login.example.org",
        "sub": f"sub-of-{email}",
        "email": email,
        "email_verified": True,
        "name": "Ann Example",
        "iat": NOON.timestamp(),
        "exp": (NOON + timedelta(hours=1)).timestamp(),
        "nonce": "n1",
    } | other


def claims(email: str = "ann@example.org", **other: Any) -> Claims:
    return claims_of(token(email, **other))


def trail(engine: Engine) -> list[tuple[str, str, dict[str, Any]]]:
    """Who, what and details of every line, the first first."""
    settled()
    with engine.connect() as connection:
        rows = connection.execute(
            select(AuditEntry.who, AuditEntry.what, AuditEntry.details).order_by(
                AuditEntry.entry_id
            )
        )
        return [(row.who, row.what, row.details) for row in rows]
