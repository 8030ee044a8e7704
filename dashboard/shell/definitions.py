"""Definitions on the screen: a search, the measures by subject, the methods in words."""

from collections.abc import Iterable, Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.access import Role
from dashboard.access.sees import SEES
from dashboard.draw.escape import for_markdown
from queries.definitions import Entry, found, table_title
from queries.measures import ALL
from queries.methods import METHODS, PERIODS
from queries.words import counted, figure, listed, sentence

SEARCH = "definitions-search"
OVER_HEADING = 8  # pixels
PROTECTED = "Before it is shown to you, as all protected numbers are."


def search() -> str:
    """The words looked for: kept while the page is open, and never in the address."""
    return (
        st.container(key="named-search")
        .text_input(
            "Search the measures",
            key=SEARCH,
            placeholder="Any words: risk, Wilson, cases, MARAC",
            width=560,
        )
        .strip()
    )


def show_measures(wanted: str, protected: bool) -> None:
    """The measures in which all the words stand, by subject; `protected`: for released numbers."""
    subjects = found(wanted)
    count = sum(len(entries) for entries in subjects.values())
    if wanted:
        st.caption(
            f"{sentence(counted(count, 'measure'))} of {figure(len(ALL))} "
            f"with “{for_markdown(wanted)}”"
        )
    if not count:
        st.markdown("Try fewer or other words, such as the name of a table.")
    for name, entries in subjects.items():
        st.header(name, anchor=False)
        for entry in entries:
            _measure(entry, PROTECTED if protected else entry.rounding)


def show_methods() -> None:
    """How intervals, limits and projections are made, what periods are, what each role sees."""
    st.header("How the numbers are worked out", anchor=False)
    _explained(METHODS)
    st.header("Periods, weeks and days", anchor=False)
    _explained(PERIODS)
    st.header("Who sees which numbers", anchor=False)
    _explained((role.label, SEES[role]) for role in Role)


def _measure(entry: Entry, rounding: str) -> None:
    name, what, how = st.columns([5, 4, 4], gap="medium")
    with name:
        st.subheader(for_markdown(entry.title), anchor=False)
        st.markdown(for_markdown(entry.definition))
    _beside(
        what,
        _lines(
            {
                "Counted": entry.counts,
                "Out of": entry.out_of,
                "Read": entry.reads,
                "From": f"{listed([table_title(name) for name in entry.source])}.",
            }
        ),
    )
    _beside(
        how,
        _lines(
            {
                "Direction": entry.better,
                "Rounded": rounding,
                "Interval": entry.interval,
                "Beware": entry.beware,
            }
        ),
    )


def _beside(column: DeltaGenerator, text: str) -> None:
    """A text that begins level with a heading, over which the framework leaves some room."""
    with column.container(gap=None):
        st.space(OVER_HEADING)
        st.markdown(text)


def _lines(said: Mapping[str, str]) -> str:
    # Two spaces at its end break a line within one paragraph.
    return "  \n".join(f"**{name}:** {for_markdown(words)}" for name, words in said.items())


def _explained(entries: Iterable[tuple[str, str]]) -> None:
    for title, words in entries:
        name, said = st.columns([4, 9], gap="medium")
        name.subheader(for_markdown(title), anchor=False)
        _beside(said, for_markdown(words))
