"""The case database: its tables, its code lists, its migrations and how to connect to it."""
