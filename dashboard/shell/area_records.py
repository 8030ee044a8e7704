"""The records behind a district's number."""

from dataclasses import replace
from datetime import date

from dashboard.shell.filters import districts
from dashboard.shell.records import open_list
from dashboard.shell.screen import Screen
from queries.behind import COLUMNS, behind
from queries.measure import Measure
from queries.periods import DAY, Period, before, months_before, one
from queries.side_by_side import WHOLE

# Its n counts incidents, of which one record holds several.
_NO_ROW_EACH = ("police_incidents_change",)


def opens(measure: Measure) -> bool:
    """Whether the rows behind the measure's n can be listed, one for each."""
    return measure.facts in COLUMNS and measure.key not in _NO_ROW_EACH


def open_district(screen: Screen, measure: Measure, key: str, part: str | None = None) -> None:
    """The list behind the number of a district; `key` is its code, or code and month.

    Where `part` is "before", the number is that of the period before.
    """
    area, _, first = key.partition(" ")
    days = Period(screen.lens.start, screen.lens.end)
    if first:
        start = date.fromisoformat(first)
        days = Period(start, months_before(start, -1) - DAY)
    open_districts(screen, measure, (area,), before(days) if part == "before" else days)


def open_beside(screen: Screen, measure: Measure, place: str) -> None:
    """The list behind a number of the areas beside each other; `place`: a key, or "whole"."""
    if place == WHOLE:
        open_districts(screen, measure, screen.visit.filters.areas)
        return
    county = {area.code for area in screen.visit.areas if area.county == place}
    in_view = tuple(area for area in screen.lens.areas if area in county)
    # A county of which only some districts are in view is not called by its name.
    open_districts(screen, measure, in_view if 0 < len(in_view) < len(county) else (place,))


def open_districts(
    screen: Screen, measure: Measure, areas: tuple[str, ...], days: Period | None = None
) -> None:
    """The list behind the number of these districts or counties, by code or key; none are all.

    It is of the view's period, or of these days.
    """
    days = days or Period(screen.lens.start, screen.lens.end)
    shown = days.end if measure.reads == "state" else days.start
    filters = replace(screen.visit.filters, areas=areas, start=shown, end=days.end)
    lens = screen.lens
    if areas:  # without any, records of no known district belong to the number as well
        lens = lens.of(frozenset(districts(filters, screen.visit.areas)) & frozenset(lens.areas))
    lens = lens.over(days.start, days.end)
    rows = behind(measure, lens, one(days.start, days.end)).collect()
    visit = replace(screen.visit, filters=filters, lens=lens)
    open_list(measure.title, rows, COLUMNS[measure.facts], measure.key, visit)
