"""Who is full, who has room, who waits, and which case has gone quiet?"""

from collections.abc import Mapping
from functools import lru_cache, partial

import polars as pl

from dashboard.drawings import Bars, Column, Lanes, Table
from dashboard.panel import Panel
from queries import attention, timeline, waiting_list, words, workers
from queries.view import View


def _on_the_day(view: View) -> str:
    return f"Active cases on {words.day(view.as_at)}, against each worker’s own target"


WORKERS = Panel(
    "workers",
    question="Who is over target, and who has room?",
    result=workers.workers,
    reading=workers.over_target,
    caption=_on_the_day,
    drawn_as=Bars(
        "name",
        {"high_risk": "high-risk", "other": "other"},
        columns=(
            Column("cases", "cases", bold=True, opens=True),
            Column("target", "target"),
            Column("standing", "", attention="is_over", opens=True, of="cases"),
            Column("quiet", "quiet", opens=True),
            Column("overdue", "review\noverdue", opens=True),
            Column("longest", "longest\nopen, days", opens=True, of="cases"),
        ),
        mark="target",
        mark_heading="own target",
        strong="is_over",
        height=330,
    ),
    headings={
        "name": "Case manager",
        "cases": "Active cases",
        "high_risk": "High-risk",
        "target": "Own target",
        "standing": "Standing",
        "quiet": "Quiet",
        "overdue": "Review overdue",
        "longest": "Longest open, days",
    },
    measures=("active_cases", "high_risk_active_cases"),
    definition="Own target: cases of a full-time worker × hours; not for those who also work in "
    "districts that are not shown, of whom a part of the caseload is here. Quiet: "
    "no contact kept within the set time, by the risk of the case when the last one was kept. "
    "Targets and times are set by your service.",
)

DISTRICTS = Panel(
    "districts",
    question="Which districts are full, and which have room?",
    result=workers.districts,
    reading=workers.over_target,
    caption=lambda view: f"Active cases on {words.day(view.as_at)}, against the district’s places",
    drawn_as=Bars(
        "name",
        {"high_risk": "high-risk", "other": "other"},
        columns=(
            Column("cases", "cases", bold=True),
            Column("target", "places"),
            Column("standing", "", attention="is_over"),
            Column("quiet", "quiet"),
            Column("overdue", "review\noverdue"),
        ),
        mark="target",
        mark_heading="places",
        strong="is_over",
        height=400,
    ),
    headings={
        "name": "District",
        "cases": "Active cases",
        "high_risk": "High-risk",
        "target": "Places",
        "standing": "Standing",
        "quiet": "Quiet",
        "overdue": "Review overdue",
    },
    measures=("active_cases", "high_risk_active_cases"),
    note=lambda _: "Places: each case manager’s, shared equally over their districts.",
    definition="Places: cases of a full-time worker × hours, a worker’s shared equally over the "
    "districts they cover. Quiet: no contact kept within the set time, by the risk of the case "
    "when the last one was kept.",
)

WAITING = Panel(
    "waiting",
    question="Who waits for a case manager?",
    result=waiting_list.waiting_list,
    reading=waiting_list.longest_wait,
    caption=lambda view: f"Days since accepted, not yet allocated on {words.day(view.as_at)}",
    drawn_as=Table(),
    headings={"referral": "Referral", "area_name": "Area", "days": "Days"},
    measures=("unallocated_cases",),
    note=lambda frame: f"n = {frame.height}, longest first.",
    without="Nobody waits for a case manager",
)

ATTENTION = Panel(
    "attention",
    question="Which cases need attention?",
    result=attention.attention,
    reading=attention.who_needs_it,
    caption=lambda view: (
        f"Active cases on {words.day(view.as_at)}, high-risk first. Choose one to see its timeline"
    ),
    drawn_as=Table(selectable=True),
    cuts={"Quiet": "quiet", "Review overdue": "overdue"},
    headings={
        "case": "Case",
        "name": "Case manager",
        "area_name": "Area",
        "risk": "Risk",
        "why": "Why",
        "engagement": "Engagement",
        "last_kept_on": "Last contact",
        "dash_score": "DASH (of 24)",
        "days": "Days late or quiet",
    },
    definition="Quiet: no contact kept within the set time since the last kept one, or since "
    "allocation, by the risk of the case on that day; the days are those since then. A risk that "
    "rose later does not shorten the time: see the Risk page. Review overdue: due and "
    "not held; the days are those since it was due. The longer of both is shown. Times are set "
    "by your service.",
    without="No case needs attention",
)


