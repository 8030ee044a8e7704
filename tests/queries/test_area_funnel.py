"""A funnel says which districts differ from the whole by more than chance, and only those."""

import pytest

from queries import area_funnel
from queries.measures import ALL, MEASURES

SHARE = MEASURES["planned_completion_rate"]
RECEIVED = MEASURES["referrals_received"]


def districts(*names: str, people: str = "100000") -> str:
    rows = [f"{name[:2]} | {name} | berkshire | {people}" for name in names]
    return "\n".join(["areas", "area_code | name | county | population", *rows])


def referred(**counts: int) -> str:
    head = "\n\nreferrals\nreferral_id | area_code | received_on\n"
    return head + "\n".join(
        f"{area}{i} | {area} | 2026-01-02" for area, count in counts.items() for i in range(count)
    )


def closed(**cases: tuple[int, int]) -> str:
    """In each area so many cases closed, the first of them as planned."""
    head = (
        "\n\ncases\ncase_id | referral_id | area_code | allocated_on | closed_on | closure_reason\n"
    )
    return (
        referred(**{area: count for area, (count, _) in cases.items()})
        + head
        + "\n".join(
            f"C{area}{i} | {area}{i} | {area} | 2026-01-03 | 2026-01-10 | "
            f"{'planned_completion' if i < planned else 'custody'}"
            for area, (count, planned) in cases.items()
            for i in range(count)
        )
    )


def found(view, measure=SHARE):
    return area_funnel.funnel(view, measure, "Thames Valley").collect()


def test_the_centre_is_pooled_and_only_those_outside_are_named(lens):
    cases = closed(Sl=(30, 6), Re=(100, 80), Wo=(20, 13))
    view = lens(districts("Slough", "Reading", "Wokingham") + cases, "2026-02-01")
    rows = {row["name"]: row for row in found(view).to_dicts()}
    assert rows["Slough"]["centre"] == pytest.approx(99 / 150)
    # About 0.66: 99.8% limits of 30 cases are near 0.66 -+ 3.09 x 0.0865.
    assert rows["Slough"]["lower_998"] == pytest.approx(0.39, abs=0.03)
    assert rows["Slough"]["far"]
    assert rows["Slough"]["outside"] == "99.8%"
    assert rows["Slough"]["says"] == "Slough 20%, n = 30"
    # 0.80 of 100 is above 0.66 + 1.96 x 0.0474 and below 0.66 + 3.09 x 0.0474.
    assert rows["Reading"]["outside"] == "95%"
    assert not rows["Reading"]["far"]
    assert rows["Wokingham"]["outside"] is None
    assert rows["Wokingham"]["says"] is None
    assert area_funnel.who_stands_out(found(view), SHARE) == "Slough is below by more than chance"
    assert area_funnel.how_many_vary(found(view)) == (
        "Two of three districts vary as chance would; one of them beyond the 95% limit"
    )


def test_alike_districts_do_not_differ(lens):
    view = lens(districts("Slough", "Reading") + closed(Sl=(20, 10), Re=(10, 6)), "2026-02-01")
    assert area_funnel.who_stands_out(found(view), SHARE) == (
        "Planned completion: no district differs by more than chance"
    )
    assert area_funnel.how_many_vary(found(view)) == "Both districts shown vary as chance would"


def test_a_district_without_cases_is_not_in_the_funnel(lens):
    view = lens(districts("Slough", "Reading") + closed(Sl=(20, 10)), "2026-02-01")
    assert list(found(view)["name"]) == ["Slough"]
    assert "alone" in area_funnel.who_stands_out(found(view), SHARE)


def test_counts_are_compared_by_the_people_who_live_there(lens):
    rows = found(
        lens(districts("Slough", "Reading") + referred(Sl=40, Re=5), "2026-02-01"), RECEIVED
    )
    assert dict(rows.select("name", "value").iter_rows()) == {"Slough": 4.0, "Reading": 0.5}
    assert list(rows["n"]) == [100_000, 100_000]
    assert rows["centre"][0] == pytest.approx(45 / 200_000 * 10_000)
    assert area_funnel.who_stands_out(rows, RECEIVED) == (
        "Slough is above, Reading is below by more than chance"
    )


def test_without_populations_there_is_no_funnel_of_counts(lens):
    view = lens(districts("Slough", people="") + referred(Sl=1), "2026-02-01")
    assert found(view, RECEIVED).is_empty()


def test_only_what_chance_limits_hold_for_has_a_funnel():
    with_funnel = {measure.key for measure in ALL if area_funnel.has_funnel(measure)}
    assert {"planned_completion_rate", "referrals_received", "contacts_on_time_rate"} <= with_funnel
    assert not with_funnel & {
        "mean_dash_score",
        "days_referral_to_allocation",
        "adult_victim_survivors",
        "active_cases",
        "physical_abuse_reduction",
        "police_incidents_change",
    }
