"""Who is looking, and what they may open. Deny by default."""

from dashboard.access.roles import PAGES, Page, Role, may_open, pages_of
from dashboard.access.viewer import Viewer, as_seen

__all__ = ["PAGES", "Page", "Role", "Viewer", "as_seen", "may_open", "pages_of"]
