"""The dispatcher, and what all native charts are made with."""

from collections.abc import Iterable
from datetime import date
from functools import singledispatch
from typing import Any

import polars as pl

from dashboard.draw.values import printed
from dashboard.drawings import Drawing, Grids, Lanes, Matrix, Table
from dashboard.export.native import Chart, Look

LOOKS: tuple[Look, ...] = ("main", "second", "third")
NOT_KNOWN = "not known"


@singledispatch
def charts(drawing: Any, frame: pl.DataFrame) -> tuple[Chart, ...]:  # noqa: ARG001
    """The native charts of a frame that has rows."""
    raise TypeError(f"There is no native chart for {type(drawing).__name__}; see dashboard/export.")


@charts.register(Table)
@charts.register(Matrix)
@charts.register(Grids)
@charts.register(Lanes)
def _(drawing: Drawing, frame: pl.DataFrame) -> tuple[Chart, ...]:  # noqa: ARG001
    return ()


def groups(frame: pl.DataFrame, column: str) -> Iterable[pl.DataFrame]:
    return frame.partition_by(column, maintain_order=True)


def titled(group: pl.DataFrame, name: str, heading: str) -> str:
    said = [printed(group[name][0]) or NOT_KNOWN, printed(group[heading][0])]
    return ": ".join(filter(None, said))


def floats(frame: pl.DataFrame, column: str) -> tuple[float | None, ...]:
    return tuple(frame[column].cast(pl.Float64).to_list())


def names_of(frame: pl.DataFrame, column: str) -> tuple[str, ...]:
    return tuple(printed(value) or NOT_KNOWN for value in frame[column])


def along(frame: pl.DataFrame, column: str) -> tuple[str | date, ...]:
    """Places on a line: days stay days, numbers become their words."""
    return tuple(value if isinstance(value, date) else printed(value) for value in frame[column])
