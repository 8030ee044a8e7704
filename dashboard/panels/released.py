"""The kinds of panel that every screen of released numbers is put together from."""

from collections.abc import Sequence
from functools import partial

import polars as pl

from dashboard.drawings import Bars, Column, Columns, ControlChart, Table
from dashboard.panel import Panel
from queries import (
    released,
    released_areas,
    released_changes,
    released_highest,
    released_splits,
    released_trend,
    special_causes,
    trend,
    words,
)
from queries.areas import counts_things
from queries.measure import Measure
from queries.measures import MEASURES
from queries.released import COUNTY, DISTRICT, RULES, TOO_FEW, WHOLE, Slice
from queries.steps import RULE as STEPS
from queries.view import View

SOURCE = "Source: released numbers, protected."
_BY_YEAR = "Splits are released for whole financial years."


def changes(keys: Sequence[str], slice_: Slice) -> Panel:
    """What each measure is now, was before and a year earlier, and how it changed, in words."""
    return Panel(
        "released-changes",
        question="What has changed since the period before?",
        result=lambda view: released_changes.beside(view, keys, slice_),
        reading=released_changes.what_moved_most,
        caption=lambda _: f"{slice_.name}, {slice_.period}, beside the period before",
        drawn_as=Table(),
        headings={
            "measure": "Measure",
            "now": "Now",
            "before": "Period before",
            "change": "Change",
            "year_earlier": "A year earlier",
            "aim": "Target",
        },
        measures=tuple(keys),
        definition="Most changed: by the largest share of what was before, whatever rounding did "
        f"to both. {RULES}",
        source=SOURCE,
        without=f"These measures are {TOO_FEW} here",
    )


def over_time(key: str, view: View, slice_: Slice, height: int = 330) -> Panel:
    """A measure over the released periods: a control chart of months, else columns."""
    kind = released_trend.kind_of(view, key, slice_)
    if kind == "month":
        return _control_chart(MEASURES[key], slice_, height)
    return _columns(MEASURES[key], slice_, kind, height)


def _control_chart(measure: Measure, slice_: Slice, height: int) -> Panel:
    places = int(measure.unit == "score")
    return Panel(
        f"released-trend-{measure.key}",
        question=f"{measure.title}: does it change by more than chance?",
        result=lambda view: released_trend.control_chart(view, measure, slice_),
        reading=lambda rows: special_causes.reading_of(measure.title, rows, words.FULL),
        caption=lambda _: f"{measure.title}, {slice_.name}, by month to {words.month(slice_.end)}",
        drawn_as=ControlChart(percent=measure.is_fraction, places=places, height=height),
        headings={
            "month": "Month from",
            "value": measure.title,
            "denominator": "n",
            "mean": "Mean",
            "lower": "Lower limit",
            "upper": "Upper limit",
            "cause": "Special cause",
            "note": "Noted",
        },
        percent=("value", "mean", "lower", "upper") if measure.is_fraction else (),
        measures=(measure.key,),
        definition="XmR chart of the released months: the limits are the mean and 2.66 times the "
        f"average moving range on each side. {STEPS if measure.unit == 'days' else ''} {RULES}",
        note=lambda rows: " ".join(
            filter(
                None,
                (
                    trend.what_limits_rest_on(rows),
                    released_trend.gaps(rows, places="month"),
                    released_trend.left_unmarked(rows),
                    released_trend.how_open(rows, measure),
                ),
            )
        ),
        source=SOURCE,
        without=f"{measure.title}: {TOO_FEW} in any month",
    )


