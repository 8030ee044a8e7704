"""The funder's return: rows by quarter and area, columns from a template, all by hand."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import make_url
from three_cases import PEOPLE

from dashboard.database import connect
from dashboard.export.quarters import last_quarter, name_of, quarter, quarters_of, year
from dashboard.export.return_template import USUAL, Template, read_template
from dashboard.export.returns import NOT_RELEASED, released_return, true_return
from dashboard.export.taking import NotTaken
from dashboard.snapshot import read_snapshot
from dashboard.snapshot.releases import read_release
from queries.periods import Period

EXAMPLE = Path(__file__).parents[2] / "docs" / "return-template.toml"


def template(*columns: dict, areas: str = "district") -> Template:
    return Template.model_validate({"areas": areas, "column": list(columns)})


def rows(taken) -> list[tuple]:
    names = [name for name in taken.frame.columns if name.startswith("c") and name[1:].isdigit()]
    return taken.frame.select("quarter", "area", *names).rows()


def test_a_row_for_the_whole_and_each_area_of_each_quarter(lens):
    view = lens(PEOPLE, "2026-06-10")
    made = true_return(
        template(
            {"heading": "Received", "measure": "referrals_received"},
            {"heading": "Active", "measure": "active_cases"},
            {"heading": "Closed", "measure": "cases_closed"},
        ),
        view,
        [quarter("2026-Q1"), quarter("2026-Q2"), quarter("2026-Q3")],
        "Example",
    )
    assert rows(made) == [
        ("2025-26 Q4", "Example", 3, 3, 0),
        ("2025-26 Q4", "Slough", 2, 2, 0),
        ("2025-26 Q4", "Oxford", 1, 1, 0),
        ("2026-27 Q1", "Example", 0, 1, 2),
        ("2026-27 Q1", "Slough", 0, 0, 2),
        ("2026-27 Q1", "Oxford", 0, 1, 0),
    ]
    assert made.frame["complete"].to_list() == ["yes"] * 3 + ["no"] * 3
    assert made.frame["end"].to_list()[-1] == date(2026, 6, 10)


def test_a_split_counts_its_parts_and_a_share_stands_with_its_n(lens):
    made = true_return(
        template(
            {"heading": "{part}", "measure": "cases_closed", "split": "reason"},
            {
                "heading": "Police",
                "measure": "referrals_received",
                "split": "sector",
                "part": "Police",
            },
            {"heading": "Planned", "measure": "planned_completion_rate"},
            {"heading": "Planned, n", "measure": "planned_completion_rate", "show": "n"},
            areas="whole",
        ),
        lens(PEOPLE, "2026-12-31"),
        [year("2026-27")],
        "Example",
    )
    row = dict(zip(made.panel.headings.values(), made.frame.row(0)[1:], strict=True))
    assert row["Planned completion"] == 1
    assert row["Deceased"] == 1
    assert row["Custody"] == 0
    assert row["Police"] == 0  # they were received in the quarter before
    assert (row["Planned"], row["Planned, n"]) == (1.0, 1)


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Referrals from {part}", "Referrals, agency not recorded"),
        ("By sector: {part}", "By sector: Not recorded"),
        ("Those from {part} alone", "Those from Not recorded alone"),
    ],
)
def test_what_has_no_part_is_said_so(lens, heading, said):
    asked = {"heading": heading, "measure": "referrals_received", "split": "sector"}
    columns = template(asked, areas="whole")
    made = true_return(columns, lens(PEOPLE, "2026-12-31"), [quarter("2026-Q2")], "Example")
    assert list(made.panel.headings.values())[-1] == said
    assert made.reading == "Quarterly return, 2026-27 Q1: one row"
    assert made.source == "Source: case database."


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Quarterly return", "Return"),
        ("Home Office quarterly return", "Home Office return"),
        ("Return to the example fund", "Return to the example fund"),
    ],
)
def test_a_return_of_a_year_is_not_called_quarterly(title, said):
    assert read_template(USUAL).model_copy(update={"title": title}).title_of_year == said


def test_what_was_never_recorded_is_empty_and_never_zero(lens):
    made = true_return(
        template(
            {"heading": "Reviews", "measure": "reviews_on_time_rate", "show": "n"},
            {"heading": "Physical", "measure": "physical_abuse_reduction"},
            areas="whole",
        ),
        lens(PEOPLE, "2026-12-31"),
        [quarter("2026-Q2")],
        "Example",
    )
    assert rows(made) == [("2026-27 Q1", "Example", None, None)]


def test_a_part_that_there_is_not_is_refused_with_those_there_are(lens):
    asked = {
        "heading": "X",
        "measure": "cases_closed",
        "split": "reason",
        "part": "Emigrated",
    }
    with pytest.raises(NotTaken, match=r"'Emigrated'.*Planned completion"):
        true_return(template(asked), lens(PEOPLE, "2026-12-31"), [quarter("2026-Q2")], "Example")


def test_a_quarter_that_has_not_begun_is_refused(lens):
    asked = template({"heading": "X", "measure": "cases_closed"})
    with pytest.raises(NotTaken, match="had not begun on 10 June 2026"):
        true_return(asked, lens(PEOPLE, "2026-06-10"), [quarter("2026-Q3")], "Example")


@pytest.mark.parametrize("text", ["2026-Q2", "2026-27-Q1", "2026-q2"])
def test_a_quarter_as_people_write_it(text):
    assert quarter(text) == Period(date(2026, 4, 1), date(2026, 6, 30))


def test_the_quarters_of_a_financial_year_follow_each_other():
    first, *_, last = found = quarters_of(year("2026-27"))
    assert (first.start, last.end) == (date(2026, 4, 1), date(2027, 3, 31))
    assert [name_of(each) for each in found] == [f"2026-27 Q{n}" for n in (1, 2, 3, 4)]


def test_the_last_quarter_is_one_that_is_over():
    assert last_quarter(date(2026, 6, 29)) == quarter("2026-Q1")
    assert last_quarter(date(2026, 6, 30)) == quarter("2026-Q2")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026", "a quarter is written as"),
        ("2026-Q5", "a quarter is written as"),
        ("2026-28-Q1", "the financial year that begins in 2026 is 2026-27"),
        ("0001-Q1", "out of range"),
    ],
)
def test_a_quarter_written_wrongly_is_refused(text, said):
    with pytest.raises(NotTaken, match=said):
        quarter(text)


def test_the_usual_return_has_all_that_a_funder_asks_with_n():
    asked = {(each.measure, each.split, each.show) for each in read_template(None).column}
    counts = (
        ("referrals_received", "sector"),
        ("decisions_made", "decision"),
        ("unallocated_cases", None),
        ("active_cases", None),
        ("active_cases", "engagement"),
        ("adult_victim_survivors_in_period", None),
        ("child_victim_survivors_in_period", None),
        ("cases_closed", "reason"),
    )
    with_n = (
        "days_referral_to_decision",
        "days_referral_to_allocation",
        "planned_completion_rate",
        "risk_reduced_rate",
        "physical_abuse_reduction",
        "sexual_abuse_reduction",
        "harassment_stalking_reduction",
        "jealous_controlling_reduction",
        "police_incidents_change",
    )
    assert {(*each, "value") for each in counts} <= asked
    assert {(each, None, show) for each in with_n for show in ("value", "n")} <= asked


def test_all_of_it_is_released_by_year_for_the_whole(released_database):
    engine = connect(make_url(released_database))
    view = read_snapshot(engine).released(read_release(engine))
    taken = released_return(read_template(None), view, year("2025-26"), "Thames Valley")
    made, headings = taken.frame, taken.panel.headings
    assert taken.reading == "Return, 2025-26: one row"
    assert taken.source == "Source: released numbers, protected."
    (row,) = made.iter_rows()
    assert row[:4] == ("2025-26", date(2025, 4, 1), date(2026, 3, 31), "Thames Valley")
    assert NOT_RELEASED not in row
    police = made[next(n for n, h in headings.items() if h == "Referrals from Police")][0]
    assert police > 100
    assert police % 5 == 0
    shares = [made[name][0] for name in taken.panel.percent]
    assert all(share == round(share, 2) for share in shares)
    assert "Referrals, agency not recorded" in headings.values()


def test_the_usual_template_and_the_example_are_read():
    assert len(read_template(USUAL).column) > 30
    assert read_template(EXAMPLE).areas == "county"
    assert read_template(None) == read_template(USUAL)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('title = "x"\n[[column]\n', "line 2"),
        ('title = "x"\n', "line 1, column: it is needed and missing"),
        ('title = "x\n', "line 1: a text is not closed; its second quotation mark is missing"),
        ("column = []\n", "line 1, column: a return needs at least one [[column]]"),
        (
            '[[column]]\nheading = "A"\nmeasure = "cases_closed"\nshow = "all"\n',
            "line 4, column.show: it is one of 'value', 'count' or 'n'",
        ),
        (
            '[[column]]\nheading = "A"\nmeasure = "cases_closed"\n'
            '[[column]]\nheading = "B"\nmeasure = "closed"\n',
            "line 6, column.measure: there is no measure 'closed'",
        ),
        (
            '[[column]]\nheading = "A"\nmeasure = "cases_closed"\ncolour = "red"\n',
            "line 4, column.colour: there is no such entry",
        ),
        (
            '[[column]]\nheading = "A"\nmeasure = "cases_closed"\nsplit = "sector"\n',
            "cases_closed has no split 'sector'; it has: reason",
        ),
        (
            '[[column]]\nheading = "A"\nmeasure = "cases_closed"\nsplit = "reason"\n',
            "needs {part} in its heading",
        ),
        (
            '[[column]]\nheading = "A"\nmeasure = "cases_closed"\nshow = "n"\n',
            "cases_closed is a count",
        ),
        (
            '[[column]]\nheading = "A"\nmeasure = "cases_closed"\n' * 2,
            "the heading 'A' stands twice",
        ),
    ],
)
def test_a_wrong_template_is_refused_with_the_place(tmp_path, text, said):
    file = tmp_path / "ours.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(NotTaken) as refused:
        read_template(file)
    assert said in str(refused.value)
    assert str(refused.value).startswith("ours.toml, ")
    assert "\n" not in str(refused.value)  # one mistake, told once


def test_a_template_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(NotTaken, match="cannot be read: No such file"):
        read_template(tmp_path / "none.toml")
