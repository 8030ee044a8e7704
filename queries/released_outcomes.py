"""Released outcomes beside the published results."""

from typing import Any

import polars as pl

from queries import released, words
from queries.benchmarks import PUBLISHED
from queries.measures import MEASURES
from queries.released import WHOLE, Slice
from queries.view import View

POLICE = "police_incidents_change"
# The measure is a change; here it is how much fewer.
_FEWER = {POLICE: "Fewer criminal incidents"}
# Measures by the names that their published results have.
BESIDE = {
    "physical_abuse_reduction": "physical_abuse_reduction",
    "sexual_abuse_reduction": "sexual_abuse_reduction",
    "harassment_stalking_reduction": "harassment_stalking_reduction",
    "jealous_controlling_reduction": "jealous_controlling_reduction",
    "risk_reduced_rate": "risk_reduced_rate",
    POLICE: "police",
}


def period_of(view: View, slice_: Slice) -> Slice:
    """The period that outcomes are read in: a year, or all since launch; months say too little."""
    if slice_.kind in ("year", "launch"):
        return slice_
    kinds = ("launch", "year") if slice_.level == WHOLE else ("year",)
    return released.latest(view, slice_, kinds) or slice_


def beside_published(view: View, slice_: Slice, least: int) -> pl.LazyFrame:
    """A row a published result: `measure`, `value`, `lower`, `upper`, `n`, `note`, `published`.

    All are shares that are fewer, or that had less risk. `note` says why there is no value: too few
    to show, or fewer than `least`; `published_words` how the published result is said.
    """
    cells = released.unsplit(view)
    rows = [
        _row(key, name, released.cell(cells, key, slice_), least) for key, name in BESIDE.items()
    ]
    return pl.LazyFrame(rows, schema=_SCHEMA)


def _row(key: str, name: str, found: dict[str, Any] | None, least: int) -> dict[str, Any]:
    published = PUBLISHED[name]
    row: dict[str, Any] = {
        "measure": _FEWER.get(key, MEASURES[key].title),
        "published": published.value,
        "published_words": published.words,
        "n": found["denominator"] if found else None,
    }
    # Published is how much fewer; the measure is the change, of which less is better.
    ends = ("upper", "lower") if key == POLICE else ("lower", "upper")
    sign = -1 if key == POLICE else 1
    if found is None or found["value"] is None:
        note = words.NOT_KNOWN
        if found and (found["suppressed"] or (found["denominator"] or 0) > 0):
            note = released.TOO_FEW
        return row | {"note": note}
    if (found["denominator"] or 0) < least:
        return row | {"note": f"too early to say, n = {words.figure(found['denominator'])}"}
    low, high = (found[end] for end in ends)
    return row | {
        "value": sign * found["value"],
        "lower": None if low is None else sign * low,
        "upper": None if high is None else sign * high,
        "note": None,
    }


def how_they_compare(rows: pl.DataFrame) -> str:
    """How many local results fall short of the published ones, and how far, for a title."""
    known = rows.filter(pl.col("value").is_not_null(), pl.col("published").is_not_null())
    if known.is_empty():
        return "It is too early to put results beside the published ones"
    there = sum(
        words.rounded(100 * own) >= words.rounded(100 * one)  # as they are shown
        for own, one in known.select("value", "published").iter_rows()
    )
    of = words.counted(known.height, "local result")
    if known.height == 1:
        return f"The one local result {'reaches' if there else 'is below'} the published one"
    if there == known.height:
        return f"All {of} reach the published results"
    # Without intervals nobody can say of which a gap is more than chance.
    return f"None is more than {_widest(known)} below the published result"


def _widest(rows: pl.DataFrame) -> str:
    """By how many points, as they are shown, a local result falls short at most."""
    pairs = rows.select("published", "value").iter_rows()
    most = max(int(words.rounded(100 * one) - words.rounded(100 * own)) for one, own in pairs)
    return words.counted(most, "point")


_SCHEMA = {
    "measure": pl.String,
    "value": pl.Float64,
    "lower": pl.Float64,
    "upper": pl.Float64,
    "n": pl.Float64,
    "note": pl.String,
    "published": pl.Float64,
    "published_words": pl.String,
}
