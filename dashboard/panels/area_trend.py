"""Each district month by month, on one scale."""

from functools import cache

from dashboard.drawings import Multiples
from dashboard.panel import Panel
from dashboard.panels.area_shown import Shown
from queries import area_trend, notes
from queries.areas import counts_things, unit
from queries.measure import Measure


@cache
def trend(shown: Shown) -> Panel:
    measure, rate = shown.measure, shown.form == "rate"
    said = f"{measure.title} {unit(measure, 'rate')}" if rate else measure.title
    return Panel(
        "area-trend",
        question="How has each district moved, month by month?",
        result=lambda view: area_trend.trend(view, measure, shown.form),
        reading=area_trend.who_moved,
        caption=lambda view: (
            f"{said}, {'at the end of each month' if measure.reads == 'state' else 'by month'}, "
            f"{area_trend.months_in_words(view)}, one scale"
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
        note=lambda frame: " ".join(filter(None, (_gaps(measure), notes.of_months(frame)))),
        without="No month of this period is complete",
    )


def _gaps(measure: Measure) -> str:
    if counts_things(measure):
        return "Months with none are drawn as 0."
    return "Months with nothing to measure are gaps."
