"""The figures of the invented service: how many, how often, how long.

Shares are fractions, times are days, rates are a year unless said otherwise. Where a figure is
the published result of the Drive evaluation or its national totals, the comment says so; all
others are invented, and none describes the real service.
"""

from dataclasses import dataclass
from datetime import date

LAUNCHED_ON = date(2024, 3, 21)


@dataclass(frozen=True)
class County:
    """A county: referrals that come in a year, those funded, weeks until it is up to speed."""

    key: str
    name: str
    referrals: int
    funded: int
    ramp_weeks: int


@dataclass(frozen=True)
class District:
    """A district: its code, its people (ONS, mid-2023) and its referral rate against others.

    `patch` is the half of its county: some case managers cover one patch only.
    """

    code: str
    name: str
    county: str
    population: int
    rate: float
    patch: int


COUNTIES = (
    County("berkshire", "Berkshire", referrals=200, funded=190, ramp_weeks=14),
    County("buckinghamshire-mk", "Buckinghamshire", referrals=122, funded=152, ramp_weeks=34),
    County("oxfordshire", "Oxfordshire", referrals=128, funded=108, ramp_weeks=22),
)
DISTRICTS = (
    District("E06000036", "Bracknell Forest", "berkshire", 128_351, 0.85, 1),
    District("E06000037", "West Berkshire", "berkshire", 163_367, 0.75, 0),
    District("E06000038", "Reading", "berkshire", 178_196, 1.45, 0),
    District("E06000039", "Slough", "berkshire", 160_713, 1.6, 1),
    District("E06000040", "Windsor and Maidenhead", "berkshire", 155_239, 0.65, 1),
    District("E06000041", "Wokingham", "berkshire", 183_870, 0.55, 0),
    District("E06000042", "Milton Keynes", "buckinghamshire-mk", 298_270, 1.3, 0),
    District("E06000060", "Buckinghamshire", "buckinghamshire-mk", 566_694, 0.8, 1),
    District("E07000177", "Cherwell", "oxfordshire", 166_321, 1.25, 0),
    District("E07000178", "Oxford", "oxfordshire", 165_184, 1.5, 0),
    District("E07000179", "South Oxfordshire", "oxfordshire", 153_424, 0.7, 1),
    District("E07000180", "Vale of White Horse", "oxfordshire", 145_970, 0.75, 1),
    District("E07000181", "West Oxfordshire", "oxfordshire", 119_331, 0.8, 1),
)
POPULATION_YEAR = 2023

# Arrivals. A ramp starts at this share of full speed; the first year's funded course is lower.
RAMP_START = 0.3
FIRST_YEAR_FUNDED = 0.85
QUIET_MONTHS = {8: 0.85, 12: 0.8}
REFERRED_AGAIN = 0.11

# From referral to allocation. The referral panel meets on Wednesdays: every second one, and
# every one from the month in which this share of the time since launch has passed.
PANEL_WEEKLY_AFTER = 0.55
DAYS_TO_SCREEN = (2.5, 0.7)  # median, spread of the logarithm
ELIGIBLE = 0.93
ACCEPTED = 0.72
DEFERRED = 0.11
WITHDRAWN = 0.08
DAYS_TO_WITHDRAWAL = (14, 0.9)
DAYS_TO_ALLOCATION_AT_FIRST = (17, 0.5)
DAYS_TO_ALLOCATION_LATER = (9, 0.75)
ROUTES_OF_POLICE = {"operational_policing": 0.85, "marac": 0.1, "referral_panel": 0.05}
ROUTES_OF_OTHERS = {"partner_agency": 0.82, "marac": 0.12, "referral_panel": 0.05, "other": 0.01}
DECLINE_REASONS = {
    "other_service": 0.3,
    "not_eligible": 0.22,
    "in_custody": 0.18,
    "out_of_area": 0.12,
    "no_place": 0.12,
    "other": 0.06,
}

