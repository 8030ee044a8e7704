"""The pack: the meeting on slides, or all pages as a workbook, as a role may see them."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

import polars as pl

from dashboard.access.roles import PAGES, Role, may_open
from dashboard.disclosure import Release
from dashboard.disclosure.view import ReleasedView
from dashboard.export.about import About, Taken
from dashboard.export.pages import SLIDES, pages, slide_panels, taken
from dashboard.export.pdf import pdf
from dashboard.export.powerpoint import powerpoint
from dashboard.export.taking import Asked, NotTaken, Taker
from dashboard.export.workbook import workbook
from dashboard.panel import Panel
from dashboard.panels import released_areas
from dashboard.panels.released_pages import of_areas, of_subject
from dashboard.panels.released_subjects import SUBJECTS
from dashboard.panels.slide import Slide
from dashboard.panels.slides import slides
from dashboard.snapshot import Lens
from dashboard.snapshot.meetings import next_meeting, shown, starts_at
from dashboard.snapshot.releases import read_release
from dashboard.snapshot.snapshot import LONDON
from queries import released, words
from queries.measures import MEASURES
from queries.released import Slice
from queries.view import View

Writer = Callable[[list[Taken], View, About], bytes]
WRITERS: dict[str, Writer] = {".pptx": powerpoint, ".pdf": pdf, ".xlsx": workbook}
MIMES = {
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def pack(taking: Taker, asked: Asked, kind: str) -> bytes:
    """The pack that is asked for, in a kind of file: one of `WRITERS`."""
    if not taking.protected:
        return pack_of_pages(taking, taking.lens(asked), taking.areas_in_words(asked), kind)
    if asked.as_at:
        raise NotTaken(
            f"The role {asked.role.value} sees released periods only, as they were released: "
            "--as-at cannot be chosen."
        )
    release = taking.release()
    if asked.areas or asked.start or asked.end or kind == ".xlsx":
        return _pages_of_release(taking, asked, release, kind)
    return pack_of_release(taking, release, kind)


def pack_of_pages(taking: Taker, lens: Lens, areas: str, kind: str) -> bytes:
    """True counts: all pages as a workbook, or of them what makes a meeting as slides."""
    role, settings = taking.viewer.role, taking.snapshot.settings
    if kind == ".xlsx":
        shown_here = taken(pages(role, settings, lens), lens)
        return workbook(shown_here, lens, taking.about("All pages", areas))
    shown_here = taken(slide_panels(role, settings, lens), lens, SLIDES)
    return WRITERS[kind](shown_here, lens, taking.about("Meeting pack", areas))


def pack_of_release(taking: Taker, release: Release, kind: str) -> bytes:
    """The slides of the next meeting, today's if it is one, from a release."""
    on = next_meeting(taking.snapshot.settings, datetime.now(LONDON).date())
    found, view = meeting_slides(taking, release, on)
    areas = f"All {taking.snapshot.settings.whole_name}"
    return WRITERS[kind](found, view, taking.about("Meeting pack", areas, release=release))


def _pages_of_release(taking: Taker, asked: Asked, release: Release, kind: str) -> bytes:
    settings = taking.snapshot.settings
    view = taking.snapshot.released(release)
    place, whole = cut_of(view, asked, settings.whole_name)
    over = view.over(place.start, place.end)
    shown_here = released_pages(over, place, whole, settings.minimum_outcomes, taking.viewer.role)
    about = taking.about("All pages, released numbers", place.name, release=release)
    return WRITERS[kind](shown_here, over, about)


def meeting_slides(taking: Taker, release: Release, on: date) -> tuple[list[Taken], ReleasedView]:
    """The slides of a meeting on a day, from the release given and that of the one before it."""
    snapshot = taking.snapshot
    meeting = shown(taking.engine, on, starts_at(snapshot.settings))
    last = read_release(taking.engine, meeting.previous_id) if meeting.previous_id else None
    view = meeting.view(snapshot.released(release))
    previous = snapshot.released(last) if last else None
    made = slides(view, previous, meeting.settings(snapshot.settings), on, meeting.previous_on)
    return from_slides(made), view


def from_slides(made: Sequence[Slide]) -> list[Taken]:
    """Slides of the screen as they are taken away."""
    return [
        Taken(
            slide.panel,
            slide.rows,
            page="Meeting",
            sentence=slide.sentence,
            period=slide.period,
            foot=slide.source,
        )
        for slide in made
    ]


def released_pages(
    view: ReleasedView, place: Slice, whole: Slice, least: int, role: Role
) -> list[Taken]:
    """Every page of released numbers that the role may open, over one cut."""
    each: list[tuple[str, Panel]] = []
    for page in PAGES:
        if not may_open(role, page.path):
            continue
        if page.path in SUBJECTS:
            rows = of_subject(SUBJECTS[page.path], view, place, least)
        elif page.path == "areas":  # as it opens
            measure = MEASURES["referrals_received"]
            rows = of_areas(released_areas.of(view, measure, place, whole), view)
        else:
            continue
        each += [(page.title, panel) for row in rows for panel in row]
    frames = pl.collect_all([panel.result(view) for _, panel in each])
    return [
        Taken(panel, frame, page=title) for (title, panel), frame in zip(each, frames, strict=True)
    ]


def cut_of(view: View, asked: Asked, whole_name: str) -> tuple[Slice, Slice]:
    """The one cut of the release's list that is asked for, and the whole; else NotTaken."""
    offered = released.areas(view, whole_name)
    if not offered:
        raise NotTaken("The release holds no period yet: nothing can be taken from it.")
    place = _area(offered, asked.areas)
    cuts = [cut for cut in released.periods(view, place) if cut.kind != "week"]
    if asked.start is None and asked.end is None:
        return cuts[0], offered[0]
    for cut in cuts:
        if (cut.start, cut.end) == (asked.start, asked.end):
            return cut, offered[0]
    last = {cut.kind: cut for cut in reversed(cuts)}
    there = words.listed(
        [
            f"--from {cut.start.isoformat()} --to {cut.end.isoformat()} (the last {kind})"
            for kind, cut in last.items()
        ]
    )
    raise NotTaken(
        f"The role {asked.role.value} sees released periods only, in full. For {place.name} ask "
        f"for one such as {there}."
    )


def _area(offered: Sequence[Slice], named: Sequence[str]) -> Slice:
    if not named:
        return offered[0]
    if len(named) > 1:
        raise NotTaken("Protected numbers are given for one area at a time: name one --area.")
    said = named[0].strip().casefold()
    found = [place for place in offered if place.area.casefold() == said]
    found = found or [place for place in offered if place.name.casefold() == said]
    if len(found) == 1:
        return found[0]
    if found:
        choices = words.listed([f"'{place.area}' ({place.level})" for place in found])
        raise NotTaken(f"'{named[0]}' is both: say {choices}.")
    there = words.listed([place.area for place in offered if place.area])
    raise NotTaken(f"The release has no area '{named[0]}'. It has {there}.")
