"""An agency is named where it sent something or was asked for it; uncut, all are."""

from datetime import date

import pytest

from dashboard.access import Role, Viewer

AGENCIES = """
areas
area_code | name    | county
E06000039 | Slough  | berkshire
E07000178 | Oxford  | oxfordshire

agencies
agency_id | name
SENDS     | Slough housing
DOES      | Slough police
ELSEWHERE | Oxford police
NEVER     | A school

case_managers
case_manager_id | name
ann             | Ann
bob             | Bob

service_users
service_user_id
S1
S2

referrals
referral_id | service_user_id | area_code | received_on | agency_id
R1          | S1              | E06000039 | 2026-01-05  | SENDS
R2          | S2              | E07000178 | 2026-01-06  | ELSEWHERE

cases
case_id | referral_id | area_code | allocated_on
C1      | R1          | E06000039 | 2026-01-12
C2      | R2          | E07000178 | 2026-01-12

assignments
case_id | case_manager_id | from_on    | to_on
C1      | ann             | 2026-01-12 |
C2      | bob             | 2026-01-12 |

partner_actions
action_id | case_id | agency_id | kind           | raised_on
A1        | C1      | DOES      | safeguarding   | 2026-02-02
"""


@pytest.fixture
def service(given):
    return given(AGENCIES)


@pytest.mark.parametrize(
    ("viewer", "as_at", "names"),
    [
        (
            Viewer(Role.MANAGER, None),
            28,
            ["A school", "Oxford police", "Slough housing", "Slough police"],
        ),
        (Viewer(Role.MANAGER, frozenset({"E06000039"})), 28, ["Slough housing", "Slough police"]),
        (Viewer(Role.REGIONAL_LEAD, frozenset({"E07000178"})), 28, ["Oxford police"]),
        (Viewer(Role.CASE_MANAGER, None, "ann"), 28, ["Slough police"]),
        (Viewer(Role.MANAGER, frozenset({"E06000039"})), 1, ["Slough housing"]),
        (Viewer(Role.MANAGER, frozenset()), 28, []),
    ],
    ids=["all", "Slough", "Oxford", "case manager", "before the action", "nothing"],
)
def test_agencies_of(service, viewer, as_at, names):
    lens = service.lens(viewer, as_at=date(2026, 2, as_at))
    assert sorted(lens.numbers("agencies").collect()["agency_name"]) == names


def test_choosing_an_area_cuts_the_agencies_too(service):
    lens = service.lens(
        Viewer(Role.MANAGER, None), frozenset({"E07000178"}), as_at=date(2026, 2, 28)
    )
    assert lens.numbers("agencies").collect()["agency_name"].to_list() == ["Oxford police"]
