"""A chart made larger as a whole, letters and lines with it, for a screen seen from far away.

A chart is laid out in pixels for the width of its column. Laid out for a narrower one and then
enlarged, all its labels keep their places, and nothing that fitted overlaps.
"""

import re
from typing import Any

import plotly.graph_objects as go

from dashboard.draw.sketch import Sketch

# Lengths in pixels, by name, wherever they stand in a figure ...
_LENGTHS = frozenset(
    ("size", "height", "xshift", "yshift", "gridwidth", "linewidth", "borderpad", "ticklen")
)
# ... and by name under these parents.
_UNDER = {
    "width": frozenset(("line", "annotations")),
    **dict.fromkeys(("l", "r", "t", "b", "pad"), frozenset(("margin",))),
}
_IN_TEXT = {
    "text": re.compile(r"(?<=font-size:)(\d+(?:\.\d+)?)px"),  # letters of a size of their own
    "dash": re.compile(r"(\d+(?:\.\d+)?)px"),
}


def enlarged(chart: go.Figure, by: float) -> go.Figure:
    """The same chart, `by` times as large in all but its data."""
    drawn = chart.to_dict()
    layout = {key: value for key, value in drawn["layout"].items() if key != "template"}
    template = drawn["layout"].get("template", {})
    larger = {
        "data": _larger(drawn.get("data", []), by),
        "layout": {**_larger(layout, by), "template": _larger(template, by)},
    }
    return Sketch(larger["data"], **larger["layout"])


def _larger(part: Any, by: float, parent: str = "") -> Any:
    if isinstance(part, dict):
        return {key: _scaled(key, value, by, parent) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_larger(each, by, parent) for each in part]
    return part


def _scaled(key: str, value: Any, by: float, parent: str) -> Any:
    if isinstance(value, bool):
        return value
    if key in _LENGTHS or parent in _UNDER.get(key, ()):
        if isinstance(value, int | float):
            return value * by
        if isinstance(value, list | tuple):
            return [each * by if isinstance(each, int | float) else each for each in value]
    if key in _IN_TEXT:
        return _text(value, by, _IN_TEXT[key])
    return _larger(value, by, key)


def _text(value: Any, by: float, lengths: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return lengths.sub(lambda found: f"{float(found[1]) * by:g}px", value)
    if isinstance(value, list | tuple):
        return [_text(each, by, lengths) for each in value]
    return value
