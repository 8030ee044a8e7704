"""What charts of lines share: colours, last points, ranges, and the x axis in words."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.crossing import Points
from dashboard.draw.escape import for_plotly, plain
from dashboard.draw.theme import COLOURS, Mode
from dashboard.draw.values import printed
from queries.words import day


def line_colours(mode: Mode) -> tuple[str, str, str]:
    """Lines in order of importance; the second one dark enough for its label too."""
    colour = COLOURS[mode]
    return (colour.main, colour.second_edge, colour.quiet)


# Marks of a line that can be clicked and are not seen.
PICKABLE: dict[str, Any] = {
    "mode": "lines+markers",
    "marker": {"size": 12, "opacity": 0},
    "selected": {"marker": {"opacity": 0}},
    "unselected": {"marker": {"opacity": 0}},
}
SLACKS = (1.06, 1.2, 1.4, 1.7, 2.1)  # of the highest value, for the top of an axis
ROW = "_row"  # the row of a panel's frame that a point stands for


def last_choices(
    frame: pl.DataFrame, group: str, x: str, lines: Mapping[str, str], x_title: str = ""
) -> list[tuple[int, str, str]]:
    """The last point of each line of each group; earlier ones are reached by a click."""
    found = []
    for part in frame.with_row_index(ROW).partition_by(group, maintain_order=True):
        for column, name in lines.items():
            known = part.filter(pl.col(column) > 0)
            if known.is_empty():
                continue
            row = known.row(-1, named=True)
            when = wording(row[x], x_title)
            said = f"{printed(row[group]) or 'not known'}, {when}: {printed(row[column])} {name}"
            found.append((row[ROW], column, plain(said)))
    return found


def highest(frame: pl.DataFrame, columns: Iterable[str]) -> float:
    """The greatest known value of some columns; 0 where there is none."""
    values: list[Any] = [frame[column].max() for column in columns]
    return max((float(value) for value in values if value is not None), default=0.0)


def first_clear(drawn: Callable[[float], tuple[go.Figure, bool]]) -> go.Figure:
    """The first drawing whose labels all stand clear of the lines.

    It is drawn with more and more room over the highest value (the top of the axis as a part of
    it), until they do, or the lines would be too flat.
    """
    for slack in SLACKS:
        chart, is_clear = drawn(slack)
        if is_clear:
            break
    return chart


def paths(
    rows: pl.DataFrame, x: str, columns: Iterable[str], place: Callable[[Any, float], Any]
) -> list[Points]:
    """The known points of each column's line, in pixels."""
    known = (rows.select(x, column).drop_nulls() for column in columns)
    return [[place(*point) for point in points.iter_rows()] for points in known]


def span(frame: pl.DataFrame, x: str) -> tuple[Any, Any]:
    """First and last place on the x axis."""
    return frame[x].min(), frame[x].max()


def last(frame: pl.DataFrame, x: str, column: str) -> tuple[Any, float] | None:
    """The last point of a line that is known, or nothing."""
    known = frame.filter(pl.col(column).is_not_null())
    return None if known.is_empty() else (known[x][-1], float(known[column][-1]))


def stretched(start: Any, end: Any, by: float) -> Any:
    """The end of a range that begins at `start` and is `by` times as long; never no range."""
    longer = (end - start) * by
    if isinstance(start, date):
        return start + timedelta(days=max(-(-longer // timedelta(days=1)), 1))
    return start + (longer or 1)


def wording(x: Any, x_title: str) -> str:
    """A place on the x axis in words: a day, or a number with what it counts."""
    return day(x) if isinstance(x, date) else f"{x_title} {printed(x)}".strip()


def noted(said: list[str], rows: pl.DataFrame, notes: bool) -> list[str]:
    """What is said of each row's mark, with what was noted there."""
    beside = rows["note"].to_list() if notes else [None] * len(said)
    return [
        for_plotly(words) + (f"<br>{for_plotly(note)}" if note else "")
        for words, note in zip(said, beside, strict=True)
    ]
