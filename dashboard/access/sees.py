"""What each role sees, in words."""

from dashboard.access.roles import Role

SEES: dict[Role, str] = {
    Role.OPCC: "All areas, in protected numbers: small counts are hidden and the others rounded, "
    "shares are made from what is shown and left out where they are of few. No case and no case "
    "manager.",
    Role.MANAGER: "True numbers for their own areas, by case manager too, and the records behind "
    "each number.",
    Role.REGIONAL_LEAD: "True numbers for their own areas. No case record and no case manager.",
    Role.CASE_MANAGER: "True numbers for their own cases, and those cases.",
    Role.MEETING: "Protected numbers, as for the OPCC office, and nothing that names anybody.",
    Role.DATA_STEWARD: "What the records hold, what is missing or contradicts in them, what "
    "imports did, and the trail of who did what. No other numbers about cases.",
    Role.ADMINISTRATOR: "People, their roles, the settings and the trail of who did what. No "
    "numbers about cases.",
}
