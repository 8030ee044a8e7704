"""The slides of the meeting: one sentence each, from released cells alone, in the order set."""

from datetime import date

import polars as pl
import pytest
from released_cells import Cells, cell
from sqlalchemy import make_url

from dashboard.database import connect
from dashboard.database.settings import SLIDES as LISTED
from dashboard.database.settings import Settings
from dashboard.draw import figure
from dashboard.panels.slides import SLIDES, slides
from dashboard.snapshot import read_snapshot
from dashboard.snapshot.releases import read_release
from queries.meeting import SENTENCE
from queries.released import TOO_FEW

ON = date(2026, 11, 24)
RISK = "high_risk_active_cases"
WEEK, BEFORE = ("2026-11-02", "2026-11-08"), ("2026-10-26", "2026-11-01")


def weeks(new: float | None, old: float | None) -> list[dict[str, object]]:
    return [cell(RISK, new, *WEEK, "week"), cell(RISK, old, *BEFORE, "week")]


def made(view: Cells, previous: Cells | None = None, **chosen: object):
    settings = Settings(**{"meeting_slides": ("what_changed",), **chosen})  # type: ignore[arg-type]
    return slides(view, previous, settings, ON)


MONTH = cell("referrals_received", 40, "2026-10-01", "2026-10-31")


def test_every_slide_of_the_settings_can_be_made():
    assert tuple(SLIDES) == LISTED


def test_without_a_released_month_there_are_no_slides():
    assert made(Cells()) == []


def test_what_changed_is_the_newest_month_and_week_beside_those_last_shown():
    then = Cells(cell("referrals_received", 30, "2026-09-01", "2026-09-30"), *weeks(15, 10)[1:])
    september = cell("referrals_received", 30, "2026-09-01", "2026-09-30")
    (slide,) = made(Cells(september, MONTH, *weeks(15, 10)), then)
    assert slide.sentence == "Referrals received in October 2026: 40, 10 more than before"
    assert slide.rows.select("when", "now", "before", "change").rows() == [
        ("October 2026", "40", "30", "10 more"),
        ("8 Nov 2026", "15", "10", "5 more"),
    ]
    assert slide.period == "October 2026; states on 8 November 2026"


def test_states_are_those_of_the_months_end_where_the_newest_week_ends_before_it():
    early = ("2026-10-19", "2026-10-25")
    month = cell(RISK, 10, "2026-10-01", "2026-10-31")
    (slide,) = made(Cells(MONTH, month, cell(RISK, 15, *early, "week")))
    assert slide.rows.select("when", "now").rows() == [
        ("October 2026", "40"),
        ("31 Oct 2026", "10"),
    ]
    assert slide.period == "October 2026; states on 31 October 2026"
    assert slide.source == (
        "Thames Valley: what happened in October 2026, and how things stood on 31 October 2026."
    )


def test_what_the_last_meeting_saw_is_no_news():
    view = Cells(MONTH, *weeks(15, 10))
    (slide,) = made(view, view)
    assert slide.sentence == (
        "Nothing newer than October 2026 and 8 Nov 2026 has been released since the last meeting"
    )


def test_a_new_week_of_a_month_seen_already_is_what_is_told():
    then = Cells(MONTH, *weeks(15, 10)[1:])
    (slide,) = made(Cells(MONTH, *weeks(15, 10)), then)
    assert slide.sentence == "High-risk cases on 8 Nov 2026: 15, 5 more than before"


@pytest.mark.parametrize(("new", "old"), [(None, 10), (None, None)])
def test_a_hidden_week_gives_nothing_away(new, old):
    (slide,) = made(Cells(MONTH, *weeks(new, old)), Cells(MONTH))
    assert slide.sentence == "What changed since the last meeting is too few to show"
    assert slide.rows["change"].to_list() == ["no period before", "too few to show"]


def test_decisions_of_the_panel_are_among_what_changed():
    october = cell("decisions_made", 25, "2026-10-01", "2026-10-31")
    (slide,) = made(Cells(MONTH, october))
    assert ("Decisions of the referral panel", "25") in slide.rows.select("measure", "now").rows()


def quarter(measure: str, value: float | None, area: str, last: bool = False) -> dict[str, object]:
    days = ("2026-07-01", "2026-09-30") if last else ("2026-04-01", "2026-06-30")
    return cell(measure, value, *days, "quarter", "district", area)


