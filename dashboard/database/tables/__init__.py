"""All tables, a module for each part of the work.

Periods are half open everywhere: `from_on` is the first day, `to_on` the first day no longer in
it, empty while it lasts. `RECORDS` are the tables that records are loaded into; the others are
the dashboard's own.
"""

from sqlalchemy import Table

from dashboard.database.base import Base
from dashboard.database.tables.outside import (
    Annotation,
    ComparisonPerson,
    MaracReferral,
    PoliceIncident,
    Target,
)
from dashboard.database.tables.own import (
    AuditEntry,
    Change,
    Grant,
    GroupGrant,
    Import,
    KeptCount,
    ListedCode,
    Mark,
    Meeting,
    Move,
    Person,
    RejectedRow,
    Release,
    SavedView,
    Setting,
    SignIn,
)
from dashboard.database.tables.pathway import (
    Assignment,
    Case,
    CaseArea,
    Engagement,
    Need,
    Referral,
    ReferralDecision,
    ServiceUser,
)
from dashboard.database.tables.service import (
    Agency,
    Area,
    CaseManager,
    CaseManagerArea,
    CaseManagerHours,
)
from dashboard.database.tables.victim_survivors import (
    CaseVictimSurvivor,
    SafetyContact,
    VictimSurvivor,
)
from dashboard.database.tables.work import (
    AbuseAssessment,
    Contact,
    PartnerAction,
    Review,
    RiskAssessment,
)

__all__ = [
    "OWN",
    "RECORDS",
    "AbuseAssessment",
    "Agency",
    "Annotation",
    "Area",
    "Assignment",
    "AuditEntry",
    "Base",
    "Case",
    "CaseArea",
    "CaseManager",
    "CaseManagerArea",
    "CaseManagerHours",
    "CaseVictimSurvivor",
    "Change",
    "ComparisonPerson",
    "Contact",
    "Engagement",
    "Grant",
    "GroupGrant",
    "Import",
    "KeptCount",
    "ListedCode",
    "MaracReferral",
    "Mark",
    "Meeting",
    "Move",
    "Need",
    "PartnerAction",
    "Person",
    "PoliceIncident",
    "Referral",
    "ReferralDecision",
    "RejectedRow",
    "Release",
    "Review",
    "RiskAssessment",
    "SafetyContact",
    "SavedView",
    "ServiceUser",
    "Setting",
    "SignIn",
    "Target",
    "VictimSurvivor",
]

_OWN_NAMES = {
    model.__tablename__
    for model in (
        AuditEntry,
        Change,
        Grant,
        GroupGrant,
        Import,
        KeptCount,
        ListedCode,
        Mark,
        Meeting,
        Move,
        Person,
        RejectedRow,
        Release,
        SavedView,
        Setting,
        SignIn,
    )
}
# Parents before children, so that rows can be written in this order.
RECORDS: dict[str, Table] = {
    table.name: table for table in Base.metadata.sorted_tables if table.name not in _OWN_NAMES
}
OWN: dict[str, Table] = {
    table.name: table for table in Base.metadata.sorted_tables if table.name in _OWN_NAMES
}
