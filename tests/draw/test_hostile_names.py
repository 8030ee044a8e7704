"""Names from elsewhere are text and nothing else: on charts, in Markdown and in spreadsheets."""

import html

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dashboard.draw import figure
from dashboard.draw.escape import for_csv, for_markdown, for_plotly, plain
from dashboard.draw.table import to_csv
from dashboard.drawings import Bars

NAMES = [
    "<img src=x onerror=alert(1)>",
    "<b>bold</b> & <i>more</i>",
    "**bold** _more_ `code`",
    ":red[red] :material/home: $x^2$",
    "[a link](https://example.org)",
    "# heading",
    "1. list",
    "- list",
    "a\nnew line",
    "back\\slash *",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_shows_the_name_as_it_is(name: str) -> None:
    frame = pl.DataFrame({"name": [name], "n": [1]})
    chart = figure(Bars("name", {"n": "cases"}), frame, "light")
    label = chart.layout.annotations[0].text
    assert html.unescape(label) == plain(name)
    assert "<img" not in label
    assert "<img" not in chart.data[0].hovertext[0]


@pytest.mark.parametrize("name", NAMES)
def test_markdown_shows_the_name_as_it_is(name: str) -> None:
    shown = MarkdownIt("commonmark").renderInline(for_markdown(name))
    assert html.unescape(shown) == plain(name)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60))
def test_markdown_finds_no_markup_in_any_text(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(for_markdown(text))
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    children = [child.type for token in tokens for child in token.children or []]
    assert set(children) <= {"text", "text_special"}


@given(st.text(max_size=60))
def test_plotly_finds_no_tag_in_any_text(text: str) -> None:
    assert "<" not in for_plotly(text)


def test_plain_sentences_are_left_alone() -> None:
    sentence = "Berkshire is 15 behind; the panel accepts 72%, at 14:30. What now?"
    assert for_markdown(sentence) == sentence


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1"])
def test_a_spreadsheet_calculates_nothing(text: str) -> None:
    assert for_csv(text) == "'" + text
    assert b"'" in to_csv(pl.DataFrame({"name": [text]}), {"name": "Name"}, made_up=False)


def test_numbers_stay_numbers_in_a_spreadsheet() -> None:
    frame = pl.DataFrame({"n": [-5], "share": [0.25]})
    headings = {"n": "Change", "share": "Share"}
    written = to_csv(frame, headings, made_up=False).decode("utf-8-sig")
    assert written == "Change,Share\r\n-5,0.25\r\n"


def test_rows_of_made_up_records_say_so() -> None:
    written = to_csv(pl.DataFrame({"n": [1]}), {"n": "Cases"}, made_up=True).decode("utf-8-sig")
    assert written == "Cases,Made-up data\r\n1,invented; no real person is described\r\n"
