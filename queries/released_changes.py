"""Released numbers beside those of the period before and of the year before, in words."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from queries import released, words
from queries.measure import Measure
from queries.measures import MEASURES
from queries.released import Slice
from queries.targets import Targets
from queries.view import View

UNCLEAR, HIGHER, LOWER, NONE_BEFORE = "no clear change", "higher", "lower", "no period before"
CHANGED = (UNCLEAR, HIGHER, LOWER, NONE_BEFORE, words.AS_MANY, words.UNCHANGED)  # without a number
SCHEMA = pl.Schema(
    {
        "key": pl.String(),
        "measure": pl.String(),
        "now": pl.String(),
        "before": pl.String(),
        "year_earlier": pl.String(),
        "change": pl.String(),
        "aim": pl.String(),
        "size": pl.Float64(),
    }
)


def beside(view: View, keys: Sequence[str], slice_: Slice) -> pl.LazyFrame:
    """A row a measure that the release has for this area and period.

    `now`, `before`, `year_earlier` are written out, "too few to show" where hidden, null where the
    release has no such period; `change` is the first against the second in words; `aim` the target
    with its unit; `size` the least that the change could be, as a share of what was before.
    """
    cells, targets = released.unsplit(view), Targets.of(view)
    rows = []
    for key in keys:
        now = released.cell(cells, key, slice_)
        if now is None:
            continue
        before = released.cell_before(cells, key, slice_)
        year = released.cell_year_earlier(cells, key, slice_)
        rows.append(
            {
                "key": key,
                "measure": MEASURES[key].title,
                "now": released.said(key, now),
                "before": released.said(key, before) if before else None,
                "year_earlier": released.said(key, year) if year else None,
                "change": in_words(MEASURES[key], now, before),
                "aim": aim_in_words(key, aim(view, targets, key, slice_)),
                "size": _size(MEASURES[key], now, before),
            }
        )
    return pl.LazyFrame(rows, schema=SCHEMA)


def aim(view: View, targets: Targets, key: str, slice_: Slice) -> float | None:
    """What the measure is aimed at in this area and period; targets are no secret."""
    kind, scope = MEASURES[key].target, released.scope(view, slice_)
    if kind == "total":
        parts = released.county_scopes(view) if slice_.level == released.WHOLE else ()
        return targets.total(key, scope, slice_.start, slice_.end, parts)
    return targets.level(key, scope, slice_.end) if kind == "level" else None


def aim_in_words(key: str, value: float | None) -> str | None:
    """A target as it is written; nothing without one."""
    return None if value is None else released.written(MEASURES[key], value)


def in_words(measure: Measure, now: dict[str, Any], before: dict[str, Any] | None) -> str:
    """ "5 more", "up 3 points", "as many"; too few to show where either is hidden.

    A difference that rounding alone could have made is none to speak of.
    """
    if before is None:
        return NONE_BEFORE
    if released.is_hidden(now) or released.is_hidden(before):
        return released.TOO_FEW
    then, value = before["value"], now["value"]
    if then is None or value is None:
        return words.NOT_KNOWN
    open_ = released.is_open(measure, now) or released.is_open(measure, before)
    # Two ranges that are written alike may still be of shares that are not.
    if (open_ or value != then) and released.may_be_alike(now, before):
        return UNCLEAR
    if open_:
        return HIGHER if value > then else LOWER
    if measure.is_fraction:
        return words.change_in_points(value, then)
    if measure.unit in ("days", "score"):
        places = int(measure.unit == "score")
        gap = words.rounded(value, places) - words.rounded(then, places)  # of what is shown
        if gap == 0:
            return words.UNCHANGED
        unit = "" if places else f" {'day' if abs(gap) == 1 else 'days'}"
        return f"{'up' if gap > 0 else 'down'} {words.figure(abs(float(gap)), places)}{unit}"
    return words.change(int(value), int(then), words.figure)


def _size(measure: Measure, now: dict[str, Any], before: dict[str, Any] | None) -> float | None:
    if before is None or now["value"] is None or not before["value"]:
        return None
    if measure.unit == "change":  # a change of a change says nothing in a title
        return None
    gap = max(now["least"] - before["most"], before["least"] - now["most"], 0.0)
    return float(gap / abs(before["value"]))


def what_moved_most(rows: pl.DataFrame) -> str:
    """The measure that moved by the largest share, whatever rounding did, for a title."""
    known = rows.filter(pl.col("size").is_not_null()).sort("size", descending=True)
    if known.is_empty():
        return "There is no earlier period to compare with"
    top = known.row(0, named=True)
    if top["size"] == 0:
        return "Nothing has clearly changed since the period before"
    name = words.within(top["measure"])
    return words.fit(
        f"Most changed: {name}, now {top['now']}, {top['change']}",
        f"Most changed: {name}, {top['change']}",
        f"Most changed: {name}",
        limit=words.WIDE,
    )
