"""The head of every page: whose records these are, the page's sentence, and what is looked at."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

import streamlit as st

from dashboard.draw.escape import for_markdown
from dashboard.shell.choice import choose
from dashboard.shell.filters import (
    EARLIEST,
    Area,
    Filters,
    areas_in_words,
    chosen_anew,
    county_names,
    from_query,
    reread,
    to_query,
)
from dashboard.shell.guide import guide
from dashboard.shell.keeping.views import views_menu
from dashboard.shell.periods import presets
from dashboard.shell.signed_in import sign_out
from queries.words import counted, day, period

_ROLE = "role"


@dataclass(frozen=True)
class Standing:
    """What stands over every page.

    `role`: its title; `roles`: keys and titles of those to switch between, where there are
    several. `read_at` and `now` are local times; `away`: the database cannot be reached.
    `person`: the name of who is signed in, empty where nobody signs in. `released`: the day of the
    release that is shown, where protected numbers are.
    """

    role: str
    records_to: date | None
    read_at: datetime
    now: datetime
    made_up: bool
    protected: bool = False
    away: bool = False
    roles: Mapping[str, str] | None = None
    person: str = ""
    released: date | None = None


def freshness(standing: Standing) -> str:
    """Up to when there are records and when they were read; or when the numbers were released."""
    if standing.protected and standing.released:
        return f"Numbers released {day(standing.released)}."
    to = f"Records to {day(standing.records_to)}" if standing.records_to else "No records"
    on = standing.read_at.date()
    when = "today" if on == standing.now.date() else f"on {day(on)}"
    read = f"{to}, read {when} at {standing.read_at:%H:%M}."
    if not standing.away:
        return read
    return f"{read} {_age(standing.now - standing.read_at)} old: the database cannot be reached."


def _age(age: timedelta) -> str:
    minutes = max(int(age.total_seconds() // 60), 0)
    for unit, length in (("day", 1440), ("hour", 60)):
        if minutes >= length:
            text = counted(minutes // length, unit)
            break
    else:
        text = counted(minutes, "minute") if minutes else "less than a minute"
    return text[:1].upper() + text[1:]


def role_chosen(roles: Mapping[str, str], usual: str) -> str:
    """The role that the switch in the banner is set to, among those that there are."""
    role = st.session_state.get(_ROLE, usual)
    return role if role in roles else usual


def header(
    sentence: str,
    filters: Filters,
    standing: Standing,
    areas: Sequence[Area],
    defaults: Filters,
    launch: date,
    *,
    comparison: str = "",
    problems: Sequence[str] = (),
    everywhere: str = "All Thames Valley",
    beside: Callable[[], None] = lambda: None,
) -> None:
    """Banner, sentence and filters. What is chosen comes from `choice.current`, before this.

    `beside` draws what else stands in the row of filters.
    """
    banner(standing)
    st.title(for_markdown(sentence), anchor=False)
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key="looked-at",
    ):
        with st.container(horizontal=True, width="content", gap="xsmall"):
            _areas(filters, areas, defaults, everywhere)
            _period(filters, defaults, launch)
            _as_at(filters, defaults, launch)
            if filters != defaults:
                st.button(
                    "Reset",
                    type="tertiary",
                    key="filters-reset",
                    on_click=choose,
                    args=(defaults, defaults),
                )
            views_menu(
                to_query(filters, defaults),
                lambda kept: choose(from_query(kept, areas, defaults)[0], defaults),
            )
            beside()
        if comparison:
            st.caption(for_markdown(comparison), width="content")
    if problems:
        st.warning(for_markdown(" ".join(problems)))


def say(sentence: str, words: str, standing: Standing | None = None) -> None:
    """A page of words alone: what is the matter, and what to do."""
    if standing:
        banner(standing)
    st.title(for_markdown(sentence), anchor=False)
    st.markdown(words)


def banner(standing: Standing) -> None:
    """Whether the records are made up, who is looking, and how fresh the records are."""
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key="banner",
    ):
        left = ""
        if standing.made_up:
            left = (
                ":orange-badge[Made-up data] "
                ":small[These records are invented. No real person is described.]"
            )
        st.markdown(left, width="content")
        with st.container(
            horizontal=True, width="content", vertical_alignment="center", gap="xsmall"
        ):
            marks = ":blue-badge[Protected numbers] " if standing.protected else ""
            marks += ":orange-badge[Database away] " if standing.away else ""
            words = for_markdown(freshness(standing))
            if standing.roles:
                if marks:
                    st.markdown(marks, width="content")
                _switch(standing.roles, standing.role)
                st.markdown(f":small[{words}]", width="content")
            else:
                role = for_markdown(standing.role)
                st.markdown(f"{marks}:small[**{role}**. {words}]", width="content")
            guide()
            if standing.person:
                st.markdown(f":small[{for_markdown(standing.person)}]", width="content")
                st.button("Sign out", type="tertiary", key="sign-out", on_click=sign_out)


def _switch(roles: Mapping[str, str], current: str) -> None:
    st.menu_button(
        f"**{for_markdown(current)}**",
        list(roles),
        format_func=lambda role: for_markdown(roles[role]),
        type="tertiary",
        key=f"{_ROLE}-switch",
        on_click=_switched,
    )


def _switched() -> None:
    st.session_state[_ROLE] = st.session_state[f"{_ROLE}-switch"]


def _set(key: str, value: object) -> str:
    """Widgets only show the choice: their state is set from it on every run."""
    st.session_state[key] = value
    return key


def _areas(filters: Filters, areas: Sequence[Area], defaults: Filters, everywhere: str) -> None:
    label = for_markdown(areas_in_words(filters, areas, everywhere))
    counties = county_names(areas)
    districts = {area.code: area.name for area in areas}
    with st.popover(label, key="filters-areas"):
        if len(areas) < 2:
            st.markdown("This is the only area you may see.")
            return
        changed = partial(_areas_changed, filters, tuple(areas), defaults)
        for title, names in (("Counties", counties), ("Districts", districts)):
            if len(names) > 1:
                st.pills(
                    title,
                    list(names),
                    selection_mode="multi",
                    format_func={
                        key: for_markdown(name) for key, name in names.items()
                    }.__getitem__,
                    key=_set(f"filters-{title.lower()}", [a for a in names if a in filters.areas]),
                    on_change=changed,
                )
        st.caption("Nothing chosen means all of them. A district narrows its county.")


def _areas_changed(filters: Filters, areas: tuple[Area, ...], defaults: Filters) -> None:
    state = st.session_state
    chosen = [*state.get("filters-counties", ()), *state.get("filters-districts", ())]
    found = chosen_anew(chosen, filters.areas, areas)
    choose(replace(filters, areas=found), defaults)


def _period(filters: Filters, defaults: Filters, launch: date) -> None:
    named = presets(filters.as_at, launch)
    now = (filters.start, filters.end)
    with st.popover(for_markdown(period(*now)), key="filters-period"):
        st.radio(
            "Period",
            list(named),
            captions=[period(*named[name]) for name in named],
            index=None,
            key=_set("filters-preset", next((n for n in named if named[n] == now), None)),
            on_change=lambda: _period_named(filters, defaults, named),
        )
        left, right = st.columns(2)
        changed = partial(_period_changed, filters, defaults)
        left.date_input(
            "From",
            min_value=min(EARLIEST, filters.start),
            max_value=filters.end,
            format="DD/MM/YYYY",
            key=_set("filters-from", filters.start),
            on_change=changed,
        )
        right.date_input(
            "To",
            min_value=filters.start,
            max_value=filters.as_at,
            format="DD/MM/YYYY",
            key=_set("filters-to", filters.end),
            on_change=changed,
        )


def _period_named(
    filters: Filters, defaults: Filters, named: Mapping[str, tuple[date, date]]
) -> None:
    if (name := st.session_state["filters-preset"]) in named:
        start, end = named[name]
        choose(Filters(filters.areas, start, end, filters.as_at), defaults)


def _period_changed(filters: Filters, defaults: Filters) -> None:
    start, end = st.session_state["filters-from"], st.session_state["filters-to"]
    if start and end and start <= end:
        choose(Filters(filters.areas, start, end, filters.as_at), defaults)


def _as_at(filters: Filters, defaults: Filters, launch: date) -> None:
    with st.popover(f"As at {day(filters.as_at)}", key="filters-as-at-open"):
        st.date_input(
            "Read the records as at",
            min_value=min(EARLIEST, filters.as_at),
            max_value=defaults.as_at,
            format="DD/MM/YYYY",
            key=_set("filters-as-at", filters.as_at),
            on_change=partial(_as_at_changed, filters, defaults, launch),
        )
        st.caption(
            for_markdown(
                f"What happened later is left out. The last records are of {day(defaults.as_at)}."
            )
        )


def _as_at_changed(filters: Filters, defaults: Filters, launch: date) -> None:
    if as_at := st.session_state["filters-as-at"]:
        choose(reread(filters, as_at, launch), defaults)
