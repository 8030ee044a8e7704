"""Which places in a plot lie on lines or words; asked of many places at once."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Points = Sequence[tuple[float, float]]  # pixels from the plot's left and bottom edges
Box = tuple[float, float, float, float]  # left, right, low, high, in the same pixels
Boxes = NDArray[np.float64]  # a box a row
Places = NDArray[np.bool_]  # of each box something that is true or not


def boxes_of(boxes: Iterable[Box]) -> Boxes:
    """The boxes as rows."""
    return np.array(list(boxes), np.float64).reshape(-1, 4)


def crossings(lines: Iterable[Points], boxes: Boxes) -> NDArray[np.bool_]:
    """Whether each piece of the lines passes through each box: a box a row, a piece a column."""
    ends = [end for line in lines for piece in pairwise(line) for end in piece]
    if not ends or not len(boxes):
        return np.zeros((len(boxes), len(ends) // 2), bool)
    x0, y0, x1, y1 = np.array(ends, np.float64).reshape(-1, 4).T
    back = x0 > x1
    x0, y0, x1, y1 = (np.where(back, b, a) for a, b in ((x0, x1), (y0, y1), (x1, x0), (y1, y0)))
    left, right, low, high = boxes.T[:, :, None]
    upright = x1 == x0
    slope_of = np.where(upright, 1.0, x1 - x0)
    # Where the piece enters the box from the side, and where it leaves it.
    enters = y0 + (y1 - y0) * (np.maximum(left, x0) - x0) / slope_of
    leaves = y0 + (y1 - y0) * (np.minimum(right, x1) - x0) / slope_of
    enters, leaves = np.where(upright, y0, enters), np.where(upright, y1, leaves)
    beside = (x1 < left) | (x0 > right)
    passes: NDArray[np.bool_] = (
        ~beside & (np.maximum(enters, leaves) >= low) & (np.minimum(enters, leaves) <= high)
    )
    return passes


def crossed(lines: Iterable[Points], boxes: Boxes) -> Places:
    """Whether any line passes through each box."""
    passes: Places = np.any(crossings(lines, boxes), axis=1)
    return passes


def covered(others: Iterable[Box], boxes: Boxes) -> Places:
    """Whether each box lies on any of the others."""
    a, b, c, d = boxes_of(others).T
    left, right, low, high = boxes.T[:, :, None]
    on: Places = np.any((right > a) & (left < b) & (high > c) & (low < d), axis=1)
    return on
