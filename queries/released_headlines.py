"""Headline numbers from released cells: now, before, aimed for, and over the periods."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from queries import released, words
from queries.headlines import HeadlineNumber
from queries.measure import Measure
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
    """The first of these measures that is shown, as the sentence of a page: value and change.

    A rise or fall is told only where rounding alone could not have made it.
    """
    cells = released.unsplit(view)
    found = {key: released.cell(cells, key, slice_) for key in keys}
    key = next((key for key, now in found.items() if now and now["value"] is not None), keys[0])
    measure, now = MEASURES[key], found[key]
    title, here = measure.title, f"{measure.title} in {slice_.name}"
    said = released.said(key, now)
    if now is None or now["value"] is None:
        return f"{measure.title}, {slice_.name}: {said}"
    told = _told(measure, now, released.cell_before(cells, key, slice_), said)
    return words.fit(f"{here} {told}", f"{title} {told}", limit=words.TITLE)


def _told(measure: Measure, now: dict[str, Any], before: dict[str, Any] | None, said: str) -> str:
    """What a released number did since the period before, for all that rounding leaves open."""
    change = in_words(measure, now, before)
    if before is None or change in (released.TOO_FEW, words.NOT_KNOWN):
        return f"stood at {said}"
    if change == UNCLEAR:
        return f"stood at {said}" if _range(measure.key, now) else f"held at about {said}"
    then = released.said(measure.key, before)
    if then == said:
        return f"stayed at {said}"
    return f"{'rose' if now['value'] > before['value'] else 'fell'} from {then} to {said}"


def _range(key: str, found: dict[str, Any] | None) -> str:
    """A share that rounding leaves open, as the range that it is in."""
    return released.said(key, found) if found and released.is_open(MEASURES[key], found) else ""
