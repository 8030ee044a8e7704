"""Caseload: who is full, who has room, who waits, and which case has gone quiet?"""

from dashboard.access import Role
from dashboard.panels import caseload
from dashboard.shell.screen import Screen
from dashboard.shell.visit import current
from queries import workers

role = current().viewer.role
panels = caseload.panels(
    workers=role.sees_workers, waiting=role.sees_waiting, cases=role.sees_cases
)
screen = Screen(caseload.headline, panels, caseload.headlines(own=role is Role.CASE_MANAGER))
if screen.head():
    left, right = screen.row(2, 1)
    with left:
        if caseload.WORKERS in panels:
            bar = screen.show(caseload.WORKERS, 2 / 3, chooses="case_manager")
            if bar:
                rows = workers.cases_of(screen.lens, bar.value, bar.part)
                name = workers.name_of(screen.frames[caseload.WORKERS.key], bar.value)
                screen.open_rows(caseload.WORKERS, bar, rows, "caseload", name)
        else:
            screen.show(caseload.DISTRICTS, 2 / 3)
    if caseload.WAITING in panels:
        with right:
            screen.show(caseload.WAITING, 1 / 3)
    if caseload.ATTENTION in panels:
        row = screen.show(caseload.ATTENTION, chooses="case")
        if row:
            screen.show_case(row.value)