@lru_cache(maxsize=100)
def case_timeline(case: str) -> Panel:
    """The timeline of one case, the same panel each time: its answer is kept as those of others."""
    return Panel(
        "timeline",
        question="What has happened in this case?",
        result=lambda view: timeline.timeline(view, case),
        reading=partial(timeline.how_it_goes, case=case),
        caption=lambda view: f"All that is recorded, up to {words.day(view.as_at)}",
        drawn_as=Lanes(timeline.LANES),
        headings={"lane": "What", "on": "From", "to": "To", "text": "Details"},
        definition="Vertical mark: contact kept. Cross: missed. Diamond: review held or action "
        "done; open diamond: due and not done. Full bar: direct work; pale bar: disrupt only. "
        "Full dot: a crime, or a repeat at MARAC; ring: an incident that is no crime, or a hearing "
        "or referral that is no repeat. The line of an overdue review begins on the day it was due "
        "and goes through those held since, which do not make up for it. With several "
        "victim-survivors the highest DASH score of the day is shown.",
        note=lambda _: (
            "Pale: disrupt only. Cross: missed. Open diamond: due, not done. Ring: no crime, no "
            "repeat."
        ),
        without=f"{case} is not among the cases held on this day",
    )


def headline(frames: Mapping[str, pl.DataFrame]) -> str:
    """The page in a sentence: who is over target, and how many cases need attention."""
    by_name = WORKERS.key in frames
    rows = frames[WORKERS.key if by_name else DISTRICTS.key]
    need = int(rows["attention"].sum())
    people = rows.filter(pl.col("target").is_not_null())
    over = int(people["is_over"].sum())
    needing = f"{words.counted(need, 'case')} {'needs' if need == 1 else 'need'} attention"
    if people.is_empty():
        return words.sentence(needing)
    if people.height == 1:
        one = people.row(0, named=True)
        held = words.counted(int(one["cases"]), "case")
        holds = f"{one['name']} holds {held}, {workers.standing(int(one['over']))}"
        some = words.number(need) if need else "none"
        few = f"{some} {'needs' if need == 1 else 'need'} attention"
        return words.fit(f"{holds}; {few}", holds, limit=words.TITLE)
    of = words.counted(people.height, "case manager" if by_name else "district")
    verb = "is" if over == 1 else "are"
    some = words.number(over) if over else "none"
    # A district has no target of its own: its places are shares of those of its workers.
    more = (
        f"{verb} over target"
        if by_name
        else f"{'exceeds its' if over == 1 else 'exceed their'} places"
    )
    who = f"{some} of {of} {more}"
    few = f"{some} of {words.number(people.height)} {more}"
    said = words.fit(f"{who}; {needing}", f"{few}; {needing}", who, limit=words.TITLE)
    return words.sentence(said)


HEADLINES = (
    "active_cases",
    "high_risk_active_cases",
    "contacts_on_time_rate",
    "reviews_on_time_rate",
    "unallocated_cases",
)


def panels(*, workers: bool, waiting: bool, cases: bool) -> tuple[Panel, ...]:
    """The panels for what a role may see: workers by name, who waits, single cases."""
    return (
        WORKERS if workers else DISTRICTS,
        *((WAITING,) if waiting else ()),
        *((ATTENTION,) if cases else ()),
    )


def headlines(*, own: bool) -> tuple[str, ...]:
    """The headline numbers; who waits belongs to nobody's own cases."""
    return tuple(key for key in HEADLINES if not (own and key == "unallocated_cases"))
