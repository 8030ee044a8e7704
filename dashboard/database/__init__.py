"""The case database: its tables, its code lists, its migrations and how to connect to it."""

from dashboard.database.connection import DatabaseNotUsable, connect, database_url, writing
from dashboard.database.schema import migrate
from dashboard.database.trouble import unreachable

__all__ = ["DatabaseNotUsable", "connect", "database_url", "migrate", "unreachable", "writing"]
