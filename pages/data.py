"""Data: how fresh and complete are the records, where do they contradict, what came in?"""

from dashboard.shell.data_screen import DataScreen
from dashboard.shell.keeping.page import notes_section
from dashboard.shell.loading import load_files
from dashboard.shell.quality import show_contradictions, show_corrections, show_fields, show_imports

screen = DataScreen()
role = screen.role
if screen.head():
    if role.sees_data_quality:
        show_fields(screen)
        show_contradictions(screen)
    screen.show(screen.fresh)
if role.sees_data_quality:
    show_imports(screen)
    show_corrections(screen)
notes_section()
if role.loads_records:
    load_files(screen.visit.snapshot.made_up)
