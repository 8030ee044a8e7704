"""What a file that leaves says about itself: whose it is, what it shows, who took it and when."""

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from dashboard.draw.escape import plain
from dashboard.drawings import Bars, Courses, Drawing
from dashboard.panel import Panel
from queries import words
from queries.view import View
from queries.words import short_day

MADE_UP = "Made-up data: these records are invented. No real person is described."


@dataclass(frozen=True)
class About:
    """The cover of a workbook, a pack or a return.

    `title`: what was taken ("Referrals", "All pages"); `sentence`: what the page says; `protected`
    says how small numbers are hidden, and by which release; empty where the counts are true.
    `made` is a local time. `launched`: the day before which no period begins, though the quarter,
    the month or the year that is looked at may.
    """

    service: str
    title: str
    areas: str
    who: str
    role: str
    made: datetime
    made_up: bool
    protected: str = ""
    records_to: date | None = None
    sentence: str = ""
    launched: date | None = None

    @property
    def mark(self) -> str:
        """The protection in short, for every slide."""
        said = self.protected.split(",")[0] if self.protected else "True counts: not to be shared"
        return plain(said)

    def footing(self, taken: "Taken", view: View) -> str:
        """The foot of a slide: source, areas, period and as-at day."""
        period = "" if taken.period else f"{self.period(view)}, "
        return plain(f"{taken.source} {self.areas}, {period}as at {words.day(view.as_at)}.")

    def period(self, view: View) -> str:
        """The period looked at, in words."""
        begun = self.launched if self.launched and self.launched <= view.end else view.start
        return words.period(max(view.start, begun), view.end)

    def lines(self, view: View) -> list[tuple[str, str]]:
        """The cover as labels and words; what does not apply is left out."""
        said = (
            ("Service", self.service),
            ("What this is", self.title),
            ("In a sentence", self.sentence),
            ("Beware", MADE_UP if self.made_up else ""),
            ("Protection", self.protected or "True counts: for those who may see them only."),
            ("Areas", self.areas),
            ("Period", self.period(view)),
            ("As at", words.day(view.as_at)),
            ("Records to", words.day(self.records_to) if self.records_to else ""),
            ("Taken by", f"{self.who}, as {self.role}" if self.who else self.role),
            ("Taken at", f"{short_day(self.made.date())}, {self.made:%H:%M}"),
        )
        return [(label, plain(text)) for label, text in said if text]


@dataclass(frozen=True)
class Taken:
    """A panel with its rows, as it stands on the page. `page`: the title of that page.

    A slide of a meeting has its own `sentence`, and in place of caption and source its `period`
    and `foot`.
    """

    panel: Panel
    frame: pl.DataFrame
    page: str = ""
    sentence: str = ""
    period: str = ""
    foot: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "frame", _whole_course(self.panel.drawn_as, self.frame))

    @property
    def reading(self) -> str:
        """The finding, or what stands there when there are no rows."""
        if self.sentence:
            return plain(self.sentence.rstrip("."))
        said = self.panel.without if self.frame.is_empty() else self.panel.reading(self.frame)
        return plain(said.rstrip("."))

    def caption(self, view: View) -> str:
        """What is shown, of which period."""
        return plain(self.period or self.panel.caption(view))

    @property
    def source(self) -> str:
        """The source line, with n and rounding."""
        note = self.panel.note(self.frame) if self.frame.height else ""
        return plain(self.foot or f"{self.panel.source} {note}")


def _whole_course(drawing: Drawing, frame: pl.DataFrame) -> pl.DataFrame:
    """A course in whole numbers, as it is said: it lies anywhere between nothing and a target."""
    match drawing:
        case Bars(mark=str(name), mark_heading="course") | Courses(course=str(name)):
            whole = pl.col(name).round(mode="half_away_from_zero")
            return frame.with_columns(whole) if name in frame.columns else frame
        case _:
            return frame
