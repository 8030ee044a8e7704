"""Outcomes: what changed, beside the published results?"""

from dashboard.panels import outcomes as subject
from dashboard.shell.screen import Screen
from dashboard.shell.visit import current
from queries import abuse_reductions, compared_people, outcomes, phases, words
from queries.follow_up import Rules
from queries.periods import Period

settings = current().snapshot.settings
rules = Rules(
    settings.minimum_outcomes,
    settings.minimum_follow_up_days,
    settings.follow_up_days,
    settings.marac_follow_up_days,
)
panels = subject.panels(rules)
ever = Period(current().launch, current().lens.end)
screen = Screen(
    panels.headline, panels.all, ("cases_closed", "planned_completion_rate", "marac_heard")
)

if screen.head():
    if mark := screen.show(panels.results, chooses="key"):
        rows, facts = outcomes.behind_result(screen.lens, rules, mark.value, mark.part)
        days = None if mark.part == "in_period" else ever
        screen.open_rows(panels.results, mark, rows, facts, outcomes.name_of(mark.value), days)
    left, right = screen.row(7, 5)
    with left:
        if bar := screen.show(panels.by_type, 7 / 12, chooses="key"):
            rows = abuse_reductions.behind_type(screen.lens, bar.value, bar.part)
            screen.open_rows(
                panels.by_type, bar, rows, "abuse_pairs", outcomes.name_of(bar.value), ever
            )
    with right:
        if bar := screen.show(panels.police, 5 / 12, chooses="side", records="records"):
            rows, facts = compared_people.behind_police(screen.lens, rules, bar.value, bar.part)
            screen.open_rows(panels.police, bar, rows, facts, words.sentence(bar.value), ever)
    if bar := screen.show(panels.hearings, chooses="phase", records="records"):
        rows, facts = phases.behind(screen.lens, rules, bar.value, bar.part)
        screen.open_rows(panels.hearings, bar, rows, facts, f"MARAC, {bar.value.lower()}", ever)
    if mark := screen.show(panels.compared, chooses="row", records="records"):
        key, side = mark.value["key"], mark.value["who"]
        rows, facts = compared_people.behind_compared(screen.lens, rules, key, side)
        named = f"{outcomes.name_of(key)}, {side}"
        screen.open_rows(panels.compared, mark, rows, facts, named, ever)
