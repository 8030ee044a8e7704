"""The screens of released numbers: their panels, in rows, from top to bottom."""

from dashboard.panel import Panel
from dashboard.panels import released_areas
from dashboard.panels.released import changes, compared, over_time, split
from dashboard.panels.released_areas import Compared
from dashboard.panels.released_subjects import Subject
from queries.released import Slice
from queries.view import View


def of_subject(subject: Subject, view: View, slice_: Slice, least: int) -> list[list[Panel]]:
    """A subject's panels; `least` is the least number that an outcome is shown for."""
    first, *others = subject.own(view, slice_, least) or (None,)
    splits = [split(*each, slice_) for each in subject.splits]
    rows = [
        [first] if first else [],
        [changes(subject.measures, slice_)],
        *([over_time(key, view, slice_)] for key in subject.trends),
        [compared(key, view, slice_) for key in subject.compared],
        *(splits[start : start + 2] for start in range(0, len(splits), 2)),
        *([each] for each in others),
    ]
    return [row for row in rows if row]


def of_areas(shown: Compared, view: View) -> list[list[Panel]]:
    """The panels of the areas for what their screen is set to."""
    rows = [
        [released_areas.district_map(shown), released_areas.ranked(shown)],
        [released_areas.over_time(shown)],
    ]
    if released_areas.has_funnel(shown.measure):
        rows.append([released_areas.funnel(released_areas.of_year(shown, view))])
    return rows
