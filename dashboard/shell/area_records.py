"""The records behind a district's number."""

from dataclasses import replace
from datetime import date

from dashboard.shell.records import open_list
from dashboard.shell.screen import Screen
from queries.behind import COLUMNS, behind
from queries.measure import Measure
from queries.periods import DAY, months_before, one

# Its n counts incidents, of which one record holds several.
_NO_ROW_EACH = ("police_incidents_change",)


def opens(measure: Measure) -> bool:
    """Whether the rows behind the measure's n can be listed, one for each."""
    return measure.facts in COLUMNS and measure.key not in _NO_ROW_EACH


def open_district(screen: Screen, measure: Measure, key: str) -> None:
    """The list behind the number of a district; `key` is its code, or code and month."""
    area, _, first = key.partition(" ")
    start, end = screen.lens.start, screen.lens.end
    if first:
        start = date.fromisoformat(first)
        end = months_before(start, -1) - DAY
    lens = screen.lens.of(frozenset({area})).over(start, end)
    shown = end if measure.reads == "state" else start
    filters = replace(screen.visit.filters, areas=(area,), start=shown, end=end)
    rows = behind(measure, lens, one(start, end)).collect()
    visit = replace(screen.visit, filters=filters, lens=lens)
    open_list(measure.title, rows, COLUMNS[measure.facts], measure.key, visit)
