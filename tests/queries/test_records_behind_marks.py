"""The rows behind points, stages, cells and months are those that their number counts."""

from datetime import date

import pytest

from queries import course, pathway, phases, places, sources, victim_survivors
from queries.comparisons import BEFORE, YEAR, chosen
from queries.follow_up import Rules
from queries.periods import Period

TABLES = """
areas
area_code | name    | county
B1        | Slough  | berkshire
O1        | Oxford  | oxfordshire

agencies
agency_id | name    | sector
P         | Police  | police
H         | Housing | housing

service_users
service_user_id
S1
S2
S3
S4

referrals
referral_id | service_user_id | area_code | received_on | agency_id | screened_on
R1          | S1              | B1        | 2025-01-10  | P         | 2025-01-11
R2          | S2              | B1        | 2026-01-05  | P         | 2026-01-06
R3          | S3              | O1        | 2026-01-20  | H         |
R4          | S4              | B1        | 2026-02-03  | P         | 2026-02-04
R5          | S1              | B1        | 2026-02-10  |           | 2026-02-12

cases
case_id | referral_id | area_code | allocated_on | closed_on
C1      | R1          | B1        | 2025-01-20   | 2025-12-01
C2      | R2          | B1        | 2026-01-15   |
C4      | R4          | B1        | 2026-02-20   |

victim_survivors
victim_survivor_id | age_group
V1                 | adult
V2                 | child

case_victim_survivors
case_id | victim_survivor_id | linked_on
C2      | V1                 | 2026-01-16
C4      | V1                 | 2026-02-21
C4      | V2                 | 2026-02-21

marac_referrals
marac_id | person_id | victim_survivor_id | area_code | referred_on | heard_on
M1       | S1        | V1                 | B1        | 2025-01-01  | 2025-01-05
M2       | S1        | V1                 | B1        | 2025-06-01  | 2025-06-10
M3       | S2        | V1                 | B1        | 2026-01-20  | 2026-02-01
"""


@pytest.fixture
def view(lens):
    return lens(TABLES, "2026-02-28", "2026-01-01")


def ids(rows, column: str = "referral") -> list[str]:
    return sorted(rows.collect()[column].cast(str))


def test_a_point_of_the_course_holds_all_up_to_its_day(view):
    day = date(2026, 2, 8)
    assert ids(course.rows_to(view, "Berkshire", day, "referrals")) == ["R1", "R2", "R4"]
    assert ids(course.rows_to(view, "Berkshire", day, "allocations"), "case") == ["C1", "C2"]
    assert ids(course.rows_to(view, "Oxfordshire", day, "referrals")) == ["R3"]


def test_a_point_by_age_ends_with_its_week(view):
    rows = course.since_own_launch(view).collect()
    for row in rows.to_dicts():
        assert len(ids(course.rows_to(view, **row["point"], line=None))) == row["referrals"]


def test_a_point_of_active_cases_holds_those_of_its_day(view):
    assert ids(places.active_on(view, "Berkshire", date(2025, 11, 30)), "case") == ["C1"]
    assert ids(places.active_on(view, "Berkshire", date(2025, 12, 1)), "case") == []
    assert ids(places.active_on(view, "Berkshire", date(2026, 2, 20)), "case") == ["C2", "C4"]


def test_a_stage_holds_those_that_came_to_it_and_the_pale_part_those_before(view):
    assert ids(pathway.stage_rows(view, "Screened", "referrals")) == ["R2", "R4", "R5"]
    assert ids(pathway.stage_rows(view, "Screened", "before")) == ["R2", "R3", "R4", "R5"]
    assert ids(pathway.stage_rows(view, "Allocated", "before")) == ["R2", "R4", "R5"]
    assert ids(pathway.stage_rows(view, "Referred", "before")) == ["R2", "R3", "R4", "R5"]


def test_without_any_screen_there_is_no_such_stage(lens):
    unscreened = "\n".join(
        line.rpartition("|")[0] if line.startswith(("R", "referral_id |")) else line
        for line in TABLES.splitlines()
    )
    rows = pathway.pathway(lens(unscreened, "2026-02-28", "2026-01-01")).collect()
    assert list(rows["stage"]) == ["Referred", "Allocated", "Plan agreed", "Closed"]


def test_a_sector_holds_its_own_now_and_a_year_earlier(view):
    assert ids(sources.sector_rows(view, "Police", "referrals")) == ["R2", "R4"]
    assert ids(sources.sector_rows(view, "Police", "year_before")) == ["R1"]
    assert ids(sources.sector_rows(view, sources.NOT_RECORDED, None)) == ["R5"]


def test_cells_hold_their_agency_and_month_or_county(view):
    assert ids(sources.month_rows(view, "Police", date(2026, 1, 1))) == ["R2"]
    assert ids(sources.month_rows(view, sources.NOT_RECORDED, date(2026, 2, 1))) == ["R5"]
    assert ids(sources.first_rows(view, "P", "berkshire")) == ["R1", "R2", "R4"]
    assert ids(sources.first_rows(view, "P", "oxfordshire")) == []


def test_people_at_the_end_of_a_month_stand_once_each(view):
    def at(month: date, part: str | None) -> list[str]:
        return ids(victim_survivors.people_at_end(view, month, part), "victim_survivor")

    assert at(date(2026, 1, 1), "people") == ["V1"]
    assert at(date(2026, 2, 1), "people") == ["V1", "V2"]
    assert at(date(2026, 2, 1), "children") == ["V2"]


def test_a_phase_holds_its_hearings_its_repeats_and_its_people(view):
    rules = Rules(least=1)

    def behind(phase: str, part: str) -> list:
        rows, facts = phases.behind(view, rules, phase, part)
        column = "who" if facts == "people_by_phase" else "case"
        return ids(rows, column)

    assert behind("Before", "hearings") == ["C1"]
    assert behind("During", "hearings") == ["C1", "C2"]
    assert behind("During", "repeats") == ["C1"]
    assert behind("Before", "people") == ["S1", "S2", "S4"]
    assert behind("After", "rate") == ["S1"]


def test_a_column_names_the_period_that_its_number_counts_in(view):
    assert chosen(view, None).period == Period(view.start, view.end)
    assert chosen(view, BEFORE).period == Period(date(2025, 11, 1), date(2025, 12, 31))
    assert chosen(view, YEAR).period == Period(date(2025, 1, 1), date(2025, 2, 28))
