"""What protected roles are shown on this run: a release, or when the first one comes."""

from dataclasses import replace
from functools import partial
from typing import cast

import streamlit as st

from dashboard.shell import released_choice
from dashboard.shell.area_map import Districts, look_at_districts
from dashboard.shell.header import Standing
from dashboard.shell.keeping.last_view import last_choice, remember_choice
from dashboard.shell.page_now import page_now
from dashboard.shell.released_choice import Offer
from dashboard.shell.released_screen import ReleasedVisit
from dashboard.shell.releases import latest
from dashboard.snapshot import Snapshot
from dashboard.snapshot.releases import none_yet
from dashboard.snapshot.snapshot import LONDON
from queries.released import DISTRICT

_VISIT, _NONE = "released-visit", "released-none"


def prepare(snapshot: Snapshot, over: Standing, who: str) -> ReleasedVisit | None:
    """Keep for this run what somebody looks at; None, and words that say why, without a release."""
    view = latest(snapshot)
    offer = None
    if view is not None:
        offer = released_choice.current(view, snapshot.settings.whole_name, last_choice(who))
    visit = None
    if view is not None and offer is not None:
        visit = ReleasedVisit(
            view,
            offer,
            replace(over, released=view.release.made_at.astimezone(LONDON).date()),
            snapshot.made_up,
            snapshot.settings.minimum_outcomes,
        )
        look_at_districts(_districts(offer))
        remember_choice(who, page_now(), offer.params)
    st.session_state[_VISIT] = visit
    st.session_state[_NONE] = str(none_yet(snapshot))
    return visit


def current() -> ReleasedVisit | None:
    """What this run looks at; None where nothing is released."""
    return cast(ReleasedVisit | None, st.session_state[_VISIT])


def why_none() -> str:
    """Why nothing is shown yet, and when the first release comes."""
    return cast(str, st.session_state[_NONE])


def _districts(offer: Offer) -> Districts:
    chosen = offer.chosen
    return Districts(
        {area.area: area.name for area in offer.areas if area.level == DISTRICT},
        (chosen.area,) if chosen.area else (),
        offer.areas[0].name,
        partial(_only, offer),
    )


def _only(offer: Offer, code: str) -> None:
    """Look at one district; at the whole again, where it already is the one looked at."""
    again = code in ("", offer.chosen.area)
    released_choice.only(offer.areas[0].area if again else code, offer)
