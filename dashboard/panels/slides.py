"""The slides of the weekly meeting, in the order of the settings.

They are made from a release alone, so that whatever is shown, projected or taken away is protected.
"""

from collections.abc import Callable
from datetime import date

from dashboard.panels import (
    slide_areas,
    slide_decisions,
    slide_lines,
    slide_split,
    slide_standing,
    slide_trend,
)
from dashboard.panels.slide import About, Agenda, Slide
from queries import meeting
from queries.view import View


def slides(
    view: View,
    previous_view: View | None,
    settings: Agenda,
    on: date,
    previous_on: date | None = None,
) -> list[Slide]:
    """The slides of the meeting on a day, in the order of the settings.

    `view` is the release that the meeting is shown, `previous_view` that of the meeting before it,
    which was held `previous_on`.
    Slides that have nothing to say (no decision, no period released yet) are left out.
    """
    name = settings.whole_name
    month = meeting.newest(view, ("month", "quarter", "year"), name)
    if month is None:
        return []
    week = meeting.newest(view, ("week", "month"), name) or month
    about = About(view, previous_view, previous_on, settings, on, week, month)
    made = (SLIDES[key][1](about) for key in settings.meeting_slides if key in SLIDES)
    return [slide for slide in made if slide is not None]


# By the names that the settings list them under: title for the settings page, and how it is made.
SLIDES: dict[str, tuple[str, Callable[[About], Slide | None]]] = {
    "where_we_are": ("Where we are", slide_standing.where_we_are),
    "what_changed": ("What changed since the last meeting", slide_standing.what_changed),
    "first_and_last": ("First and last", slide_standing.first_and_last),
    "highest_and_lowest": ("Highest and lowest for a long time", slide_standing.highest_and_lowest),
    "waiting": ("Waiting", slide_lines.waiting),
    "capacity": ("Allocated and closed", slide_lines.capacity),
    "places": ("Places by county", slide_split.places),
    "victim_survivors": ("Victim-survivors", slide_lines.victim_survivors),
    "idva_contact": ("IDVA contact", slide_lines.idva_contact),
    "areas": ("Areas", slide_areas.areas),
    "agencies": ("Partners’ actions by kind of agency", slide_split.agencies),
    "partners": ("Partners’ actions on time", slide_lines.partners),
    "trend": ("Trend with special causes", slide_trend.trend),
    "decisions": ("Decisions to take", slide_decisions.decisions),
}
