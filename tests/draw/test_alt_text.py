"""Every chart has a text alternative made from the data: the reading, then the values."""

import polars as pl

from dashboard.draw import alt_text
from dashboard.drawings import Bars, Drawing, Lines, Table
from dashboard.panel import Panel


def panel(drawing: Drawing) -> Panel:
    return Panel(
        "key",
        "Who refers?",
        lambda _: pl.LazyFrame(),
        lambda _: "Police refer most.",
        lambda _: "Referrals",
        drawing,
        {"agency": "Agency", "n": "Referrals"},
    )


FRAME = pl.DataFrame({"agency": ["Police", "Housing", None], "n": [180, 25, None]})


def test_reading_and_values_are_said() -> None:
    assert alt_text(panel(Bars("agency", {"n": "referrals"})), FRAME) == (
        "Police refer most. Police: referrals 180; Housing: referrals 25; "
        "not known: referrals not known."
    )


def test_of_many_values_the_first_are_said_and_the_others_counted() -> None:
    frame = pl.DataFrame({"agency": [f"Agency {i}" for i in range(40)], "n": [*range(40)]})
    text = alt_text(panel(Bars("agency", {"n": "referrals"})), frame)
    assert "Agency 11: referrals 11; and 28 more in the table" in text
    assert "Agency 12" not in text


def test_no_more_is_said_than_is_listened_to_at_once() -> None:
    frame = pl.DataFrame({"agency": [f"{i} {'x' * 400}" for i in range(5)], "n": [*range(5)]})
    text = alt_text(panel(Bars("agency", {"n": "referrals"})), frame)
    assert text.count("x: referrals") == 2
    assert text.endswith("; and 3 more in the table under Data and definition.")


def test_a_line_says_where_it_began_and_where_it_is() -> None:
    frame = pl.DataFrame({"week": [0, 1, 2], "n": [3, 5, None]})
    drawing = Lines("week", {"n": "referrals"}, x_title="week")
    assert alt_text(panel(drawing), frame) == (
        "Police refer most. referrals: from 3 to 5 (week 1)."
    )


def test_a_table_says_how_long_it_is() -> None:
    assert alt_text(panel(Table()), FRAME) == "Police refer most. A table of three rows."
