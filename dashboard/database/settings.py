"""What a service sets for itself. Every default here is a suggestion, marked so on screen."""

from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy import Connection, select

from dashboard.database.tables import Setting


def _setting(default: Any, title: str, unit: str = "") -> Any:
    return field(default=default, metadata={"title": title, "unit": unit})


@dataclass(frozen=True)
class Settings:
    """The service's settings; `metadata` of each field holds its title and unit."""

    service_name: str = _setting("Drive Thames Valley", "Name of the service")
    whole_name: str = _setting("Thames Valley", "Name of the whole area")
    referral_panel_name: str = _setting("referral panel", "Name of the referral panel")
    launched_on: str = _setting("2024-03-21", "Day the service went live")
    caseload_target: float = _setting(18, "Cases of a full-time case manager", "cases")
    contact_days_high: int = _setting(7, "Days between contacts, high risk", "days")
    contact_days_medium: int = _setting(14, "Days between contacts, medium risk", "days")
    contact_days_standard: int = _setting(28, "Days between contacts, standard risk", "days")
    safety_contact_days: int = _setting(14, "Days between an IDVA’s safety contacts", "days")
    support_line: str = _setting("", "Contact line for victim-survivors, shown on their page")
    planned_months: int = _setting(10, "Planned length of a case", "months")
    follow_up_days: int = _setting(182, "Length of the police follow-up", "days")
    marac_follow_up_days: int = _setting(365, "Length of the MARAC follow-up", "days")
    minimum_follow_up_days: int = _setting(91, "Least follow-up of a closed case to count", "days")
    minimum_outcomes: int = _setting(30, "Least number that an outcome is shown for", "people")
    marac_repeat_months: int = _setting(12, "Time within which a MARAC referral repeats", "months")


def read_settings(connection: Connection) -> Settings:
    """The defaults, with what the service has set for itself."""
    known = {each.name for each in fields(Settings)}
    chosen = {
        row.name: row.value
        for row in connection.execute(select(Setting.name, Setting.value))
        if row.name in known
    }
    return Settings(**chosen)