def _columns(measure: Measure, slice_: Slice, kind: str, height: int) -> Panel:
    return Panel(
        f"released-trend-{measure.key}",
        question=f"{measure.title}: how has it moved?",
        result=lambda view: released_trend.by_period(view, measure, slice_, kind),
        reading=partial(released_trend.how_it_moved, measure=measure),
        caption=lambda _: (
            f"{measure.title}, {slice_.name}, by {'financial year' if kind == 'year' else kind}"
        ),
        drawn_as=Columns(
            "start",
            {"value": measure.unit},
            "value",
            percent=measure.is_fraction,
            without=TOO_FEW,
            height=height,
        ),
        headings={
            "start": "From",
            "end": "To",
            "value": measure.title,
            "denominator": "n",
            "hidden": "Shown",
            "note": "Noted",
        },
        percent=("value",) if measure.is_fraction else (),
        measures=(measure.key,),
        definition=RULES,
        note=lambda rows: (
            f"{released_trend.gaps(rows)} {released_trend.how_open(rows, measure)}".strip()
        ),
        source=SOURCE,
        without=f"{measure.title}: {TOO_FEW} in any period",
    )


def compared(key: str, view: View, slice_: Slice) -> Panel:
    """Counties beside each other, or the districts of the county looked at."""
    measure = MEASURES[key]
    level = COUNTY if slice_.level == WHOLE else DISTRICT
    county = slice_.area if slice_.level == COUNTY else ""
    period = released_areas.comparable(view, key, slice_, level)
    why = released_areas.why_another(slice_, period, level)
    many = "counties" if level == COUNTY else "districts"
    columns = [Column("now_short", "now", bold=True)]
    if not counts_things(measure):
        columns.append(Column("n", "n"))
    columns += [
        Column("before_short", "period\nbefore"),
        Column("year_earlier_short", "year\nearlier"),
    ]
    aimed = measure.target == "total" and level == COUNTY
    return Panel(
        f"released-areas-{key}",
        question=f"{measure.title}: how do the {many} compare?",
        result=lambda v: released.shortened(
            released_areas.compared(v, measure, period, county), "now", "before", "year_earlier"
        ),
        reading=partial(_named, measure),
        caption=lambda _: released_areas.captioned(measure.title, measure, period),
        drawn_as=Bars(
            "name",
            {"value": measure.unit},
            columns=tuple(columns),
            mark="aim" if aimed else None,
            mark_heading="course" if aimed else "",
            without="",
            percent=measure.is_fraction,
            height=330,
        ),
        headings={
            "name": "County" if level == COUNTY else "District",
            "now": measure.title,
            **({} if counts_things(measure) else {"n": "n"}),
            "before": "Period before",
            "year_earlier": "A year earlier",
            **({"aim": "Course"} if aimed else {}),
        },
        measures=(key,),
        definition=RULES,
        note=lambda rows: f"{why} {released_areas.how_many_hidden(rows)}".strip(),
        source=SOURCE,
        without=f"The {many} are {TOO_FEW}",
    )


def _named(measure: Measure, rows: pl.DataFrame) -> str:
    """Two of them stand beside each other: the finding names its measure where there is room."""
    found = released_highest.from_highest(rows)
    # A name keeps its capital within the sentence.
    within = found if found.startswith(tuple(rows["name"])) else words.within(found)
    return words.fit(f"{measure.title}: {within}", found, limit=words.HALF)


def split(name: str, title: str, things: str, slice_: Slice) -> Panel:
    """What a total of the financial year is made of."""
    return Panel(
        f"released-split-{name}",
        question=f"{title}: what were they?",
        result=lambda view: released.shortened(
            released_splits.split(view, name, slice_), "now", "before"
        ),
        reading=partial(released_splits.largest_part, title=title),
        caption=lambda view: f"{title}, {released_splits.year_in_words(view, name, slice_)}",
        drawn_as=Bars(
            "part",
            {"value": things},
            columns=(
                Column("now_short", "financial\nyear", bold=True),
                Column("before_short", "year\nbefore"),
            ),
            without="",
            height=330,
        ),
        headings={"part": title, "now": "Financial year", "before": "Year before"},
        definition=f"{_BY_YEAR} {RULES}",
        note=lambda rows: f"{_BY_YEAR} {_hidden_parts(rows)}".strip(),
        source=SOURCE,
        without=f"{title}: {TOO_FEW}",
    )


def _hidden_parts(rows: pl.DataFrame) -> str:
    hidden = rows["value"].null_count()
    return f"{words.sentence(words.counted(hidden, 'part'))}: {TOO_FEW}." if hidden else ""