ROLLOUT = [
    quarter("referrals_received", 10, "B1"),
    quarter("referrals_received", None, "B2"),
    quarter("referrals_received", 0, "O1"),
    quarter("referrals_received", 15, "B1", last=True),
    quarter("referrals_received", 5, "B2", last=True),
    quarter("referrals_received", 5, "O1", last=True),
]


def test_firsts_are_told_once_they_can_be_shown_and_the_last_is_named():
    (slide,) = made(
        Cells(MONTH, *ROLLOUT), Cells(MONTH, *ROLLOUT[:3]), meeting_slides=("first_and_last",)
    )
    assert (
        slide.sentence
        == "Enough to show for the first time: referrals received in Oxford and Reading"
    )
    assert slide.rows.select("when", "said").rows() == [
        (
            "July to September 2026",
            "Referrals received: Oxford and Reading, the last of 3 districts",
        ),
        ("April to June 2026", "Referrals received: Slough; 1 of 3 districts"),
    ]


def test_a_first_that_the_last_meeting_saw_is_said_to_be_none_since():
    view = Cells(MONTH, *ROLLOUT[:3])
    (slide,) = made(view, view, meeting_slides=("first_and_last",))
    assert slide.sentence == "Nothing is shown for the first time since the last meeting"
    assert slide.source == (
        "By quarter, the latest on top. Numbers too small to show do not count."
    )


def test_before_any_meeting_all_is_shown_for_the_first_time():
    (slide,) = made(Cells(MONTH, *ROLLOUT[:3]), meeting_slides=("first_and_last",))
    assert (
        slide.sentence
        == "Enough to show for the first time: referrals received in Slough, April to June 2026"
    )


def split(measure: str, agency: str, value: float | None, **more: object) -> dict[str, object]:
    days = ("2026-07-01", "2026-09-30")
    return cell(measure, value, *days, "quarter", split="agency", part=agency, **more)


@pytest.mark.parametrize(
    ("slough", "said"),
    [
        (15, "Slough or Reading refers most for its size"),
        (30, "Slough refers most for its size: 30 referrals in the quarter"),
    ],
)
def test_who_refers_most_is_only_said_as_far_as_rounded_counts_can_tell(slough, said):
    cells = [
        quarter("referrals_received", value, area, last=True)
        for value, area in ((slough, "B1"), (15, "B2"))
    ]
    rounded = [each | {"least": each["value"] - 2, "most": each["value"] + 2} for each in cells]
    (slide,) = made(Cells(MONTH, *rounded, ROLLOUT[-1]), meeting_slides=("areas",))
    assert slide.sentence == said


def test_actions_of_agencies_are_those_of_the_last_quarter_the_most_overdue_first():
    due, late = "partner_actions_on_time_rate", "partner_actions_overdue"
    view = Cells(
        MONTH,
        cell(late, 25, "2026-07-01", "2026-09-30", "quarter"),
        split(due, "Police", 0.75, numerator=15, denominator=20),
        split(due, "Housing", None, numerator=None, denominator=10),
        split(due, "Education", None, numerator=0, denominator=0, suppressed=False),
        split(late, "Police", 5),
        split(late, "Housing", 20),
        split(late, "Probation", None),
    )
    (slide,) = made(view, meeting_slides=("agencies",))
    assert slide.sentence == "Housing has 20 of the 25 actions overdue on 30 September 2026"
    assert slide.period == "1 July to 30 September 2026"
    columns = ("agency", "due_said", "on_time_said", "overdue_said")
    assert slide.rows.select(columns).rows() == [
        ("Housing", "10", "too few", "20"),
        ("Police", "20", "15", "5"),
        ("Probation", "too few", "too few", "too few"),
    ]
    assert "Overdue in one kind of agency: too few to show" in slide.source


def test_kinds_of_agency_with_as_many_overdue_are_all_named():
    late = "partner_actions_overdue"
    view = Cells(
        MONTH,
        cell(late, 25, "2026-07-01", "2026-09-30", "quarter"),
        split(late, "Police", 10),
        split(late, "Housing", 10),
    )
    (slide,) = made(view, meeting_slides=("agencies",))
    assert slide.sentence == (
        "Housing and Police have 10 of the 25 actions overdue each on 30 September 2026"
    )


