"""Risk trends: is risk falling, for whom is it rising, and what do IDVAs say?"""

from dashboard.panel import Panel
from dashboard.panels import risk
from dashboard.shell.pick import pick
from dashboard.shell.remarks import remarks
from dashboard.shell.screen import Screen
from dashboard.shell.visit import current
from queries import abuse, judged, rising, risk_change

role = current().viewer.role
screen = Screen(risk.headline, risk.panels(cases=role.sees_cases))
lens = screen.lens


def show_trend() -> None:
    key = pick("Measure", risk.CHOICES, "risk-measure")
    screen.show_trend(risk.CHARTS[key])
    rows = screen.frames[risk.CHARTS[key].key]
    if not rows.is_empty():
        remarks(risk.remarks(key, rows))


def show_change() -> None:
    left, right = screen.row(5, 7)
    with left:
        if bar := screen.show(risk.CHANGE, 5 / 12, chooses="step"):
            rows = risk_change.at_step(lens, bar.value)
            screen.open_rows(risk.CHANGE, bar, rows, "score_changes", f"Score {bar.value.lower()}")
    with right:
        if bar := screen.show(risk.COHORTS, 7 / 12, chooses="cohort"):
            rows = risk_change.of_cohort(lens, bar.value, bar.part)
            screen.open_rows(risk.COHORTS, bar, rows, "score_changes", bar.value)


def show_ratings() -> None:
    left, right = screen.row(7, 5)
    with left:
        if bar := screen.show(risk.GROUNDS, 7 / 12, chooses="ground"):
            rows = judged.on_ground(lens, bar.value)
            screen.open_rows(risk.GROUNDS, bar, rows, "caseload", bar.value)
    with right:
        if bar := screen.show(risk.RATINGS, 5 / 12, chooses="rating"):
            rows = risk_change.rated_as(lens, bar.value)
            screen.open_rows(risk.RATINGS, bar, rows, "exit_ratings", bar.value)


def show_abuse(panel: Panel, facts: str) -> None:
    if cell := screen.show(panel, chooses="cell"):
        rows = abuse.assessed(lens) if facts == "abuse" else abuse.pairs(lens)
        screen.open_rows(panel, cell, abuse.at(rows, cell.value), facts, cell.value["abuse_type"])


def show_rising() -> None:
    if bar := screen.show(risk.RULES, chooses="rule"):
        rows = rising.flagged_by(lens, bar.value)
        screen.open_rows(risk.RULES, bar, rows, "caseload", rising.words_of(bar.value))
    if role.sees_cases:
        row = screen.show(risk.RISING, chooses="case")
        if row:
            screen.show_case(row.value)


if screen.head():
    show_trend()
    show_change()
    show_ratings()
    show_abuse(risk.STAGES, "abuse")
    show_abuse(risk.FLOWS, "severity_pairs")
    show_rising()
