"""Titles read well where there is little to say: one case, a handful, kinds never recorded."""

from datetime import date

import pytest

from dashboard.access import Role, Viewer
from dashboard.panels import (
    area_shown,
    areas,
    caseload,
    outcomes,
    partners,
    referrals,
    risk,
    rollout,
)
from dashboard.panels import victim_survivors as people
from dashboard.snapshot import Lens
from queries.follow_up import Rules
from queries.measures import MEASURES

AREAS = """
areas
area_code | name    | county      | population
B1        | Slough  | berkshire   | 160000
B2        | Reading | berkshire   | 170000
O1        | Oxford  | oxfordshire | 160000
"""

STAFF = """
agencies
agency_id | name                 | sector
P1        | Thames Valley Police | police

case_managers
case_manager_id | name     | started_on
M1              | Priya N. | 2026-01-01

case_manager_areas
case_manager_id | area_code | from_on
M1              | B1        | 2026-01-01

case_manager_hours
case_manager_id | from_on    | fte | caseload_target
M1              | 2026-01-01 | 1   | 20
"""

ONE = f"""{AREAS}{STAFF}
service_users
service_user_id
S1

referrals
referral_id | service_user_id | area_code | received_on | agency_id
R1          | S1              | B1        | 2026-09-01  | P1

referral_decisions
referral_id | decided_on | decision
R1          | 2026-09-10 | accept

cases
case_id | referral_id | area_code | allocated_on
C1      | R1          | B1        | 2026-09-15

assignments
case_id | case_manager_id | from_on
C1      | M1              | 2026-09-15

victim_survivors
victim_survivor_id | age_group
V1                 | adult

case_victim_survivors
case_id | victim_survivor_id | linked_on
C1      | V1                 | 2026-09-15

contacts
contact_id | case_id | occurred_on | kind  | outcome
K1         | C1      | 2026-10-20  | visit | kept

marac_referrals
marac_id | person_id | victim_survivor_id | area_code | referred_on | heard_on
H1       | S1        | V1                 | B1        | 2026-09-20  | 2026-10-01

partner_actions
action_id | case_id | agency_id | kind | raised_on  | due_on
X1        | C1      | P1        |      | 2026-09-20 | 2026-10-10
"""

OUTCOMES = outcomes.panels(Rules())
PAGES = {
    "rollout": (rollout.headline, rollout.ALL),
    "referrals": (
        referrals.headline,
        (*referrals.ALL, *referrals.BY.values(), *referrals.OVER_TIME.values()),
    ),
    "caseload": (caseload.headline, caseload.panels(workers=True, waiting=True, cases=True)),
    "risk": (risk.headline, risk.panels(cases=True)),
    "victim-survivors": (people.headline, (people.standings(14), *people.ALL)),
    "outcomes": (OUTCOMES.headline, OUTCOMES.all),
    "partners": (
        partners.headline,
        (*partners.ALL, *partners.AREAS.values(), *partners.MARAC_BY.values()),
    ),
}


@pytest.fixture
def one(given) -> Lens:
    return given(ONE).lens(
        Viewer(Role.MANAGER, None), None, date(2026, 4, 1), date(2026, 10, 20), date(2026, 10, 20)
    )


def titles(page: str, view: Lens) -> dict[str, str]:
    """The title of each panel of a page, by key; under "" the page's sentence."""
    sentence, panels = PAGES[page]
    frames = {panel.key: panel.result(view).collect() for panel in panels}
    said = {
        panel.key: panel.without
        if frames[panel.key].is_empty()
        else panel.reading(frames[panel.key])
        for panel in panels
    }
    return {"": sentence(frames), **said}


def test_one_referral_and_one_case(one: Lens) -> None:
    said = titles("rollout", one)
    assert said[""] == "One referral since launch"
    assert said["pathway"] == "One allocated referral has no plan yet"
    assert said["sources"] == "Police sent the only referral"
    assert said["runway"] == "It is too early to say when places will be full"
    assert said["since-own-launch"] == "One referral in the first seven weeks"

    said = titles("referrals", one)
    assert said[""] == "One referral: allocated so far"
    assert said["referral-outcomes"] == "One referral: allocated"
    assert said["referrals-by-agency"] == "Thames Valley Police sent the only referral"
    assert said["days-to-decision"] == "One was decided, in nine days"
    assert said["referred-again"] == "Nobody was referred again"

    said = titles("caseload", one)
    assert said[""] == "Priya N. holds one case, 19 places free; none need attention"
    assert said["workers"] == "Priya N. has 19 places free"

    said = titles("victim-survivors", one)
    assert said[""] == "One adult is linked to an active case"
    assert said["people-by-area"] == "Slough has the most: one adult"

    said = titles("partners", one)
    assert said[""] == "Partners did 0 of 1 action on time; one is overdue"
    assert said["marac-by-county"] == "One hearing, not a repeat"
    assert said["partner-areas-referrals"] == (
        "Thames Valley Police has the only one, in Berkshire"
    )


def test_actions_of_no_recorded_kind_are_said_so(one: Lens) -> None:
    assert titles("partners", one)["action-kinds"] == "One action asked for, of no recorded kind"


@pytest.mark.parametrize("page", ["risk", "outcomes"])
def test_what_nobody_can_say_yet_is_said_in_words(one: Lens, page: str) -> None:
    said = titles(page, one)
    assert all(title[0].isupper() and "None" not in title for title in said.values())
    early = {"risk": "No DASH score is recorded yet", "outcomes": "It is too early to say"}
    assert said[""].startswith(early[page])


def shown(key: str, form: str, view: Lens) -> tuple[str, dict[str, str]]:
    measure = MEASURES[key]
    now = area_shown.Shown(measure, form, MEASURES[area_shown.USUAL_FUNNEL], "Thames Valley")  # type: ignore[arg-type]
    panels = areas.panels(now, view).all
    frames = {panel.key: panel.result(view).collect() for panel in panels}
    said = {
        panel.key: panel.reading(frames[panel.key]) for panel in panels if len(frames[panel.key])
    }
    return areas.headline(now, frames), said


def test_areas_where_all_is_in_one_district_or_in_none(one: Lens) -> None:
    sentence, said = shown("referrals_received", "rate", one)
    assert sentence.startswith("Referrals received: all in Slough")
    assert said["area-map"] == "Slough is highest"
    # One referral in a year of months is no change of anything.
    assert said["area-trend"] == "No district has moved beyond its usual variation"
    sentence, said = shown("cases_closed", "value", one)
    assert sentence == "Cases closed: none in any district"
    assert said["area-map"] == "None in any district"
