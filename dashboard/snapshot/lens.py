"""The lens: who is looking, at which areas, over which period, as at which day.

It is the only way to facts. Every row that it hands out belongs to the viewer's areas, and to
their own cases where they are a case manager; no row and no date in it lies after `as_at`.
No areas means nothing, never all.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import polars as pl

from dashboard.access import Role, Viewer
from dashboard.snapshot.answers import Answers, Question
from dashboard.snapshot.tallies import Tallies
from queries.measure import Measure
from queries.periods import Numbers
from queries.scope import EVERYWHERE
from queries.tally import Seen

# Days that are set in advance and so are known before they come.
_FORESEEN = ("due_on", "planned_end_on")
# What the service says of an area, or of all; set in advance.
_SAID = ("targets", "annotations")
# What is known of the database as a whole. How many rows there are says how many are elsewhere.
_OF_ALL = {
    "tables": ("rows",),
    "imports": ("read", "inserted", "updated", "unchanged", "removed"),
}
# An agency has no area of its own: it is seen where something was sent by it or asked of it.
_OF_AGENCIES = ("referrals", "actions", "actions_due", "actions_overdue")
# Counts of months whose records are gone: of districts, and of counties and the whole.
_KEPT = ("kept", "kept_wider")


class Lens:
    """A view of the facts of a snapshot (see `queries.view.View`)."""

    def __init__(
        self,
        facts: dict[str, pl.DataFrame],
        recorded: Callable[[str], bool],
        answers: Answers,
        tallies: Tallies,
        viewer: Viewer,
        areas: frozenset[str] | None,
        start: date,
        end: date,
        as_at: date,
    ) -> None:
        if viewer.role.protected:
            raise PermissionError(f"{viewer.role.label} sees released numbers only.")
        self._facts = facts
        self._recorded = recorded
        self._answers = answers
        self._tallies = tallies
        self._numbers: dict[str, pl.LazyFrame] = {}
        self.viewer = viewer
        self.start, self.end, self.as_at = start, min(end, as_at), as_at
        every = facts["areas"]["area"].cast(pl.String)
        allowed = set(every) if viewer.areas is None else set(viewer.areas)
        chosen = allowed if areas is None else allowed & areas
        self.areas: tuple[str, ...] = tuple(area for area in every if area in chosen)
        self._everywhere = len(self.areas) == len(every)

    def over(self, start: date, end: date, as_at: date | None = None) -> "Lens":
        """The same viewer and areas over another period."""
        return self._other(frozenset(self.areas), start, end, as_at or self.as_at)

    def of(self, areas: frozenset[str]) -> "Lens":
        """The same view of some of its areas."""
        return self._other(areas, self.start, self.end, self.as_at)

    def _other(self, areas: frozenset[str], start: date, end: date, as_at: date) -> "Lens":
        shared = self._facts, self._recorded, self._answers, self._tallies
        return Lens(*shared, self.viewer, areas, start, end, as_at)

    def answers(self, questions: Sequence[Question]) -> list[pl.DataFrame]:
        """The rows of each question, all read in one go.

        What was asked of this snapshot through a lens that sees the same is not read again. A
        question has no answer of its own making: the same view gives it the same rows.
        """
        who = self.viewer.role, self.viewer.areas, self.viewer.case_manager
        seen = (*who, self.areas, self.start, self.end, self.as_at)
        return self._answers.to(questions, self, seen)

    def recorded(self, facts: str) -> bool:
        """Whether any such row was ever loaded, for anybody."""
        return self._recorded(facts)

    def numbers(self, facts: str) -> pl.LazyFrame:
        """Rows by the area and case manager they belonged to on their day; for counting."""
        if facts not in self._numbers:
            self._numbers[facts] = self._cut(facts)
        return self._numbers[facts]

    def _cut(self, facts: str) -> pl.LazyFrame:
        frame = self._facts[facts]
        rows = frame.lazy()
        if facts in _OF_ALL:
            return rows if self._sees_all else _without_counts(rows, _OF_ALL[facts])
        if facts in _SAID:
            return rows.filter(pl.col("for_area").is_in(self._spoken_of))
        if facts == "agencies":
            return rows if self._uncut else self._agencies(rows)
        if facts in _KEPT:
            return self._as_at(self._kept(facts, rows), frame.columns)
        return self._as_at(self._own(self._whole(facts), frame.columns), frame.columns)

    def _whole(self, facts: str) -> pl.LazyFrame:
        """The rows of days of which the records are whole."""
        frame = self._facts[facts]
        if self._whole_from and "on" in frame.columns and "to" not in frame.columns:
            return frame.lazy().filter(pl.col("on") >= self._whole_from)
        return frame.lazy()

    def tallies(self, measures: Sequence[Measure]) -> list[Seen] | None:
        """What measures came to in the areas seen (see `queries.view.View`).

        None for somebody's own cases: tallies are of areas.
        """
        facts = measures[0].facts
        columns = self._facts[facts].columns
        later = set(_later(columns))
        if self.viewer.role is Role.CASE_MANAGER or any(each.columns & later for each in measures):
            return None
        made = self._tallies.of(measures, lambda: self._whole(facts), self._area_count)
        return [Seen(each, self._area_places, self._area_count, self.as_at) for each in made]

    def records(self, facts: str) -> pl.LazyFrame:
        """Rows of the cases that are the viewer's now, with their whole history.

        A case is theirs if it was in their areas (and with them, for a case manager) at the last
        it was active, so that a closed case stays where it closed.
        """
        frame = self._facts[facts]
        if "case" not in frame.columns:
            return self.numbers(facts)
        # By position: of millions of rows each only looks up whether its case is one of them.
        own = pl.lit(self._own_cases).gather(pl.col("case").to_physical(), null_on_oob=True)
        return self._as_at(frame.lazy().filter(own), frame.columns)

    @cached_property
    def _own_cases(self) -> pl.Series:
        """Whether a case is the viewer's now, for each up to the last one in their list."""
        spells = self._facts["caseload"].select("on", "case", "area", "case_manager")
        known = spells.filter(pl.col("on") <= self.as_at)
        cases = known["case"].to_physical().to_numpy()
        last = np.full(int(cases.max()) + 1 if len(cases) else 0, -1)
        np.maximum.at(last, cases, np.arange(len(cases)))  # spells stand in order of their days
        own = self._own(known[last[last >= 0]].lazy(), known.columns).collect()
        is_own = np.zeros(len(last), bool)
        is_own[own["case"].to_physical().to_numpy()] = True
        return pl.Series(is_own)

    @property
    def _uncut(self) -> bool:
        """The whole service is seen: every area, and everybody's cases."""
        return self._everywhere and self.viewer.role is not Role.CASE_MANAGER

    @property
    def _sees_all(self) -> bool:
        """The viewer may see the whole service, whatever is chosen of it."""
        return self.viewer.areas is None and self.viewer.role is not Role.CASE_MANAGER

    @property
    def _spoken_of(self) -> list[str]:
        """All, and the areas seen with their counties, as targets and annotations name them."""
        areas = self._facts["areas"].filter(pl.col("area").is_in(self._area_list.implode()))
        return [EVERYWHERE, *self.areas, *areas["county"].cast(pl.String).drop_nulls().unique()]

    def _agencies(self, rows: pl.LazyFrame) -> pl.LazyFrame:
        """Those with anything in this view; the name of another would say where it works."""
        seen = [self.numbers(facts).select("agency") for facts in _OF_AGENCIES]
        return rows.join(pl.concat(seen), on="agency", how="semi")

    def _own(self, rows: pl.LazyFrame, columns: list[str]) -> pl.LazyFrame:
        """Rows of the viewer's areas, and of their own cases for a case manager."""
        if "area" in columns and not self._everywhere:
            rows = rows.filter(pl.col("area").is_in(self._area_list.implode()))
        if "case_manager" in columns and self.viewer.role is Role.CASE_MANAGER:
            rows = rows.filter(pl.col("case_manager") == (self.viewer.case_manager or ""))
        return rows

    @cached_property
    def _whole_from(self) -> date | None:
        """The first day of which the records are whole; before it only counts were kept."""
        last = self._facts["kept"]["on"].max()
        return None if last is None else last + timedelta(days=1)  # type: ignore[operator, return-value]

    def _kept(self, facts: str, rows: pl.LazyFrame) -> pl.LazyFrame:
        """Kept counts of the areas seen; of a county, or of all, only where all of it is."""
        if self.viewer.role is Role.CASE_MANAGER:
            return rows.clear()
        if facts == "kept":
            return rows.filter(pl.col("area").is_in(self._area_list.implode()))
        areas = self._facts["areas"]
        unseen = areas.filter(~pl.col("area").is_in(self._area_list.implode()))["county"]
        rows = rows.filter(pl.col("county").is_null() | ~pl.col("county").is_in(unseen.implode()))
        return rows if unseen.is_empty() else rows.drop_nulls("county")

    @cached_property
    def _area_list(self) -> pl.Series:
        return pl.Series(self.areas, dtype=self._facts["areas"].schema["area"])

    @cached_property
    def _area_places(self) -> Numbers:
        """Where the areas seen stand among all that there may be."""
        return self._area_list.to_physical().cast(pl.Int64).to_numpy()

    @cached_property
    def _area_count(self) -> int:
        return len(self._area_list.dtype.categories)  # type: ignore[attr-defined]

    def _as_at(self, rows: pl.LazyFrame, columns: list[str]) -> pl.LazyFrame:
        """Nothing after `as_at`: later rows are gone, later ends and steps not yet known."""
        if "on" in columns:
            rows = rows.filter(pl.col("on") <= self.as_at)
        return rows.with_columns(
            pl.when(pl.col(name) <= self.as_at).then(pl.col(name)) for name in _later(columns)
        )


def _later(columns: Sequence[str]) -> list[str]:
    """Those of days that may come after the row's own."""
    return [
        name for name in columns if (name == "to" or name.endswith("_on")) and name not in _FORESEEN
    ]


def _without_counts(rows: pl.LazyFrame, counts: Sequence[str]) -> pl.LazyFrame:
    """The rows with these counts not known, where they are not nought."""
    return rows.with_columns(pl.when(pl.col(name) == 0).then(pl.col(name)) for name in counts)
