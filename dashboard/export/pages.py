"""The pages as they may be taken away all together: which panels each has for a role.

A page with a switch is here as it opens; taken from the screen it is as it stands there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import polars as pl

from dashboard.access import Role
from dashboard.access.roles import PAGES, may_open
from dashboard.database.settings import Settings
from dashboard.export.about import Taken
from dashboard.panel import Panel
from dashboard.panels import (
    area_shown,
    areas,
    caseload,
    data,
    outcomes,
    partners,
    referrals,
    risk,
    rollout,
    victim_survivors,
)
from queries.areas import forms
from queries.follow_up import Rules
from queries.measures import MEASURES
from queries.view import View

Frames = Mapping[str, pl.DataFrame]

# What a pack of slides is made of, in order: no list of cases, and no case manager by name.
SLIDES = (
    "course",
    "pathway",
    "sources",
    "referral-outcomes",
    "days-to-allocation",
    "districts",
    "runway",
    "trend-mean_dash_score",
    "rules",
    "safety-standings",
    "people-by-month",
    "area-map",
    "outcome-results",
    "partner-agencies",
)


@dataclass(frozen=True)
class PagePanels:
    """A page: its address and title, its sentence, its headline measures, its panels in order."""

    path: str
    title: str
    sentence: Callable[[Frames], str]
    headlines: tuple[str, ...]
    panels: tuple[Panel, ...]


def pages(role: Role, settings: Settings, view: View) -> list[PagePanels]:
    """The pages that a role with true counts may open, each with what it shows there."""
    return [
        PagePanels(page.path, page.title, *_MADE[page.path](role, settings, view))
        for page in PAGES
        if may_open(role, page.path) and page.path in _MADE
    ]


def taken(found: Sequence[PagePanels], view: View, only: Sequence[str] = ()) -> list[Taken]:
    """The panels of pages with their rows, read in one go; `only` these keys, in their order."""
    each = [(page, panel) for page in found for panel in page.panels]
    if only:
        place = {key: index for index, key in enumerate(only)}
        each = sorted(
            (pair for pair in each if pair[1].key in place), key=lambda pair: place[pair[1].key]
        )
    frames = pl.collect_all([panel.result(view) for _, panel in each])
    return [
        Taken(panel, frame, page=page.title)
        for (page, panel), frame in zip(each, frames, strict=True)
    ]


def slide_panels(role: Role, settings: Settings, view: View) -> list[PagePanels]:
    """The pages with what a pack shows: case managers are never by name on a slide."""
    found = pages(role, settings, view)
    return [
        page
        if page.path != "caseload"
        else PagePanels(page.path, page.title, page.sentence, page.headlines, (caseload.DISTRICTS,))
        for page in found
    ]


Made = tuple[Callable[[Frames], str], tuple[str, ...], tuple[Panel, ...]]


def _rollout(role: Role, settings: Settings, view: View) -> Made:  # noqa: ARG001
    return rollout.headline, rollout.HEADLINES, rollout.ALL


def _referrals(role: Role, settings: Settings, view: View) -> Made:  # noqa: ARG001
    trends = referrals.TRENDS
    if not role.sees_referrals:
        own = (*referrals.OWN, trends["allocation"])
        return referrals.headline, referrals.OWN_HEADLINES, own
    groups, steps = referrals.BY.values(), referrals.OVER_TIME.values()
    panels = (
        referrals.OUTCOMES,
        referrals.WAITING,
        next(iter(groups)),
        next(iter(steps)),
        referrals.TO_DECISION,
        referrals.TO_ALLOCATION,
        *trends.values(),
        referrals.REASONS,
        referrals.AGAIN,
        referrals.TRAITS,
    )
    return referrals.headline, referrals.HEADLINES, panels


def _caseload(role: Role, settings: Settings, view: View) -> Made:  # noqa: ARG001
    panels = caseload.panels(
        workers=role.sees_workers, waiting=role.sees_waiting, cases=role.sees_cases
    )
    own = role is Role.CASE_MANAGER
    return caseload.headline, caseload.headlines(own=own), panels


def _risk(role: Role, settings: Settings, view: View) -> Made:  # noqa: ARG001
    return risk.headline, (), risk.panels(cases=role.sees_cases)


def _victim_survivors(role: Role, settings: Settings, view: View) -> Made:  # noqa: ARG001
    standings = victim_survivors.standings(settings.safety_contact_days)
    panels = (standings, *victim_survivors.ALL)
    return victim_survivors.headline, victim_survivors.HEADLINES, panels


def _areas(role: Role, settings: Settings, view: View) -> Made:  # noqa: ARG001
    measure = MEASURES[area_shown.USUAL]
    shown = area_shown.Shown(
        measure, forms(measure)[0], area_shown.usual_funnel(measure), settings.whole_name
    )
    return partial(areas.headline, shown), (), areas.panels(shown, view).all


def _outcomes(role: Role, settings: Settings, view: View) -> Made:  # noqa: ARG001
    made = outcomes.panels(
        Rules(
            settings.minimum_outcomes,
            settings.minimum_follow_up_days,
            settings.follow_up_days,
            settings.marac_follow_up_days,
        )
    )
    keys = ("cases_closed", "planned_completion_rate", "marac_heard")
    return made.headline, keys, made.all


def _partners(role: Role, settings: Settings, view: View) -> Made:  # noqa: ARG001
    everything = role.sees_referrals
    number = next(iter(partners.NUMBERS if everything else partners.OWN_NUMBERS))
    panels = (
        partners.AGENCIES if everything else partners.OWN_AGENCIES,
        partners.ON_TIME,
        partners.AREAS[number],
        partners.KINDS,
        partners.HEARD,
        next(iter(partners.MARAC_BY.values())),
        partners.TO_HEARING,
        partners.ACTIVITY,
    )
    return partners.headline, partners.HEADLINES, panels


def _data(role: Role, settings: Settings, view: View) -> Made:  # noqa: ARG001
    return data.headline, (), data.ALL if role.sees_data_quality else data.FRESH_ONLY


_MADE: dict[str, Callable[[Role, Settings, View], Made]] = {
    "rollout": _rollout,
    "referrals": _referrals,
    "caseload": _caseload,
    "risk": _risk,
    "victim-survivors": _victim_survivors,
    "areas": _areas,
    "outcomes": _outcomes,
    "partners": _partners,
    "data": _data,
}
