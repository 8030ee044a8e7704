"""How a panel is shown: its finding, its chart or table, and one quiet control behind it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
import streamlit as st

from dashboard.draw import narrowest
from dashboard.draw.again import Said, again, figure_again, said_again
from dashboard.draw.escape import for_markdown, plain
from dashboard.draw.matrix import has_dots
from dashboard.drawings import AreaMap, Bars, Columns, Lanes, Matrix, Table
from dashboard.panel import Panel
from dashboard.shell.area_map import area_map
from dashboard.shell.brand import mode
from dashboard.shell.clicks import keep_click, show_chart, take_click
from dashboard.shell.heard import heard
from dashboard.shell.narrow import let_scroll, narrow, panel_width
from dashboard.shell.signed_in import look_again
from dashboard.shell.tables import ROW_HEIGHT, download, long_table, table
from queries.measures import MEASURES
from queries.view import View
from queries.words import counted

BESIDE = 700  # pixels from which a panel has its source and its controls in one line
MENU = 12  # choices that a menu has; where there are more they are searched
ROWS = 11  # of a table to choose from, the heading among them
DRAWN = 120  # bars of a chart: beyond that it is no longer looked at, but searched


@dataclass(frozen=True)
class Choice:
    """What was chosen in a panel: the row's value, and the column of the part or number."""

    value: Any
    part: str | None = None


def show(
    panel: Panel,
    frame: pl.DataFrame,
    view: View,
    *,
    made_up: bool,
    share: float = 1,
    most: int | None = None,
    chooses: str | None = None,
    records: str = "cases",
) -> Choice | None:
    """Show a panel and give back what was chosen in it on this run, if anything.

    `share` is the part of the page's width that it stands in; it takes `most` pixels of them.

    `chooses` names the column that identifies a row: then bars and numbers can be clicked, and
    the same is offered as a menu for the keyboard, where `records` names what it opens. Of a
    selectable table the chosen row's value of that column is given back on every run.
    """
    chosen = None
    width = panel_width(share) if most is None else min(panel_width(share), most)
    said = None if frame.is_empty() else said_again(panel, frame)
    with st.container(height="stretch", vertical_alignment="distribute"):
        with st.container():
            with st.container(gap=None):
                reading = said.reading if said else panel.without
                st.header(for_markdown(reading.rstrip(".")), anchor=False)
                st.caption(for_markdown(panel.caption(view)))
            if said:
                chosen = _body(panel, _cut(panel, frame), width, chooses)
        # In a narrow column the source has a line of its own, or it would break after each word.
        beside = width >= BESIDE
        with st.container(
            horizontal=beside,
            wrap=not beside,
            horizontal_alignment="distribute" if beside else "left",
            vertical_alignment="center",
            gap="small" if beside else None,
            key=f"foot-{panel.key}",
        ):
            st.caption(for_markdown(_beneath(panel, frame, said)))
            with st.container(
                horizontal=True,
                width="content" if beside else "stretch",
                horizontal_alignment="right",
                gap="medium",
            ):
                if chooses and said and said.choices:
                    chosen = _menu(panel, frame, said, chooses, records) or chosen
                _data_and_definition(panel, frame, made_up)
    return chosen


def _beneath(panel: Panel, frame: pl.DataFrame, said: Said | None) -> str:
    """The source, what is noted of the rows, and what a drawing's own mark stands for."""
    if said is None:
        return panel.source
    drawing = panel.drawn_as
    dots = "A dot: none." if isinstance(drawing, Matrix) and has_dots(drawing, frame) else ""
    return " ".join(filter(None, (panel.source, said.note, dots)))


