"""Counties beside each other; the districts of one, where only one is in view."""

from queries import side_by_side
from queries.measures import MEASURES

ROWS = """
areas
area_code | name    | county      | population
B1        | Slough  | berkshire   | 10000
B2        | Reading | berkshire   | 20000
O1        | Oxford  | oxfordshire | 30000

"""
KEYS = ("cases_closed", "planned_completion_rate", "mean_dash_score")


def closed(planned: dict[str, int], not_planned: dict[str, int]) -> str:
    referrals, cases = [], []
    for reason, counts in (("planned_completion", planned), ("custody", not_planned)):
        for area, count in counts.items():
            for i in range(count):
                name = f"{area}{reason[0]}{i}"
                referrals.append(f"{name} | {area} | 2026-01-01")
                cases.append(f"{name} | {name} | {area} | 2026-01-02 | 2026-02-01 | {reason}")
    return "\n".join(
        [
            "referrals",
            "referral_id | area_code | received_on",
            *referrals,
            "",
            "cases",
            "case_id | referral_id | area_code | allocated_on | closed_on | closure_reason",
            *cases,
        ]
    )


def sides(view):
    return side_by_side.side_by_side(view, [MEASURES[key] for key in KEYS]).collect()


def test_counties_and_the_whole_with_their_n(lens):
    text = ROWS + closed({"B1": 18, "B2": 18, "O1": 2}, {"B1": 2, "B2": 2, "O1": 18})
    view = lens(text, as_at="2026-03-31")
    assert side_by_side.places(view) == (
        "county",
        {"berkshire": "Berkshire", "oxfordshire": "Oxfordshire"},
    )
    rows = {row["title"]: row for row in sides(view).to_dicts()}
    assert rows["Cases closed"] == {
        "key": "cases_closed",
        "title": "Cases closed",
        "berkshire": "40",
        "oxfordshire": "20",
        "whole": "60",
        "apart": None,
        "of berkshire": 40,
        "of oxfordshire": 20,
        "of whole": 60,
    }
    # Berkshire 36 of 40, Oxfordshire 2 of 20, the whole 38 of 60: both intervals leave it out.
    planned = rows["Planned completion"]
    assert planned["berkshire"] == "90% (n = 40), above"
    assert planned["oxfordshire"] == "10% (n = 20), below"
    assert planned["whole"] == "63% (n = 60)"
    assert side_by_side.what_stands_apart(sides(view)) == (
        "Planned completion: Berkshire above and Oxfordshire below"
    )


def test_what_is_not_recorded_is_not_known(lens):
    rows = sides(lens(ROWS + closed({"B1": 1, "O1": 1}, {}), as_at="2026-03-31"))
    assert rows.filter(title="Mean DASH score")["berkshire"][0] == "not known"


def test_of_one_county_its_districts_stand_side_by_side(lens):
    text = ROWS + closed({"B1": 1, "B2": 1, "O1": 1}, {})
    view = lens(text, as_at="2026-03-31").of(frozenset({"B1", "B2"}))
    assert side_by_side.places(view) == ("area", {"B1": "Slough", "B2": "Reading"})
    assert side_by_side.what_stands_apart(sides(view)) == (
        "No share stands clearly apart from the whole"
    )


def test_one_district_has_nothing_beside_it(lens):
    text = ROWS + closed({"B1": 1, "B2": 1}, {})
    view = lens(text, as_at="2026-03-31").of(frozenset({"B1"}))
    assert side_by_side.what_stands_apart(sides(view)) == (
        "One area alone is in view: nothing to compare"
    )


def test_records_of_no_known_district_are_told_where_all_in_view_has_them(lens):
    def told(planned: dict[str, int]) -> str:
        return side_by_side.more_in_all(
            sides(lens(ROWS + closed(planned, {"O1": 1}), as_at="2026-03-31"))
        )

    assert told({"B1": 2}) == ""
    assert told({"B1": 2, "": 1}) == "All in view also has records of no known district."
