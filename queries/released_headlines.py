"""Headline numbers from released cells: now, before, aimed for, and over the periods."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from queries import released, words
from queries.headlines import HeadlineNumber
from queries.measures import MEASURES
from queries.periods import Period
from queries.released import Slice
from queries.released_changes import UNCLEAR, aim, in_words
from queries.released_trend import kind_of
from queries.targets import Targets
from queries.view import View

POINTS = 13


def headlines(view: View, keys: Sequence[str], slice_: Slice) -> list[tuple[HeadlineNumber, bool]]:
    """Each number of the slice, and whether it is hidden.

    `points` are its last 13 months, or its quarters or years, hidden ones as gaps; `days` is the
    length of those, so that a total's target is spread over them. Measures that the release has not
    for this area and period are left out.
    """
    cells, targets = released.unsplit(view), Targets.of(view)
    found = []
    for key in keys:
        now = released.cell(cells, key, slice_)
        if now is None:
            continue
        before = released.cell_before(cells, key, slice_)
        series = released.series(cells, key, slice_, kind_of(view, key, slice_)).filter(
            pl.col("end") <= slice_.end
        )
        number = HeadlineNumber(
            MEASURES[key],
            now["value"],
            now["denominator"],
            before["value"] if before else None,
            aim(view, targets, key, slice_),
            series.tail(POINTS).select(x="start", value="value"),
            Period(slice_.start, slice_.end).days,
            unclear=before is not None and released.may_be_alike(now, before),
            said=_range(key, now),
            previously=_range(key, before),
        )
        found.append((number, released.is_hidden(now)))
    return found


def in_a_sentence(view: View, keys: Sequence[str], slice_: Slice) -> str:
    """The first of these measures that is shown, as the sentence of a page: value and change."""
    cells = released.unsplit(view)
    found = {key: released.cell(cells, key, slice_) for key in keys}
    key = next((key for key, now in found.items() if now and now["value"] is not None), keys[0])
    measure, now = MEASURES[key], found[key]
    title = f"{measure.title}, {slice_.name}: {released.said(key, now)}"
    if now is None or now["value"] is None:
        return title
    change = in_words(measure, now, released.cell_before(cells, key, slice_))
    than = {"as many": " as", "unchanged": "", UNCLEAR: ""}.get(change, " than")
    than = f"{than} in {_before(slice_)}" if than else ""
    if measure.is_fraction or measure.unit in ("days", "score"):
        than = ""
    if change in (released.TOO_FEW, words.NOT_KNOWN, "no period before"):
        return title
    return words.fit(f"{title}, {change}{than}", title, limit=words.TITLE)


def _range(key: str, found: dict[str, Any] | None) -> str:
    """A share that rounding leaves open, as the range that it is in."""
    return released.said(key, found) if found and released.is_open(MEASURES[key], found) else ""


def _before(slice_: Slice) -> str:
    """The period just before, as a sentence names it."""
    then = released.before(slice_)
    if slice_.kind == "month" and then:
        return f"{then[0]:%B}"
    return f"the {slice_.kind} before"
