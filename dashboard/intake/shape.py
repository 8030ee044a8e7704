"""What the tables mean to each other beyond foreign keys: sets, periods, the order of dates."""

from dataclasses import dataclass

from sqlalchemy import Table

from dashboard.database.tables import OWN, RECORDS

# Rows without an id of their own, and the columns that say whose they are: an import replaces all
# rows of the same owner.
SETS: dict[str, tuple[str, ...]] = {
    "case_manager_areas": ("case_manager_id",),
    "case_manager_hours": ("case_manager_id",),
    "case_areas": ("case_id",),
    "engagement": ("case_id",),
    "assignments": ("case_id",),
    "needs": ("service_user_id",),
    "referral_decisions": ("referral_id",),
    "targets": ("measure", "area"),
}
# Periods from_on to to_on of which only one may hold at a time, for the same values of these.
PERIODS: dict[str, tuple[str, ...]] = {
    "case_manager_areas": ("case_manager_id", "area_code"),
    "case_manager_hours": ("case_manager_id",),
    "case_areas": ("case_id",),
    "assignments": ("case_id",),
    "targets": ("measure", "area"),
}


@dataclass(frozen=True)
class Reference:
    """That a column holds an id (or another value) found in one of some tables' columns."""

    table: Table
    column: str
    to: tuple[tuple[str, str], ...]

    @property
    def may_be_wider(self) -> bool:
        """Whether it may also name a county that is known, or "all"."""
        return ("areas", "county") in self.to


@dataclass(frozen=True)
class After:
    """That a day is not before a day of the record that the row refers to."""

    table: str
    day: str
    through: str
    parent: str
    parent_day: str
    words: str


# An IDVA may be in contact before the case is allocated, so safety contacts are not here.
AFTER = (
    After(
        "referral_decisions", "decided_on", "referral_id", "referrals", "received_on", "received"
    ),
    After("cases", "allocated_on", "referral_id", "referrals", "received_on", "received"),
    After("contacts", "occurred_on", "case_id", "cases", "allocated_on", "allocated"),
    After("reviews", "held_on", "case_id", "cases", "allocated_on", "allocated"),
    After("risk_assessments", "assessed_on", "case_id", "cases", "allocated_on", "allocated"),
    After("abuse_assessments", "assessed_on", "case_id", "cases", "allocated_on", "allocated"),
)


def references(table: Table) -> list[Reference]:
    """All references of a table: its foreign keys, and those that no foreign key can hold."""
    found = [
        Reference(table, key.parent.name, ((key.column.table.name, key.column.name),))
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
    ]
    if table.name in ("marac_referrals", "police_incidents"):
        people = (("service_users", "service_user_id"), ("comparison_people", "person_id"))
        found.append(Reference(table, "person_id", people))
    if table.name in ("targets", "annotations"):
        places = (("areas", "area_code"), ("areas", "county"))
        found.append(Reference(table, "area", places))
    return found


ALL_REFERENCES = [each for table in (RECORDS | OWN).values() for each in references(table)]
_NOUNS = {
    "areas": "district",
    "agencies": "agency",
    "case_managers": "case manager",
    "service_users": "service user",
    "comparison_people": "comparison person",
    "referrals": "referral",
    "cases": "case",
    "victim_survivors": "victim-survivor",
}


def noun(table: str) -> str:
    """What one row of a table that others refer to is called."""
    return _NOUNS[table]