# Service users.
SEX_OF_SERVICE_USERS = {"male": 0.94, "female": 0.055, "other": 0.005}  # national: 94% men
AGE_AT_REFERRAL = (35, 10)
SERIAL = 0.42
HIGH_HARM = 0.71
NEEDS = {
    "alcohol": 0.42,
    "drugs": 0.37,
    "mental_health": 0.46,
    "housing": 0.27,
    "employment": 0.31,
    "parenting": 0.34,
    "physical_health": 0.09,
    "learning": 0.1,
    "other": 0.04,
}

# Cases.
PLANNED_MONTHS = 10
PLANNED = 0.72  # less of those closed so far: the others close sooner
UNPLANNED_REASONS = {
    "custody": 0.26,
    "disruption_exhausted": 0.24,
    "moved_away": 0.2,
    "no_longer_eligible": 0.15,
    "transferred": 0.12,
    "deceased": 0.03,
}
DAYS_TO_PLAN = (17, 0.45)
PLAN_AGREED = 0.95
STARTS_DIRECT = 0.45
BECOMES_DIRECT = 0.45
BECOMES_DISRUPT_ONLY = 0.22
MOVES_DISTRICT = 0.02

# Case managers.
CASELOAD_TARGETS = (18, 19, 20)
FTE_OF_STARTERS = (1.0, 1.0, 0.8, 1.0, 0.6, 0.9, 1.0, 0.7)
FTE_STEP = 0.1
FTE_LEAST = 0.6
PLACES_IN_USE = 0.9
ACTIVE_CASES_OF_A_TEAM = 90
LEAVES_IN_A_QUARTER = 0.3  # of a team of four or more, one worker

# Victim-survivors. People: 1.12 adults and 2.04 children for a service user (national totals);
# links are more, as some people are linked to two cases.
ADULTS_OF_A_CASE = {1: 0.89, 2: 0.085, 3: 0.025}
CHILDREN_OF_A_CASE = {0: 0.2, 1: 0.19, 2: 0.235, 3: 0.18, 4: 0.11, 5: 0.055, 6: 0.03}
SHARES_FAMILY_WITH_ANOTHER_CASE = 0.05
ADULTS_WOMEN = 0.97  # national
LIVES_WITH = 0.1  # national
RELATIONSHIPS_OF_ADULTS = {
    "ex_partner": 0.55,
    "partner": 0.33,
    "parent": 0.07,
    "sibling": 0.02,
    "other": 0.03,
}
RELATIONSHIPS_OF_CHILDREN = {"child": 0.86, "sibling": 0.04, "other": 0.1}
UNLINKED = 0.03
IDVA_ENGAGED = 0.8
DAYS_TO_IDVA = (10, 0.7)
DAYS_BETWEEN_SAFETY_CONTACTS = (5, 15)
SAFETY_CONTACT_OUTCOMES = {"reached": 0.8, "not_reached": 0.17, "declined": 0.03}

# Risk. The IDVA reports risk moderately or significantly reduced in 82% of cases (published).
IDVA_CHANGES = {
    "significantly_reduced": 0.44,
    "moderately_reduced": 0.39,
    "no_change": 0.12,
    "moderately_increased": 0.03,
    "significantly_increased": 0.02,
}
DASH_FALL = (10, 6, 1, -3, -6)  # from intake to exit, for each of these
DASH_AT_INTAKE = (15.6, 3.1)
DASH_LEAST, DASH_MOST = 8, 22
ASSESSED_BETWEEN_REVIEWS = 0.4
HIGH_BY_JUDGEMENT = 0.3  # of intakes under 14; less later
EXIT_NOT_ASSESSED = 0.08
CHANGE_NOT_KNOWN, CHANGE_MISSING = 0.05, 0.04

# Abuse: the share using it at intake, and how many fewer at exit (published).
ABUSE_AT_INTAKE = {
    "physical": 0.76,
    "sexual": 0.33,
    "harassment_stalking": 0.66,
    "jealous_controlling": 0.87,
}
ABUSE_FALL = {
    "physical": 0.82,
    "sexual": 0.88,
    "harassment_stalking": 0.75,
    "jealous_controlling": 0.73,
}
BEGINS_ABUSE = 0.015

