"""Where is Drive used most, where does that change, and which districts differ by more?"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from dashboard.drawings import AreaMap, Funnel, Multiples, Ranked, Table
from dashboard.panel import Panel
from queries import area_funnel, area_trend, areas, side_by_side, words
from queries.areas import Form, counts_things, is_percent, unit
from queries.measure import Measure
from queries.measures import ALL, MEASURES
from queries.periods import Period, before
from queries.view import View

USUAL = "referrals_received"
USUAL_FUNNEL = "planned_completion_rate"
OWED = (
    "Source: case database; Office for National Statistics licensed under the Open Government "
    "Licence v.3.0. Contains OS data © Crown copyright and database right 2026."
)
MAIN = (
    "referrals_received",
    "cases_allocated",
    "active_cases",
    "unallocated_cases",
    "days_referral_to_allocation",
    "cases_closed",
    "planned_completion_rate",
    "direct_engagement_rate",
    "contacts_on_time_rate",
    "reviews_on_time_rate",
    "idva_engaged_rate",
    "risk_reduced_rate",
    "marac_repeat_rate",
    "partner_actions_on_time_rate",
)
_REST = {
    "people": "Districts may add up to more than the whole, which counts each person once. ",
    "rate": "Rates are for each 10,000 people who live there (Office for National Statistics); "
    "intervals are Poisson: exact below ten, Byar’s from ten on. ",
    "change": "Change is against the period before; its interval is exact for counts of events "
    "and Newcombe’s for shares, and is left out where the same cases stand in both. ",
}


@dataclass(frozen=True)
class Shown:
    """What the switches of the page are set to."""

    measure: Measure
    form: Form
    funnel: Measure
    everywhere: str

    @property
    def said(self) -> str:
        """Measure and unit: "Referrals received per 10,000 people"."""
        if self.form == "change":
            return f"{self.measure.title}, change in {unit(self.measure, self.form)}".replace(
                "change in change", "change"
            )
        if self.form == "rate":
            return f"{self.measure.title} {unit(self.measure, self.form)}"
        return self.measure.title

    @property
    def heading(self) -> str:
        """A short heading for a column of values."""
        if self.form == "change":
            return "points" if self.measure.is_fraction else "change"
        if self.form == "rate":
            return "rate"
        return self.measure.unit if not counts_things(self.measure) else "number"


FUNNELS = tuple(measure for measure in ALL if area_funnel.has_funnel(measure))


def form_title(measure: Measure, form: Form) -> str:
    """What a form of the measure is called on the switch."""
    if form == "value":
        return "Number" if counts_things(measure) else "Value"
    return {"rate": "Per 10,000 people", "change": "Change"}[form]


def usual_funnel(measure: Measure) -> Measure:
    """The measure of the funnel where none is chosen: the page's own if it is a share."""
    own = area_funnel.has_funnel(measure) and not counts_things(measure)
    return measure if own else MEASURES[USUAL_FUNNEL]


@dataclass(frozen=True)
class AreaPanels:
    """The panels of the page for what its switches are set to."""

    map: Panel
    ranked: Panel
    trend: Panel
    funnel: Panel
    sides: Panel
    table: Panel

    @property
    def all(self) -> tuple[Panel, ...]:
        return (self.map, self.ranked, self.trend, self.funnel, self.sides, self.table)


def panels(shown: Shown, view: View) -> AreaPanels:
    """The panels for a measure in a form. Of the view only the names of its areas are read."""
    return AreaPanels(
        _map(shown),
        _ranked(shown),
        _trend(shown),
        _funnel(shown),
        _sides(side_by_side.places(view)[1]),
        _table(shown),
    )


def _period(view: View, measure: Measure) -> str:
    if measure.reads == "state":
        return f"on {words.day(view.end)}"
    return words.period(view.start, view.end)


def _against(shown: Shown, view: View) -> str:
    if shown.form != "change":
        return ""
    last = before(Period(view.start, view.end))
    then = (
        words.day(last.end)
        if shown.measure.reads == "state"
        else words.period(last.start, last.end)
    )
    return f", against {then}"


def _definition(shown: Shown) -> str:
    said = _REST["people"] if shown.measure.fold == "people" else ""
    return (said + _REST.get(shown.form, "")).strip()


