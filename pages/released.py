"""A subject in protected numbers: what a release says of it, for roles that see nothing else."""

from dashboard.panels import released_areas as areas
from dashboard.panels.released_pages import of_areas, of_subject
from dashboard.panels.released_subjects import SUBJECTS, Subject
from dashboard.shell.header import say
from dashboard.shell.page_now import page_now
from dashboard.shell.protected import current, why_none
from dashboard.shell.released_data import show_release
from dashboard.shell.released_screen import ReleasedScreen, ReleasedVisit, measure_of_areas
from dashboard.shell.support import support_line
from dashboard.shell.visit import current_standing, store


def show_subject(visit: ReleasedVisit, subject: Subject) -> None:
    view, chosen = visit.view, visit.offer.chosen
    screen = ReleasedScreen(visit, subject.says(view, chosen))
    screen.head(subject.headlines)
    if path == "victim-survivors":
        support_line(store().current().settings)
    screen.rows(of_subject(subject, view, chosen, visit.minimum_outcomes))


def show_areas(visit: ReleasedVisit) -> None:
    view, chosen, whole = visit.view, visit.offer.chosen, visit.offer.areas[0]
    measure = measure_of_areas()
    shown = areas.of(view, measure, chosen, whole)
    screen = ReleasedScreen(visit, areas.in_a_sentence(shown, view))
    screen.head((), areas.which_period(shown))
    screen.measure_switch(measure)
    screen.rows(of_areas(shown, view))


now, path = current(), page_now()
if now is None:
    say("There are no released numbers yet", why_none(), standing=current_standing())
elif path == "areas":
    show_areas(now)
elif path == "data":
    show_release(now)
else:
    show_subject(now, SUBJECTS[path])
