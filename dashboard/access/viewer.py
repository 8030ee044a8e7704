"""Who is looking."""

from dataclasses import dataclass, replace

from dashboard.access.roles import Role

ANYBODY = "anybody at this computer"  # who it is where nobody signs in


@dataclass(frozen=True)
class Viewer:
    """A person in a role. `areas` None is every district, and no districts is none at all.

    A case manager sees the cases held by `case_manager`, and none without it. `name` says who it
    is, for the trail.
    """

    role: Role
    areas: frozenset[str] | None = frozenset()
    case_manager: str | None = None
    name: str = ANYBODY


def as_seen(viewer: Viewer, opcc_is_protected: bool) -> Viewer:
    """The viewer as screens and commands take them.

    Where the service's sharing agreement gives the OPCC office true counts, it sees what a regional
    lead of all areas does: no record and no case manager.
    """
    if viewer.role is Role.OPCC and not opcc_is_protected:
        return replace(viewer, role=Role.REGIONAL_LEAD, areas=None)
    return viewer
