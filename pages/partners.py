"""Partners: what agencies send and do, where they are late, and what MARAC hears."""

from dashboard.panels import partners as panels
from dashboard.shell.pick import pick
from dashboard.shell.screen import Screen
from dashboard.shell.visit import current
from queries import (
    action_kinds,
    marac,
    partner_activity,
    partner_areas,
    partners,
    stretches,
    waits,
)
from queries.periods import Period

role = current().viewer.role
agencies = panels.AGENCIES if role.sees_referrals else panels.OWN_AGENCIES
numbers = panels.NUMBERS if role.sees_referrals else panels.OWN_NUMBERS
screen = Screen(
    panels.headline, panels.ALL if role.sees_referrals else panels.OWN, panels.HEADLINES
)


def show_agencies() -> None:
    if bar := screen.show(agencies, chooses="agency_name", records="records"):
        rows = partners.agency_rows(screen.lens, bar.value, bar.part)
        screen.open_rows(agencies, bar, rows, partners.facts_of(bar.part), bar.value)


def show_areas() -> None:
    number = pick("By agency and area", numbers, "partner-number")
    panel = panels.AREAS[number]
    if cell := screen.show(panel, chooses="cell", records="records"):
        agency, area = cell.value["agency_name"], cell.value["area_name"]
        rows = partner_areas.area_rows(screen.lens, number, agency, area)
        screen.open_rows(panel, cell, rows, partners.FACTS[number], f"{agency}, {area}")


def show_kinds() -> None:
    if bar := screen.show(panels.KINDS, chooses="kind", records="actions"):
        rows = action_kinds.kind_rows(screen.lens, bar.value, bar.part)
        screen.open_rows(panels.KINDS, bar, rows, "actions", bar.value)


def show_marac() -> None:
    if bar := screen.show(panels.HEARD, chooses="start", records="hearings"):
        rows = marac.month_rows(screen.lens, bar.value, bar.part)
        days = stretches.beginning(screen.lens, "month", bar.value, bar.part)
        screen.open_rows(panels.HEARD, bar, rows, "marac", marac.named(bar.value), days)
    area = pick("MARAC by", panels.AREA_NAMES, "marac-area")
    panel = panels.MARAC_BY[area]
    left, right = screen.row(7, 5)
    with left:
        if bar := screen.show(panel, 7 / 12, chooses="name", records="hearings"):
            rows = marac.area_rows(screen.lens, area, bar.value, bar.part)
            screen.open_rows(panel, bar, rows, "marac", bar.value)
    with right:
        if bar := screen.show(panels.TO_HEARING, 5 / 12, chooses="from_days", records="hearings"):
            rows = waits.within(screen.lens, "hearing", bar.value, bar.part)
            named = waits.named(screen.frames[panels.TO_HEARING.key], bar.value, bar.part)
            screen.open_rows(panels.TO_HEARING, bar, rows, "marac", named)


def show_activity() -> None:
    if cell := screen.show(panels.ACTIVITY, chooses="agency_name", records="records"):
        rows = partner_activity.days_of(screen.lens, cell.value)
        days = Period(screen.visit.launch, screen.lens.as_at)
        screen.open_rows(panels.ACTIVITY, cell, rows, "agency_days", cell.value, days)


if screen.head():
    show_agencies()
    screen.show_trend(panels.ON_TIME)
    show_areas()
    show_kinds()
    show_marac()
    show_activity()