def _map(shown: Shown) -> Panel:
    return Panel(
        "area-map",
        question="Where is it highest?",
        result=lambda view: areas.by_district(view, shown.measure, shown.form, shown.everywhere),
        reading=areas.who_rose_most if shown.form == "change" else areas.who_is_highest,
        caption=lambda _: f"{shown.said}; the number is the district’s rank",
        drawn_as=AreaMap(
            "area",
            "name",
            "value",
            "rank",
            unit=_unit(shown),
            percent=is_percent(shown.measure, shown.form),
            signed=shown.form == "change",
        ),
        headings=_headings(shown),
        measures=(shown.measure.key,),
        definition=_definition(shown),
        percent=("value", "lower", "upper") if is_percent(shown.measure, shown.form) else (),
        source=OWED,
        without="No districts are known",
    )


def _unit(shown: Shown) -> str:
    return "" if is_percent(shown.measure, shown.form) else unit(shown.measure, shown.form)


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


def _ranked(shown: Shown) -> Panel:
    percent = is_percent(shown.measure, shown.form)
    interval = (
        "" if shown.form == "value" and counts_things(shown.measure) else ", with 95% interval"
    )
    return Panel(
        "area-ranked",
        question="How do the districts rank, and how sure is that?",
        result=lambda view: areas.by_district(view, shown.measure, shown.form, shown.everywhere),
        reading=areas.who_differs,
        caption=lambda view: words.sentence(
            f"{_period(view, shown.measure)}{_against(shown, view)}{interval}"
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
            unit=_unit(shown),
            percent=percent,
            signed=shown.form == "change",
        ),
        headings=_headings(shown),
        measures=(shown.measure.key,),
        definition=_definition(shown),
        percent=("value", "lower", "upper") if percent else (),
        note=lambda frame: areas.what_the_line_is(frame, shown.measure),
        source="",
        without="No districts are known",
    )


def _trend(shown: Shown) -> Panel:
    measure, rate = shown.measure, shown.form == "rate"
    said = f"{measure.title} {unit(measure, 'rate')}" if rate else measure.title
    return Panel(
        "area-trend",
        question="How has each district moved, month by month?",
        result=lambda view: area_trend.trend(view, measure, shown.form),
        reading=area_trend.who_moved,
        caption=lambda view: (
            f"{said}, {'at the end of each month' if measure.reads == 'state' else 'by month'}, "
            f"last 12 complete months to {words.day(view.end)}, one scale"
        ),
        drawn_as=Multiples(
            "county_name",
            "name",
            "month",
            "value",
            note="note",
            unit=unit(measure, "rate") if rate else "",
            percent=measure.is_fraction,
        ),
        headings={
            "name": "District",
            "county_name": "County",
            "month": "Month from",
            "value": "Per 10,000 people" if rate else measure.title,
            "n": "Number" if counts_things(measure) else "n",
            "note": "Noted",
        },
        measures=(measure.key,),
        definition="A district has risen or fallen where one of its last three months breaks a "
        "rule of its control chart (XmR) over the months shown. Complete months only. Dotted "
        "lines: what was noted on a day.",
        percent=("value",) if measure.is_fraction else (),
        note=lambda frame: " ".join(filter(None, (_gaps(measure), area_trend.annotated(frame)))),
        without="No month of this period is complete",
    )


def _gaps(measure: Measure) -> str:
    if counts_things(measure):
        return "Months with none are drawn as 0."
    return "Months with nothing to measure are gaps."


def _funnel(shown: Shown) -> Panel:
    measure = shown.funnel
    by_head = counts_things(measure)
    sizes = "people living there" if by_head else area_funnel.out_of(measure)
    return Panel(
        "area-funnel",
        question="Which districts differ from the whole by more than chance?",
        result=lambda view: area_funnel.funnel(view, measure, shown.everywhere),
        reading=area_funnel.who_stands_out,
        caption=lambda view: (
            f"{measure.title}{' per 10,000 people' if by_head else ''}, by "
            f"{sizes}, {_period(view, measure)}"
        ),
        drawn_as=Funnel(
            "name",
            "n",
            "value",
            "centre",
            "says",
            "far",
            scale=areas.PER if by_head else 1,
            n_heading=sizes,
        ),
        headings={
            "name": "District",
            "n": "People living there" if by_head else "n",
            "count": "Number",
            "value": "Per 10,000 people" if by_head else measure.title,
            "centre": "All",
            "lower_95": "95% from",
            "upper_95": "95% to",
            "lower_998": "99.8% from",
            "upper_998": "99.8% to",
            "outside": "Outside limit",
        },
        measures=(measure.key,),
        definition="The centre is the value of all that is in view. Limits are exact binomial "
        "(Spiegelhalter 2005): a district whose cases came about as in the whole lies outside the "
        "95% limits once in 20, outside the 99.8% limits once in 500.",
        percent=()
        if by_head
        else ("value", "centre", "lower_95", "upper_95", "lower_998", "upper_998"),
        note=lambda frame: (
            f"n = {words.figure(float(frame['n'].sum()))}. Exact binomial limits around "
            f"{frame['whole_name'][0]}."
        ),
        without="No district has anything to compare in this period",
    )


