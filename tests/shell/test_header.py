"""The header: whose records, the sentence, the choice; kept in the session and the address."""

from datetime import date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.shell import asked
from dashboard.shell.header import Standing, freshness, role_chosen

PAGE = Path(__file__).parent / "page_with_header.py"


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_file(str(PAGE), default_timeout=30)


def texts(page: AppTest) -> str:
    return " ".join(element.value for element in [*page.markdown, *page.caption, *page.title])


def labels(page: AppTest) -> list[str]:
    return [block.proto.popover.label for block in page.get("popover")]


def test_the_sentence_is_the_only_h1(page: AppTest) -> None:
    page.run()
    assert not page.exception
    assert [title.value for title in page.title] == [
        "Referrals are 25 behind the funded course of 420"
    ]


def test_the_controls_show_their_state(page: AppTest) -> None:
    page.run()
    assert labels(page) == [
        "All Thames Valley",
        "1 April to 31 October 2026",
        "As at 31 October 2026",
    ]
    assert "Reset" not in [button.label for button in page.button]


def test_made_up_records_are_said_to_be(page: AppTest) -> None:
    page.run()
    assert ":orange-badge[Made-up data]" in texts(page)
    assert "These records are invented" in texts(page)


def test_real_records_have_neither_the_words_nor_the_switch(page: AppTest) -> None:
    page.session_state["made_up"] = False
    page.run()
    assert "Made-up" not in texts(page)
    assert len(page.get("menu_button")) == 0
    assert "**Manager**" in texts(page)


def test_choosing_areas_writes_the_address(page: AppTest) -> None:
    page.run()
    page.get("button_group")[0].set_value(["berkshire"]).run()
    assert page.query_params["area"] == "berkshire"
    assert labels(page)[0] == "Berkshire"
    # One of its districts narrows it.
    assert page.get("button_group")[1].options == ["Reading", "Slough", "Oxford"]
    page.get("button_group")[1].set_value(["E06000039"]).run()
    assert page.query_params["area"] == "E06000039"
    assert labels(page)[0] == "Slough"


def test_choosing_a_period_by_name_and_by_day(page: AppTest) -> None:
    page.run()
    page.radio(key="filters-preset").set_value("Last complete quarter").run()
    assert labels(page)[1] == "1 July to 30 September 2026"
    page.date_input(key="filters-from").set_value(date(2026, 7, 6)).run()
    assert page.query_params["from"] == "2026-07-06"
    assert page.query_params["to"] == "2026-09-30"
    assert page.radio(key="filters-preset").value is None


def test_choosing_an_as_at_day_moves_the_period(page: AppTest) -> None:
    page.run()
    page.date_input(key="filters-as-at").set_value(date(2026, 6, 30)).run()
    assert labels(page)[1:] == ["1 April to 30 June 2026", "As at 30 June 2026"]


def test_reset_brings_the_defaults_back_and_clears_the_address(page: AppTest) -> None:
    page.query_params["area"] = "E06000039"
    page.run()
    assert labels(page)[0] == "Slough"
    next(button for button in page.button if button.label == "Reset").click().run()
    assert labels(page)[0] == "All Thames Valley"
    assert "area" not in page.query_params


def test_a_link_wins_on_arrival_over_what_was_chosen(page: AppTest) -> None:
    page.run()
    page.get("button_group")[0].set_value(["berkshire"]).run()
    page.query_params["area"] = "E07000178"
    page.run()
    assert labels(page)[0] == "Oxford"


def test_the_choice_outlives_a_change_of_page(page: AppTest, monkeypatch) -> None:
    page.query_params["area"] = "E06000039"
    page.run()
    page.query_params.clear()  # what Streamlit does when the page changes
    monkeypatch.setattr(asked, "page_now", lambda: "another")
    page.run()
    assert labels(page)[0] == "Slough"
    assert page.query_params["area"] == "E06000039"


def test_going_back_in_the_browser_takes_the_last_choice_back(page: AppTest) -> None:
    page.query_params["area"] = "E06000039"
    page.run()
    page.query_params.clear()  # the address before, on the same page
    page.run()
    assert labels(page)[0] == "All Thames Valley"
    assert "area" not in page.query_params


def test_a_wrong_address_is_said_in_words_once(page: AppTest) -> None:
    page.query_params["area"] = "E99999999"
    page.query_params["from"] = "yesterday"
    page.run()
    assert not page.exception
    (warning,) = page.warning
    assert "not among the areas you may see" in warning.value
    assert "“yesterday”, which is not a day" in warning.value
    page.run()
    assert len(page.warning) == 0


def test_other_parameters_of_the_address_are_left_alone(page: AppTest) -> None:
    page.query_params["case"] = "C-1"
    page.run()
    assert page.query_params["case"] == "C-1"


def test_the_switch_changes_the_role(page: AppTest) -> None:
    page.run()
    page.get("menu_button")[0].click("opcc").run()
    assert page.get("menu_button")[0].label == "**OPCC office**"
    assert ":blue-badge[Protected numbers]" in texts(page)


def test_a_role_that_is_not_offered_is_not_taken() -> None:
    assert role_chosen({"manager": "Manager"}, "manager") == "manager"


def standing(read_at: datetime, away: bool) -> Standing:
    now = datetime(2026, 11, 1, 12, 0)  # noqa: DTZ001
    return Standing("Manager", date(2026, 10, 31), read_at, now, made_up=False, away=away)


@pytest.mark.parametrize(
    ("read_at", "away", "words"),
    [
        (datetime(2026, 11, 1, 9, 12), False, "read today at 09:12."),  # noqa: DTZ001
        (datetime(2026, 10, 30, 9, 12), False, "read on 30 October 2026 at 09:12."),  # noqa: DTZ001
        (datetime(2026, 11, 1, 9, 0), True, "Three hours old"),  # noqa: DTZ001
        (datetime(2026, 10, 20, 9, 0), True, "12 days old: the database cannot be"),  # noqa: DTZ001
        (datetime(2026, 11, 1, 11, 59, 30), True, "Less than a minute old"),  # noqa: DTZ001
    ],
)
def test_freshness_is_said(read_at: datetime, away: bool, words: str) -> None:
    said = freshness(standing(read_at, away))
    assert said.startswith("Records to 31 October 2026, ")
    assert words in said
