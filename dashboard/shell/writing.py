"""The connection through which the screens write: the trail, sign-ins, and what people keep."""

from functools import cache

from sqlalchemy import Engine

from dashboard.database import connect, database_url


def writer() -> Engine:
    """One engine of this process for each address to write to. Raises DatabaseNotUsable."""
    return _engine(database_url(writing=True).render_as_string(hide_password=False))


@cache
def _engine(url: str) -> Engine:
    return connect(database_url(url))