def test_places_are_the_services_own_beside_released_cases():
    def held(value: float | None, level: str, area: str) -> dict[str, object]:
        return cell("active_cases", value, "2026-07-01", "2026-09-30", "quarter", level, area)

    view = Cells(
        MONTH,
        held(90, "county", "berkshire"),
        held(None, "county", "oxfordshire"),
        held(95, "whole", ""),
        places=[("berkshire", "2026-09-30", 100), ("oxfordshire", "2026-09-30", 20)],
    )
    (slide,) = made(view, meeting_slides=("places",))
    assert slide.sentence == "95 active cases for 120 places: 79% full on 30 September 2026"
    assert slide.rows.select("county", "active_said", "places").rows() == [
        ("Berkshire", "90", 100),
        ("Oxfordshire", "too few", 20),
        ("Thames Valley", "95", 120),
    ]


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (88, 92, "; Berkshire may be full"),  # 90 places: rounding leaves it open
        (91, 95, "; Berkshire is full"),
        (85, 89, None),
    ],
)
def test_a_county_without_a_place_is_not_hidden_by_the_sum(least, most, said):
    def held(value: float, level: str, area: str, **more: float) -> dict[str, object]:
        return cell(
            "active_cases", value, "2026-07-01", "2026-09-30", "quarter", level, area, **more
        )

    view = Cells(
        MONTH,
        held(90, "county", "berkshire", least=least, most=most),
        held(30, "county", "oxfordshire"),
        held(120, "whole", ""),
        places=[("berkshire", "2026-09-30", 90), ("oxfordshire", "2026-09-30", 50)],
    )
    (slide,) = made(view, meeting_slides=("places",))
    held_in_all = "120 active cases for 140 places"
    full = f"{held_in_all} on 30 September 2026{said}"
    assert slide.sentence == (full if said else f"{held_in_all}: 86% full on 30 September 2026")


def test_what_adults_engaged_with_an_idva_are_aimed_at_stands_in_the_sentence():
    days = ("2026-10-01", "2026-10-31")
    engaged = cell("idva_engaged_rate", 0.74, *days, least=0.73, most=0.75)
    contacts = cell("safety_contacts_on_time_rate", 0.76, *days, least=0.75, most=0.77)
    target = ("idva_engaged_rate", "all", "2024-03-21", None, 0.8)
    view = Cells(MONTH, engaged, contacts, targets=[target])
    (slide,) = made(view, meeting_slides=("idva_contact",))
    assert slide.sentence == (
        "74% of adults are engaged with an IDVA (target 80%); 76% of safety contacts were in time"
    )


def test_a_share_that_rounding_leaves_open_is_the_same_range_in_sentence_and_chart():
    key = "partner_actions_on_time_rate"
    share = cell(key, 0.79, "2026-10-01", "2026-10-31", denominator=70, least=0.73, most=0.85)
    (slide,) = made(Cells(MONTH, share), meeting_slides=("partners",))
    assert slide.sentence.startswith("73–85% of partners’ actions due in October 2026")
    chart = figure(slide.panel.drawn_as, slide.rows, "light", 789)
    assert any("73–85%" in each.text for each in chart.layout.annotations)
    assert slide.source.endswith("The line rests on rounded counts.")


def test_months_too_few_for_a_record_are_said_to_be():
    values = [20, 25]
    months = [
        cell("referrals_received", value, f"2026-{month:02}-01", f"2026-{month:02}-28")
        for month, value in enumerate(values, start=9)
    ]
    (slide,) = made(Cells(*months), meeting_slides=("highest_and_lowest",))
    assert slide.rows["said"].to_list() == ["too few months to compare"]


def test_decisions_are_those_of_the_settings_and_no_slide_without_any():
    view = Cells(MONTH)
    assert made(view, meeting_slides=("decisions",)) == []
    (slide,) = made(
        view, meeting_slides=("decisions",), meeting_decisions=("Who chairs in January",)
    )
    assert slide.sentence == "One decision to take today"
    assert slide.rows["decision"].to_list() == ["Who chairs in January"]


def test_a_record_is_named_where_it_beats_half_a_year():
    values = [20, 25, 20, 30, 25, 20, 25, 40]
    months = [
        cell("referrals_received", value, f"2026-{month:02}-01", f"2026-{month:02}-28")
        for month, value in enumerate(values, start=3)
    ]
    (slide,) = made(Cells(*months), meeting_slides=("highest_and_lowest",))
    assert slide.sentence == "Referrals received in October 2026: 40, the highest on record"


