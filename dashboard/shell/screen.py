"""A screen: its sentence, its headline numbers, its panels, all read in one go.

screen = Screen(sentence=..., headlines=(...), panels=(A, B, C))
screen.head()
screen.show(A)
left, right = screen.row(7, 5)
with left:
    screen.show(B)
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.access import Role
from dashboard.access.roles import title_of
from dashboard.export.about import Taken
from dashboard.panel import Panel
from dashboard.panels.caseload import case_timeline
from dashboard.shell.header import header
from dashboard.shell.headlines import headline_row
from dashboard.shell.numbers import headline
from dashboard.shell.page_now import page_now
from dashboard.shell.records import open_list, tell_of_timeline
from dashboard.shell.show import Choice, show
from dashboard.shell.taking_away import take_page
from dashboard.shell.visit import current
from dashboard.snapshot.answers import Question
from dashboard.snapshot.lens import Lens
from queries import kept
from queries.behind import COLUMNS, as_list, behind, day_of
from queries.comparisons import chosen
from queries.headlines import HeadlineNumber, headline_numbers, headline_questions
from queries.measures import MEASURES
from queries.once import once_a_view
from queries.periods import Period, before, one
from queries.trend import days_of
from queries.view import View
from queries.words import day, period

Frames = Mapping[str, pl.DataFrame]
Sentence = Callable[[Frames], str]


class Screen:
    """The panels of a page over the lens of this visit."""

    def __init__(
        self,
        sentence: Sentence,
        panels: Sequence[Panel],
        headlines: Sequence[str] = (),
    ) -> None:
        self.visit = current()
        self.lens = self.visit.lens
        self._nothing = self._what_is_missing()
        self.frames: dict[str, pl.DataFrame] = {}
        self._on_page: dict[str, Panel] = {}  # as they were shown on this run
        self._headlines: tuple[HeadlineNumber, ...] = ()
        self._sentence = ""
        if self._nothing is None:
            self._read(sentence, panels, tuple(headlines))

    def _read(self, sentence: Sentence, panels: Sequence[Panel], keys: tuple[str, ...]) -> None:
        """Everything that the page shows, in one go."""
        asked = {panel.key: panel.result for panel in panels}
        found = self.lens.answers([*asked.values(), *headline_questions(keys)])
        self.frames = dict(zip(asked, found, strict=False))
        self._headlines = _headlines(self.lens, keys, self.visit.snapshot.first)
        self._sentence = _in_words(self.lens, sentence, tuple(asked.items()))

    def head(self) -> bool:
        """Banner, sentence, filters and headline numbers; whether there is anything to show.

        Where there is nothing, words say so and what to do, in place of a row of zeros.
        """
        nothing = self._nothing
        last = before(Period(self.lens.start, self.lens.end))
        header(
            nothing[0] if nothing else self._sentence,
            self.visit.filters,
            self.visit.standing,
            self.visit.areas,
            self.visit.defaults,
            self.visit.launch,
            comparison=self._compared_with(period(last.start, last.end)),
            problems=[*self.visit.problems, *filter(None, [kept.in_words(self.lens)])],
            everywhere=self.visit.everywhere,
            beside=(lambda: None) if nothing else self._take_away,
        )
        if nothing:
            st.markdown(nothing[1])
            return False
        if self._headlines:
            self._numbers()
        return True

    def _compared_with(self, before: str) -> str:
        """What headline numbers stand beside; and their day, where lists are of a later one."""
        if not self._headlines:
            return ""
        states = any(number.measure.reads == "state" for number in self._headlines)
        earlier = states and self.lens.end < self.lens.as_at
        on = f" Counts of a day: {day(self.lens.end)}." if earlier else ""
        return f"Against {before}. Dashed: target.{on}"

    def _take_away(self) -> None:
        path = page_now()
        take_page(
            self.visit.snapshot,
            self.lens,
            title_of(path),
            self._sentence,
            self.visit.area_words,
            lambda: [Taken(panel, self.frames[key]) for key, panel in self._on_page.items()],
            self._headlines,
            returns=path == "rollout",
        )

    def row(self, *shares: int) -> list[DeltaGenerator]:
        """Columns for panels beside each other, in these shares of the width."""
        return st.columns(shares, gap="large")

    def show(
        self,
        panel: Panel,
        share: float = 1,
        chooses: str | None = None,
        records: str = "cases",
    ) -> Choice | None:
        """A panel; `share` is the part of the width it stands in.

        What a click chooses is given back only to those who may see single cases.
        """
        return self._shown(panel, share, chooses if self.role.sees_cases else None, records)

    def show_trend(self, panel: Panel, share: float = 1) -> None:
        """The control chart of a panel's measure; each of its months leads to its records."""
        if point := self.show(panel, share, chooses="month", records="records"):
            self.open_measure(panel.measures[0], days_of(point.value))

    def show_case(self, case: str) -> None:
        """All that happened in one case; the trail is told that one was opened."""
        panel = case_timeline(case)
        self.show(panel)
        tell_of_timeline(case, self.frames[panel.key])

    def choose(self, panel: Panel, column: str) -> Any:
        """A table of what is no case: its chosen row's value of the column, None without rows."""
        choice = self._shown(panel, 1, column, "")
        return choice.value if choice else None

    def _shown(
        self, panel: Panel, share: float, chooses: str | None, records: str
    ) -> Choice | None:
        self._on_page[panel.key] = panel
        if panel.key not in self.frames:
            self.frames[panel.key] = self.lens.answers([panel.result])[0]
        return show(
            panel,
            self.frames[panel.key],
            self.lens,
            made_up=self.visit.snapshot.made_up,
            share=share,
            chooses=chooses,
            records=records,
        )

    @property
    def role(self) -> Role:
        return self.visit.viewer.role

    def _numbers(self) -> None:
        shown = [headline(number, self._opens(number.measure.key)) for number in self._headlines]
        asked = headline_row(shown)
        if asked:
            self.open_measure(asked.key, days_of(asked.month) if asked.month else None)

    def open_measure(self, key: str, days: Period | None = None) -> None:
        """The list of the records behind a measure, in the view's period or in these days."""
        measure = MEASURES[key]
        days = days or Period(self.lens.start, self.lens.end)
        rows = behind(measure, self.lens, one(days.start, days.end)).collect()
        if measure.reads == "state":  # it is of the last day alone
            days = Period(days.end, days.end)
        open_list(measure.title, rows, COLUMNS[measure.facts], key, self.visit, days)

    def open_rows(
        self,
        panel: Panel,
        choice: Choice,
        rows: pl.LazyFrame,
        facts: str,
        named: str,
        days: Period | None = None,
    ) -> None:
        """The list of the rows behind what was chosen in a panel; `named`: who or what it was.

        `days`: what the panel is cut to, where that is neither the page's period nor the one
        that the number's column stands for.
        """
        days = days or day_of(facts, self.lens) or chosen(self.lens, choice.part).period
        headings = {**panel.headings, **getattr(panel.drawn_as, "parts", {})}
        part = headings.get(choice.part or "", "")
        title = f"{named}: {part.lower()}" if part else named
        listed = as_list(rows, facts, self.lens).collect()
        open_list(title, listed, COLUMNS[facts], facts, self.visit, days)

    def _opens(self, key: str) -> bool:
        return self.role.sees_cases and MEASURES[key].facts in COLUMNS

    def _what_is_missing(self) -> tuple[str, str] | None:
        """What to say, and what to do, where there is nothing to show."""
        snapshot, filters = self.visit.snapshot, self.visit.filters
        if snapshot.is_empty:
            return "No records have been loaded yet", self._how_to_load()
        if snapshot.first and filters.end < snapshot.first:
            return (
                "The service had not started in this period",
                "Its first record is of a later day. Choose a later period, or press Reset.",
            )
        if not self._any_records():
            return (
                f"Nothing is recorded for {self.visit.area_words}",
                "No referral was received and no case was held there up to the as-at date. "
                "Choose other areas or press Reset.",
            )
        return None

    def _how_to_load(self) -> str:
        """In words, and as far as this role can do it: most who read it know no command line."""
        if self.role.loads_records:
            return "Load them on the Data page, under “Load records from files”."
        whom = self.visit.snapshot.settings.whom_to_ask
        return (
            f"A data steward loads them on the Data page: ask {whom}. The README says how to load "
            "the first ones, and how to look round among made-up ones."
        )

    def _any_records(self) -> bool:
        """Whether the lens holds a referral or a case at all."""
        return any(not frame.is_empty() for frame in self.lens.answers(_FIRST))


@once_a_view
def _headlines(lens: Lens, keys: tuple[str, ...], first: date | None) -> tuple[HeadlineNumber, ...]:
    if not keys:
        return ()
    return tuple(headline_numbers(keys, lens, lens.answers(headline_questions(keys)), first))


@once_a_view
def _in_words(lens: Lens, sentence: Sentence, asked: tuple[tuple[str, Question], ...]) -> str:
    """The page's sentence, said of the rows of its panels."""
    found = lens.answers([question for _, question in asked])
    return sentence(dict(zip((key for key, _ in asked), found, strict=True)))


def _first_referral(view: View) -> pl.LazyFrame:
    return view.numbers("referrals").select("on").head(1)


def _first_case(view: View) -> pl.LazyFrame:
    return view.numbers("caseload").select("on").head(1)


_FIRST = (_first_referral, _first_case)
