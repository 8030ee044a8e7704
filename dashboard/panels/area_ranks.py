"""The districts in order: on the map, ranked with intervals, and as a table of every form."""

from collections.abc import Collection, Mapping
from functools import cache

from dashboard.drawings import AreaMap, Column, Ranked, Table
from dashboard.panel import Panel
from dashboard.panels.area_shown import (
    REST,
    Shown,
    against,
    definition_of,
    period_before,
    period_of,
    printed_unit,
)
from queries import area_words, areas, words
from queries.areas import counts_things, is_percent, unit
from queries.measure import Measure

OWED = (
    "Source: case database; Office for National Statistics licensed under the Open Government "
    "Licence v.3.0. Contains OS data © Crown copyright and database right 2026."
)


@cache
def district_map(shown: Shown) -> Panel:
    return Panel(
        "area-map",
        question="Where is it highest?",
        result=lambda view: areas.by_district(view, shown.measure, shown.form, shown.everywhere),
        reading=area_words.who_rose_most if shown.form == "change" else area_words.who_is_highest,
        caption=lambda _: f"{shown.said}; the number is the district’s rank",
        drawn_as=AreaMap(
            "area",
            "name",
            "value",
            "rank",
            unit=printed_unit(shown),
            percent=is_percent(shown.measure, shown.form),
            signed=shown.form == "change",
        ),
        headings=_headings(shown),
        measures=(shown.measure.key,),
        definition=definition_of(shown),
        percent=("value", "lower", "upper") if is_percent(shown.measure, shown.form) else (),
        source=OWED,
        without="No districts are known",
    )


@cache
def ranked(shown: Shown) -> Panel:
    percent = is_percent(shown.measure, shown.form)
    interval = (
        "" if shown.form == "value" and counts_things(shown.measure) else ", with 95% interval"
    )
    return Panel(
        "area-ranked",
        question="How do the districts rank, and how sure is that?",
        result=lambda view: areas.by_district(view, shown.measure, shown.form, shown.everywhere),
        reading=area_words.who_differs,
        caption=lambda view: words.sentence(
            f"{period_of(view, shown.measure)}{against(shown, view)}{interval}"
        ),
        drawn_as=Ranked(
            "name",
            "rank",
            "value",
            "lower",
            "upper",
            "n",
            "whole",
            "whole_name",
            value_heading=shown.heading,
            unit=printed_unit(shown),
            percent=percent,
            signed=shown.form == "change",
        ),
        headings=_headings(shown),
        measures=(shown.measure.key,),
        definition=definition_of(shown),
        percent=("value", "lower", "upper") if percent else (),
        note=lambda frame: area_words.what_the_line_is(frame, shown.measure, shown.form),
        source="",
        without="No districts are known",
    )


def _headings(shown: Shown) -> dict[str, str]:
    measure, form = shown.measure, shown.form
    headings = {"rank": "Rank", "name": "District", "county_name": "County"}
    headings["value"] = {
        "value": measure.title,
        "rate": "Per 10,000 people",
        "change": f"Change in {unit(measure, 'change')}".replace("in change", "of number"),
    }[form]
    if not (form == "value" and counts_things(measure)):
        headings |= {"lower": "95% from", "upper": "95% to"}
    if form == "rate":
        headings |= {"n": "Number", "population": "People living there"}
    elif form == "change":
        headings |= {"now": "Now", "before": "Before"}
    elif not counts_things(measure):
        headings |= {"n": "n"}
    return headings


@cache
def table(shown: Shown) -> Panel:
    measure = shown.measure
    headings = {"name": "District", "county_name": "County", "now": measure.title}
    if counts_things(measure):
        headings |= {
            "rate": "Per 10,000 people",
            "rate_lower": "95% from",
            "rate_upper": "95% to",
            "population": "People living there",
        }
    else:
        headings |= {"lower": "95% from", "upper": "95% to", "n": "n"}
    headings |= {"before": "Before", "change": _change_heading(measure)}
    shares: tuple[str, ...] = ("change",) if counts_things(measure) else ()
    if measure.is_fraction:
        shares = ("now", "lower", "upper", "before")
    return Panel(
        "area-table",
        question="What are the numbers, district by district?",
        result=lambda view: areas.all_forms(view, measure),
        reading=area_words.how_many_rose,
        caption=lambda view: (
            f"{measure.title}, {period_of(view, measure)}; before: {period_before(view, measure)}. "
            "Click a heading to sort by it"
        ),
        drawn_as=Table(sortable=True, named="name", columns=_opening(headings, shares)),
        headings=headings,
        measures=(measure.key,),
        definition=REST["rate"] if counts_things(measure) else REST["change"],
        percent=shares,
        without="No districts are known",
    )


def _opening(headings: Mapping[str, str], shares: Collection[str]) -> tuple[Column, ...]:
    """The columns whose numbers lead to records: those of now, or of the period before."""
    return tuple(
        Column(name, heading, percent=name in shares, opens=True, of=_OF[name])
        for name, heading in headings.items()
        if name in _OF
    )


# Of how many records each number is, by the column that says so.
_OF = {"now": "n", "rate": "n", "n": "n", "before": "n_before", "change": "n"}


def _change_heading(measure: Measure) -> str:
    return "Change, points" if measure.is_fraction else "Change"
