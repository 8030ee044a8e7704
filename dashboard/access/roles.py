"""The roles, and the one table of who opens what."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is here to do; the value is the name that the command line takes."""

    OPCC = "opcc"
    MANAGER = "manager"
    REGIONAL_LEAD = "regional_lead"
    CASE_MANAGER = "case_manager"
    MEETING = "meeting"
    DATA_STEWARD = "data_steward"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def protected(self) -> bool:
        """Sees only numbers from the release, never facts."""
        return self in (Role.OPCC, Role.MEETING)

    @property
    def everywhere(self) -> bool:
        """Is held for the whole service, never for some of its areas."""
        return self.protected or self in (Role.DATA_STEWARD, Role.ADMINISTRATOR)

    @property
    def sees_records(self) -> bool:
        """Has numbers made from the records of its own areas or cases."""
        return self in (Role.MANAGER, Role.REGIONAL_LEAD, Role.CASE_MANAGER)

    @property
    def sees_cases(self) -> bool:
        """May open lists of cases and their timelines."""
        return self in (Role.MANAGER, Role.CASE_MANAGER)

    @property
    def sees_referrals(self) -> bool:
        """May see what concerns areas; a referral has no case manager before it is allocated."""
        return self in (Role.MANAGER, Role.REGIONAL_LEAD)

    @property
    def sees_data_quality(self) -> bool:
        """May see what is missing or contradicts in the records, and what imports rejected."""
        return self in (Role.MANAGER, Role.DATA_STEWARD)

    @property
    def loads_records(self) -> bool:
        """May load records into the case database."""
        return self is Role.DATA_STEWARD

    @property
    def sees_waiting(self) -> bool:
        """May see the referrals that wait for a case manager, one by one."""
        return self is Role.MANAGER

    @property
    def sees_workers(self) -> bool:
        """May see numbers by case manager."""
        return self in (Role.MANAGER, Role.CASE_MANAGER)


_LABELS = {
    Role.OPCC: "OPCC office",
    Role.MANAGER: "Manager",
    Role.REGIONAL_LEAD: "Regional lead",
    Role.CASE_MANAGER: "Case manager",
    Role.MEETING: "Partnership meeting",
    Role.DATA_STEWARD: "Data steward",
    Role.ADMINISTRATOR: "Administrator",
}


@dataclass(frozen=True)
class Page:
    """A page: its address, its name in the navigation, who may open it, whose first screen.

    `numbers`: it shows some about the service, which protected roles see from a release only.
    """

    path: str
    title: str
    roles: tuple[Role, ...]
    first_for: tuple[Role, ...] = ()
    numbers: bool = True


# In the order of the navigation. A page that a role may not open does not exist for it.
PAGES: tuple[Page, ...] = (
    Page(
        "rollout",
        "Rollout",
        (Role.OPCC, Role.MANAGER, Role.REGIONAL_LEAD),
        first_for=(Role.OPCC,),
    ),
    Page(
        "referrals",
        "Referrals",
        (Role.OPCC, Role.MANAGER, Role.REGIONAL_LEAD, Role.CASE_MANAGER),
    ),
    Page(
        "caseload",
        "Caseload",
        (Role.MANAGER, Role.REGIONAL_LEAD, Role.CASE_MANAGER),
        first_for=(Role.MANAGER, Role.CASE_MANAGER),
    ),
    Page(
        "risk",
        "Risk",
        (Role.OPCC, Role.MANAGER, Role.REGIONAL_LEAD, Role.CASE_MANAGER),
    ),
    Page(
        "victim-survivors",
        "Victim-survivors",
        (Role.OPCC, Role.MANAGER, Role.REGIONAL_LEAD, Role.CASE_MANAGER),
    ),
    Page(
        "areas",
        "Areas",
        (Role.OPCC, Role.MANAGER, Role.REGIONAL_LEAD),
        first_for=(Role.REGIONAL_LEAD,),
    ),
    Page(
        "outcomes",
        "Outcomes",
        (Role.OPCC, Role.MANAGER, Role.REGIONAL_LEAD, Role.CASE_MANAGER),
    ),
    Page(
        "partners",
        "Partners",
        (Role.OPCC, Role.MANAGER, Role.REGIONAL_LEAD, Role.CASE_MANAGER),
    ),
    Page(
        "meeting",
        "Meeting",
        (Role.OPCC, Role.MANAGER, Role.REGIONAL_LEAD, Role.MEETING),
        first_for=(Role.MEETING,),
    ),
    Page(
        "data",
        "Data",
        (Role.OPCC, Role.MANAGER, Role.REGIONAL_LEAD, Role.DATA_STEWARD),
        first_for=(Role.DATA_STEWARD,),
    ),
    Page("definitions", "Definitions", tuple(Role), numbers=False),
    Page(
        "people",
        "People",
        (Role.ADMINISTRATOR,),
        first_for=(Role.ADMINISTRATOR,),
        numbers=False,
    ),
    Page("settings", "Settings", (Role.MANAGER, Role.ADMINISTRATOR), numbers=False),
    Page("audit", "Audit", (Role.DATA_STEWARD, Role.ADMINISTRATOR), numbers=False),
)


def may_open(role: Role, path: str) -> bool:
    """Whether the role may open the page at this path."""
    return any(page.path == path and role in page.roles for page in PAGES)


def pages_of(role: Role) -> list[Page]:
    """The pages a role may open, in the order of the navigation."""
    return [page for page in PAGES if role in page.roles]


def title_of(path: str) -> str:
    """The name of the page at this path, as the navigation has it."""
    return next((page.title for page in PAGES if page.path == path), path)
