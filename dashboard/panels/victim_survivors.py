"""Who is harmed, are they safer, and is the IDVA in touch with them?"""

from collections.abc import Mapping

import polars as pl

from dashboard.drawings import Bars, Column, Columns
from dashboard.panel import Panel
from queries import safety, victim_survivors, words
from queries.view import View

PARTS = {"adults": "adults", "children": "children"}
BOTH = (Column("adults", "adults", opens=True), Column("children", "children", opens=True))
_PEOPLE = pl.col("adults").sum() + pl.col("children").sum()
ONCE = "People are counted once each, however many cases they are linked to."


def _on_the_day(view: View) -> str:
    return f"People linked to an active case on {words.day(view.end)}"


STANDINGS = "safety-standings"  # a panel that depends on the service's settings


def standings(days: int) -> Panel:
    """The panel of safety contacts, for the `days` that the service set between them."""
    within = words.counted(days, "day")
    return Panel(
        STANDINGS,
        question="Whom has the IDVA reached in time, and who has had no contact?",
        result=safety.standings,
        reading=safety.who_has_none,
        caption=lambda view: (
            f"{_on_the_day(view)}; a safety contact is due every {within}, with an adult of the "
            "case for children"
        ),
        drawn_as=Bars("standing", PARTS, columns=BOTH, strong="none", height=300),
        headings={"standing": "Standing", "adults": "Adults", "children": "Children"},
        definition=f"Reached in time: the last contact was at most {within} ago. Overdue: longer. "
        f"Never reached: not within {within} of being linked, nor since. Declined support: when "
        "last in touch; nothing is due until they are reached again. A child counts as reached, "
        "too, when an adult linked to the same case was. Each person once, by the worst of their "
        "cases. The days are set by your service.",
        note=lambda frame: f"n = {words.figure(frame.select(_PEOPLE).item())}.",
        without="No safety contacts are recorded",
    )


TIME_TO_IDVA = Panel(
    "time-to-idva",
    question="How soon do adults have an IDVA?",
    result=safety.time_to_idva,
    reading=safety.how_soon,
    caption=lambda view: f"Adults first linked {words.period(view.start, view.end)}",
    drawn_as=Bars(
        "band", {"adults": "adults"}, columns=(Column("adults", "adults", bold=True, opens=True),)
    ),
    headings={"band": "From link to an IDVA’s support", "adults": "Adults"},
    measures=("days_to_idva", "idva_engaged_rate"),
    definition="Each adult linked to an active case in the period once, from the first of these "
    "links. Not engaged: not by the end of the period. The share is of those linked at least two "
    "weeks before it.",
    note=lambda frame: (
        f"n = {words.figure(int(frame['of'][0]))}, {words.figure(int(frame['due'][0]))} of them "
        "linked at least two weeks before the end."
    ),
    without="No adult was linked in this period",
)

BY_MONTH = Panel(
    "people-by-month",
    question="How many people are linked to active cases, month by month?",
    result=victim_survivors.by_month,
    reading=victim_survivors.how_many,
    caption=lambda view: f"People at the end of each month, to {words.month(view.end)}",
    drawn_as=Columns("month", PARTS, total="people", height=300),
    headings={
        "month": "Month from",
        "adults": "Adults",
        "children": "Children",
        "people": "People",
        "note": "Noted",
    },
    measures=("adult_victim_survivors", "child_victim_survivors"),
    note=lambda frame: "The last month is not over." if frame["partial"].any() else "",
)

LIVING = Panel(
    "living",
    question="Who lives with the service user, and who elsewhere?",
    result=victim_survivors.living,
    reading=victim_survivors.who_lives_with,
    caption=_on_the_day,
    drawn_as=Bars("living", PARTS, columns=BOTH, height=300),
    headings={"living": "Lives", "adults": "Adults", "children": "Children"},
    definition=f"{ONCE} Who has several cases lives with a service user if they do so in one of "
    "them. The share is of those of whom it is recorded.",
)

IN_TIME = Panel(
    "safety-contacts-by-month",
    question="Are safety contacts made in time, month by month?",
    result=safety.in_time_by_month,
    reading=safety.how_often_in_time,
    caption=lambda view: f"Share made in time of those due, to {words.month(view.end)}",
    drawn_as=Columns("month", {"share": "in time"}, total="share", percent=True, height=300),
    headings={
        "month": "Month from",
        "kept": "Made in time",
        "due": "Due",
        "share": "Share in time",
        "note": "Noted",
    },
    percent=("share",),
    measures=("safety_contacts_on_time_rate",),
    note=lambda frame: f"{words.n_of(int(frame['due'].sum()), 'contact')} due.",
    without="No safety contacts are recorded",
)

RELATIONSHIPS = Panel(
    "relationships",
    question="Who are they to the service user?",
    result=victim_survivors.relationships,
    reading=victim_survivors.how_related,
    caption=_on_the_day,
    drawn_as=Bars("relationship", PARTS, columns=BOTH, height=300),
    headings={"relationship": "Relationship", "adults": "Adults", "children": "Children"},
    definition="A person linked to several cases stands under each relationship they have, and "
    "once under each.",
)

AREAS = Panel(
    "people-by-area",
    question="Where do they live, and is the IDVA in touch with them there?",
    result=victim_survivors.by_area,
    reading=victim_survivors.where_most_are,
    caption=lambda view: f"{_on_the_day(view)}; contacts due {words.period(view.start, view.end)}",
    drawn_as=Bars(
        "name",
        PARTS,
        columns=(
            *BOTH,
            Column("people", "people", bold=True, opens=True),
            Column("year_before", "year\nearlier", opens=True),
            Column("idva", "adults with\nan IDVA", percent=True, opens=True, of="idva_of"),
            Column("days", "days to\nan IDVA", opens=True, of="days_of", places=0),
            Column("in_time", "contacts\nin time", percent=True, opens=True, of="in_time_of"),
        ),
        height=440,
    ),
    headings={
        "name": "District",
        "adults": "Adults",
        "children": "Children",
        "people": "People",
        "year_before": "People a year earlier",
        "idva": "Adults with an IDVA",
        "days": "Median days to an IDVA",
        "in_time": "Safety contacts in time",
    },
    percent=("idva", "in_time"),
    measures=(
        "adult_victim_survivors",
        "child_victim_survivors",
        "idva_engaged_rate",
        "days_to_idva",
        "safety_contacts_on_time_rate",
    ),
    definition="The district is that of the case. Who has cases in two districts counts once in "
    "each, and once in the whole.",
    note=victim_survivors.whole_and_sum,
)


# The measure of each rate by district, by its column.
RATE_OF = {column: measure for measure, column in victim_survivors.RATES.items()}


def headline(frames: Mapping[str, pl.DataFrame]) -> str:
    """The page in a sentence: how many adults and children there are, and who is not in touch."""
    late = safety.how_many_have_none(frames[STANDINGS])
    return victim_survivors.headline(frames[BY_MONTH.key], late)


HEADLINES = (
    "adult_victim_survivors",
    "child_victim_survivors",
    "idva_engaged_rate",
    "safety_contacts_on_time_rate",
)
ALL = (TIME_TO_IDVA, BY_MONTH, LIVING, IN_TIME, RELATIONSHIPS, AREAS)
