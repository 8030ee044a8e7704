"""How far the rollout is, read from released cells alone."""

from datetime import date

from released_cells import COUNTY_NAMES, REFERRALS, SPRING, SUMMER, Cells, cell, quarter

from queries import released_course


def test_a_running_total_begins_after_the_last_hidden_quarter():
    winter = ("2026-01-01", "2026-03-31")
    view = Cells(
        *(
            quarter(area, value, *days, key)
            for key in (REFERRALS, "cases_allocated")
            for area, values in (("berkshire", (None, 20, 30)), ("oxfordshire", (15, 10, 10)))
            for days, value in zip((winter, SPRING, SUMMER), values, strict=True)
        ),
        targets=[(REFERRALS, "berkshire", "2026-04-01", "2027-04-01", 146)],
    )
    rows = released_course.course(view, date(2026, 9, 30)).collect()
    berkshire = rows.filter(county="Berkshire")
    assert berkshire["referrals"].to_list() == [0, 20, 50]
    # 146 spread over 365 days: 91 days to the end of June, 183 to the end of September.
    assert berkshire["course"].to_list() == [0, 36, 73]
    assert berkshire["heading"][0] == "about 25 behind the course"
    oxfordshire = rows.filter(county="Oxfordshire")
    assert oxfordshire["referrals"].to_list() == [0, 10, 20]
    assert oxfordshire["heading"][0] == "no course is set"
    assert released_course.drawn(view, date(2026, 10, 31)) == "1 April to 30 September 2026"
    assert released_course.what_is_left_out(rows).startswith("Earlier quarters are too few")


def test_where_no_quarter_is_hidden_none_is_said_to_be_left_out():
    view = Cells(
        quarter("berkshire", 20, *SUMMER), quarter("berkshire", 10, *SUMMER, "cases_allocated")
    )
    rows = released_course.course(view, date(2026, 9, 30)).collect()
    assert released_course.what_is_left_out(rows) == ""
    assert released_course.drawn(Cells(), date(2026, 9, 30)) == "no quarter"


def test_a_district_is_live_from_its_first_quarter_that_can_be_shown():
    view = Cells(
        cell(REFERRALS, None, *SPRING, "quarter", "district", "B1"),
        cell(REFERRALS, 10, *SUMMER, "quarter", "district", "B1"),
        cell(REFERRALS, 0, *SUMMER, "quarter", "district", "B2"),
    )
    rows = released_course.live(view, date(2026, 9, 30)).collect()
    first = dict(rows.select("name", "first").iter_rows())
    assert first == {"Slough": "July to September 2026", "Reading": None, "Oxford": None}
    said = "1 of 3 districts had enough referrals in a quarter"
    assert released_course.how_many_refer(rows) == said
    assert released_course.last_day(view, date(2026, 10, 31)) == date(2026, 9, 30)


def test_the_rollout_names_who_refers_no_more_and_who_is_behind():
    districts = [
        *(cell(REFERRALS, 10, *SPRING, "quarter", "district", area) for area in ("B1", "B2")),
        cell(REFERRALS, 10, *SUMMER, "quarter", "district", "B1"),
        cell(REFERRALS, 0, *SUMMER, "quarter", "district", "B2"),
        cell(REFERRALS, 5, *SUMMER, "quarter", "district", "O1"),
    ]
    counties = [quarter(area, 20, *SUMMER) for area in ("berkshire", "oxfordshire")]
    counties += [
        quarter(area, 10, *SUMMER, "cases_allocated") for area in ("berkshire", "oxfordshire")
    ]
    # 146 a year from July on are 37 by the end of September.
    behind = [(REFERRALS, "berkshire", "2026-07-01", "2027-07-01", 146)]
    ahead = [(REFERRALS, "berkshire", "2026-07-01", "2027-07-01", 36)]
    on = date(2026, 9, 30)
    view = Cells(*districts, *counties, targets=behind)
    assert released_course.how_far(view, on) == (
        "No referral from Reading last quarter; Berkshire is behind course"
    )
    rows = released_course.live(view, on).collect()
    assert released_course.how_many_refer(rows) == (
        "Of 3 districts Reading had no referral in the last quarter"
    )
    assert released_course.how_far(Cells(*districts, *counties, targets=ahead), on) == (
        "No referral from Reading last quarter"  # with more it would not fit
    )
    refer = [each for each in districts if each["value"]]
    assert released_course.how_far(Cells(*refer, *counties, targets=ahead), on) == (
        "All three districts have referred; no county is behind its course"
    )
    assert released_course.how_far(Cells(*refer[:1], *counties), on) == (
        "1 of 3 districts have enough referrals to show"
    )


def test_a_county_that_is_behind_is_named_however_long_its_name(monkeypatch):
    districts = [
        cell(REFERRALS, 10, *SPRING, "quarter", "district", "B2"),
        cell(REFERRALS, 0, *SUMMER, "quarter", "district", "B2"),
    ]
    counties = [quarter("berkshire", 20, *SUMMER, key) for key in (REFERRALS, "cases_allocated")]
    behind = [(REFERRALS, "berkshire", "2026-07-01", "2027-07-01", 158)]  # 40 by the end
    view = Cells(*districts, *counties, targets=behind)
    monkeypatch.setitem(COUNTY_NAMES, "berkshire", "Buckinghamshire with Milton Keynes")
    assert released_course.how_far(view, date(2026, 9, 30)) == (
        "Buckinghamshire with Milton Keynes is about 20 behind course"
    )


def test_that_all_districts_were_shown_is_no_word_of_who_was_live_last():
    view = Cells(
        cell(REFERRALS, 10, *SPRING, "quarter", "district", "B1"),
        *(cell(REFERRALS, 5, *SUMMER, "quarter", "district", area) for area in ("B2", "O1")),
    )
    rows = released_course.live(view, date(2026, 9, 30)).collect()
    said = "All three districts had enough referrals in a quarter"
    assert released_course.how_many_refer(rows) == said
