"""The questions of the rollout screen, over small tables, by hand."""

from datetime import date

import polars as pl
import pytest

from dashboard.access import Role, Viewer
from queries import course, pathway, places, sources
from queries.scope import counties, whole

SERVICE = """
areas
area_code | name    | county
B1        | Slough  | berkshire
B2        | Reading | berkshire
O1        | Oxford  | oxfordshire

agencies
agency_id | name               | sector
POL       | Police, Berkshire  | police
HOU       | Housing, Reading   | housing
SCH       | Schools            | education

service_users
service_user_id
S1

referrals
referral_id | service_user_id | area_code | received_on | agency_id | screened_on | withdrawn_on
R1          | S1              | B1        | 2026-04-01  | POL       | 2026-04-03  |
R2          | S1              | B2        | 2026-04-10  | POL       | 2026-04-12  |
R3          | S1              | O1        | 2026-04-20  | HOU       |             |
R4          | S1              |           | 2026-05-01  |           | 2026-05-02  |
R5          | S1              | B1        | 2025-04-15  | POL       | 2025-04-16  | 2025-05-01

referral_decisions
referral_id | decided_on | decision
R1          | 2026-04-08 | accept
R2          | 2026-04-15 | decline
R4          | 2026-05-08 | accept

cases
case_id | referral_id | area_code | allocated_on | plan_agreed_on
C1      | R1          | B1        | 2026-04-18   | 2026-05-01

targets
measure            | area      | from_on    | to_on      | value
referrals_received | berkshire | 2026-04-01 | 2027-04-01 | 365
"""


@pytest.fixture
def view(lens):
    return lens(SERVICE, as_at="2026-05-10", start="2026-04-01")


def test_the_pathway_counts_a_stage_or_a_later_one(view):
    rows = pathway.pathway(view).collect()
    # R3 was neither screened nor decided; R2 declined; R4 accepted and waits.
    assert dict(zip(rows["stage"], rows["referrals"], strict=True)) == {
        "Referred": 4,
        "Screened": 3,
        "Decided at panel": 3,
        "Accepted": 2,
        "Allocated": 1,
        "Plan agreed": 1,
        "Closed": 0,
    }
    days = dict(zip(rows["stage"], rows["median_days"], strict=True))
    # Screened after 2, 2 and 1 days; decided after 5, 3 and 6; allocated after 10; plan after 13.
    assert days["Screened"] == 2
    assert days["Decided at panel"] == 5
    assert days["Allocated"] == 10
    assert days["Plan agreed"] == 13
    assert days["Closed"] is None
    assert rows["share"].to_list() == [None, 3 / 4, 1, 2 / 3, 1 / 2, 1, 0]
    assert pathway.where_most_stop(rows) == "One referral has not been screened"


def test_what_happens_after_the_as_at_day_is_not_known_yet(lens):
    then = lens(SERVICE, as_at="2026-04-16", start="2026-04-01")
    rows = pathway.pathway(then).collect()
    assert rows["referrals"].to_list() == [2, 2, 2, 1, 0, 0, 0]


def test_stages_never_recorded_are_left_out(lens):
    text = SERVICE.split("cases\n")[0]
    rows = pathway.pathway(lens(text, as_at="2026-05-10", start="2026-04-01")).collect()
    assert rows["stage"].to_list() == ["Referred", "Screened", "Decided at panel", "Accepted"]


def test_the_course_by_county_and_in_all(view):
    rows = course.course(view).collect()
    now = {row["county"]: row for row in rows.filter(pl.col("on") == view.as_at).to_dicts()}
    # One a day from 1 April: 40 by 10 May. Berkshire has R1, R2 and R5; Oxfordshire no target.
    assert (now["Berkshire"]["referrals"], now["Berkshire"]["course"]) == (3, 40)
    assert now["Berkshire"]["heading"] == "37 behind the course"
    assert now["Berkshire"]["allocations"] == 1
    assert (now["Oxfordshire"]["referrals"], now["Oxfordshire"]["course"]) == (1, None)
    assert course.who_is_behind(rows) == "Berkshire has 3 of 40 referrals"
    # R4 names no district: in the total, in no county.
    assert course.how_far(rows) == "Five referrals since launch"
    assert rows["live"][0] == "Live in all three districts; the last was Oxford, 20 April 2026."
    assert rows.filter(pl.col("on") > view.as_at)["referrals"].is_null().all()


