"""Settings: what the service sets for itself, its targets and its capacity."""

from dashboard.shell.keeping.page import settings_page

settings_page()
