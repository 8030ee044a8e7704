"""How far the rollout is, in protected numbers: counties on their course, districts that refer."""

from dashboard.drawings import Courses, Table
from dashboard.panel import Panel
from dashboard.panels.released import SOURCE
from queries import released_course, words
from queries.released import COUNTY, RULES, TOO_FEW, Slice
from queries.view import View


def course(slice_: Slice) -> Panel:
    """Referrals and allocations of each county against the course that it is funded for."""
    county = slice_.area if slice_.level == COUNTY else ""
    return Panel(
        "released-course",
        question="Are referrals on the funded course in every county?",
        result=lambda view: released_course.course(view, slice_.end, county),
        reading=released_course.who_is_behind,
        caption=lambda view: (
            f"Running totals by quarter, {released_course.drawn(view, slice_.end, county)}; "
            "dashed: course"
        ),
        drawn_as=Courses(
            group="county",
            x="on",
            lines={"referrals": "referred", "allocations": "allocated"},
            course="course",
            headings="heading",
            attention="is_behind",
        ),
        headings={
            "county": "County",
            "on": "To",
            "referrals": "Referrals",
            "allocations": "Allocations",
            "course": "Funded course",
        },
        measures=("referrals_received", "cases_allocated"),
        definition="Sums of released quarters, so that they may be some way off; they begin after "
        f"the last quarter that is {TOO_FEW} in any county. The funded course spreads each target "
        f"evenly over its days. {RULES}",
        note=released_course.what_is_left_out,
        source=SOURCE,
        without=f"The quarters are {TOO_FEW}",
    )


def live(slice_: Slice) -> Panel:
    """The first quarter of each district with enough referrals to show."""

    def caption(view: View) -> str:
        last = released_course.last_day(view, slice_.end)
        until = f", to {words.day(last)}" if last else ""
        return f"Districts by their first quarter with enough referrals to be shown{until}"

    return Panel(
        "released-live",
        question="Since when has each district had enough referrals to be shown?",
        result=lambda view: released_course.live(view, slice_.end),
        reading=released_course.how_many_refer,
        caption=caption,
        drawn_as=Table(),
        headings={
            "name": "District",
            "county_name": "County",
            "first": "First quarter with enough to be shown",
            "last": "Referrals in the last quarter",
        },
        measures=("referrals_received",),
        definition="A district may have had a few referrals in a quarter before, and may "
        f"have been live before any. {RULES}",
        source=SOURCE,
        without="No quarter has been released yet",
    )