def test_a_county_by_itself_has_the_course_that_it_has_beside_others(lens):
    # Its target begins on 1 April; its first referral came on 20 April, the whole's a year earlier.
    text = SERVICE.replace("berkshire | 2026-04-01", "oxfordshire | 2026-04-01")
    together = lens(text, as_at="2026-05-10")
    alone = together.of(frozenset({"O1"}))
    for view in (together, alone):
        rows = course.course(view).collect().filter(county="Oxfordshire", on=view.as_at)
        assert rows["course"].to_list() == [40]


def test_referrals_without_a_district_and_silent_districts_are_named(lens):
    # R4 has no district. Of Slough the last referral is of 1 April, 13 weeks before 1 July.
    rows = course.course(lens(SERVICE, as_at="2026-07-01", start="2026-04-01")).collect()
    assert course.where_it_is(rows) == (
        "Live in all three districts; the last was Oxford, 20 April 2026. None for 13 weeks from "
        "Slough. One referral of no known district is in the total only."
    )
    rows = course.course(lens(SERVICE, as_at="2026-06-30", start="2026-04-01")).collect()
    assert "None for" not in rows["live"][0]


def test_a_district_without_a_referral_is_not_live(lens):
    rows = course.course(lens(SERVICE, as_at="2026-04-15")).collect()
    assert rows["live"][0] == "Live in 2 of 3 districts; not yet: Oxford."


def test_districts_without_a_referral_are_named_in_order(lens):
    rows = course.course(lens(SERVICE, as_at="2025-05-01")).collect()
    assert rows["live"][0] == "Live in 1 of 3 districts; not yet: Oxford and Reading."


def test_whole_weeks_since_each_countys_first_referral(view):
    rows = course.since_own_launch(view).collect()
    berkshire = rows.filter(pl.col("county") == "Berkshire")
    # 390 days from 15 April 2025 to 10 May 2026: 55 whole weeks; R1 came in week 50, R2 in 51.
    assert berkshire.height == 55
    assert berkshire["referrals"].to_list() == [1] * 50 + [2, 3, 3, 3, 3]
    assert rows.filter(pl.col("county") == "Oxfordshire")["referrals"].to_list() == [1, 1]


def test_sectors_now_and_a_year_earlier(lens):
    rows = sources.by_sector(lens(SERVICE, as_at="2026-05-10", start="2026-04-15")).collect()
    assert set(rows.rows()) == {("Housing", 1, 0), (sources.NOT_RECORDED, 1, 0), ("Police", 0, 1)}


def test_a_year_before_the_records_began_is_not_known(view):
    # The first record is of 15 April 2025, after 1 April.
    rows = sources.by_sector(view).collect()
    assert rows.row(0) == ("Police", 2, None)
    assert rows["year_before"].is_null().all()
    assert sources.who_refers_most(rows) == "Police sent 2 of 4"


def test_agencies_by_month_with_the_months_of_none(view):
    rows = sources.by_month(view).collect()
    police = rows.filter(pl.col("agency_name") == "Police, Berkshire")
    assert police.height == 12
    assert police["month"].min() == date(2025, 6, 1)
    assert police.filter(pl.col("referrals") > 0).select("month", "referrals").rows() == [
        (date(2026, 4, 1), 2)
    ]
    assert police.filter("partial")["month"].to_list() == [date(2026, 5, 1)]


def test_first_referrals_name_those_who_sent_none(view):
    rows = sources.first_referrals(view).collect()
    police = rows.filter(pl.col("agency_name") == "Police, Berkshire")
    assert dict(zip(police["county_name"], police["first"], strict=True)) == {
        "Berkshire": "15 Apr 2025",
        "Oxfordshire": "none",
    }
    assert sources.who_sent_none(rows) == "Schools has sent none"


