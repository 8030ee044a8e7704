"""A funnel: points, the centre, and the limits."""

from typing import Any, cast

import numpy as np
import polars as pl

from dashboard.draw.funnel import named_whole
from dashboard.drawings import Funnel
from dashboard.export.charts.base import charts, floats
from dashboard.export.native import Chart, Look, Series
from queries.statistics import funnel_limits

_LIMITS: tuple[tuple[str, float, Look], ...] = (
    ("95% limit", 0.95, "rule"),
    ("99.8% limit", 0.998, "limit"),
)
_ALONG = 40  # points along each limit of a funnel


@charts.register
def _(drawing: Funnel, frame: pl.DataFrame) -> tuple[Chart, ...]:
    percent = drawing.scale == 1
    points = frame.drop_nulls([drawing.n, drawing.value])
    series = [
        Series(
            "inside" if points[drawing.says].null_count() else "areas",
            floats(inside, drawing.value),
            x=cast(Any, floats(inside, drawing.n)),
        )
        for inside in (points.filter(pl.col(drawing.says).is_null()),)
        if inside.height
    ]
    series += [
        Series(row[drawing.says], (row[drawing.value],), "second", (float(row[drawing.n]),))
        for row in points.filter(pl.col(drawing.says).is_not_null()).iter_rows(named=True)
    ]
    centre = points[drawing.centre][0] if points.height else None
    if centre is not None:
        largest = float(points[drawing.n].max())  # type: ignore[arg-type]
        series += _lines(drawing, named_whole(drawing, points), largest, centre)
    form = "0%" if percent else "#,##0.0"
    return (Chart("points", (), tuple(series), form, x_title=drawing.n_heading),)


def _lines(drawing: Funnel, whole: str, largest: float, centre: float) -> list[Series]:
    """The centre and the limits, as lines from the smallest size to the largest."""
    sizes = np.unique(np.rint(np.geomspace(max(largest / 40, 1), largest * 1.06, _ALONG)))
    across = tuple(float(size) for size in sizes)
    found = [Series(whole, (centre,) * len(across), "third", across)]
    for name, confidence, look in _LIMITS:
        limits = funnel_limits(sizes, centre / drawing.scale, confidence)
        found += [
            Series(f"{side} {name}", values, look, across)
            for side in ("lower", "upper")
            if not limits[side].null_count()
            and (values := tuple((limits[side] * drawing.scale).to_list()))
        ]
    return found
