"""Special causes of a control chart in words: which months say more than chance, and what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import Protocol

import polars as pl

from queries import words
from queries.statistics.control_chart import RUN

RECENT = 12  # months that a reading speaks of
_KINDS = {"improvement": "Improvement", "concern": "Concern", "neutral": "Special cause"}


@dataclass(frozen=True)
class Cause:
    """Months, `first` to `last`, in which one rule holds.

    `high`: the values are above the mean, or rising. `running`: it holds for the last month.
    `recent`: it touches the last 12 months. `row`: where the last of its months stands.
    """

    rule: str
    variation: str
    high: bool
    first: date
    last: date
    months: int
    value: float
    row: int
    running: bool
    recent: bool

    @property
    def said(self) -> str:
        """What stands beside it on the chart: "Concern: January 2026 is above the upper limit"."""
        return f"{_KINDS[self.variation]}: {self._said()}"

    def _said(self) -> str:
        side, limit = ("above", "upper") if self.high else ("below", "lower")
        if self.rule == "outside":
            if self.months == 1:
                return f"{words.month(self.first)} is {side} the {limit} limit"
            return f"{words.number(self.months)} months in a row are {side} the {limit} limit"
        if self.rule == "two_in_three":
            return f"two of three months are near the {limit} limit"
        way = ("rising" if self.high else "falling") if self.rule == "trend" else f"{side} the mean"
        return f"{words.number(self.months)} months in a row {way}"

    @property
    def finding(self) -> str:
        """The same as a title: "Seven months below the mean is more than chance".

        One that is over says when it ended.
        """
        side, limit = ("above", "upper") if self.high else ("below", "lower")
        if self.rule == "outside":
            if self.months == 1:
                return f"{words.month(self.first)} was {side} the {limit} limit"
            many = words.sentence(words.number(self.months))
            return f"{many} months in a row were {side} the {limit} limit"
        if self.rule == "two_in_three":
            return f"Two of three months near the {limit} limit: more than chance"
        way = ("rising" if self.high else "falling") if self.rule == "trend" else f"{side} the mean"
        many = words.sentence(words.number(self.months))
        if not self.running:
            return f"{many} months {way} up to {words.month(self.last)}"
        return f"{many} months {way} is more than chance"

    @property
    def aside(self) -> str:
        """The same after a semicolon: "January 2026 was a spike"."""
        if self.rule == "outside" and self.months == 1:
            return f"{words.month(self.first)} was a {'spike' if self.high else 'dip'}"
        return f"so is {words.month(self.first)} to {words.month(self.last)}"


def special_causes(rows: pl.DataFrame) -> list[Cause]:
    """The causes of a chart, in order of their last month.

    `rows` has `month`, `value`, `mean`, `rule`, `variation` (see `queries.statistics.xmr`). A run
    counts with all its months, also those that carry an earlier rule; months near a limit within
    a shift are part of it.
    """
    known = rows.with_row_index("row").filter(pl.col("value").is_not_null())
    points = known.to_dicts()
    values, means = known["value"].to_list(), known["mean"].to_list()
    side = [(v > m) - (v < m) for v, m in zip(values, means, strict=True)]
    slope = [(after > now) - (after < now) for now, after in pairwise(values)]
    # A point without a mark ends a run: rounding may have put it on its side.
    marked = [bool(rule) for rule in known["rule"]]
    sides = _runs(side)
    shifts = _runs([s if m else 0 for s, m in zip(side, marked, strict=True)])
    both = (a and b for a, b in pairwise(marked))
    slopes = _runs([s if m else 0 for s, m in zip(slope, both, strict=True)])
    found: dict[tuple[str, int, int], str] = {}
    open_at: dict[str, tuple[int, int]] = {}
    for place, point in enumerate(points):
        rule = point["rule"]
        if rule == "trend":
            found[rule, *_trend(slopes, place)] = point["variation"]
        elif rule == "shift":
            found[rule, *shifts[place]] = point["variation"]
        elif rule == "outside" or (rule and _length(shifts[place]) < RUN):
            # Next to each other on one side they are one cause.
            first, last = open_at.get(rule, (place, place))
            gap = 1 if rule == "outside" else 2
            if place - last <= gap and sides[place] == sides[last]:
                found.pop((rule, first, last), None)
            else:
                first = place
            open_at[rule] = (first, place)
            found[rule, first, place] = point["variation"]
    causes = [
        Cause(
            rule,
            variation,
            high=values[last] > (values[first] if rule == "trend" else means[last]),
            first=points[first]["month"],
            last=points[last]["month"],
            months=last - first + 1,
            value=values[last],
            row=int(points[last]["row"]),
            running=last == len(points) - 1,
            recent=last >= len(points) - RECENT,
        )
        for (rule, first, last), variation in found.items()
    ]
    return sorted(causes, key=lambda cause: (cause.last, cause.first))


Run = tuple[int, int]  # the places of its first and last member


def _runs(signs: Sequence[int]) -> list[Run]:
    """For each place the run of the same sign that it is in."""
    found: list[Run] = []
    for _, group in groupby(signs):
        length = len(list(group))
        found += [(len(found), len(found) + length - 1)] * length
    return found


def _length(run: Run) -> int:
    return run[1] - run[0] + 1


def _trend(slopes: Sequence[Run], place: int) -> Run:
    """The points of the trend that a point is in; a turning point belongs to the later one."""
    after, before = slopes[min(place, len(slopes) - 1)], slopes[max(place - 1, 0)]
    steps = after if _length(after) >= RUN - 1 else before
    return steps[0], steps[1] + 1


def reading(rows: pl.DataFrame) -> str:
    """The chart in a sentence, of the last 12 months."""
    known = rows.filter(pl.col("value").is_not_null()).height
    if known < 2:
        return "There is only one month so far: too early to say"
    recent = [cause for cause in special_causes(rows) if cause.recent]
    if not recent and rows.filter(pl.col("value").is_not_null())["open"].tail(RECENT).any():
        return "Rounding leaves open whether it changed by more than chance"
    if not recent:
        months = words.number(min(known, RECENT))
        return f"No special cause in the last {months} months"
    latest = recent[-1]
    findings = [f"{latest.finding}; {other.aside}" for other in reversed(recent[:-1])]
    return words.fit(*findings[:1], latest.finding, limit=words.WIDE)


class Said(Protocol):
    """A value of the measure in figures; `finer` with a decimal more, to tell it from a limit."""

    def __call__(self, value: float | None, *, finer: bool = False) -> str: ...


def what_changed(rows: pl.DataFrame, said: Said) -> str:
    """The last month beside the month before and the year before, and each recent cause."""
    known = rows.filter(pl.col("value").is_not_null())
    last = known.row(-1, named=True)
    sentences = [f"{words.month(last['month'])} is {said(last['value'])}{_before(known, said)}."]
    recent = [cause for cause in special_causes(rows) if cause.recent]
    sentences += [_told(cause, last, said) for cause in reversed(recent[-3:])]
    if not recent and last["lower"] is not None:
        sentences.append(
            f"Every month of the last {words.number(min(known.height, RECENT))} is what chance "
            f"alone would bring around the mean of {said(last['mean'])}."
        )
    return " ".join(sentences)


def _before(known: pl.DataFrame, said: Said) -> str:
    by_month = dict(zip(known["month"], known["value"], strict=True))
    last: date = known["month"][-1]
    earlier = date(last.year - (last.month == 1), (last.month - 2) % 12 + 1, 1)
    year = date(last.year - 1, last.month, 1)
    parts = [
        f"{words.month(day)} was {said(by_month[day])}"
        for day in (earlier, year)
        if day in by_month
    ]
    return f"; {words.listed(parts)}" if parts else ""


def _told(cause: Cause, last: dict[str, float], said: Said) -> str:
    many = words.sentence(words.number(cause.months))
    first, end = words.month(cause.first), words.month(cause.last)
    side, limit = ("above", "upper") if cause.high else ("below", "lower")
    edge = said(last[limit], finer=True)
    if cause.rule == "outside":
        if cause.months == 1:
            value = said(cause.value, finer=True)
            return f"{first}, at {value}, is {side} the {limit} limit of {edge}."
        return f"{first} to {end} are {side} the {limit} limit of {edge}."
    if cause.rule == "two_in_three":
        return f"Two of three months up to {end} are near the {limit} limit of {edge}."
    if cause.rule == "trend":
        way = "rose" if cause.high else "fell"
        return f"It {way} every month up to {end}. {many} in a row is a trend."
    mean = said(last["mean"])
    if cause.running:
        return f"From {first} every month is {side} the mean of {mean}. {many} in a row is a shift."
    return f"{first} to {end} are {side} the mean of {mean}. {many} in a row is a shift."


def what_it_does_not_say(rows: pl.DataFrame, beware: str, *, state: bool) -> str:
    """What must not be read into it: the measure's own warning, and what a chart cannot tell.

    `state`: the months are read on their last days and share most of their cases.
    """
    parts = [beware] if beware else []
    if state:
        parts.append(
            "One month shares most of its cases with the next: runs come more easily than the "
            "rules suppose."
        )
    if "control group" not in beware:
        parts.append("There is no control group, so this is a change and not an effect of Drive.")
    if any(cause.recent for cause in special_causes(rows)):
        parts.append("More than chance does not say why.")
    else:
        parts.append("A rise or fall from one month to the next within the limits says nothing.")
    if rows["trial"][0]:
        months = words.number(int(rows["points"][0]))
        parts.append(f"With {months} months the limits are trial limits and will move.")
    return " ".join(parts)


def what_to_ask(rows: pl.DataFrame, said: Said, counted: str) -> str:
    """Questions that the data put: of each recent cause, of notes, of how many were counted.

    `counted` names what the denominators count ("cases").
    """
    known = rows.filter(pl.col("value").is_not_null())
    recent = [cause for cause in special_causes(rows) if cause.recent]
    noted = [
        (row["month"], row["note"])
        for row in known.tail(RECENT + 2).iter_rows(named=True)
        if row["note"]
    ]
    asked = []
    for cause in reversed(recent[-2:]):
        near = [note for month, note in noted if -1 <= _months(month, cause.first) <= 2]
        if near:
            asked.append(f"Did “{near[-1]}” have a part in it?")
        if cause.rule == "outside":
            n = known.filter(pl.col("month") == cause.last)["denominator"][0]
            of = f"its {words.figure(n)} {counted}" if n is not None else "that month"
            asked.append(f"{words.month(cause.last)} stands out: what happened in {of}?")
        elif not near:
            asked.append(f"What changed around {words.month(cause.first)}?")
    if not recent:
        asked.append(
            f"Is {said(known['mean'][-1])} where it should be? Only another way of working moves "
            "the mean."
        )
        asked += [f"Should “{note}” have shown here? It has not." for _, note in noted[-1:]]
    past = known.tail(RECENT + 1)["denominator"]
    if len(past) > 1 and past[0] is not None and past[-1] is not None:
        first, last = int(past[0]), int(past[-1])
        if abs(last - first) * 10 >= max(first, 1):
            asked.append(
                f"{words.figure(last)} {counted} are counted now, {words.figure(first)} a year "
                "before: are the new ones different?"
                if len(past) > RECENT
                else f"{words.figure(last)} {counted} are counted now, {words.figure(first)} at "
                "first: are the new ones different?"
            )
    return " ".join(dict.fromkeys(asked))


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month
