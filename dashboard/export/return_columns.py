"""The columns of a return: those of its template, with its splits spelt out."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import polars as pl

from dashboard.disclosure.parts import BY_KEY, NOT_RECORDED, SPLITS
from dashboard.export.return_template import PART, Column, Template
from dashboard.export.taking import NotTaken
from queries import words
from queries.measure import Measure
from queries.view import View

_BY = {"sector": "agency"}  # what a split is by, where it has another name


@dataclass(frozen=True)
class ReturnColumn:
    """One column of the return: a measure of the template's `column`, or one `part` of it."""

    name: str
    heading: str
    column: Column
    part: str | None


def spelt_out(template: Template, parts: Callable[[Column], list[str]]) -> list[ReturnColumn]:
    """The columns, those of a whole split one for each part, with names of their own."""
    found: list[ReturnColumn] = []
    for column in template.column:
        if column.split is None:
            found.append(ReturnColumn(f"c{len(found)}", column.heading, column, None))
            continue
        there = parts(column)
        if column.part is not None and column.part not in there:
            raise NotTaken(
                f"The template's column '{column.heading}' asks for the {column.split} "
                f"'{column.part}'. There is {words.listed(there) if there else 'none'}."
            )
        for part in [column.part] if column.part is not None else there:
            found.append(ReturnColumn(f"c{len(found)}", _heading(column, part), column, part))
    return found


def _heading(column: Column, part: str) -> str:
    """ "Referrals from Police"; of those without a part "Referrals, agency not recorded"."""
    total, _, after = column.heading.partition(f" from {PART}")
    if part != NOT_RECORDED or after or total == column.heading:
        return column.heading.replace(PART, part)
    return f"{total}, {_BY.get(column.split or '', column.split)} not recorded"


def _split_column(column: Column) -> str:
    return next(
        each.column
        for each in SPLITS
        if each.measure == column.measure and each.name == column.split
    )


def parts_of(view: View, column: Column) -> list[str]:
    """What the split may say: the codes there are, or the words of the records."""
    facts = BY_KEY[column.measure].facts
    name = _split_column(column)
    kind = view.numbers(facts).select(name).collect_schema()[name]
    if isinstance(kind, pl.Enum):
        known = kind.categories.to_list()
    else:
        said = view.numbers(facts).select(pl.col(name).cast(pl.String)).unique().collect()
        known = sorted(said[name].drop_nulls())
    return [*known, NOT_RECORDED]


def measure_of(asked: ReturnColumn) -> Measure:
    """The measure, or the part of it that the split cuts out."""
    measure = BY_KEY[asked.column.measure]
    if asked.part is None:
        return measure
    said = pl.col(_split_column(asked.column)).cast(pl.String).fill_null(NOT_RECORDED)
    inside = (said == asked.part).cast(pl.Int32)
    return replace(measure, key=asked.name, counts=measure.counts * inside)
