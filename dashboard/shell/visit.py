"""This run of a page: the snapshot it reads, who is looking, and through which lens."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

import polars as pl
import streamlit as st

from dashboard.access import Role, Viewer
from dashboard.access.sign_in import role_without_sign_in
from dashboard.shell import choice
from dashboard.shell.filters import Area, Filters, areas_in_words, districts
from dashboard.shell.header import Standing, role_chosen
from dashboard.shell.periods import year_to_date
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
        """How all areas together are called; a viewer of some sees only those named so."""
        return f"All {self.snapshot.settings.whole_name}"

    @property
    def area_words(self) -> str:
        return areas_in_words(self.filters, self.areas, self.everywhere)


def who(snapshot: Snapshot) -> Viewer | None:
    """Who is looking: nobody, unless the server was started without sign-in."""
    usual = role_without_sign_in()
    if usual is None:
        return None
    role = Role(role_chosen(_titles(), usual)) if snapshot.made_up else usual
    worker = snapshot.fullest_worker() if role is Role.CASE_MANAGER and snapshot.made_up else None
    return Viewer(role, None, worker)


def standing(snapshot: Snapshot, viewer: Viewer) -> Standing:
    """What stands over every page for this viewer."""
    return Standing(
        role=viewer.role.label,
        records_to=snapshot.latest,
        read_at=snapshot.read_at,
        now=datetime.now(LONDON),
        made_up=snapshot.made_up,
        protected=viewer.role.protected,
        away=store().away_since is not None,
        roles=_titles() if snapshot.made_up else None,
    )


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
    filters, problems = choice.current(areas, defaults)
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


def _titles() -> dict[str, str]:
    return {role.value: role.label for role in Role}
