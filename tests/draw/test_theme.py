"""The theme: the same colours in config.toml and in the charts, with enough contrast."""

import tomllib
from pathlib import Path

import pytest

from dashboard.draw import figure
from dashboard.draw.theme import COLOURS, FONT, Mode, parts, template

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text())
MODES: list[Mode] = ["light", "dark"]


@pytest.mark.parametrize("mode", MODES)
def test_screen_and_charts_have_the_same_colours(mode: Mode) -> None:
    screen, chart = CONFIG["theme"][mode], COLOURS[mode]
    assert screen["backgroundColor"] == chart.page
    assert screen["secondaryBackgroundColor"] == chart.secondary
    assert screen["textColor"] == chart.text
    assert screen["borderColor"] == chart.border
    assert screen["dataframeHeaderTextColor"] == chart.quiet
    assert screen["blueColor"] == chart.main
    assert screen["redTextColor"] == chart.attention_text
    assert screen["greenTextColor"] == chart.improvement_text


def test_screen_and_charts_have_the_same_font() -> None:
    assert CONFIG["theme"]["font"] == FONT
    assert template("light")["layout"]["font"]["family"] == FONT


def test_no_tool_of_streamlit_calls_home() -> None:
    assert CONFIG["browser"]["gatherUsageStats"] is False


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", MODES)
def test_text_and_marks_stand_out(mode: Mode) -> None:
    colour = COLOURS[mode]
    for text in (colour.text, colour.quiet, colour.attention_text, colour.improvement_text):
        assert contrast(text, colour.page) >= 4.5
    for mark in (colour.main, colour.second_edge, colour.edge, colour.attention, colour.axis):
        assert contrast(mark, colour.page) >= 3
    for shade, text in zip(colour.ramp, colour.on_ramp, strict=True):
        assert contrast(shade, text) >= 4.5
    # Names of the parts of a bar are written in these.
    assert contrast(colour.second_edge, colour.page) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_parts_of_a_bar_are_told_apart_and_so_are_their_names(mode: Mode) -> None:
    first, second, rest = parts(mode)
    # Each may stand beside each: with two parts, or with one and what is left of a whole.
    for one, other in ((first, second), (second, rest), (first, rest)):
        assert contrast(one.fill, other.fill) >= 1.5
    for part in (first, second, rest):
        assert contrast(part.edge, COLOURS[mode].page) >= 3
        assert contrast(part.words, COLOURS[mode].page) >= 4.5
    # Two blues and a grey: each blue name is nearer to its own bar than to the other.
    assert contrast(first.words, second.words) >= 2
    assert contrast(first.words, first.fill) < contrast(first.words, second.fill)
    assert contrast(second.words, second.fill) < contrast(second.words, first.fill)
    assert rest.words == COLOURS[mode].quiet


@pytest.mark.parametrize("mode", MODES)
def test_words_of_the_screen_stand_out_on_their_grounds(mode: Mode) -> None:
    screen = CONFIG["theme"][mode]
    for name in ("gray", "green", "red", "orange", "yellow", "blue"):
        assert contrast(screen[f"{name}TextColor"], screen[f"{name}BackgroundColor"]) >= 4.5


def test_what_has_no_figure_says_so() -> None:
    with pytest.raises(TypeError, match="no figure for str"):
        figure("bars", None, "light")
