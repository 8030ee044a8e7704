"""Who is looking, and what they may open. Deny by default."""

from dashboard.access.roles import PAGES, Role, may_open, pages_of
from dashboard.access.viewer import Viewer

__all__ = ["PAGES", "Role", "Viewer", "may_open", "pages_of"]
