"""The funder's return: a row a quarter and area, a column for each thing the funder asks.

True counts by quarter and area for those who may see them; for protected roles the whole by
financial year, from the release.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from dashboard.drawings import Table
from dashboard.export.about import Taken
from dashboard.export.quarters import name_of
from dashboard.export.return_columns import ReturnColumn, measure_of, parts_of, spelt_out
from dashboard.export.return_template import SHOWN, Template
from dashboard.export.taking import NotTaken
from dashboard.panel import Panel
from dashboard.panels.released import SOURCE as RELEASED
from queries import words
from queries.evaluate import evaluate
from queries.measure import Measure
from queries.periods import Period, Periods
from queries.released import TOO_FEW, WHOLE, released
from queries.view import View

_LEADING = {"quarter": "Period", "start": "From", "end": "To", "area": "Area", "code": "Area code"}
NOT_RELEASED = "not released"


def true_return(template: Template, view: View, periods: Sequence[Period], whole: str) -> Taken:
    """The return from records: the whole and its areas, for each period that has begun.

    NotTaken where a template names a part that there is not.
    """
    begun = [
        replace(period, end=min(period.end, view.as_at), partial=period.end > view.as_at)
        for period in periods
        if period.start <= view.as_at
    ]
    if not begun:
        raise NotTaken(
            f"{words.sentence(words.period(periods[0].start, periods[-1].end))} had not begun on "
            f"{words.day(view.as_at)}."
        )
    asked = spelt_out(template, lambda column: parts_of(view, column))
    measures = {each.name: measure_of(each) for each in asked}
    by = {"district": "area", "county": "county", "whole": None}[template.areas]
    rows = [_wide(evaluate(_unlike(measures), view, Periods(tuple(begun))), measures, asked)]
    rows[0] = rows[0].with_columns(area=pl.lit(whole), code=pl.lit(None, pl.String))
    if by:
        cut = evaluate(_unlike(measures), view, Periods(tuple(begun)), [by])
        rows.append(_named(_wide(cut, measures, asked, by), view, by))
    order = ["period", *_LEADING, "complete", *measures]
    named = pl.DataFrame(
        {
            "period": range(len(begun)),
            "quarter": [name_of(period) for period in periods[: len(begun)]],
            "complete": ["no" if period.partial else "yes" for period in begun],
        },
        schema={"period": pl.Int32, "quarter": pl.String, "complete": pl.String},
    )
    frame = (
        pl.concat(
            [each.with_columns(place=pl.lit(at)) for at, each in enumerate(rows)], how="diagonal"
        )
        .join(named, on="period")
        .sort("period", "place", maintain_order=True)
        .select(order)
    )
    frame = frame.with_columns(
        pl.col(each.name).cast(pl.Int64)
        for each in asked
        if not each.column.is_share and (frame[each.name].drop_nulls() % 1 == 0).all()
    )
    title = f"{template.title}, {name_of(Period(periods[0].start, periods[-1].end))}"
    return _taken(title, asked, frame, "Source: case database.")


def released_return(template: Template, view: View, year: Period, whole: str) -> Taken:
    """The return from a release: one row, the whole in a financial year; hidden cells say so."""
    cells = released(view).filter(
        pl.col("cut") == "year",
        pl.col("level") == WHOLE,
        pl.col("start") == year.start,
        pl.col("end") == year.end,
    )
    if cells.is_empty():
        years = released(view).filter(pl.col("cut") == "year")
        there = sorted({name_of(Period(*row)) for row in years.select("start", "end").iter_rows()})
        offered = f"It has {words.listed(there)}." if there else "It has no whole year yet."
        raise NotTaken(f"The financial year {name_of(year)} has not been released. {offered}")
    asked = spelt_out(
        template,
        lambda column: sorted(cells.filter(pl.col("split") == column.split)["part"].unique()),
    )
    row: dict[str, Any] = {
        "quarter": [name_of(year)],
        "start": [year.start],
        "end": [year.end],
        "area": [whole],
        "code": pl.Series([None], dtype=pl.String),
        "complete": ["yes"],
    }
    for each in asked:
        row[each.name] = pl.Series([_cell(cells, each)], dtype=pl.Object)
    title = f"{template.title_of_year}, {name_of(year)}"
    return _taken(title, asked, pl.DataFrame(row), RELEASED)


def _cell(cells: pl.DataFrame, asked: ReturnColumn) -> Any:
    column = asked.column
    split = pl.col("split").is_null() if column.split is None else pl.col("split") == column.split
    found = cells.filter(pl.col("measure") == column.measure, split)
    if asked.part is not None:
        found = found.filter(pl.col("part") == asked.part)
    if found.is_empty():
        return NOT_RELEASED
    row = found.row(0, named=True)
    value = row[SHOWN[column.show]]
    if value is None:
        return TOO_FEW if row["suppressed"] else None
    if column.is_share:  # as it is shown everywhere: made of rounded counts, it says no more
        return float(words.rounded(value, 2))
    return int(value) if float(value).is_integer() else value


def _unlike(measures: dict[str, Measure]) -> list[Measure]:
    """Each measure once, however many columns show it."""
    return list({measure.key: measure for measure in measures.values()}.values())


def _wide(
    evaluated: pl.LazyFrame,
    measures: dict[str, Measure],
    asked: Sequence[ReturnColumn],
    by: str | None = None,
) -> pl.DataFrame:
    """A row a period and area, a column for each thing asked."""
    keys = ["period", "start", "end", *([by] if by else [])]
    return (
        evaluated.group_by(keys, maintain_order=True)
        .agg(
            pl.col(SHOWN[each.column.show])
            .filter(pl.col("measure").cast(pl.String) == measures[each.name].key)
            .first()
            .alias(each.name)
            for each in asked
        )
        .collect()
    )


def _named(rows: pl.DataFrame, view: View, by: str) -> pl.DataFrame:
    name = "name" if by == "area" else "county_name"
    known = view.numbers("areas").filter(pl.col("known")).select(by, name).unique().collect()
    called = known.select(
        pl.col(by).cast(pl.String).alias("code"), pl.col(name).cast(pl.String).alias("area")
    )
    return (
        rows.with_columns(pl.col(by).cast(pl.String).alias("code"))
        .drop(by)
        .join(called, on="code", how="left", maintain_order="left")
        .with_columns(pl.col("area").fill_null("District not known"))
    )


def _taken(title: str, asked: Sequence[ReturnColumn], frame: pl.DataFrame, source: str) -> Taken:
    columns = {each.name: each.heading for each in asked}
    panel = Panel(
        "return",
        question=title,
        result=lambda _: frame.lazy(),
        reading=lambda rows: f"{title}: {words.counted(rows.height, 'row')}",
        caption=lambda view: f"As at {words.day(view.as_at)}",
        drawn_as=Table(),
        headings={**_LEADING, "complete": "Complete", **columns},
        measures=tuple(
            dict.fromkeys(
                each.column.measure for each in asked if each.column.measure != "decisions_made"
            )
        ),
        definition="People are counted once in the whole and once in each area they have cases "
        "in, so that areas may add up to more. Records of no known district are in the whole.",
        percent=tuple(each.name for each in asked if each.column.is_share),
        source=source,
    )
    return Taken(panel, frame)
