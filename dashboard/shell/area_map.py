"""The map on the screen: a click on a district shows it alone, on this page and all others."""

from typing import Any

import polars as pl
import streamlit as st

from dashboard.areas.shapes import ShapesNotReadable, shapes
from dashboard.draw.escape import for_markdown
from dashboard.draw.map import LAYER, deck, swatches, without_shape
from dashboard.draw.theme import CONFIG
from dashboard.drawings import AreaMap
from dashboard.shell.brand import mode
from dashboard.shell.choice import choose
from dashboard.shell.filters import Filters
from dashboard.shell.visit import Visit, current
from queries.words import listed

_ALL = ""  # in the menu: all districts


def area_map(drawing: AreaMap, frame: pl.DataFrame, alt: str, width: int) -> None:
    """Swatches, map, and the same choice as a menu for the keyboard."""
    visit = current()
    names = {area.code: area.name for area in visit.areas}
    shown = set(frame[drawing.area])
    others = {code: name for code, name in names.items() if code not in shown}
    try:
        known = shapes()
    except ShapesNotReadable as problem:
        st.markdown(for_markdown(problem))
        _menu(names, visit)
        return
    st.plotly_chart(
        swatches(drawing, frame, mode(), width),
        theme=None,
        config=dict(CONFIG),
        key="area-swatches",
        alt="What the colours of the map mean; the list beside it has the values.",
    )
    if any(code in known.by_area for code in names):
        # Another choice is another map, so that nothing stays marked as selected.
        key = f"area-map-{'-'.join(visit.filters.areas)}"
        st.pydeck_chart(
            deck(drawing, frame, others, known, mode(), width),
            height=drawing.height,
            on_select=lambda: _clicked(key, visit),
            selection_mode="single-object",
            key=key,
            alt=alt,
        )
    lacking = without_shape(drawing, frame, known)
    if lacking:
        st.caption(
            for_markdown(
                f"No shape is known for {listed(lacking)}: the list has the numbers. Shapes are "
                "made with dashboard.areas.make_shapes."
            )
        )
    _menu(names, visit)


def _menu(names: dict[str, str], visit: Visit) -> None:
    """All districts as a menu: what a click on the map does, without a mouse."""
    if len(names) < 2:
        return
    options = [*names] if not visit.filters.areas else [_ALL, *names]
    st.menu_button(
        "Show one district",
        options,
        format_func=lambda code: for_markdown(names.get(code, visit.everywhere)),
        type="tertiary",
        key="area-map-menu",
        on_click=lambda: _only(st.session_state["area-map-menu"], visit),
    )


def _clicked(key: str, visit: Visit) -> None:
    objects: dict[str, list[Any]] = st.session_state[key]["selection"]["objects"]
    for feature in objects.get(LAYER, []):
        _only(feature["properties"]["area"], visit)


def _only(code: str, visit: Visit) -> None:
    """Look at this district alone; at all again, where it already is the only one."""
    now, allowed = visit.filters, {area.code for area in visit.areas}
    areas = (code,) if code in allowed and now.areas != (code,) else ()
    choose(Filters(areas, now.start, now.end, now.as_at), visit.defaults)
