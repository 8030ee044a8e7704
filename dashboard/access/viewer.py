"""Who is looking."""

from dataclasses import dataclass

from dashboard.access.roles import Role


@dataclass(frozen=True)
class Viewer:
    """A person in a role. `areas` None is every district, and no districts is none at all.

    A case manager sees the cases held by `case_manager`, and none without it.
    """

    role: Role
    areas: frozenset[str] | None = frozenset()
    case_manager: str | None = None