def _sides(places: Mapping[str, str]) -> Panel:
    measures = [MEASURES[key] for key in MAIN]
    return Panel(
        "side-by-side",
        question="How do the areas compare, measure by measure?",
        result=lambda view: side_by_side.side_by_side(view, measures),
        reading=side_by_side.what_stands_apart,
        caption=lambda view: (
            f"{words.period(view.start, view.end)}; active cases and people on the last day"
        ),
        drawn_as=Table(),
        headings={"title": "Measure", **places, "whole": "All in view"},
        measures=MAIN,
        definition="“Above” and “below” stand with values whose 95% interval leaves out that of "
        "all in view; of 20 such comparisons about one does so by chance.",
        without="No districts are known",
    )


def _table(shown: Shown) -> Panel:
    measure = shown.measure
    percent = measure.is_fraction
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
    headings |= {"before": "Before", "change": _headings_change(measure)}
    return Panel(
        "area-table",
        question="What are the numbers, district by district?",
        result=lambda view: areas.all_forms(view, measure),
        reading=lambda frame: f"{measure.title}, {words.counted(frame.height, 'district')}",
        caption=lambda view: (
            f"{words.sentence(_period(view, measure))}; click a heading to sort by it"
        ),
        drawn_as=Table(sortable=True),
        headings=headings,
        measures=(measure.key,),
        definition=_REST["rate"] if counts_things(measure) else _REST["change"],
        percent=("now", "lower", "upper", "before")
        if percent
        else (("change",) if counts_things(measure) else ()),
        without="No districts are known",
    )


def _headings_change(measure: Measure) -> str:
    return "Change, points" if measure.is_fraction else "Change"


HOW_TO_READ = (
    "A district **inside** the limits differs from the whole by no more than chance would "
    "explain. Do not rank those districts against each other.",
    "A district **outside the 99.8% limits** is worth a conversation: about its cases, its "
    "recording, and who is referred there. It is not a verdict on anybody’s work.",
    "Between the two limits a district may be watched: among 20, about one lies there by chance.",
    "Few cases give wide limits: there, only a large difference can be told from chance.",
)


def headline(shown: Shown, frames: Mapping[str, pl.DataFrame]) -> str:
    """The page in a sentence: who has most, and who stands outside the funnel."""
    rows = frames["area-map"]
    known = rows.filter(pl.col("value").is_not_null())
    title = shown.measure.title
    if known.is_empty():
        return words.fit(f"{title}: not known for these districts", title, limit=words.TITLE)
    top = known.row(0, named=True)
    if known.height == 1:
        said = areas.written(top["value"], shown.measure, shown.form)
        how = f" {unit(shown.measure, 'rate')}" if shown.form == "rate" else ""
        return words.fit(
            f"{top['name']}: {title[:1].lower()}{title[1:]} {said}{how}",
            f"{top['name']}: {said}{how}",
            limit=words.TITLE,
        )
    per = " per person" if shown.form == "rate" else ""
    if shown.form == "change":
        said = areas.written(top["value"], shown.measure, shown.form)
        most = f"most in {top['name']}, {said}" if top["value"] > 0 else "no district has risen"
        first = f"{title}: {most}"
    elif counts_things(shown.measure):
        first = f"{top['name']} has the most {title[:1].lower()}{title[1:]}{per}"
    else:
        first = f"{title}: highest in {top['name']}"
    out = frames["area-funnel"]
    far = out.filter("far")
    other = shown.funnel.title
    other = f"{other[:1].lower()}{other[1:]}"
    second = (
        f"no district’s {other} stands out"
        if far.is_empty()
        else f"{other} stands out in {words.counted(far.height, 'district')}"
        if far.height > 1
        else f"{other} stands out in {far['name'][0]}"
    )
    return words.fit(
        f"{first}; {second}",
        first,
        f"{top['name']} is highest{per}",
        limit=words.TITLE,
    )
