"""Special causes of a control chart in words: which months say more than chance, and what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise

import polars as pl

from queries import words
from queries.statistics.control_chart import RUN

RECENT = 12  # months that a reading speaks of
OPEN = "Rounding leaves open whether it changed by more than chance"
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
    running: bool = False
    recent: bool = False

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

    `rows` has `month`, `value`, `mean`, `rule`, `variation` (see `queries.statistics.xmr`), and
    `since`, the first month of its limits, across which no cause goes. A run counts with all its
    months, also those that carry an earlier rule; months near a limit within a shift are part of
    it.
    """
    known = rows.with_row_index("row").filter(pl.col("value").is_not_null())
    place = {int(row): place for place, row in enumerate(known["row"])}
    causes = [
        replace(
            cause,
            running=place[cause.row] == known.height - 1,
            recent=place[cause.row] >= known.height - RECENT,
        )
        for part in known.partition_by("since", maintain_order=True)
        for cause in _within_limits(part)
    ]
    return sorted(causes, key=lambda cause: (cause.last, cause.first))


def _within_limits(known: pl.DataFrame) -> list[Cause]:
    """The causes of months that have the same limits."""
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
    return [
        Cause(
            rule,
            variation,
            high=values[last] > (values[first] if rule == "trend" else means[last]),
            first=points[first]["month"],
            last=points[last]["month"],
            months=last - first + 1,
            value=values[last],
            row=int(points[last]["row"]),
        )
        for (rule, first, last), variation in found.items()
    ]


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


def recent_causes(rows: pl.DataFrame) -> list[Cause]:
    """Those of them that touch the last 12 months."""
    return [cause for cause in special_causes(rows) if cause.recent]


def reading_of(title: str, rows: pl.DataFrame, limit: int) -> str:
    """The chart in a sentence that names its measure, where there is room for that."""
    found = reading(rows)
    named = [f"{title}: {words.within(found)}"]
    if found == OPEN:
        named.append(f"{title}: rounding may hide a change beyond chance")
    return words.fit(*named, found, limit=limit)


def reading(rows: pl.DataFrame) -> str:
    """The chart in a sentence, of the last 12 months."""
    known = rows.filter(pl.col("value").is_not_null()).height
    if known < 2:
        return "There is only one month so far: too early to say"
    recent = recent_causes(rows)
    if not recent and rows.filter(pl.col("value").is_not_null())["open"].tail(RECENT).any():
        return OPEN
    if not recent:
        if rows["since"].n_unique() > 1:
            return f"{_moved(rows)}, steady of late"
        months = words.number(min(known, RECENT))
        return f"No special cause in the last {months} months"
    latest = recent[-1]
    findings = [f"{latest.finding}; {other.aside}" for other in reversed(recent[:-1])]
    return words.fit(*findings[:1], latest.finding, limit=words.WIDE)


def _moved(rows: pl.DataFrame) -> str:
    """Where limits begin anew, how the mean lies to that before: "Lower since August 2025"."""
    now = rows["mean"][-1]
    before = rows.filter(pl.col("since") < pl.col("since").max())["mean"][-1]
    return f"{'Higher' if now > before else 'Lower'} since {words.month(rows['since'][-1])}"
