"""This run of a page: the snapshot it reads, who is looking, and through which lens."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

import polars as pl
import streamlit as st

from dashboard.access import Role, Viewer
from dashboard.shell import choice
from dashboard.shell.filters import Area, Filters, areas_in_words, districts, to_query
from dashboard.shell.gate import titles
from dashboard.shell.header import Standing
from dashboard.shell.keeping.last_view import last_choice, remember_choice
from dashboard.shell.page_now import page_now
from dashboard.shell.periods import year_to_date
from dashboard.shell.signed_in import person
from dashboard.snapshot import Lens, Snapshot, Store
from dashboard.snapshot.snapshot import LONDON


@st.cache_resource(show_spinner="Reading the case database")
def store() -> Store:
    """The one store of this process, shared by all sessions."""
    return Store()


@dataclass(frozen=True)
class Visit:
    """What one run of a page works with. `problems`: what was wrong with the address, in words."""

    snapshot: Snapshot
    viewer: Viewer
    standing: Standing
    areas: tuple[Area, ...]
    defaults: Filters
    filters: Filters
    problems: tuple[str, ...]
    lens: Lens

    @property
    def launch(self) -> date:
        return self.snapshot.first or self.filters.as_at

    @property
    def everywhere(self) -> str:
        """How all that the viewer sees together is called: the whole, their county, or theirs."""
        if self._own_cases:
            return "All your own cases"
        if self.viewer.areas is None:
            return f"All {self.snapshot.settings.whole_name}"
        counties = {area.county_name for area in self.areas}
        in_it = self.snapshot.areas.filter(pl.col("county_name").cast(pl.String).is_in(counties))
        if len(counties) == 1 and in_it.height == len(self.areas):
            return f"All of {counties.pop()}"
        return "All your areas"

    @property
    def area_words(self) -> str:
        said = areas_in_words(self.filters, self.areas, self.everywhere)
        return f"Your own cases, {said}" if self._own_cases and self.filters.areas else said

    @property
    def _own_cases(self) -> bool:
        return self.viewer.role is Role.CASE_MANAGER


def standing(snapshot: Snapshot, viewer: Viewer) -> Standing:
    """What stands over every page for this viewer."""
    signed_in = person()
    return Standing(
        role=viewer.role.label,
        records_to=snapshot.latest,
        read_at=snapshot.read_at,
        now=datetime.now(LONDON),
        made_up=snapshot.made_up,
        protected=viewer.role.protected,
        away=store().away_since is not None,
        roles=_roles(snapshot),
        person=signed_in.name if signed_in else "",
    )


def _roles(snapshot: Snapshot) -> Mapping[str, str] | None:
    """The roles to switch between: one's own, or all of them on made-up records without sign-in."""
    if signed_in := person():
        return titles(signed_in.roles) if len(signed_in.roles) > 1 else None
    return titles(tuple(Role)) if snapshot.made_up else None


def visit(snapshot: Snapshot, viewer: Viewer) -> Visit:
    """The lens for the choice in the address, for a viewer who sees records."""
    as_at = snapshot.latest or datetime.now(LONDON).date()
    areas = tuple(
        Area(*row)
        for row in snapshot.areas.filter(
            pl.lit(viewer.areas is None) | pl.col("area").cast(pl.String).is_in(viewer.areas or [])
        )
        .select(pl.col("area", "name", "county", "county_name").cast(pl.String))
        .iter_rows()
    )
    start, end = year_to_date(as_at)
    defaults = Filters((), max(start, min(snapshot.first or start, end)), end, as_at)
    filters, problems = choice.current(areas, defaults, last_choice(viewer.name))
    remember_choice(viewer.name, page_now(), to_query(filters, defaults))
    chosen = frozenset(districts(filters, areas)) if filters.areas else None
    lens = snapshot.lens(viewer, chosen, filters.start, filters.end, filters.as_at)
    return Visit(
        snapshot,
        viewer,
        standing(snapshot, viewer),
        areas,
        defaults,
        filters,
        tuple(problems),
        lens,
    )


def current() -> Visit:
    """The visit of this run, as the front door made it."""
    return cast(Visit, st.session_state[_VISIT])


def remember(now: Visit | None, over: Standing) -> None:
    """Keep the visit, if the viewer has one, and what stands over the page, for this run."""
    st.session_state[_VISIT] = now
    st.session_state[_STANDING] = over


def current_standing() -> Standing:
    """What stands over the page of this run; all that a page without numbers needs."""
    return cast(Standing, st.session_state[_STANDING])


_VISIT, _STANDING = "visit", "standing"
