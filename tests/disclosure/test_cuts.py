"""The fixed list of periods: complete ones only, once they are closed."""

from datetime import date

from dashboard.disclosure.cuts import Cut, closed, first_release, released_here
from queries.measures import MEASURES

LAUNCH = date(2026, 1, 20)


def of(cuts, level, kind):
    return [
        (cut.start.isoformat(), cut.end.isoformat())
        for cut in cuts
        if (cut.level, cut.kind) == (level, kind)
    ]


def test_nothing_is_released_before_the_first_period_is_closed():
    assert closed(LAUNCH, date(2026, 1, 24)) == []


def test_periods_of_the_whole():
    cuts = closed(LAUNCH, date(2026, 4, 30))
    assert of(cuts, "whole", "month") == [
        ("2026-01-01", "2026-01-31"),
        ("2026-02-01", "2026-02-28"),
        ("2026-03-01", "2026-03-31"),
        ("2026-04-01", "2026-04-30"),
    ]
    assert of(cuts, "whole", "quarter") == [("2026-01-01", "2026-03-31")]
    assert of(cuts, "whole", "year") == [("2025-04-01", "2026-03-31")]
    assert of(cuts, "whole", "launch") == [("2026-01-01", "2026-04-30")]
    assert of(cuts, "whole", "week")[0] == ("2026-01-19", "2026-01-25")
    assert of(cuts, "whole", "week")[-1] == ("2026-04-20", "2026-04-26")


def test_areas_have_quarters_and_years_and_nothing_else():
    cuts = closed(LAUNCH, date(2026, 6, 30))
    for level in ("county", "district"):
        assert {cut.kind for cut in cuts if cut.level == level} == {"quarter", "year"}
        assert of(cuts, level, "quarter") == [
            ("2026-01-01", "2026-03-31"),
            ("2026-04-01", "2026-06-30"),
        ]


def test_a_period_that_is_not_over_is_in_no_list():
    assert Cut("whole", "month", date(2026, 4, 1), date(2026, 4, 30)) not in closed(
        LAUNCH, date(2026, 4, 29)
    )


def test_the_first_release_comes_when_the_first_month_is_closed():
    assert first_release(LAUNCH, 14) == date(2026, 2, 14)


def test_weeks_hold_states_only_and_quarters_of_districts_totals_only():
    assert released_here(MEASURES["active_cases"], "whole", "week")
    assert not released_here(MEASURES["referrals_received"], "whole", "week")
    assert not released_here(MEASURES["direct_engagement_rate"], "whole", "week")
    assert released_here(MEASURES["referrals_received"], "district", "quarter")
    assert not released_here(MEASURES["planned_completion_rate"], "district", "quarter")
    assert released_here(MEASURES["planned_completion_rate"], "district", "year")
    assert released_here(MEASURES["planned_completion_rate"], "county", "quarter")
