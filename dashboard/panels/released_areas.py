"""Districts in released numbers: the map, the ranked list, the funnel, and their quarters."""

from dataclasses import dataclass
from functools import partial

import polars as pl

from dashboard.drawings import AreaMap, Funnel, Multiples, Ranked
from dashboard.panel import Panel
from dashboard.panels.area_ranks import OWED
from dashboard.panels.released import SOURCE
from queries import area_funnel, area_words, released_areas, released_highest, words
from queries.areas import PER, counts_things
from queries.measure import Measure
from queries.released import DISTRICT, RULES, TOO_FEW, Slice
from queries.view import View


@dataclass(frozen=True)
class Compared:
    """A measure by district in a period that the release has for districts.

    `whole` is the whole area, whose value the districts are put beside. `why` says in words why the
    period is not the one asked for.
    """

    measure: Measure
    whole: Slice
    period: Slice | None
    why: str = ""

    @property
    def per_head(self) -> bool:
        """Counts are compared for each 10,000 people who live there."""
        return counts_things(self.measure)

    @property
    def said(self) -> str:
        return released_areas.captioned(self.what, self.measure, self.period)

    @property
    def what(self) -> str:
        return f"{self.measure.title} {self.per}".strip()

    @property
    def per(self) -> str:
        """What a rate is for each of; nothing of a value that is no rate."""
        return "per 10,000 people" if self.per_head else ""

    @property
    def value_heading(self) -> str:
        return "rate" if self.per_head else self.measure.unit

    def rows(self, view: View) -> pl.LazyFrame:
        return released_areas.by_district(
            view, self.measure, self.period, self.whole, per_head=self.per_head
        )


_EITHER = (
    "Where rounding leaves open which of several is highest, each that may be so is named, and "
    "it says “or”."
)


def of(view: View, measure: Measure, slice_: Slice, whole: Slice) -> Compared:
    """The measure by district in the slice's period, or in the nearest that districts have."""
    period = released_areas.comparable(view, measure.key, slice_, DISTRICT)
    why = released_areas.why_another(slice_, period, DISTRICT)
    return Compared(measure, whole, period, why)


def district_map(shown: Compared) -> Panel:
    """Classes of colour from released values; a district that is hidden has none."""
    return Panel(
        "released-map",
        question="Where is it highest?",
        result=shown.rows,
        reading=partial(released_highest.who_is_highest, as_written=not shown.per_head),
        caption=lambda view: f"{shown.said}; {_what_is_numbered(shown.rows(view))}",
        drawn_as=AreaMap(
            "area",
            "name",
            "value",
            "rank",
            unit=shown.per,
            percent=shown.measure.is_fraction,
            without=TOO_FEW,
        ),
        headings=_headings(shown),
        percent=("value", "lower", "upper") if shown.measure.is_fraction else (),
        measures=(shown.measure.key,),
        definition=f"{_EITHER} {RULES}",
        source=OWED.replace("case database", "released numbers"),
        without=f"The districts are {TOO_FEW}",
    )


def _what_is_numbered(rows: pl.LazyFrame) -> str:
    if rows.select(pl.col("rank").is_not_null().any()).collect().item():
        return "the number is the district’s rank"
    return "no ranks, as some are hidden"


def ranked(shown: Compared) -> Panel:
    """The same as a list, with intervals made from the released counts."""
    return Panel(
        "released-ranked",
        question="How do the districts rank?",
        result=shown.rows,
        reading=area_words.who_differs if shown.per_head else released_highest.from_highest,
        caption=lambda _: f"{shown.said}, with 95% interval",
        drawn_as=Ranked(
            "name",
            "rank",
            "value",
            "lower",
            "upper",
            "n",
            "whole",
            "whole_name",
            value_heading=shown.value_heading,
            percent=shown.measure.is_fraction,
            without="too few",
            height=530,
        ),
        headings=_headings(shown),
        percent=("value", "lower", "upper") if shown.measure.is_fraction else (),
        measures=(shown.measure.key,),
        definition=f"Intervals rest on the rounded counts. {_EITHER} {RULES}",
        note=lambda rows: f"{shown.why} {released_areas.how_many_hidden(rows)}".strip(),
        source=SOURCE,
        without=f"The districts are {TOO_FEW}",
    )


