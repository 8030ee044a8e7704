"""A slide of the weekly meeting: one message as a sentence, and the panel that proves it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import polars as pl

from dashboard.panel import Panel
from queries import words
from queries.released import TOO_FEW, Slice
from queries.view import View

HEIGHT = 294  # of a chart before it is enlarged to the size of a slide


class Agenda(Protocol):
    """The settings that the slides follow."""

    @property
    def whole_name(self) -> str: ...
    @property
    def meeting_slides(self) -> tuple[str, ...]: ...
    @property
    def meeting_decisions(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Slide:
    """A slide: its sentence, the panel under it with its rows, and which period of the release.

    `source` is the line at its foot: measure, period, n and where the numbers come from.
    """

    key: str
    sentence: str
    panel: Panel
    rows: pl.DataFrame
    period: str
    source: str


@dataclass(frozen=True)
class About:
    """What every slide is made from: this meeting's release, the last one's, and the newest cuts.

    `week` is the newest week, or month where the release has no weeks.
    """

    view: View
    previous: View | None
    previous_on: date | None
    settings: Agenda
    on: date
    week: Slice
    month: Slice


def made(
    about: About,
    key: str,
    panel: Panel,
    sentence: Callable[[pl.DataFrame], str],
    cut: Slice,
    period: str = "",
) -> Slide:
    """A slide of one cut of the release; of several, `period` says which."""
    rows = panel.result(about.view).collect()
    said = panel.without if rows.is_empty() else sentence(rows)
    parts = [panel.caption(about.view), "" if rows.is_empty() else panel.note(rows)]
    source = " ".join(f"{part.rstrip('.')}." for part in parts if part)
    return Slide(key, said, panel, rows, words.sentence(period or cut.period), source)


def few(what: str) -> str:
    return f"{what} are {TOO_FEW}"
