"""What somebody with protected numbers looks at: one area and one period of the release's list.

In the address: `area` (a county's key or a district's code; none is the whole), `from` and `to`.
Whatever else stands there is refused in words; nothing but the list can be had.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.draw.escape import for_markdown
from dashboard.shell.asked import address_asks
from queries import released, words
from queries.released import Slice
from queries.view import View

KEYS = ("area", "from", "to")
# The kinds of period offered on pages, by the names that they are chosen by.
KINDS = {"month": "Month", "quarter": "Quarter", "year": "Financial year", "launch": "In all"}
_CHOSEN = "released-choice"  # the choice as parameters of the address, kept from page to page
_WRITTEN = "released-choice-in-address"

Params = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Offer:
    """What a release offers: its areas, and for the one that is looked at its periods.

    `problems`: what was wrong with the address, in words.
    """

    areas: tuple[Slice, ...]
    periods: tuple[Slice, ...]
    chosen: Slice
    problems: tuple[str, ...] = ()

    @property
    def params(self) -> dict[str, list[str]]:
        """What is looked at as parameters of the address."""
        return to_params(self.chosen, self.areas, self.periods)

    @property
    def is_usual(self) -> bool:
        """Whether what is looked at is what is shown where nothing is asked for."""
        return self.params == {}


def current(view: View, whole_name: str, last: Params) -> Offer | None:
    """The choice that holds for this run, written back to the address; None without a release.

    `last`: what the person had chosen when they left, for the first run of a session; a link wins.
    """
    given = {key: st.query_params.get_all(key) for key in st.query_params}
    asked = address_asks(given, st.session_state.get(_WRITTEN, {}))
    if _CHOSEN not in st.session_state:
        choose_kept(last)
    found = offer(view, whole_name, given if asked else st.session_state[_CHOSEN])
    if found is None:
        return None
    written = found.params
    for key in list(given):
        if key not in written:
            del st.query_params[key]
    for key, value in written.items():
        if given.get(key) != value:
            st.query_params[key] = value
    st.session_state[_CHOSEN] = st.session_state[_WRITTEN] = written
    return found


def choose(params: Params) -> None:
    """Keep a choice for this session, as parameters of the address; none of them is the usual."""
    st.session_state[_CHOSEN] = dict(params)
    st.session_state[_WRITTEN] = {key: st.query_params.get_all(key) for key in st.query_params}


def choose_kept(params: Params) -> None:
    """Take up a kept choice, as far as there is such a thing here: no as-at day."""
    choose({key: list(values) for key, values in params.items() if key in KEYS})


def offer(view: View, whole_name: str, params: Params) -> Offer | None:
    """What the release offers, and what of it is asked for; None where it has nothing."""
    areas = tuple(released.areas(view, whole_name))
    if not areas:
        return None
    problems: list[str] = []
    strange = sorted(set(params) - set(KEYS))
    if strange:
        names = words.listed([f"“{key[:40]}”" for key in strange[:5]])
        problems.append(f"The address asks for {names}: there is only an area and a period here.")
    area = _area(areas, params.get("area", ()), problems)
    periods = tuple(cut for cut in released.periods(view, area) if cut.kind in KINDS)
    if not periods:
        return None
    chosen = _period(area, periods, params, problems)
    return Offer(areas, periods, chosen, tuple(problems))


def _area(areas: Sequence[Slice], asked: Sequence[str], problems: list[str]) -> Slice:
    known = {area.area: area for area in areas}
    if len(asked) > 1:
        problems.append("Protected numbers are shown for one area at a time; this is the whole.")
        return areas[0]
    if asked and asked[0] not in known:
        problems.append(f"There are no released numbers for an area “{asked[0][:40]}”.")
        return areas[0]
    return known[asked[0]] if asked else areas[0]


def _period(area: Slice, periods: Sequence[Slice], params: Params, problems: list[str]) -> Slice:
    if "from" not in params and "to" not in params:
        return periods[0]
    days = tuple((params.get(key) or ("",))[-1] for key in ("from", "to"))
    for cut in periods:
        if (cut.start.isoformat(), cut.end.isoformat()) == days:
            return cut
    there = [KINDS[kind].lower() for kind in KINDS if any(cut.kind == kind for cut in periods)]
    asked = " to ".join(day[:40] or "nothing" for day in days)
    problems.append(
        f"“{asked}” is no period of the release for {area.name}: it is offered by "
        f"{words.listed(there)}, in full only. The latest is shown."
    )
    return periods[0]


def to_params(
    chosen: Slice, areas: Sequence[Slice], periods: Sequence[Slice]
) -> dict[str, list[str]]:
    """The choice as parameters of the address; what is shown anyway is left out."""
    params = {} if chosen.area == areas[0].area else {"area": [chosen.area]}
    if chosen != periods[0]:
        params |= {"from": [chosen.start.isoformat()], "to": [chosen.end.isoformat()]}
    return params


def filters(now: Offer) -> None:
    """The two controls: which area, which period; and the way back to the usual."""
    with st.container(horizontal=True, width="content", gap="xsmall"):
        _areas(now)
        _periods(now)
        if not now.is_usual:
            st.button("Reset", type="tertiary", key="released-reset", on_click=choose, args=({},))


def _areas(now: Offer) -> None:
    names = {area.area: area.name for area in now.areas}
    with st.popover(for_markdown(names[now.chosen.area]), key="released-areas"):
        for level, title in (
            (released.WHOLE, "The whole area"),
            (released.COUNTY, "Counties"),
            (released.DISTRICT, "Districts"),
        ):
            keys = [area.area for area in now.areas if area.level == level]
            if not keys:
                continue
            key = f"released-{level}"
            st.session_state[key] = now.chosen.area if now.chosen.area in keys else None
            st.pills(
                title,
                keys,
                format_func=lambda area: for_markdown(names[area]),
                key=key,
                on_change=_area_changed,
                args=(key, now),
            )
        st.caption("Protected numbers are shown for one area at a time.")


def _area_changed(key: str, now: Offer) -> None:
    area = st.session_state[key]
    only(area if area is not None else now.areas[0].area, now)


def only(area: str, now: Offer) -> None:
    """Look at one area; the period stays, where the release has it for that area too."""
    params = to_params(now.chosen, now.areas, now.periods)
    params.pop("area", None)
    own = next(each for each in now.areas if each.area == area)
    if own.level != released.WHOLE and now.chosen.kind not in ("quarter", "year"):
        params = {}
    choose(params | ({"area": [area]} if area != now.areas[0].area else {}))


def _periods(now: Offer) -> None:
    kinds = [kind for kind in KINDS if any(cut.kind == kind for cut in now.periods)]
    with st.popover(for_markdown(words.sentence(now.chosen.period)), key="released-period"):
        st.session_state["released-kind"] = now.chosen.kind
        st.segmented_control(
            "By",
            kinds,
            format_func=lambda kind: KINDS[kind],
            key="released-kind",
            required=True,
            on_change=_kind_changed,
            args=(now,),
        )
        own = [cut for cut in now.periods if cut.kind == now.chosen.kind]
        st.session_state["released-cut"] = own.index(now.chosen)
        st.selectbox(
            "Period",
            range(len(own)),
            format_func=lambda index: for_markdown(words.sentence(own[index].period)),
            key="released-cut",
            on_change=_period_changed,
            args=(now, own),
        )
        st.caption("Only periods that are complete and closed have been released.")


def _kind_changed(now: Offer) -> None:
    kind = st.session_state["released-kind"]
    found = next(cut for cut in now.periods if cut.kind == kind)
    choose(to_params(found, now.areas, now.periods))


def _period_changed(now: Offer, own: Sequence[Slice]) -> None:
    found = own[st.session_state["released-cut"]]
    choose(to_params(found, now.areas, now.periods))
