"""Rollout: is Drive live everywhere, and are referrals and places on course?"""

from dashboard.panel import Panel
from dashboard.panels import rollout
from dashboard.shell.screen import Screen
from queries import course, pathway, places, sources
from queries.periods import Period
from queries.scope import EVERYWHERE

screen = Screen(rollout.headline, rollout.ALL, rollout.HEADLINES)
lens, launch = screen.lens, screen.visit.launch


def show_course(panel: Panel, share: float = 1) -> None:
    if point := screen.show(panel, share, chooses="point", records="records"):
        county, on = point.value["county"], point.value["on"]
        rows = course.rows_to(lens, county, on, point.part)
        facts = "allocations" if point.part == "allocations" else "referrals"
        screen.open_rows(panel, point, rows, facts, county, Period(launch, on))


def show_runway() -> None:
    if point := screen.show(rollout.RUNWAY, chooses="point"):
        county, on = point.value["county"], point.value["on"]
        rows = places.active_on(lens, county, on)
        screen.open_rows(rollout.RUNWAY, point, rows, "caseload", county, Period(on, on))


def show_outlook() -> None:
    if cell := screen.show(rollout.OUTLOOK, 7 / 12, chooses="area"):
        rows, facts = places.behind_outlook(lens, cell.value, cell.part)
        days = places.allocated_in(lens) if facts == "allocations" else None
        named = screen.visit.area_words if cell.value == EVERYWHERE else cell.value
        screen.open_rows(rollout.OUTLOOK, cell, rows, facts, named, days)


def show_pathway() -> None:
    left, right = screen.row(7, 5)
    with left:
        if bar := screen.show(rollout.PATHWAY, 7 / 12, chooses="stage", records="referrals"):
            rows = pathway.stage_rows(lens, bar.value, bar.part)
            facts = pathway.facts_of(bar.part)
            screen.open_rows(rollout.PATHWAY, bar, rows, facts, bar.value)
    with right:
        if bar := screen.show(rollout.SOURCES, 5 / 12, chooses="sector", records="referrals"):
            rows = sources.sector_rows(lens, bar.value, bar.part)
            days = sources.sector_days(lens, bar.part).period
            screen.open_rows(rollout.SOURCES, bar, rows, "referrals", bar.value, days)


def show_agencies() -> None:
    if cell := screen.show(rollout.BY_MONTH, chooses="cell", records="referrals"):
        agency, month = cell.value["agency_name"], cell.value["month"]
        rows = sources.month_rows(lens, agency, month)
        days = sources.month_of(lens, month)
        screen.open_rows(rollout.BY_MONTH, cell, rows, "referrals", agency, days)
    if cell := screen.show(rollout.FIRST_REFERRALS, chooses="cell", records="referrals"):
        rows = sources.first_rows(lens, **cell.value)
        named = sources.cell_named(screen.frames[rollout.FIRST_REFERRALS.key], cell.value)
        days = Period(launch, lens.as_at)
        screen.open_rows(rollout.FIRST_REFERRALS, cell, rows, "referrals", named, days)


if screen.head():
    show_course(rollout.COURSE)
    show_pathway()
    show_runway()
    left, right = screen.row(7, 5)
    with left:
        show_outlook()
    with right:
        show_course(rollout.SINCE_OWN_LAUNCH, 5 / 12)
    show_agencies()
