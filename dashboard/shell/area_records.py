"""The records behind a district's number."""

from datetime import date

from dashboard.shell.records import open_list
from dashboard.shell.screen import Screen
from queries.behind import COLUMNS, behind
from queries.measures import Measure
from queries.periods import DAY, months_before, one
from queries.words import month

# Its n counts incidents, of which one record holds several.
_NO_ROW_EACH = ("police_incidents_change",)


def opens(measure: Measure) -> bool:
    """Whether the rows behind the measure's n can be listed, one for each."""
    return measure.facts in COLUMNS and measure.key not in _NO_ROW_EACH


def open_district(screen: Screen, measure: Measure, key: str) -> None:
    """The list behind the number of a district; `key` is its code, or code and month."""
    area, _, first = key.partition(" ")
    lens, name = screen.lens.of(frozenset({area})), ""
    for each in screen.visit.areas:
        name = each.name if each.code == area else name
    period = one(lens.start, lens.end)
    if first:
        start = date.fromisoformat(first)
        period = one(start, months_before(start, -1) - DAY)
        name = f"{name}, {month(start)}"
    rows = behind(measure, lens, period).collect()
    open_list(f"{measure.title}: {name}", rows, COLUMNS[measure.facts], measure.key, screen.visit)
