"""What was made from the very same rows before: figures, and the words that are said of them.

Answers of pages are kept with their snapshot (dashboard/snapshot/answers.py), so that many people
are shown the very same rows; placing words in a chart so that none meets another, and saying what
the rows show, is most of the work of showing them. What was made goes when its rows go, so none
outlives the records that it shows, or when others were asked for since: a figure is larger than
its rows by far.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar
from weakref import finalize

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.base import alt_text, choices, figure
from dashboard.draw.theme import Mode
from dashboard.drawings import Drawing
from dashboard.panel import Panel

T = TypeVar("T")

MOST = 500  # rows of which something is kept, those asked for last; a figure is some 60 kB
OF_ROWS = 20  # things that are kept of the same rows: figures by width and scheme, words

# By which rows, then by what it is; those asked for last are at the end.
_kept: dict[int, dict[Hashable, Any]] = {}


@dataclass(frozen=True)
class Said:
    """What is said of a panel's rows, where there are any.

    `choices` are what a click can ask the records of (see `dashboard.draw.choices`).
    """

    reading: str
    note: str
    alt: str
    choices: tuple[tuple[int, str, str], ...]


def again(frame: pl.DataFrame, what: Hashable, make: Callable[[], T]) -> T:
    """What `make` makes of the rows, perhaps some time ago. It is shared: nobody may change it."""
    made = _kept.pop(id(frame), None)
    if made is None:
        made = {}
        finalize(frame, _kept.pop, id(frame), None)
    _kept[id(frame)] = made
    for oldest in list(_kept)[:-MOST]:
        _kept.pop(oldest, None)
    if what not in made:
        made[what] = make()
        for first in list(made)[:-OF_ROWS]:
            made.pop(first, None)
    found: T = made[what]
    return found


def figure_again(drawing: Drawing, frame: pl.DataFrame, mode: Mode, width: int) -> go.Figure:
    """The figure of the rows."""
    how = ("figure", repr(drawing), mode, width)
    return again(frame, how, lambda: figure(drawing, frame, mode, width))


def said_again(panel: Panel, frame: pl.DataFrame) -> Said:
    """The words of the rows. A panel is known by the functions that make its words."""
    what = ("words", panel.reading, panel.note, repr(panel.drawn_as))
    return again(
        frame,
        what,
        lambda: Said(
            panel.reading(frame),
            panel.note(frame),
            alt_text(panel, frame),
            tuple(choices(panel.drawn_as, frame)),
        ),
    )
