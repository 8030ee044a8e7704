"""The look of everything drawn: colours by mode, type sizes, widths.

Contrast on the page was measured: text at least 8:1, marks at least 3:1. The second blue and the
pale remainder are below that, so they are always outlined.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

Mode = Literal["light", "dark"]

FONT = "Open Sans, sans-serif"

# Sizes in CSS pixels.
TEXT = 16  # labels, values and ticks: 12 points, the least that public bodies allow in charts
SMALL = 14  # ticks of small multiples in a narrow window
END_VALUE = 18  # the value at the end of a line, bold
LINE = 22  # height of a line of TEXT

# Widths of a panel's column at 1280, the narrowest window that is drawn for: no label may be cut or
# overlap there. Wider windows only add space between labels.
CONTENT = 1280  # the widest that a page becomes, however wide the window
FULL = 1120
SEVEN_TWELFTHS = 621  # Streamlit takes the gap of 64 from both columns alike
HALF = 528
FIVE_TWELFTHS = 434


@dataclass(frozen=True)
class Colours:
    """Every colour token of one mode. `page` to `secondary` are also in config.toml."""

    page: str
    text: str
    quiet: str
    border: str
    secondary: str
    grid: str
    axis: str
    main: str
    second: str
    second_edge: str
    pale: str
    edge: str
    attention: str
    attention_text: str
    improvement_text: str
    band: str
    fan: str
    ramp: tuple[str, str, str, str]
    on_ramp: tuple[str, str, str, str]  # text on each class of the ramp


COLOURS: Mapping[Mode, Colours] = {
    "light": Colours(
        page="#ffffff",
        text="#0b0c0c",
        quiet="#484949",
        border="#cfd2d4",
        secondary="#f3f2f1",
        grid="#d9dcde",
        axis="#8b9094",
        main="#12436D",
        second="#6BACE6",
        second_edge="#2073BC",
        pale="#BFD3E6",
        edge="#5f7488",
        attention="#D9570F",
        attention_text="#8a3700",
        improvement_text="#12436D",
        band="#eef2f6",
        fan="#d9e4ef",
        ramp=("#d3e3f3", "#6BACE6", "#2073BC", "#12436D"),
        on_ramp=("#0b0c0c", "#0b0c0c", "#ffffff", "#ffffff"),
    ),
    "dark": Colours(
        page="#12171c",
        text="#f3f2f1",
        quiet="#c3c8cc",
        border="#3b444c",
        secondary="#1d242b",
        grid="#3b444c",
        axis="#8b949b",
        main="#6BACE6",
        second="#3a73a8",
        second_edge="#4a8ac2",
        pale="#39414a",
        edge="#6f7f8d",
        attention="#F46A25",
        attention_text="#f9b48c",
        improvement_text="#a9d2f3",
        band="#1d2731",
        fan="#22384c",
        ramp=("#1f3a54", "#2f5f8c", "#4b8fcb", "#a9d2f3"),
        on_ramp=("#f3f2f1", "#ffffff", "#0b0c0c", "#0b0c0c"),
    ),
}


@dataclass(frozen=True)
class Part:
    """How a part of a bar looks: its fill, its outline, and the colour of its name."""

    fill: str
    edge: str
    words: str


def parts(mode: Mode) -> tuple[Part, Part, Part]:
    """The parts of a bar from its beginning; the last is also what is left of a whole."""
    colour = COLOURS[mode]
    return (
        Part(colour.main, colour.main, colour.improvement_text),
        Part(colour.second, colour.second_edge, colour.second_edge),
        Part(colour.pale, colour.edge, colour.quiet),
    )


# The points of a control chart: symbol, size and fill, as Making Data Count colours them. Some are
# under 3:1 on the page, so each kind has a shape of its own and an outline in the text's colour.
VARIATIONS: Mapping[str, tuple[str, int, str]] = {
    "common": ("circle", 10, "#a6a6a6"),
    "improvement": ("diamond", 14, "#00b0f0"),
    "concern": ("square", 13, "#e46c0a"),
    "neutral": ("triangle-up", 14, "#490092"),
}

# Streamlit's wrapper shows a tool bar and zooms on a double click unless told not to.
CONFIG: Mapping[str, object] = {"displayModeBar": False, "doubleClick": False, "scrollZoom": False}


@cache
def template(mode: Mode) -> dict[str, Any]:
    """The layout that every chart starts from; a template, so that it reaches all its axes."""
    colour = COLOURS[mode]
    axis = {"fixedrange": True, "zeroline": False, "ticks": "", "automargin": False}
    return {
        "layout": {
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": FONT, "size": TEXT, "color": colour.text},
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "bargap": 0.38,
            "separators": ".,",
            "margin": {"l": 0, "r": 0, "t": 8, "b": 28, "pad": 0},
            "hoverlabel": {
                "bgcolor": colour.page,
                "bordercolor": colour.axis,
                "font": {"family": FONT, "size": 15, "color": colour.text},
                "align": "left",
                "namelength": 0,
            },
            "xaxis": axis
            | {
                "showgrid": False,
                "showline": True,
                "linecolor": colour.axis,
                "linewidth": 1,
                "showticklabels": False,
            },
            "yaxis": axis
            | {
                "showgrid": True,
                "gridcolor": colour.grid,
                "gridwidth": 1,
                "showline": False,
                "showticklabels": False,
            },
            "annotationdefaults": {
                "showarrow": False,
                "borderpad": 0,
                "borderwidth": 0,
                "font": {"family": FONT, "size": TEXT, "color": colour.text},
            },
            "shapedefaults": {"layer": "below"},
        }
    }
