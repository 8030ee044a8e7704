"""A figure is drawn, and words are said, once for the very same rows, and anew for others."""

import gc
from weakref import ref

import polars as pl

from dashboard.draw import again
from dashboard.draw.again import figure_again, said_again
from dashboard.drawings import Bars
from dashboard.panel import Panel


def test_the_same_rows_are_drawn_once():
    rows = pl.DataFrame({"name": ["Slough", "Oxford"], "cases": [3, 5]})
    bars = Bars("name", {"cases": "cases"})
    first = figure_again(bars, rows, "light", 600)
    assert figure_again(Bars("name", {"cases": "cases"}), rows, "light", 600) is first


def test_other_rows_widths_schemes_and_drawings_are_drawn_anew():
    rows = pl.DataFrame({"name": ["Slough", "Oxford"], "cases": [3, 5]})
    bars = Bars("name", {"cases": "cases"})
    first = figure_again(bars, rows, "light", 600)
    assert figure_again(bars, rows.clone(), "light", 600) is not first
    assert figure_again(bars, rows, "dark", 600) is not first
    assert figure_again(bars, rows, "light", 500) is not first
    assert figure_again(Bars("name", {"cases": "people"}), rows, "light", 600) is not first


def test_a_figure_goes_with_its_rows():
    bars = Bars("name", {"cases": "cases"})
    gc.collect()  # of what other tests have left
    before = len(again._kept)
    for count in range(50):  # new frames come to lie where old ones lay
        rows = pl.DataFrame({"name": ["Slough"], "cases": [count]})
        drawn = figure_again(bars, rows, "light", 600)
        assert str(count) in str(drawn.to_dict())
    kept = ref(drawn)
    del rows, drawn
    gc.collect()
    assert kept() is None
    assert len(again._kept) == before


def test_no_more_are_kept_than_were_asked_for_last(monkeypatch):
    monkeypatch.setattr(again, "MOST", 2)
    bars = Bars("name", {"cases": "cases"})
    rows = [pl.DataFrame({"name": ["Slough"], "cases": [count]}) for count in range(3)]
    first, second = (figure_again(bars, each, "light", 600) for each in rows[:2])
    assert figure_again(bars, rows[0], "light", 600) is first  # and so it is asked for last
    figure_again(bars, rows[2], "light", 600)
    assert figure_again(bars, rows[0], "light", 600) is first
    assert figure_again(bars, rows[1], "light", 600) is not second


def test_words_are_said_once_of_the_same_rows():
    asked = []

    def reading(frame: pl.DataFrame) -> str:
        asked.append(frame["cases"].sum())
        return f"{asked[-1]} cases."

    panel = Panel(
        "cases",
        "How many cases?",
        lambda view: view.numbers("caseload"),
        reading,
        lambda _: "",
        Bars("name", {"cases": "cases"}),
        {"name": "District", "cases": "Cases"},
        note=lambda frame: f"n = {len(frame)}.",
    )
    rows = pl.DataFrame({"name": ["Slough", "Oxford"], "cases": [3, 5]})
    said = said_again(panel, rows)
    assert (said.reading, said.note) == ("8 cases.", "n = 2.")
    assert said.alt == "8 cases. Slough: cases 3; Oxford: cases 5."
    before = len(asked)
    assert said_again(panel, rows) is said
    assert len(asked) == before
    more = rows.with_columns(pl.col("cases") + 1)
    assert said_again(panel, more).reading == "10 cases."


def test_of_the_same_rows_no_more_is_kept_than_was_asked_for_last(monkeypatch):
    monkeypatch.setattr(again, "OF_ROWS", 2)
    rows = pl.DataFrame({"cases": [1]})
    made = []
    for what in ("a", "b", "c", "c", "a"):
        again.again(rows, what, lambda what=what: made.append(what))
    assert made == ["a", "b", "c", "a"]
