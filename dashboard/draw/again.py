"""Figures that were drawn before: the very same rows drawn in the same way need no second drawing.

Answers of pages are kept with their snapshot (dashboard/snapshot/answers.py), so that many people
are shown the very same rows; placing words in a chart so that none meets another is most of the
work of a drawing. A figure goes when its rows go, so none outlives the records that it shows, or
when others were asked for since: figures are larger than their rows by far.
"""

from typing import Any
from weakref import finalize

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.base import figure
from dashboard.draw.theme import Mode
from dashboard.drawings import Drawing

MOST = 500  # rows whose figures are kept, those asked for last; a figure is some 60 kB

# By which rows, then by how they are drawn; those asked for last are at the end.
_kept: dict[int, dict[Any, go.Figure]] = {}


def figure_again(drawing: Drawing, frame: pl.DataFrame, mode: Mode, width: int) -> go.Figure:
    """What `figure` draws, perhaps some time ago. It is shared: nobody may change it."""
    drawn = _kept.pop(id(frame), None)
    if drawn is None:
        drawn = {}
        finalize(frame, _kept.pop, id(frame), None)
    _kept[id(frame)] = drawn
    for oldest in list(_kept)[:-MOST]:
        _kept.pop(oldest, None)
    how = (repr(drawing), mode, width)
    if how not in drawn:
        drawn[how] = figure(drawing, frame, mode, width)
    return drawn[how]