def test_scopes_are_named_for_what_they_are(given):
    snapshot = given(SERVICE)

    def named(*districts: str) -> tuple[str, str | None]:
        lens = snapshot.lens(Viewer(Role.MANAGER, None), frozenset(districts) or None)
        scope = whole(lens, "Thames Valley")
        return scope.name, scope.key

    assert named() == ("Thames Valley", "all")
    assert named("B1", "B2") == ("Berkshire", "berkshire")
    assert named("B1") == ("Slough", "B1")
    assert named("B1", "O1") == ("Slough and Oxfordshire", None)
    lens = snapshot.lens(Viewer(Role.MANAGER, None), frozenset({"B1", "O1"}))
    assert [(each.name, each.key) for each in counties(lens)] == [
        ("Slough", "B1"),
        ("Oxfordshire", "oxfordshire"),
    ]


PLACES = """
areas
area_code | name   | county
B1        | Slough | berkshire

case_managers
case_manager_id | name
W1              | Ada

case_manager_areas
case_manager_id | area_code | from_on
W1              | B1        | 2025-01-01

case_manager_hours
case_manager_id | from_on    | fte | caseload_target
W1              | 2025-01-01 | 0.5 | 21

referrals
referral_id | area_code | received_on
R1          | B1        | 2026-04-01

cases
case_id | referral_id | area_code | allocated_on
C1      | R1          | B1        | 2026-04-18
"""


def test_places_in_use_and_too_little_to_project(lens):
    view = lens(PLACES, as_at="2026-05-10")
    scope = whole(view, "All")
    assert places.capacity(view, scope, view.as_at) == 10.5
    rows = places.fans(view).collect()
    assert rows["active"].drop_nulls().to_list()[-4:] == [1, 1, 1, 1]
    assert rows["active"].drop_nulls().to_list()[:5] == [0, 0, 0, 0, 0]
    assert rows["places"].unique().to_list() == [11]
    assert rows["heading"][0] == "too early to say"
    assert rows["median"].is_null().all()


def test_cases_of_no_known_district_are_told_under_what_the_projection_rests_on():
    def told(whole: int) -> str:
        areas = ["berkshire", "oxfordshire", places.EVERYWHERE, places.EVERYWHERE]
        return places.only_in_all(pl.DataFrame({"area": areas, "active": [248, 165, whole, whole]}))

    assert told(413) == ""
    assert told(414) == "One active case of no known district is in the whole only."
    assert told(416) == "Three active cases of no known district are in the whole only."


@pytest.mark.parametrize(
    ("gaps", "said"),
    [
        ((24, -102, 86), "Since launch referrals are 8 ahead; Buckinghamshire is 102 behind"),
        ((24, -24, 0), "Since launch on course; Buckinghamshire is 24 behind"),
        ((-4, -5, 17), "Since launch referrals are 8 ahead; two counties are behind"),
        ((2, 3, 3), "Referrals since launch are 8 ahead of the funded course of 900"),
        ((-24, -100, 4), "Referrals since launch are 120 behind the funded course of 900"),
    ],
)
def test_a_county_that_is_behind_is_not_hidden_by_the_sum(gaps, said):
    rows = pl.DataFrame(
        {
            "county": ["Berkshire", "Buckinghamshire", "Oxfordshire"],
            "on": date(2026, 5, 10),
            "referrals": [300 + gap for gap in gaps],
            "course": 300.0,
            "gap": gaps,
            "received": 900 + sum(gaps),
        }
    )
    assert course.how_far(rows) == said


@pytest.mark.parametrize(
    ("gap", "behind", "short", "received"),
    [(-102, "102 referrals", "102", "198"), (-1, "one referral", "one", "299")],
)
def test_a_county_with_a_long_name_that_is_behind_is_named_all_the_same(
    gap, behind, short, received
):
    rows = pl.DataFrame(
        {
            "county": ["Berkshire", "Buckinghamshire with Milton Keynes"],
            "on": date(2026, 5, 10),
            "referrals": [420, 300 + gap],
            "course": 300.0,
            "gap": [120, gap],
            "received": 720 + gap,
        }
    )
    said = f"Buckinghamshire with Milton Keynes is {behind} behind course"
    assert course.how_far(rows) == said
    # The finding beneath says more than the page's sentence does.
    found = f"Buckinghamshire with Milton Keynes is {short} behind and Berkshire is 120 ahead"
    assert course.who_is_behind(rows) == found
    third = rows.head(1).with_columns(county=pl.lit("Oxfordshire"))
    found = f"Two counties are ahead; Buckinghamshire with Milton Keynes has {received} of 300"
    assert course.who_is_behind(pl.concat([rows, third])) == found
