"""Figures that were drawn before: the very same rows drawn in the same way need no second drawing.

Answers of pages are kept (dashboard/snapshot/answers.py), so that many people are shown the very
same rows; placing words in a chart so that none meets another is most of the work of a drawing.
"""

from functools import lru_cache

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.base import figure
from dashboard.draw.theme import Mode
from dashboard.drawings import Drawing

MOST = 256  # figures kept, a tenth of a megabyte each


class _Rows:
    """Rows and how they are drawn; equal to others only if they are the very same rows."""

    def __init__(self, drawing: Drawing, frame: pl.DataFrame) -> None:
        self.drawing, self.frame = drawing, frame
        self._known_by = (repr(drawing), id(frame))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Rows) and self._known_by == other._known_by

    def __hash__(self) -> int:
        return hash(self._known_by)


def figure_again(drawing: Drawing, frame: pl.DataFrame, mode: Mode, width: int) -> go.Figure:
    """What `figure` draws, perhaps some time ago. It is shared: nobody may change it."""
    return _drawn(_Rows(drawing, frame), mode, width)


@lru_cache(maxsize=MOST)
def _drawn(rows: _Rows, mode: Mode, width: int) -> go.Figure:
    return figure(rows.drawing, rows.frame, mode, width)
