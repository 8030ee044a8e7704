"""Three cases of one case manager: one closed as planned, one by a death, one open."""

PEOPLE = """
areas
area_code | name   | county      | population
B1        | Slough | berkshire   | 160713
O1        | Oxford | oxfordshire | 165184

agencies
agency_id | name                 | sector
POL       | Thames Valley Police | police

case_managers
case_manager_id | name
W1              | Ada

service_users
service_user_id
S1
S2
S3

referrals
referral_id | service_user_id | area_code | received_on | agency_id
R1          | S1              | B1        | 2026-01-02  | POL
R2          | S2              | B1        | 2026-01-02  | POL
R3          | S3              | O1        | 2026-01-02  |

cases
case_id | referral_id | area_code | allocated_on | closed_on  | closure_reason
C1      | R1          | B1        | 2026-01-05   | 2026-05-01 | planned_completion
C2      | R2          | B1        | 2026-01-05   | 2026-05-01 | deceased
C3      | R3          | O1        | 2026-01-05   |            |

assignments
case_id | case_manager_id | from_on    | to_on
C1      | W1              | 2026-01-05 |
C2      | W1              | 2026-01-05 |
C3      | W1              | 2026-01-05 |

victim_survivors
victim_survivor_id | age_group
V1                 | adult
V2                 | child
V3                 | adult

"""
