"""Two service users, three victim-survivors and a comparison person, of whom one may go."""

TABLES = """
areas
area_code | name   | county    | population
B1        | Slough | berkshire | 160713

agencies
agency_id | name
POL       | Police

case_managers
case_manager_id | name
W1              | Ada

service_users
service_user_id
S1
S2

needs
service_user_id | need
S1              | housing

referrals
referral_id | service_user_id | area_code | received_on
R1          | S1              | B1        | 2024-01-02
R2          | S2              | B1        | 2024-01-02

referral_decisions
referral_id | decided_on | decision
R1          | 2024-01-03 | accept
R2          | 2024-01-03 | accept

cases
case_id | referral_id | area_code | allocated_on | closed_on  | closure_reason
C1      | R1          | B1        | 2024-01-05   | 2024-05-01 | planned_completion
C2      | R2          | B1        | 2024-01-05   |            |

assignments
case_id | case_manager_id | from_on
C1      | W1              | 2024-01-05
C2      | W1              | 2024-01-05

engagement
case_id | from_on    | engagement
C1      | 2024-01-05 | direct

victim_survivors
victim_survivor_id | age_group
V1                 | adult
V2                 | child
V3                 | adult

case_victim_survivors
case_id | victim_survivor_id | linked_on
C1      | V1                 | 2024-01-05
C1      | V2                 | 2024-01-05
C2      | V2                 | 2024-01-05

safety_contacts
contact_id | case_id | victim_survivor_id | contacted_on
SC1        | C1      | V1                 | 2024-01-09
SC2        | C2      | V2                 | 2024-01-09

contacts
contact_id | case_id | occurred_on
K1         | C1      | 2024-01-10
K2         | C2      | 2024-01-10

risk_assessments
assessment_id | case_id | victim_survivor_id | assessed_on
A1            | C1      | V1                 | 2024-01-10
A2            | C2      | V2                 | 2024-01-10
A3            | C2      |                    | 2024-01-10

partner_actions
action_id | case_id | agency_id | raised_on
P1        | C1      | POL       | 2024-01-12

comparison_people
person_id | area_code | index_on   | end_on
X1        | B1        | 2024-01-05 | 2024-05-01

marac_referrals
marac_id | person_id | victim_survivor_id | referred_on
M1       | S1        | V1                 | 2024-01-20
M2       | X1        | V3                 | 2024-01-20

police_incidents
incident_id | person_id | occurred_on
I1          | S1        | 2023-12-20
I2          | X1        | 2023-12-20
"""