def monthly(measure: str, values: list[float]) -> list[dict[str, object]]:
    """A cell a month, the last of them October 2026."""
    first = 2026 * 12 + 10 - len(values)
    months = [date((first + at) // 12, (first + at) % 12 + 1, 1) for at in range(len(values))]
    return [
        cell(measure, value, month.isoformat(), month.replace(day=28).isoformat())
        for month, value in zip(months, values, strict=True)
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([20, 25, 20, 30, 25, 20, 25, 40, 40], "40, still the highest on record"),
        ([50, 25, 20, 30, 25, 20, 25, 40, 40], "40, still the highest since February 2026"),
        # Months of one value alone are no record, however many they are.
        ([25, 40, 40, 40, 40, 40, 40, 40, 40], None),
        ([40, 25, 20, 30, 25, 20, 40, 40, 40], None),
    ],
)
def test_months_of_one_value_are_a_record_together(values, said):
    months = monthly("referrals_received", values)
    (slide,) = made(Cells(*months), meeting_slides=("highest_and_lowest",))
    assert slide.sentence == (
        f"Referrals received in October 2026: {said}"
        if said
        else "Nothing in October 2026 was the highest or lowest for half a year"
    )


DAYS = "days_referral_to_allocation"
# The mean is 292 / 14 = 20.9. Of the moving ranges the last, 12, is screened out; the others are
# 2.7 in the mean, so that the limits are 13.8 and 28.0: the first month is outside, and the last.
IMPROVED = [30.0, *(20.0, 22.0) * 6, 10.0]


@pytest.mark.parametrize(
    ("measure", "values", "said"),
    [
        (
            DAYS,
            IMPROVED,
            "Improvement in median days to allocation: October 2026 was below the lower limit",
        ),
        (
            DAYS,
            [10.0, *(20.0, 22.0) * 6, 34.0],
            "Concern over median days to allocation: October 2026 was above the upper limit",
        ),
        (
            "active_cases",
            [100.0, *(100.0, 110.0) * 6, 200.0],
            "Active cases: October 2026 was above the upper limit",
        ),
        (
            DAYS,
            [20.0, 22.0] * 7,
            "Median days to allocation: no special cause in the last 12 months",
        ),
    ],
)
def test_a_trend_says_whether_what_changed_last_is_good(measure, values, said):
    (slide,) = made(Cells(*monthly(measure, values)), meeting_slides=("trend",))
    assert slide.sentence == said


def test_on_the_chart_of_a_trend_the_cause_that_is_told_of_stands_alone():
    (slide,) = made(Cells(*monthly(DAYS, IMPROVED)), meeting_slides=("trend",))
    assert slide.rows["variation"].to_list() == ["concern", *["common"] * 12, "improvement"]
    assert slide.rows.drop_nulls("cause").select("month", "cause").rows() == [
        (date(2026, 10, 1), "Improvement: October 2026 is below the lower limit")
    ]


def test_lines_go_back_beyond_a_year_and_their_axis_names_the_years():
    view = Cells(*monthly("unallocated_cases", [10.0] * 17))
    (slide,) = made(view, meeting_slides=("waiting",))
    assert slide.rows["month"].to_list()[:: slide.rows.height - 1] == [
        date(2025, 9, 1),
        date(2026, 10, 1),
    ]
    chart = figure(slide.panel.drawn_as, slide.rows, "light", 789)
    below = [each.text for each in chart.layout.annotations if each.yanchor == "top"]
    assert below == ["Oct 2025", "Jan 2026", "Apr", "Jul", "Oct"]


def test_slides_of_a_real_release_are_in_order_short_and_say_their_period(released_database):
    engine = connect(make_url(released_database))
    snapshot, release = read_snapshot(engine), read_release(engine)
    assert release is not None
    view = snapshot.released(release)
    settings = Settings(meeting_decisions=("Who chairs in January",))
    found = slides(view, None, settings, ON)
    keys = [slide.key for slide in found]
    assert keys == [key for key in LISTED if key in keys]
    assert len(keys) >= 10
    for slide in found:
        assert 0 < len(slide.sentence) <= SENTENCE
        assert slide.period
        assert slide.source
        assert slide.rows.equals(slide.panel.result(view).collect())
    counts = found[0].rows.filter(pl.col("key").is_in(["active_cases", "referrals_received"]))
    assert all(int(now) % 5 == 0 for now in counts["now"] if now != TOO_FEW)
