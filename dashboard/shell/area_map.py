"""The map on the screen: a click on a district shows it alone, on this page and all others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from dashboard.areas.shapes import ShapesNotReadable, shapes
from dashboard.draw.escape import for_markdown
from dashboard.draw.map import LAYER, deck, swatches, swatches_in_words, without_shape
from dashboard.draw.theme import CONFIG
from dashboard.drawings import AreaMap
from dashboard.shell.brand import mode
from dashboard.shell.choice import choose
from dashboard.shell.filters import Filters
from dashboard.shell.visit import Visit, current
from queries.words import listed

_ALL = ""  # in the menu: all districts
_DISTRICTS = "districts-of-the-map"


@dataclass(frozen=True)
class Districts:
    """The districts that may be looked at (codes and names), and how one of them is.

    `chosen` are those looked at now, none being all; `everywhere` is what all are called; `only`
    looks at one alone, and at all again where it already is the only one.
    """

    names: Mapping[str, str]
    chosen: tuple[str, ...]
    everywhere: str
    only: Callable[[str], None]


def area_map(drawing: AreaMap, frame: pl.DataFrame, alt: str, width: int) -> None:
    """Swatches, map, and the same choice as a menu for the keyboard."""
    looked_at = st.session_state.get(_DISTRICTS) or _of(current())
    names = looked_at.names
    shown = set(frame[drawing.area])
    others = {code: name for code, name in names.items() if code not in shown}
    try:
        known = shapes()
    except ShapesNotReadable as problem:
        st.markdown(for_markdown(problem))
        _menu(looked_at)
        return
    st.plotly_chart(
        swatches(drawing, frame, mode(), width),
        theme=None,
        config=dict(CONFIG),
        key="area-swatches",
        alt=swatches_in_words(drawing, frame),
    )
    if any(code in known.by_area for code in names):
        # Another choice is another map, so that nothing stays marked as selected.
        key = f"area-map-{'-'.join(looked_at.chosen)}"
        st.pydeck_chart(
            deck(drawing, frame, others, known, mode(), width),
            height=drawing.height,
            on_select=lambda: _clicked(key, looked_at),
            selection_mode="single-object",
            key=key,
            alt=alt,
        )
    lacking = without_shape(drawing, frame, known)
    if lacking:
        st.caption(
            for_markdown(
                f"No shape is known for {listed(lacking)}: the list has the numbers. Whoever runs "
                "the dashboard can add shapes; the README says how."
            )
        )
    _menu(looked_at)


def look_at_districts(districts: Districts | None) -> None:
    """For this run: the districts of the map, where they are not those of a lens."""
    st.session_state[_DISTRICTS] = districts


def _of(visit: Visit) -> Districts:
    return Districts(
        {area.code: area.name for area in visit.areas},
        visit.filters.areas,
        visit.everywhere,
        partial(_only, visit),
    )


def _menu(looked_at: Districts) -> None:
    """All districts as a menu: what a click on the map does, without a mouse."""
    names = looked_at.names
    if len(names) < 2:
        return
    options = [*names] if not looked_at.chosen else [_ALL, *names]
    st.menu_button(
        "Show one district",
        options,
        format_func=lambda code: for_markdown(names.get(code, looked_at.everywhere)),
        type="tertiary",
        key="area-map-menu",
        on_click=lambda: looked_at.only(st.session_state["area-map-menu"]),
    )


def _clicked(key: str, looked_at: Districts) -> None:
    objects: dict[str, list[Any]] = st.session_state[key]["selection"]["objects"]
    for feature in objects.get(LAYER, []):
        looked_at.only(feature["properties"]["area"])


def _only(visit: Visit, code: str) -> None:
    """Look at this district alone; at all again, where it already is the only one."""
    now, allowed = visit.filters, {area.code for area in visit.areas}
    areas = (code,) if code in allowed and now.areas != (code,) else ()
    choose(Filters(areas, now.start, now.end, now.as_at), visit.defaults)
