"""The slides of the weekly meeting: one message each, as a sentence, and the panel that proves it.

They are made from a release alone, so that whatever is shown, projected or taken away is protected.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

import polars as pl

from dashboard.drawings import AreaMap, ControlChart, Lines, Table
from dashboard.panel import Panel
from dashboard.panels.released import over_time
from queries import meeting, released, released_areas, special_causes, words
from queries.measures import MEASURES
from queries.released import RULES, TOO_FEW, Slice
from queries.view import View

HEIGHT = 294  # of a chart before it is enlarged to the size of a slide
PROTECTED = "Protected numbers: no count of 1 to 4 is shown, no records can be opened"
SIZED = 0.5  # of the months of a measure that must be shown for it to be charted


class Agenda(Protocol):
    """The settings that the slides follow."""

    @property
    def whole_name(self) -> str: ...
    @property
    def meeting_slides(self) -> tuple[str, ...]: ...
    @property
    def meeting_decisions(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Slide:
    """A slide: its sentence, the panel under it with its rows, and which period of the release.

    `source` is the line at its foot: measure, period, n and where the numbers come from.
    """

    key: str
    sentence: str
    panel: Panel
    rows: pl.DataFrame
    period: str
    source: str


@dataclass(frozen=True)
class About:
    """What every slide is made from: this meeting's release, the last one's, and the newest cuts.

    `week` is the newest week, or month where the release has no weeks.
    """

    view: View
    previous: View | None
    settings: Agenda
    on: date
    week: Slice
    month: Slice


def slides(view: View, previous_view: View | None, settings: Agenda, on: date) -> list[Slide]:
    """The slides of the meeting on a day, in the order of the settings.

    `view` is the release that the meeting is shown, `previous_view` that of the meeting before it.
    Slides that have nothing to say (no decision, no period released yet) are left out.
    """
    name = settings.whole_name
    month = meeting.newest(view, ("month", "quarter", "year"), name)
    if month is None:
        return []
    week = meeting.newest(view, ("week", "month"), name) or month
    about = About(view, previous_view, settings, on, week, month)
    made = (SLIDES[key][1](about) for key in settings.meeting_slides if key in SLIDES)
    return [slide for slide in made if slide is not None]


def _made(
    about: About,
    key: str,
    panel: Panel,
    sentence: Callable[[pl.DataFrame], str],
    cut: Slice,
) -> Slide:
    rows = panel.result(about.view).collect()
    said = panel.without if rows.is_empty() else sentence(rows)
    parts = [panel.caption(about.view), "" if rows.is_empty() else panel.note(rows)]
    source = " ".join(f"{part.rstrip('.')}." for part in parts if part)
    return Slide(key, said, panel, rows, words.sentence(cut.period), source)


def _where_we_are(about: About) -> Slide:
    keys = (
        "referrals_received",
        "cases_allocated",
        "active_cases",
        "unallocated_cases",
        "days_referral_to_allocation",
        "contacts_on_time_rate",
    )
    month = about.month

    def sentence(rows: pl.DataFrame) -> str:
        now = dict(rows.select("key", "now").iter_rows())
        active, waiting = now.get("active_cases", TOO_FEW), now.get("unallocated_cases", TOO_FEW)
        if TOO_FEW in (active, waiting):
            return f"{active} cases are active" if active != TOO_FEW else _few("Active cases")
        return f"{active} cases are active; {waiting} accepted referrals wait for a case manager"

    panel = Panel(
        "where-we-are",
        question="Where are we?",
        result=lambda view: meeting.standing(view, keys, month),
        reading=sentence,
        caption=lambda _: f"{about.settings.whole_name}, {month.period}, beside the month before",
        drawn_as=Table(),
        headings={
            "measure": "Measure",
            "now": _short(month),
            "before": "Before",
            "aim": "Target",
        },
        measures=keys,
        definition=RULES,
        without=f"The numbers of {month.period} are {TOO_FEW}",
    )
    return _made(about, "where_we_are", panel, sentence, month)


def _what_changed(about: About) -> Slide:
    keys = (
        "referrals_received",
        "referrals_accepted",
        "cases_allocated",
        "cases_closed",
        "high_risk_active_cases",
        "partner_actions_overdue",
    )
    now = about.week
    seen = meeting.seen_already(about.previous, now)

    def sentence(rows: pl.DataFrame) -> str:
        return meeting.what_changed(rows, now, seen=seen)

    panel = Panel(
        "what-changed",
        question="What has changed since the last meeting?",
        result=lambda view: meeting.since_last(view, about.previous, keys, now),
        reading=sentence,
        caption=lambda _: f"{about.settings.whole_name}, {now.period}",
        drawn_as=Table(),
        headings={"measure": "Measure", "now": "Now", "before": "Before", "change": "Change"},
        measures=keys,
        definition=f"Before: the newest period that the last meeting was shown. {RULES}",
        note=lambda rows: f"Before: {rows['was'][0]}" if rows["was"][0] else "",
        without=f"What changed is {TOO_FEW}",
    )
    return _made(about, "what_changed", panel, sentence, now)


def _first_and_last(about: About) -> Slide:
    keys = (
        "referrals_received",
        "cases_allocated",
        "cases_closed",
        "active_cases",
        "high_risk_active_cases",
        "partner_actions_overdue",
    )
    month = about.month

    def sentence(rows: pl.DataFrame) -> str:
        return meeting.the_record(rows, month)

    panel = Panel(
        "first-and-last",
        question="What is the most or the fewest for a long time?",
        result=lambda view: meeting.records(view, keys, month),
        reading=sentence,
        caption=lambda _: f"{about.settings.whole_name}, {month.period}, among the months before",
        drawn_as=Table(),
        headings={"measure": "Measure", "now": _short(month), "said": "Beside the months before"},
        measures=keys,
        definition=f"A record is named where it stands out of six months or more. {RULES}",
        without=f"The numbers of {month.period} are {TOO_FEW}",
    )
    return _made(about, "first_and_last", panel, sentence, month)


def _lined(about: About, key: str, question: str, named: dict[str, str], percent: bool) -> Panel:
    keys, month = tuple(named), about.month
    titles = words.listed([MEASURES[each].title for each in keys])
    return Panel(
        key,
        question=question,
        result=lambda view: meeting.lines(view, keys, month.end),
        reading=lambda rows: f"{titles}: {meeting.now_and_before(rows, keys[0])[0]}",
        caption=lambda _: f"{titles}, {about.settings.whole_name}, by month to {month.period}",
        drawn_as=Lines(
            "month",
            named,
            target="target" if len(keys) == 1 else None,
            percent=percent,
            height=HEIGHT,
        ),
        headings={"month": "Month from", **{each: MEASURES[each].title for each in keys}},
        percent=keys if percent else (),
        measures=keys,
        definition=RULES,
        note=meeting.hidden_in_words,
        without=f"{titles}: {TOO_FEW}",
    )


def _waiting(about: About) -> Slide:
    key = "unallocated_cases"
    panel = _lined(about, "waiting", "How many wait for a case manager?", {key: "waiting"}, False)

    def sentence(rows: pl.DataFrame) -> str:
        now, change = meeting.now_and_before(rows, key)
        if now == TOO_FEW:
            return _few("Those who wait for a case manager")
        than = f", {_than(change)}" if change else ""
        return f"{now} accepted referrals wait for a case manager{than}"

    return _made(about, "waiting", panel, sentence, about.month)


def _capacity(about: About) -> Slide:
    named = {"cases_allocated": "allocated", "cases_closed": "closed"}
    panel = _lined(about, "capacity", "Do cases close as fast as they open?", named, False)
    cells = released.unsplit(about.view)
    active = released.cell(cells, "active_cases", about.month)

    def sentence(rows: pl.DataFrame) -> str:
        opened, closed = rows["cases_allocated"][-1], rows["cases_closed"][-1]
        if opened is None or closed is None:
            return _few("Allocations and closures")
        cases = f"{words.figure(opened)} cases were allocated and {words.figure(closed)} closed"
        now = released.said("active_cases", active)
        held = f"; {now} are active" if now != TOO_FEW else ""
        return f"{cases} in {about.month.period}{held}"

    return _made(about, "capacity", panel, sentence, about.month)


def _victim_survivors(about: About) -> Slide:
    named = {"child_victim_survivors": "children", "adult_victim_survivors": "adults"}
    panel = _lined(about, "victim-survivors", "Who is linked to active cases?", named, False)

    def sentence(rows: pl.DataFrame) -> str:
        known = {
            name: meeting.now_and_before(rows, key)[0]
            for key, name in named.items()
            if meeting.now_and_before(rows, key)[0] != TOO_FEW
        }
        if not known:
            return _few("Victim-survivors")
        people = words.listed([f"{now} {name}" for name, now in known.items()])
        return f"{people} are linked to people in the programme"

    return _made(about, "victim_survivors", panel, sentence, about.month)


def _idva_contact(about: About) -> Slide:
    named = {"idva_engaged_rate": "engaged", "safety_contacts_on_time_rate": "contacts in time"}
    panel = _lined(about, "idva-contact", "Are IDVAs in touch?", named, True)

    def sentence(rows: pl.DataFrame) -> str:
        engaged, _ = meeting.now_and_before(rows, "idva_engaged_rate")
        contacts, _ = meeting.now_and_before(rows, "safety_contacts_on_time_rate")
        first = f"{engaged} of adults are engaged with an IDVA"
        second = f"{contacts} of safety contacts were in time"
        if TOO_FEW in (engaged, contacts):
            known = [s for s, n in ((first, engaged), (second, contacts)) if n != TOO_FEW]
            return known[0] if known else _few("IDVA contact")
        return f"{first}; {second}"

    return _made(about, "idva_contact", panel, sentence, about.month)


def _areas(about: About) -> Slide | None:
    measure = MEASURES["referrals_received"]
    period = released_areas.comparable(about.view, measure.key, about.month, released.DISTRICT)
    if period is None:
        return None
    whole = about.month

    def sentence(rows: pl.DataFrame) -> str:
        known = rows.filter(pl.col("value").is_not_null())
        if known.is_empty():
            return _few("The districts")
        top = known.row(0, named=True)
        return f"{top['name']} refers most for its size: {top['now']} referrals in the quarter"

    panel = Panel(
        "areas",
        question="Where does Drive work most?",
        result=lambda view: released_areas.by_district(view, measure, period, whole, per_head=True),
        reading=sentence,
        caption=lambda _: f"{measure.title} per 10,000 people, {period.period}",
        drawn_as=AreaMap(
            "area", "name", "value", "rank", unit="per 10,000 people", without=TOO_FEW
        ),
        headings={
            "rank": "Rank",
            "name": "District",
            "value": "Per 10,000 people",
            "now": "Referrals",
        },
        measures=(measure.key,),
        definition=RULES,
        note=released_areas.how_many_hidden,
        without=f"The districts are {TOO_FEW}",
    )
    return _made(about, "areas", panel, sentence, period)


def _partners(about: About) -> Slide:
    key = "partner_actions_on_time_rate"
    panel = _lined(about, "partners", "Do partners act in time?", {key: "on time"}, True)
    cells = released.unsplit(about.view)
    overdue = released.said(
        "partner_actions_overdue", released.cell(cells, "partner_actions_overdue", about.month)
    )

    def sentence(rows: pl.DataFrame) -> str:
        now, _ = meeting.now_and_before(rows, key)
        late = f"{overdue} are overdue" if overdue != TOO_FEW else f"those overdue are {TOO_FEW}"
        if now == TOO_FEW:
            return words.sentence(f"of partners’ actions {late}")
        return f"{now} of partners’ actions due in {about.month.period} were on time; {late}"

    return _made(about, "partners", panel, sentence, about.month)


TRENDS = (
    "referrals_received",
    "active_cases",
    "days_referral_to_allocation",
    "mean_dash_score",
    "high_risk_rate",
    "planned_completion_rate",
    "contacts_on_time_rate",
    "reviews_on_time_rate",
    "partner_actions_on_time_rate",
)


def _trend(about: About) -> Slide | None:
    """The chart whose last special cause is the newest; the first one where there is none."""
    found: list[tuple[date, int, Slide]] = []
    for index, key in enumerate(TRENDS):
        panel = over_time(key, about.view, about.month, HEIGHT)
        if not isinstance(panel.drawn_as, ControlChart):
            continue
        title = MEASURES[key].title

        def sentence(rows: pl.DataFrame, title: str = title) -> str:
            reading = special_causes.reading(rows).rstrip(".")
            return words.fit(f"{title}: {words.within(reading)}", reading, limit=meeting.SENTENCE)

        panel = replace(panel, note=_rests_on)
        slide = _made(about, "trend", panel, sentence, about.month)
        shown = slide.rows["value"].is_not_null().sum()
        if slide.rows.is_empty() or shown < SIZED * slide.rows.height:
            continue
        causes = special_causes.special_causes(slide.rows)
        recent = max((cause.last for cause in causes if cause.recent), default=date.min)
        found.append((recent, -index, slide))
    return max(found, key=lambda each: each[:2])[2] if found else None


def _rests_on(rows: pl.DataFrame) -> str:
    kind = "Trial limits" if rows["trial"][0] else "Limits"
    return f"{kind} from {words.counted(int(rows['points'][0]), 'month')}"


def _decisions(about: About) -> Slide | None:
    lines = [line for line in about.settings.meeting_decisions if line.strip()]
    if not lines:
        return None
    many = words.counted(len(lines), "decision")

    def sentence(_: pl.DataFrame) -> str:
        return words.sentence(f"{many} to take today")

    panel = Panel(
        "decisions",
        question="What is to be decided?",
        result=lambda _: pl.LazyFrame(
            {"number": range(1, len(lines) + 1), "decision": lines},
            schema={"number": pl.Int64, "decision": pl.String},
        ),
        reading=sentence,
        caption=lambda _: "Decisions set by your service for this meeting",
        drawn_as=Table(),
        headings={"number": "No.", "decision": "Decision"},
        source="",
    )
    rows = panel.result(about.view).collect()
    period = f"Meeting of {words.day(about.on)}"
    return Slide("decisions", sentence(rows), panel, rows, period, panel.caption(about.view))


def _short(cut: Slice) -> str:
    return cut.period if cut.kind == "month" else "Now"


def _few(what: str) -> str:
    return f"{what} are {TOO_FEW}"


def _than(change: str) -> str:
    """ "five more than a month before"."""
    ends = change.endswith(("more", "fewer"))
    return f"{change} than a month before" if ends else f"{change} as a month before"


# By the names that the settings list them under: title for the settings page, and how it is made.
SLIDES: dict[str, tuple[str, Callable[[About], Slide | None]]] = {
    "where_we_are": ("Where we are", _where_we_are),
    "what_changed": ("What changed since the last meeting", _what_changed),
    "first_and_last": ("Highest and lowest for a long time", _first_and_last),
    "waiting": ("Waiting", _waiting),
    "capacity": ("Capacity", _capacity),
    "victim_survivors": ("Victim-survivors", _victim_survivors),
    "idva_contact": ("IDVA contact", _idva_contact),
    "areas": ("Areas", _areas),
    "partners": ("Partners’ actions", _partners),
    "trend": ("Trend with special causes", _trend),
    "decisions": ("Decisions to take", _decisions),
}
