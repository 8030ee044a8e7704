"""From a panel's drawing and its frame to a Plotly figure or a table.

One module for each kind of drawing. Each registers with the dispatchers of `base`: `figure`, what
the eye sees; `key_values`, what a screen reader is told; `choices`, what can be clicked. A new
kind of drawing is a record in `dashboard.drawings`, a module here, and its name in the line below.
"""

from dashboard.draw import (
    bars,
    benchmarks,
    columns,
    control_chart,
    courses,
    fans,
    funnel,
    grids,
    histogram,
    lanes,
    lines,
    map,
    matrix,
    ranked,
    small_multiples,
    table,
)
from dashboard.draw.base import alt_text, choices, figure, narrowest

__all__ = [
    "alt_text",
    "bars",
    "benchmarks",
    "choices",
    "columns",
    "control_chart",
    "courses",
    "fans",
    "figure",
    "funnel",
    "grids",
    "histogram",
    "lanes",
    "lines",
    "map",
    "matrix",
    "narrowest",
    "ranked",
    "small_multiples",
    "table",
]
