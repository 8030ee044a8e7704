"""Rows as a table: headings as on the screen, and the same as CSV."""

import csv
import io
from collections.abc import Mapping

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.base import choices, figure, key_values
from dashboard.draw.escape import for_csv, plain
from dashboard.draw.theme import FULL, Mode
from dashboard.draw.values import percent, printed
from dashboard.drawings import Table
from queries.words import counted


@figure.register
def _(drawing: Table, frame: pl.DataFrame, mode: Mode, width: int = FULL) -> go.Figure:  # noqa: ARG001
    raise TypeError("A table has no figure; show its rows with dashboard.shell.tables.")


@key_values.register
def _(drawing: Table, frame: pl.DataFrame) -> list[str]:  # noqa: ARG001
    # A table reads itself out; its buttons repeat this text, so it is kept short.
    return [f"A table of {counted(frame.height, 'row')}"]


@choices.register
def _(drawing: Table, frame: pl.DataFrame) -> list[tuple[int, str, str]]:
    return [
        (index, column.name, plain(f"{row[drawing.named]}, {column.heading}: {said}"))
        for index, row in enumerate(frame.to_dicts())
        for column in drawing.columns
        if row[column.of or column.name]
        and (said := percent(row[column.name]) if column.percent else printed(row[column.name]))
    ]


def headed(frame: pl.DataFrame, headings: Mapping[str, str]) -> pl.DataFrame:
    """The columns that have a heading, in the headings' order and under them."""
    return frame.select(pl.col(name).alias(heading) for name, heading in headings.items())


def to_csv(frame: pl.DataFrame, headings: Mapping[str, str], *, made_up: bool) -> bytes:
    """The rows as CSV: headings as on the screen, numbers as numbers, days as 2026-10-08.

    UTF-8 with a byte order mark, which spreadsheets need; texts that they would calculate are
    made harmless. Rows of made-up records say so in a column of their own.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    rows = headed(frame, headings)
    if made_up:
        rows = rows.with_columns(
            pl.lit("invented; no real person is described").alias("Made-up data")
        )
    writer.writerow([for_csv(plain(name)) for name in rows.columns])
    writer.writerows([for_csv(value) for value in row] for row in rows.iter_rows())
    return text.getvalue().encode("utf-8-sig")
