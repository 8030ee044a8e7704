"""A screen of released numbers: what is looked at, its headline numbers, and its panels."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl
import streamlit as st

from dashboard.access.roles import title_of
from dashboard.disclosure import ReleasedView
from dashboard.draw.escape import for_markdown
from dashboard.export.about import Taken
from dashboard.panel import Panel
from dashboard.shell.header import Standing, banner
from dashboard.shell.headlines import Headline, headline_row
from dashboard.shell.keeping.views import views_menu
from dashboard.shell.numbers import headline
from dashboard.shell.page_now import page_now
from dashboard.shell.released_choice import Offer, choose_kept, filters
from dashboard.shell.show import show
from dashboard.shell.taking_away import take_released_page
from dashboard.shell.visit import store
from queries import released, words
from queries.headlines import HeadlineNumber
from queries.measure import Measure
from queries.measures import MEASURES
from queries.released import TOO_FEW
from queries.released_headlines import headlines

_MEASURE, USUAL = "released-measure", "referrals_received"


@dataclass(frozen=True)
class ReleasedVisit:
    """What one run of a page of released numbers works with."""

    view: ReleasedView
    offer: Offer
    standing: Standing
    made_up: bool
    minimum_outcomes: int


class ReleasedScreen:
    """The panels of a page over a release, all collected at once."""

    def __init__(self, visit: ReleasedVisit, sentence: str) -> None:
        self.visit, self.view, self.chosen = visit, visit.view, visit.offer.chosen
        self._sentence = sentence
        self._on_page: list[Taken] = []  # as they were shown on this run
        self._numbers: list[HeadlineNumber] = []

    def head(self, keys: Sequence[str], said: str = "") -> None:
        """Banner, sentence, what is looked at, and the headline numbers.

        `said` stands beside the controls: where the panels are of another period than is chosen.
        """
        banner(self.visit.standing)
        st.title(for_markdown(self._sentence), anchor=False)
        with st.container(
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
            key="looked-at",
        ):
            with st.container(horizontal=True, width="content", gap="xsmall"):
                filters(self.visit.offer)
                views_menu(self.visit.offer.params, choose_kept)
                self._take_away()
            then = released.before(self.chosen)
            if then and keys:
                was = self.chosen.at(self.chosen.kind, *then).period
                said = f"Against {was}. Dashed: target. {said}".strip()
            if said:
                st.caption(for_markdown(said), width="content")
        if self.visit.offer.problems:
            st.warning(for_markdown(" ".join(self.visit.offer.problems)))
        numbers = headlines(self.view, keys, self.chosen)
        self._numbers += [number for number, _ in numbers]
        if numbers:
            headline_row([_headline(number, hidden) for number, hidden in numbers])

    def _take_away(self) -> None:
        path = page_now()
        take_released_page(
            store().current(),
            self.view.over(self.chosen.start, self.chosen.end),
            title_of(path),
            self._sentence,
            self.chosen.name,
            lambda: self._on_page,
            self._numbers,
            returns=path == "rollout",
        )

    def measure_switch(self, now: Measure) -> None:
        """Which measure the districts are compared by, of those that the release has for them."""
        cells = released.unsplit(self.view).filter(pl.col("level") == released.DISTRICT)
        there = set(cells["measure"])
        keys = [key for key in MEASURES if key in there]
        st.selectbox(
            "Measure",
            keys,
            index=keys.index(now.key),
            format_func=lambda key: for_markdown(MEASURES[key].title),
            key=_MEASURE,
            width=480,
        )

    def rows(self, rows: Sequence[Sequence[Panel]]) -> None:
        """Rows of panels, those of one row beside each other."""
        panels = [panel for row in rows for panel in row]
        found = pl.collect_all([panel.result(self.view) for panel in panels])
        frames = dict(zip((panel.key for panel in panels), found, strict=True))
        self._on_page += [Taken(panel, frames[panel.key]) for panel in panels]
        for row in rows:
            columns = st.columns(len(row), gap="large") if len(row) > 1 else [st.container()]
            for column, panel in zip(columns, row, strict=True):
                with column:
                    show(
                        panel,
                        frames[panel.key],
                        self.view,
                        made_up=self.visit.made_up,
                        share=1 / len(row),
                    )


def _headline(number: HeadlineNumber, hidden: bool) -> Headline:
    """A released number ready for the screen; a hidden one is said to be too few to show."""
    found = headline(number, opens=False)
    found = replace(found, definition=f"{found.definition} {words.sentence(released.RULES)}")
    if not hidden:
        return found
    return replace(found, value="–", suffix=TOO_FEW, change="", previous="")


def measure_of_areas() -> Measure:
    """What the switch of the areas page is set to; it is drawn later on the page."""
    return MEASURES[st.session_state.get(_MEASURE, USUAL)]