def _headings(shown: Compared) -> dict[str, str]:
    value = {"value": "Per 10,000 people", "now": "Number"} if shown.per_head else {}
    return {
        "rank": "Rank",
        "name": "District",
        "county_name": "County",
        **(value or {"now": shown.measure.title, "n": "n"}),
        "lower": "95% from",
        "upper": "95% to",
    }


def over_time(shown: Compared) -> Panel:
    """A small chart a district, by the quarters (or years) that have been released."""
    until = shown.period.end if shown.period else shown.whole.end
    return Panel(
        "released-district-quarters",
        question="How has each district moved?",
        result=lambda view: released_areas.over_time(
            view, shown.measure, until, per_head=shown.per_head
        ),
        reading=released_areas.how_many_above,
        caption=lambda _: f"{shown.what}, to {words.day(until)}, one scale",
        drawn_as=Multiples(
            "county_name",
            "called",
            "start",
            "value",
            unit=shown.per,
            percent=shown.measure.is_fraction,
        ),
        headings={
            "name": "District",
            "county_name": "County",
            "start": "From",
            "value": "Per 10,000 people" if shown.per_head else shown.measure.title,
            "hidden": "Shown",
        },
        percent=("value",) if shown.measure.is_fraction else (),
        measures=(shown.measure.key,),
        definition=f"Gaps are {TOO_FEW}. {RULES}",
        note=released_areas.how_many_end_earlier,
        source=SOURCE,
        without=f"The districts are {TOO_FEW} in any period",
    )


def funnel(shown: Compared) -> Panel:
    """Which districts differ from the whole by more than chance, of those that can be shown."""
    measure, per_head = shown.measure, shown.per_head
    sizes = "people living there" if per_head else area_funnel.out_of(measure)
    return Panel(
        "released-funnel",
        question="Which districts differ from the whole by more than chance?",
        result=lambda view: released_areas.funnel(shown.rows(view), measure),
        reading=partial(area_funnel.who_stands_out, measure=shown.measure),
        caption=lambda _: f"{shown.said}, by {sizes}",
        drawn_as=Funnel(
            "name",
            "n",
            "value",
            "centre",
            "says",
            "far",
            scale=PER if per_head else 1,
            n_heading=sizes,
            whole_name="whole_name",
        ),
        headings={"name": "District", "n": sizes.capitalize(), "value": "Value", "centre": "All"},
        percent=() if per_head else ("value", "centre"),
        measures=(measure.key,),
        definition="Exact binomial limits around the value of the whole area. The points rest on "
        f"rounded counts, so that one near a limit may lie on either side. {RULES}",
        source=SOURCE,
        without=f"Too few districts can be shown to compare them: the others are {TOO_FEW}",
    )


def which_period(shown: Compared) -> str:
    """What stands beside the controls where districts are of another period than is chosen."""
    if shown.period is None or not shown.why:
        return ""
    return f"{shown.why} Here: {shown.period.period}."


def has_funnel(measure: Measure) -> bool:
    """Whether chance limits can be drawn for it, as on the page of true counts."""
    return area_funnel.has_funnel(measure)


def of_year(shown: Compared, view: View) -> Compared:
    """The same in the last financial year: the quarters of districts are too small to compare."""
    until = shown.period.end if shown.period else shown.whole.end
    at = shown.whole.at("year", shown.whole.start, until)
    year = released_areas.comparable(view, shown.measure.key, at, DISTRICT, ("year",))
    return Compared(shown.measure, shown.whole, year)


def in_a_sentence(shown: Compared, view: View) -> str:
    """The page in a sentence: where the measure is highest, as far as rounded numbers can say."""
    rows = shown.rows(view).collect()
    return released_highest.in_a_sentence(rows, shown.measure.title, shown.per)