# Work. Days between contacts for standard, medium and high risk are the program's defaults.
CONTACT_DAYS = {"standard": 28, "medium": 14, "high": 7}
CONTACT_LATE = 0.11
KINDS_OF_DIRECT = {"in_person": 0.5, "telephone": 0.28, "video": 0.1, "multi_agency": 0.12}
KINDS_OF_DISRUPT_ONLY = {"multi_agency": 0.86, "telephone": 0.1, "other": 0.04}
REVIEW_DAYS = 91
REVIEW_LATE = 0.16
REVIEW_NEVER = 0.02

# Partners.
ACTIONS_OF_A_CASE = 2.6
ACTION_DUE_AFTER = (14, 21, 28)
ACTION_LATE = 0.13
ACTION_NEVER = 0.06
ACTION_NEVER_OF_THE_OVERDUE_PARTNER = 0.75
ACTION_KINDS = {
    "information": 0.2,
    "enforcement": 0.14,
    "safeguarding": 0.14,
    "disclosure": 0.1,
    "recall": 0.09,
    "civil_order": 0.08,
    "tenancy": 0.07,
    "substance_support": 0.07,
    "mental_health_support": 0.06,
    "housing_support": 0.03,
    "employment_support": 0.02,
}

# MARAC and police, for a person and a year; criminal incidents fall by 30% (published).
WINDOW_BEFORE = 365
WINDOW_AFTER = 365
MARAC_REFERRALS = 0.7
MARAC_DURING, MARAC_AFTER = 0.75, 0.55  # against before
CRIMES, OTHER_INCIDENTS = 2.6, 2.0
POLICE_DURING, POLICE_AFTER = 0.85, 0.7  # against before
CRIME_CATEGORIES = {
    "violence": 0.44,
    "stalking_harassment": 0.2,
    "controlling_behaviour": 0.11,
    "criminal_damage": 0.1,
    "breach_of_order": 0.08,
    "sexual_offence": 0.04,
    "public_order": 0.03,
}
COMPARISON_PEOPLE = 1 / 3

# What is aimed at, for the whole, from launch.
TARGETS = {
    "days_referral_to_allocation": 14,
    "planned_completion_rate": 0.65,
    "direct_engagement_rate": 0.6,
    "risk_reduced_rate": 0.8,
    "idva_engaged_rate": 0.8,
    "contacts_on_time_rate": 0.9,
    "reviews_on_time_rate": 0.85,
    "partner_actions_on_time_rate": 0.85,
}

# Holes: the share of values of a field that were never filled in.
HOLES = {
    "service_users": {"year_of_birth": 0.03, "serial": 0.03, "high_harm": 0.02, "sex": 0.005},
    "referrals": {"agency_id": 0.02, "area_code": 0.008, "route": 0.015, "eligible": 0.005},
    "referral_decisions": {"reason": 0.04},
    "cases": {"area_code": 0.004},
    "victim_survivors": {"sex": 0.02},
    "case_victim_survivors": {"lives_with": 0.06, "relationship": 0.02},
    "contacts": {"outcome": 0.003, "kind": 0.006},
    "risk_assessments": {"dash_score": 0.03, "victim_survivor_id": 0.08},
    "abuse_assessments": {"severity": 0.015, "victim_survivor_id": 0.08},
    "partner_actions": {"kind": 0.02, "due_on": 0.01},
    "marac_referrals": {"area_code": 0.01, "heard_on": 0.02},
    "police_incidents": {"is_crime": 0.008},
}
# Mistakes: rows that contradict others.
ENTERED_TWICE = 0.004  # referrals, each with a service user of its own
CONTACT_AFTER_CLOSURE = 0.01  # closed cases
LEVEL_AGAINST_SCORE = 0.004  # risk assessments: medium at 14 or more
