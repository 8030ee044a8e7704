"""Caseload: who is full, who has room, who waits, and which case has gone quiet?"""

from dashboard.panels import caseload
from dashboard.shell.records import case_to_show
from dashboard.shell.screen import Screen
from dashboard.shell.visit import current
from queries import workers

role = current().viewer.role
panels = caseload.panels(
    workers=role.sees_workers, waiting=role.sees_waiting, cases=role.sees_cases
)
screen = Screen(caseload.headline, panels, caseload.HEADLINES)
if screen.head():
    left, right = screen.row(7, 5)
    with left:
        if caseload.WORKERS in panels:
            bar = screen.show(caseload.WORKERS, 7 / 12, chooses="case_manager")
            if bar:
                rows = workers.cases_of(screen.lens, bar.value, bar.part)
                name = workers.name_of(screen.frames[caseload.WORKERS.key], bar.value)
                screen.open_rows(caseload.WORKERS, bar, rows, "caseload", name)
        else:
            screen.show(caseload.DISTRICTS, 7 / 12)
    if caseload.WAITING in panels:
        with right:
            screen.show(caseload.WAITING, 5 / 12)
    if caseload.ATTENTION in panels:
        row = screen.show(caseload.ATTENTION, chooses="case")
        if case := case_to_show(row.value if row else None):
            screen.show(caseload.case_timeline(case))
