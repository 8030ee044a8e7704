"""How panels and headline numbers are shown, and the ways from them to the records behind."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.shell.headlines import Asked
from dashboard.shell.show import DRAWN, Choice
from dashboard.shell.tables import file_name

PAGE = Path(__file__).parent / "page_with_panels.py"


@pytest.fixture
def page() -> AppTest:
    page = AppTest.from_file(str(PAGE), default_timeout=30).run()
    assert not page.exception
    return page


def markdown(page: AppTest) -> list[str]:
    return [element.value for element in page.markdown]


def charts(page: AppTest) -> list[Any]:
    return [element.proto for element in page.get("plotly_chart")]


def test_the_finding_is_an_h2_and_its_text_is_only_text(page: AppTest) -> None:
    assert [header.value for header in page.header] == [
        "Priya N. holds \\*most\\*",
        "Nothing is recorded for this choice",
        "Priya N. holds \\*most\\*",
        "Priya N. holds \\*most\\*",
    ]


def opened(page: AppTest, *panels: str) -> AppTest:
    """The page with what stands behind these panels open."""
    for panel in panels:
        page.session_state[f"data-{panel}"] = True
    return page.run()


def test_every_chart_and_table_has_a_text_alternative(page: AppTest) -> None:
    opened(page, "workers")
    assert len(charts(page)) == 2
    assert [chart.alt for chart in charts(page)] == [
        "Active cases: from 140 to 185 over 3 months; target 210.",
        "Priya N. holds *most*. Priya N.: cases 2; <b>Tom</b>: cases 0.",
    ]
    assert all(table.proto.alt for table in [*page.dataframe, *page.table])


def test_charts_keep_their_own_colours(page: AppTest) -> None:
    assert {chart.theme for chart in charts(page)} == {""}


def test_the_definition_stands_behind_the_panel(page: AppTest) -> None:
    assert "By their own target." not in markdown(page)
    opened(page, "workers")
    assert any(text.startswith("**Active cases**: ") for text in markdown(page))
    assert "By their own target." in markdown(page)


def test_an_empty_panel_says_so_and_draws_nothing(page: AppTest) -> None:
    assert not any(chart.id.endswith("chart-nobody") for chart in charts(page))


def test_a_number_leads_to_its_records(page: AppTest) -> None:
    assert page.session_state["asked"] is None
    page.button(key="open-active_cases").click().run()
    assert page.session_state["asked"] == Asked("active_cases")


def test_a_month_of_the_small_line_leads_to_its_records(page: AppTest) -> None:
    # Of the three months the second is not known: the second mark is the third month.
    page.session_state["spark-active_cases-clicked"] = (1,)
    page.run()
    assert page.session_state["asked"] == Asked("active_cases", date(2026, 10, 1))
    page.run()
    assert page.session_state["asked"] is None


def test_a_number_without_records_has_no_button(page: AppTest) -> None:
    assert [button.key for button in page.button] == ["open-active_cases"]


def test_the_menu_leads_to_the_records_of_a_row_once(page: AppTest) -> None:
    menu = page.get("menu_button")[0]
    assert menu.options == ["Priya N.: 2 cases"]  # a bar of nothing has nothing behind it
    menu.click((0, "cases")).run()
    assert page.session_state["chosen"] == Choice("m1", "cases")
    page.run()
    assert page.session_state["chosen"] is None


def test_people_of_one_name_are_told_apart(page: AppTest) -> None:
    page.session_state["same_name"] = True
    page.run()
    assert page.get("menu_button")[0].options == [
        "Priya N.: 2 cases (m1)",
        "Priya N.: 2 cases (m2)",
    ]
    page.get("menu_button")[0].click((1, "cases")).run()
    assert page.session_state["chosen"] == Choice("m2", "cases")


def test_more_choices_than_a_menu_has_room_for_are_searched(page: AppTest) -> None:
    page.session_state["many"] = 20
    page.run()
    assert not page.get("menu_button")
    (search,) = page.selectbox
    assert len(search.options) == 20
    search.select("Worker 7: 8 cases").run()
    assert page.session_state["chosen"] == Choice("m7", "cases")
    assert [each.value for each in page.selectbox] == [None]
    page.run()
    assert page.session_state["chosen"] is None
    page.selectbox[0].select("Worker 7: 8 cases").run()
    assert page.session_state["chosen"] == Choice("m7", "cases")


def test_a_list_of_records_says_how_many_there_are(page: AppTest) -> None:
    page.get("menu_button")[0].click((0, "cases")).run()
    assert not page.exception
    assert "Two cases. All areas." in markdown(page)
    # The table's own download would let a spreadsheet calculate.
    assert list(page.dataframe[-1].value["Case"]) == ["C-1", "'=C-2"]


def test_the_first_row_of_a_table_is_chosen_to_begin_with(page: AppTest) -> None:
    assert page.session_state["row"] == Choice("m1")


def test_a_small_table_prints_shares_and_unknowns(page: AppTest) -> None:
    table = opened(page, "workers").table[0]
    assert list(table.value.columns) == ["Case manager", "Cases", "High-risk"]
    assert list(table.value["Case manager"]) == ["Priya N.", "\\<b\\>Tom\\</b\\>"]


def test_downloads_of_made_up_records_say_so() -> None:
    assert file_name("Active cases", made_up=True) == "made-up-active-cases.csv"
    assert file_name("Active cases", made_up=False) == "active-cases.csv"


def test_of_more_bars_than_can_be_looked_at_the_first_are_drawn(page: AppTest) -> None:
    def drawn() -> int:
        return len(json.loads(charts(page)[-1].spec)["data"][0]["y"])

    page.session_state["many"] = DRAWN
    page.run()
    assert drawn() == DRAWN
    assert not any("are drawn" in caption.value for caption in page.caption)
    page.session_state["many"] = 1200
    page.run()
    assert drawn() == DRAWN
    said = "The first 120 of 1,200 are drawn; all are under Data and definition."
    assert said in [caption.value for caption in page.caption]
    opened(page, "workers")
    assert page.dataframe[-1].value.shape[0] == 1200
