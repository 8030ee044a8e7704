"""The settings of the service, in groups, each default marked as the suggestion that it is."""

from collections.abc import Mapping, Sequence
from dataclasses import Field
from datetime import date
from functools import partial
from typing import Any

import streamlit as st
from sqlalchemy import Engine

from dashboard.access import Viewer
from dashboard.database.settings import GROUPS, GUARDED, Settings
from dashboard.draw.escape import for_markdown
from dashboard.keeping.changes import NotKept
from dashboard.keeping.settings import KNOWN, may_set, set_setting
from dashboard.panels.slides import SLIDES
from dashboard.shell.heard import heard
from dashboard.shell.keeping.asking import attempt
from dashboard.shell.live import show_change
from queries.words import counted, day, figure, listed

_SLIDES, _LAUNCH = "meeting_slides", "launched_on"


def in_words(chosen: set[str]) -> str:
    """The page's sentence: how far this service differs from the suggestions."""
    if not chosen:
        return "Every setting is as suggested"
    differ = "differs" if len(chosen) == 1 else "differ"
    said = counted(len(chosen), "setting")
    return f"{said[:1].upper()}{said[1:]} {differ} from the suggestion"


def setting_forms(engine: Engine, viewer: Viewer, now: Settings, chosen: set[str]) -> None:
    """A form for each group; groups of which the viewer may change nothing are only read."""
    for group in GROUPS:
        names = [name for name, field in KNOWN.items() if field.metadata["group"] == group]
        if not names:
            continue
        st.header(group, anchor=False)
        open_to = [name for name in names if may_set(viewer, name)]
        if not open_to:
            who = "an administrator" if group in GUARDED else "a manager of all areas"
            st.caption(f"These hold for the whole service; {who} can change them.")
        with st.form(f"settings-{group}", border=False):
            given = {
                name: _input(KNOWN[name], getattr(now, name), name in chosen, name in open_to)
                for name in names
            }
            if st.form_submit_button(heard("Save", group), disabled=not open_to):
                _save(engine, viewer, now, {name: given[name] for name in open_to})


def _save(engine: Engine, viewer: Viewer, now: Settings, given: Mapping[str, Any]) -> None:
    before = {name: _shown(_titled(KNOWN[name], getattr(now, name))) for name in given}
    differ = {name: value for name, value in given.items() if value != before[name]}
    if not differ:
        st.info("Nothing was changed, so nothing was saved.")
        return
    saved = []
    for name, value in differ.items():
        title = KNOWN[name].metadata["title"]
        if not attempt(partial(_set, engine, viewer, name, value), ""):
            return
        saved.append(f"“{title}”")
    attempt(lambda: None, f"Saved: {listed(saved)}. The screens follow within seconds.")
    show_change()


def _input(field: Field[Any], value: Any, chosen: bool, may: bool) -> Any:
    about, key = field.metadata, f"setting-{field.name}"
    left, right = st.columns([5, 7], gap="medium", vertical_alignment="bottom")
    with left:
        given = _widget(field, _shown(_titled(field, value)), key, disabled=not may)
    with right:
        unit = f" {about['unit']}" if about["unit"] else ""
        default = _in_words(_titled(field, field.default)) + unit
        st.caption(
            for_markdown(
                f"Set by your service; suggested: {default}"
                if chosen
                else f"As suggested: {default}. Set by your service where it differs."
            )
        )
    return given


def _widget(field: Field[Any], value: Any, key: str, *, disabled: bool) -> Any:
    about, default = field.metadata, field.default
    title = for_markdown(_with_unit(about["title"], about["unit"]))
    if isinstance(default, bool):
        return st.toggle(title, value=value, key=key, disabled=disabled)
    if isinstance(default, int | float):
        kind = field.type if field.type in (int, float) else float
        return st.number_input(
            title,
            min_value=kind(about["least"]),
            max_value=kind(about["most"]),
            value=kind(value),
            format="%d" if kind is int else "%g",
            key=key,
            disabled=disabled,
        )
    if field.name == _LAUNCH:
        on = date.fromisoformat(value)
        given = st.date_input(title, on, format="DD/MM/YYYY", key=key, disabled=disabled)
        return given.isoformat()
    if isinstance(default, tuple):
        return st.text_area(f"{title} (a line each)", value=value, key=key, disabled=disabled)
    if choices := about["choices"]:
        at = choices.index(value) if value in choices else None
        return st.selectbox(title, choices, index=at, key=key, disabled=disabled)
    return st.text_input(title, value=value, key=key, disabled=disabled)


def _with_unit(title: str, unit: str) -> str:
    """ "Length of a case, months"; "Days between contacts" says its unit itself."""
    return f"{title}, {unit}" if unit and not title.casefold().startswith(unit) else title


def _titled(field: Field[Any], value: Any) -> Any:
    """Slides by their titles; any other value as it is."""
    if field.name != _SLIDES:
        return value
    return tuple(SLIDES[name][0] for name in value if name in SLIDES)


def _shown(value: Any) -> Any:
    return "\n".join(value) if isinstance(value, tuple) else value


def _set(engine: Engine, viewer: Viewer, name: str, given: Any) -> None:
    """Keep what was given in a form. Raises NotKept."""
    value = given.splitlines() if isinstance(KNOWN[name].default, tuple) else given
    set_setting(engine, viewer, name, _by_title(value) if name == _SLIDES else value)


def _by_title(titles: Sequence[str]) -> list[str]:
    """The names of slides with these titles. Raises NotKept where there is no such slide."""
    names = {title.casefold(): name for name, (title, _) in SLIDES.items()}
    given = [" ".join(title.split()) for title in titles if title.strip()]
    if unknown := next((title for title in given if title.casefold() not in names), None):
        there = listed([f"“{title}”" for title, _ in SLIDES.values()])
        raise NotKept(f"There is no slide “{unknown}”. There are {there}.")
    return [names[title.casefold()] for title in given]


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return figure(value, 0 if float(value).is_integer() else 1)
    if isinstance(value, tuple):
        return "; ".join(value) or "empty"
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return f"“{value}”" if value else "empty"