def _cut(panel: Panel, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows that the viewer wants to see of those there are: all, or those of one cut."""
    if not panel.cuts:
        return frame
    counts = {"": frame.height} | {
        column: int(frame[column].sum()) for column in panel.cuts.values()
    }
    names = {"": "All"} | {column: name for name, column in panel.cuts.items()}
    wanted = st.segmented_control(
        panel.question,
        [column for column, count in counts.items() if count],
        default="",
        format_func=lambda column: f"{names[column]} {counts[column]}",
        required=True,
        key=f"cut-{panel.key}",
        label_visibility="collapsed",
    )
    return frame.filter(pl.col(wanted)) if wanted else frame


def _body(panel: Panel, frame: pl.DataFrame, width: int, chooses: str | None) -> Choice | None:
    said = said_again(panel, frame)
    if isinstance(panel.drawn_as, AreaMap):
        area_map(panel.drawn_as, frame, said.alt, width)
        return None
    key = f"chart-{panel.key}"
    if isinstance(panel.drawn_as, Table):
        if panel.drawn_as.selectable:
            return _row(panel, frame, said.alt, chooses)
        _entries(panel, panel.drawn_as, frame, said, key if chooses else "")
        clicked = take_click(key)
    else:
        if narrow() and (needed := narrowest(panel.drawn_as, frame)) > width:
            width = needed
            let_scroll(key, width, from_end=isinstance(panel.drawn_as, Columns | Lanes))
            st.caption("Wider than this window: the chart scrolls sideways.")
        chart = figure_again(panel.drawn_as, _drawn(panel, frame), mode(), width)
        clicked = show_chart(chart, said.alt, key, clicks=chooses is not None)
    if chooses is None or clicked is None or clicked[0] >= frame.height:
        return None
    return Choice(frame[chooses][clicked[0]], clicked[1])


def _drawn(panel: Panel, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows that the chart has room for; where these are the first of more, words say so."""
    if not isinstance(panel.drawn_as, Bars) or frame.height <= DRAWN:
        return frame
    st.caption(
        f"The first {DRAWN} of {frame.height:,} are drawn; all are under Data and definition."
    )
    return again(frame, "drawn", lambda: frame.head(DRAWN))


def _row(panel: Panel, frame: pl.DataFrame, alt: str, chooses: str | None) -> Choice | None:
    """A table of which one row is always chosen."""
    # Long ones scroll, so that what the chosen row shows beneath stays in sight.
    tall = ROW_HEIGHT * ROWS if frame.height >= ROWS else "content"
    index = long_table(frame, panel.headings, alt, panel.percent, f"rows-{panel.key}", True, tall)
    return Choice(frame[chooses][index]) if chooses and index is not None else None


def _entries(panel: Panel, drawing: Table, frame: pl.DataFrame, said: Said, key: str) -> None:
    """A table to read; where it can be sorted, entries of which there are records are clicked."""
    if not drawing.sortable:
        table(frame, panel.headings, said.alt, panel.percent)
        return
    opens = {(row, column) for row, column, _ in said.choices} if key else set()

    def clicked(row: int, column: str) -> None:
        if (row, column) in opens:
            keep_click(key, (row, column))

    long_table(
        frame,
        panel.headings,
        said.alt,
        panel.percent,
        f"rows-{panel.key}",
        height="content",
        on_cell=clicked if opens else None,
    )


def _menu(
    panel: Panel, frame: pl.DataFrame, said: Said, chooses: str, records: str
) -> Choice | None:
    """The same choices as a menu, for those who do not use a mouse."""
    names = again(frame, ("names", panel.key, chooses), lambda: _names(frame, said, chooses))
    key, words = f"open-{panel.key}", f"Show {records}"
    label = heard(words, _spoken(panel))
    if len(names) > MENU:
        chosen = _search(label, for_markdown(words), names, key)
    else:
        chosen = st.menu_button(
            label,
            list(names),
            format_func=lambda choice: for_markdown(names[choice]),
            type="tertiary",
            key=key,
        )
    return Choice(frame[chooses][chosen[0]], chosen[1]) if chosen else None


def _names(frame: pl.DataFrame, said: Said, chooses: str) -> dict[tuple[int, str], str]:
    """What can be chosen, by row and part, in words of which no two are the same."""
    # Streamlit knows an entry by its words: two people of one name must not be mixed up.
    often = Counter(text for *_, text in said.choices)
    ids = frame[chooses].to_list()
    return {
        (row, part): text if often[text] == 1 else f"{text} ({ids[row]})"
        for row, part, text in said.choices
    }


def _spoken(panel: Panel) -> str:
    return panel.key.replace("-", " ")


def _search(
    label: str, words: str, names: Mapping[tuple[int, str], str], key: str
) -> tuple[int, str] | None:
    """More choices than a low window has room for: a list that scrolls and can be searched."""
    # A choice opens its records once. Then the list is a new one with nothing chosen: one that was
    # only emptied would for a moment send its old choice again, and open the records once more.
    times = f"{key}-times"
    once = f"{key}-{st.session_state.get(times, 0)}"
    chosen: tuple[int, str] | None = st.session_state.get(once)
    if chosen:
        st.session_state[times] = st.session_state.get(times, 0) + 1
        once = f"{key}-{st.session_state[times]}"
    with st.popover(label, type="tertiary", key=f"{once}-popover"):
        st.selectbox(
            words,
            list(names),
            index=None,
            format_func=names.__getitem__,
            placeholder="Choose, or type to search",
            key=once,
        )
    return chosen


@st.fragment
def _data_and_definition(panel: Panel, frame: pl.DataFrame, made_up: bool) -> None:
    """Made when it is opened, and by itself: no page waits for tables that nobody looks at."""
    key = f"data-{panel.key}"
    name = heard("Data and definition", _spoken(panel))
    opened = st.popover(name, type="tertiary", key=key, on_change="rerun")
    if opened.open:
        look_again()  # it runs without its page
        with opened:
            _behind(panel, frame, made_up)


def _behind(panel: Panel, frame: pl.DataFrame, made_up: bool) -> None:
    """Definitions, the rows as a table, and their download."""
    for key in panel.measures:
        measure = MEASURES[key]
        beware = f" {measure.beware}" if measure.beware else ""
        words = for_markdown(f"{measure.definition}{beware}")
        st.markdown(f"**{for_markdown(measure.title)}**: {words}")
    if panel.definition:
        st.markdown(for_markdown(panel.definition))
    if frame.is_empty():
        return
    if not isinstance(panel.drawn_as, Table):
        rows = counted(frame.height, "row")
        reading = said_again(panel, frame).reading.rstrip(".")
        alt = plain(f"{reading}. The same in a table of {rows}.")
        table(frame, panel.headings, alt, panel.percent)
    download(frame, panel.headings, panel.key, f"csv-{panel.key}", made_up=made_up)
