"""Slides of one or two measures month by month."""

import polars as pl

from dashboard.drawings import Lines
from dashboard.panel import Panel
from dashboard.panels.slide import HEIGHT, About, Slide, few, made
from queries import meeting, released, words
from queries.measures import MEASURES
from queries.released import RULES, TOO_FEW
from queries.released_changes import aim as aim_of
from queries.released_changes import aim_in_words
from queries.targets import Targets


def lined(about: About, key: str, question: str, named: dict[str, str], percent: bool) -> Panel:
    keys, month = tuple(named), about.month
    first, *others = (MEASURES[each].title for each in keys)
    titles = words.listed([first, *map(words.within, others)])
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
            said={each: f"{each} said" for each in keys},
            height=HEIGHT,
        ),
        headings={"month": "Month from", **{each: MEASURES[each].title for each in keys}},
        percent=keys if percent else (),
        measures=keys,
        definition=RULES,
        note=lambda rows: " ".join(
            filter(
                None,
                (
                    meeting.hidden_in_words(rows),
                    meeting.rounding_in_words(rows, keys[0]) if len(keys) == 1 else "",
                ),
            )
        ),
        without=f"{titles}: {TOO_FEW}",
    )


def waiting(about: About) -> Slide:
    key = "unallocated_cases"
    panel = lined(about, "waiting", "How many wait for a case manager?", {key: "waiting"}, False)

    def sentence(rows: pl.DataFrame) -> str:
        now, change = meeting.now_and_before(rows, key)
        if now == TOO_FEW:
            return few("Those who wait for a case manager")
        than = f", {_than(change)}" if change else ""
        return f"{now} accepted referrals wait for a case manager{than}"

    return made(about, "waiting", panel, sentence, about.month)


def capacity(about: About) -> Slide:
    named = {"cases_allocated": "allocated", "cases_closed": "closed"}
    panel = lined(about, "capacity", "Do cases close as fast as they open?", named, False)
    cells = released.unsplit(about.view)
    active = released.cell(cells, "active_cases", about.month)

    def sentence(rows: pl.DataFrame) -> str:
        opened, closed = rows["cases_allocated"][-1], rows["cases_closed"][-1]
        if opened is None or closed is None:
            return few("Allocations and closures")
        cases = f"{words.figure(opened)} cases were allocated and {words.figure(closed)} closed"
        now = released.said("active_cases", active)
        held = f"; {now} are active" if now != TOO_FEW else ""
        return f"{cases} in {about.month.period}{held}"

    return made(about, "capacity", panel, sentence, about.month)


def victim_survivors(about: About) -> Slide:
    named = {"child_victim_survivors": "children", "adult_victim_survivors": "adults"}
    panel = lined(about, "victim-survivors", "Who is linked to active cases?", named, False)

    def sentence(rows: pl.DataFrame) -> str:
        known = {
            name: meeting.now_and_before(rows, key)[0]
            for key, name in named.items()
            if meeting.now_and_before(rows, key)[0] != TOO_FEW
        }
        if not known:
            return few("Victim-survivors")
        people = words.listed([f"{now} {name}" for name, now in known.items()])
        return f"{people} are linked to people in the programme"

    return made(about, "victim_survivors", panel, sentence, about.month)


def idva_contact(about: About) -> Slide:
    named = {"idva_engaged_rate": "engaged", "safety_contacts_on_time_rate": "contacts in time"}
    panel = lined(about, "idva-contact", "Are IDVAs in touch?", named, True)
    # Two lines have no room for a target of one: it stands in the sentence.
    key = "idva_engaged_rate"
    aim = aim_in_words(key, aim_of(about.view, Targets.of(about.view), key, about.month))

    def sentence(rows: pl.DataFrame) -> str:
        engaged, _ = meeting.now_and_before(rows, "idva_engaged_rate")
        contacts, _ = meeting.now_and_before(rows, "safety_contacts_on_time_rate")
        first = f"{engaged} of adults are engaged with an IDVA"
        aimed = f"{first} (target {aim})" if aim else first
        second = f"{contacts} of safety contacts were in time"
        if TOO_FEW in (engaged, contacts):
            known = [s for s, n in ((first, engaged), (second, contacts)) if n != TOO_FEW]
            return known[0] if known else few("IDVA contact")
        return words.fit(f"{aimed}; {second}", f"{first}; {second}", limit=meeting.SENTENCE)

    return made(about, "idva_contact", panel, sentence, about.month)


def partners(about: About) -> Slide:
    key = "partner_actions_on_time_rate"
    panel = lined(about, "partners", "Do partners act in time?", {key: "on time"}, True)
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

    return made(about, "partners", panel, sentence, about.month)


def _than(change: str) -> str:
    """ "5 more than a month before"."""
    ends = change.endswith(("more", "fewer"))
    return f"{change} than a month before" if ends else f"{change} as a month before"
