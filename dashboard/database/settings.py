"""What a service sets for itself. Every default here is a suggestion, marked so on screen."""

from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy import Connection, select

from dashboard.database.tables import Setting

# The groups in which settings stand on their page, in order.
GROUPS = ("The service", "Casework", "Outcomes", "The meeting", "Small numbers", "Sign-in")
# Who may look, and what a protected role sees, is for administrators alone to set.
GUARDED = ("Small numbers", "Sign-in")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# The slides of the weekly meeting that there are, in their usual order.
SLIDES = (
    "where_we_are",
    "what_changed",
    "first_and_last",
    "highest_and_lowest",
    "waiting",
    "capacity",
    "places",
    "victim_survivors",
    "idva_contact",
    "areas",
    "agencies",
    "partners",
    "trend",
    "decisions",
)


def _setting(
    default: Any,
    title: str,
    unit: str = "",
    group: str = "The service",
    least: float = 1,
    most: float = 100_000,
    choices: tuple[str, ...] = (),
) -> Any:
    about = {"title": title, "unit": unit, "group": group, "least": least, "most": most}
    return field(default=default, metadata={**about, "choices": choices})


@dataclass(frozen=True)
class Settings:
    """The service's settings.

    `metadata` of each field: its `title`, `unit`, `group`, of a number its `least` and `most`, and
    the `choices` where it is one of a few.
    """

    service_name: str = _setting("Drive Thames Valley", "Name of the service")
    whole_name: str = _setting("Thames Valley", "Name of the whole area")
    referral_panel_name: str = _setting("referral panel", "Name of the referral panel")
    launched_on: str = _setting("2024-03-21", "Day the service went live")
    caseload_target: float = _setting(
        18, "Cases of a full-time case manager", "cases", group="Casework"
    )
    contact_days_high: int = _setting(
        7, "Days between contacts, high risk", "days", group="Casework"
    )
    contact_days_medium: int = _setting(
        14, "Days between contacts, medium risk", "days", group="Casework"
    )
    contact_days_standard: int = _setting(
        28, "Days between contacts, standard risk", "days", group="Casework"
    )
    safety_contact_days: int = _setting(
        14, "Days between an IDVA’s safety contacts", "days", group="Casework"
    )
    support_line: str = _setting("", "Contact line for victim-survivors, shown on their page")
    stale_days: int = _setting(8, "Days without a new record that make records old", "days")
    planned_months: int = _setting(10, "Planned length of a case", "months", group="Casework")
    follow_up_days: int = _setting(182, "Length of the police follow-up", "days", group="Outcomes")
    marac_follow_up_days: int = _setting(
        365, "Length of the MARAC follow-up", "days", group="Outcomes"
    )
    minimum_follow_up_days: int = _setting(
        91, "Least follow-up of a closed case to count", "days", group="Outcomes"
    )
    minimum_outcomes: int = _setting(
        30, "Least number that an outcome is shown for", "people", group="Outcomes"
    )
    marac_repeat_months: int = _setting(
        12, "Time within which a MARAC referral repeats", "months", group="Outcomes"
    )
    opcc_is_protected: bool = _setting(
        True, "The OPCC sees protected numbers", group="Small numbers"
    )
    hide_below: int = _setting(
        5, "Counts from 1 to below this are hidden", "", group="Small numbers", least=2, most=50
    )
    round_to: int = _setting(
        5, "The other counts are rounded to the nearest", "", group="Small numbers", most=50
    )
    least_denominator: int = _setting(
        10, "Least denominator of a protected share", "", group="Small numbers", most=1000
    )
    release_days: int = _setting(
        14, "From a period’s end to its release", "days", group="Small numbers", least=0, most=90
    )
    meeting_weekday: str = _setting(
        "Tuesday", "Day of the weekly meeting", group="The meeting", choices=WEEKDAYS
    )
    meeting_time: str = _setting("10:00", "Time of the weekly meeting", group="The meeting")
    meeting_slides: tuple[str, ...] = _setting(
        SLIDES, "Slides of the meeting, in order", group="The meeting"
    )
    meeting_decisions: tuple[str, ...] = _setting(
        (), "Decisions for the meeting to take", group="The meeting"
    )
    session_hours: float = _setting(
        10, "Hours that a sign-in lasts", "hours", group="Sign-in", most=24
    )
    idle_minutes: int = _setting(
        60, "Minutes of doing nothing that end a sign-in", "minutes", group="Sign-in", most=720
    )
    whom_to_ask: str = _setting(
        "whoever set up this dashboard", "Whom to ask for access", group="Sign-in"
    )
    audit_years: int = _setting(
        6, "Years that the trail is kept", "years", group="Sign-in", most=30
    )


def read_settings(connection: Connection) -> Settings:
    """The defaults, with what the service has set for itself."""
    known = {each.name: each for each in fields(Settings)}
    chosen: dict[str, Any] = {
        # JSON has no tuples, and a setting of several lines is one.
        row.name: tuple(row.value) if isinstance(known[row.name].default, tuple) else row.value
        for row in connection.execute(select(Setting.name, Setting.value))
        if row.name in known
    }
    return Settings(**chosen)
