"""Victim-survivors: who is harmed, and is the IDVA in touch with them?"""

from dashboard.panel import Panel
from dashboard.panels import victim_survivors as panels
from dashboard.shell.area_records import open_district
from dashboard.shell.screen import Screen
from dashboard.shell.support import support_line
from dashboard.shell.visit import current
from queries import safety, victim_survivors, words
from queries.measures import MEASURES
from queries.periods import Period

settings = current().snapshot.settings
STANDINGS = panels.standings(settings.safety_contact_days)
screen = Screen(panels.headline, (STANDINGS, *panels.ALL), panels.HEADLINES)
on_the_day = Period(screen.lens.end, screen.lens.end)


def show_safety() -> None:
    left, right = screen.row(7, 5)
    with left:
        if bar := screen.show(STANDINGS, 7 / 12, chooses="standing", records="people"):
            rows = safety.people_at(screen.lens, bar.value, bar.part)
            screen.open_rows(STANDINGS, bar, rows, "safety_states", bar.value, on_the_day)
    with right:
        if bar := screen.show(panels.TIME_TO_IDVA, 5 / 12, chooses="band", records="adults"):
            rows = safety.linked_within(screen.lens, bar.value)
            screen.open_rows(panels.TIME_TO_IDVA, bar, rows, "link_starts", bar.value)


def show_people(panel: Panel, column: str, share: float) -> None:
    if bar := screen.show(panel, share, chooses=column, records="people"):
        rows = victim_survivors.people_behind(screen.lens, column, bar.value, bar.part)
        screen.open_rows(panel, bar, rows, "links", bar.value, on_the_day)


def show_areas() -> None:
    if bar := screen.show(panels.AREAS, chooses="area", records="people"):
        if measure := panels.RATE_OF.get(bar.part or ""):
            open_district(screen, MEASURES[measure], bar.value)
            return
        rows = victim_survivors.people_behind(screen.lens, "area", bar.value, bar.part)
        named = victim_survivors.name_of(screen.frames[panels.AREAS.key], bar.value)
        day = victim_survivors.day_of(screen.lens, bar.part)
        screen.open_rows(panels.AREAS, bar, rows, "links", named, Period(day, day))


if screen.head():
    support_line(settings)
    show_safety()
    left, right = screen.row(7, 5)
    with left:
        if bar := screen.show(panels.BY_MONTH, 7 / 12, chooses="month", records="people"):
            day = victim_survivors.last_day(screen.lens, bar.value)
            rows = victim_survivors.people_at_end(screen.lens, bar.value, bar.part)
            named = f"On {words.day(day)}"
            screen.open_rows(panels.BY_MONTH, bar, rows, "links", named, Period(day, day))
    with right:
        show_people(panels.LIVING, "living", 5 / 12)
    left, right = screen.row(1, 1)
    with left:
        show_people(panels.RELATIONSHIPS, "relationship", 1 / 2)
    with right:
        if bar := screen.show(panels.IN_TIME, 1 / 2, chooses="month", records="contacts due"):
            days = safety.days_of(screen.lens, bar.value)
            screen.open_measure(panels.IN_TIME.measures[0], days)
    show_areas()
