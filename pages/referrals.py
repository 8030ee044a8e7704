"""Referrals: who comes, what becomes of them, how long does it take, and who comes again?"""

from dashboard.panel import Panel
from dashboard.panels import referrals
from dashboard.shell.pick import pick
from dashboard.shell.screen import Screen
from dashboard.shell.visit import current
from queries import (
    decision_reasons,
    referral_groups,
    referral_outcomes,
    referred_people,
    stretches,
    waits,
)
from queries.periods import Period

role = current().viewer.role
panels = referrals.ALL if role.sees_referrals else referrals.OWN
headlines = referrals.HEADLINES if role.sees_referrals else referrals.OWN_HEADLINES
screen = Screen(referrals.headline, panels, headlines)


def show_wait(panel: Panel, wait: waits.Wait, share: float = 1) -> None:
    if bar := screen.show(panel, share, chooses="from_days", records="records"):
        rows = waits.within(screen.lens, wait, bar.value, bar.part)
        named = waits.named(screen.frames[panel.key], bar.value, bar.part)
        screen.open_rows(panel, bar, rows, waits.facts_of(wait), named)


def show_outcomes() -> None:
    left, right = screen.row(7, 5)
    with left:
        panel = referrals.OUTCOMES
        if bar := screen.show(panel, 7 / 12, chooses="outcome", records="referrals"):
            rows = referral_outcomes.rows_at(screen.lens, bar.value, bar.part)
            named = referral_outcomes.OUTCOMES[bar.value]
            screen.open_rows(panel, bar, rows, "referrals", named)
    with right:
        panel = referrals.WAITING
        if bar := screen.show(panel, 5 / 12, chooses="outcome", records="referrals"):
            rows = referral_outcomes.waiting_rows(screen.lens, bar.value)
            days = Period(screen.lens.end, screen.lens.end)
            facts = "referrals" if bar.part == "referrals" else "referral_steps"
            screen.open_rows(panel, bar, rows, facts, referral_outcomes.OUTCOMES[bar.value], days)


def show_groups() -> None:
    group = pick("Referrals by", referrals.GROUPS, "referrals-by")
    panel = referrals.BY[group]
    if bar := screen.show(panel, chooses="name", records="referrals"):
        rows = referral_groups.group_rows(screen.lens, group, bar.value, bar.part)
        screen.open_rows(panel, bar, rows, "referrals", bar.value)


def show_time() -> None:
    step = pick("Referrals over time by", referrals.STEPS, "referrals-step")
    panel = referrals.OVER_TIME[step]
    if bar := screen.show(panel, chooses="start", records="referrals"):
        rows = referral_groups.period_rows(screen.lens, step, bar.value, bar.part)
        named = referral_groups.named(bar.value, step)
        days = stretches.beginning(screen.lens, step, bar.value, bar.part)
        screen.open_rows(panel, bar, rows, "referrals", named, days)


def show_waits() -> None:
    left, right = screen.row(1, 1)
    with left:
        show_wait(referrals.TO_DECISION, "decision", 1 / 2)
    with right:
        show_wait(referrals.TO_ALLOCATION, "allocation", 1 / 2)
    left, right = screen.row(1, 1)
    with left:
        screen.show_trend(referrals.TRENDS["decision"], 1 / 2)
    with right:
        screen.show_trend(referrals.TRENDS["allocation"], 1 / 2)


def show_people() -> None:
    left, right = screen.row(7, 5)
    with left:
        if bar := screen.show(referrals.REASONS, 7 / 12, chooses="reason", records="decisions"):
            rows = decision_reasons.reason_rows(screen.lens, bar.value, bar.part)
            screen.open_rows(referrals.REASONS, bar, rows, "decisions", bar.value)
    with right:
        if bar := screen.show(referrals.AGAIN, 5 / 12, chooses="since", records="referrals"):
            rows = referred_people.again_rows(screen.lens, bar.value, bar.part)
            screen.open_rows(referrals.AGAIN, bar, rows, "referrals", "Referred again")
    if bar := screen.show(referrals.TRAITS, chooses="name", records="referrals"):
        rows = referred_people.trait_rows(screen.lens, bar.value, bar.part)
        screen.open_rows(referrals.TRAITS, bar, rows, "referral_traits", bar.value)


if screen.head():
    if role.sees_referrals:
        show_outcomes()
        show_groups()
        show_time()
        show_waits()
        show_people()
    else:
        show_wait(referrals.TO_ALLOCATION, "allocation")
        screen.show_trend(referrals.TRENDS["allocation"])
