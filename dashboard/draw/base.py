"""The two dispatchers that every kind of drawing registers with, and the blank figure."""

from functools import singledispatch
from itertools import accumulate, islice
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.sketch import Sketch
from dashboard.draw.theme import FULL, Mode, template
from dashboard.drawings import Drawing
from dashboard.panel import Panel

MOST_SPOKEN = 12  # marks that a text alternative names before it only counts the others
LONGEST = 1000  # characters of them that are listened to in one go, about a minute
NARROWEST = 336  # pixels of a column on a phone


@singledispatch
def figure(drawing: Any, frame: pl.DataFrame, mode: Mode, width: int = FULL) -> go.Figure:  # noqa: ARG001
    """The drawing of a frame that has rows, for a column `width` pixels wide or wider.

    Everything is placed so that nothing is cut or overlaps at that width.
    """
    raise TypeError(f"There is no figure for {type(drawing).__name__}; see dashboard/draw/.")


@singledispatch
def narrowest(drawing: Any, frame: pl.DataFrame) -> int:  # noqa: ARG001
    """Pixels that the figure needs: drawn for fewer, its labels would meet or be cut."""
    return NARROWEST


@singledispatch
def key_values(drawing: Any, frame: pl.DataFrame) -> list[str]:  # noqa: ARG001
    """The values that the drawing shows, one short phrase a mark, most important first."""
    raise TypeError(f"There is no text for {type(drawing).__name__}; see dashboard/draw/.")


@singledispatch
def choices(drawing: Any, frame: pl.DataFrame) -> list[tuple[int, str, str]]:  # noqa: ARG001
    """What a click can ask the records of: row, column of the part or number, and both in words.

    The same pairs are the `customdata` of the figure's marks. None unless a drawing says so.
    """
    return []


def alt_text(panel: Panel, frame: pl.DataFrame) -> str:
    """What a screen reader is told in place of the picture: the reading, then the values."""
    reading = panel.reading(frame).rstrip(".")
    drawing: Drawing = panel.drawn_as
    values = key_values(drawing, frame)
    if not values:
        return f"{reading}."
    heard = accumulate(len(value) for value in values)
    spoken = max(1, sum(length <= LONGEST for length in islice(heard, MOST_SPOKEN)))
    more = len(values) - spoken
    tail = f"; and {more} more in the table under Data and definition" if more > 0 else ""
    return f"{reading}. {'; '.join(values[:spoken])}{tail}."


def blank(mode: Mode, height: int, **layout: Any) -> Sketch:
    """A figure with the theme's template and nothing on it."""
    return Sketch(template=template(mode), height=height, **layout)
