"""Where is Drive used most, where does that change, and which districts differ by more?"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from dashboard.panel import Panel
from dashboard.panels import area_funnel, area_ranks, area_trend, side_by_side
from dashboard.panels.area_shown import Shown
from queries import area_words, words
from queries.areas import counts_things, unit
from queries.side_by_side import places
from queries.view import View


@dataclass(frozen=True)
class AreaPanels:
    """The panels of the page for what its switches are set to."""

    map: Panel
    ranked: Panel
    trend: Panel
    funnel: Panel
    sides: Panel
    table: Panel

    @property
    def all(self) -> tuple[Panel, ...]:
        return (self.map, self.ranked, self.trend, self.funnel, self.sides, self.table)


def panels(shown: Shown, view: View) -> AreaPanels:
    """The panels for a measure in a form. Of the view only the names of its areas are read."""
    return AreaPanels(
        area_ranks.district_map(shown),
        area_ranks.ranked(shown),
        area_trend.trend(shown),
        area_funnel.funnel(shown),
        side_by_side.side_by_side(places(view)[1]),
        area_ranks.table(shown),
    )


def headline(shown: Shown, frames: Mapping[str, pl.DataFrame]) -> str:
    """The page in a sentence: who has most, and who stands outside the funnel."""
    rows = frames["area-map"]
    known = rows.filter(pl.col("value").is_not_null())
    title = shown.measure.title
    if known.is_empty():
        return words.fit(f"{title}: not known for these districts", title, limit=words.TITLE)
    top = known.row(0, named=True)
    if known.height == 1:
        said = area_words.written(top["value"], shown.measure, shown.form)
        how = f" {unit(shown.measure, 'rate')}" if shown.form == "rate" else ""
        return words.fit(
            f"{top['name']}: {title[:1].lower()}{title[1:]} {said}{how}",
            f"{top['name']}: {said}{how}",
            limit=words.TITLE,
        )
    per = " per person" if shown.form == "rate" else ""
    if shown.form == "change":
        said = area_words.written(top["value"], shown.measure, shown.form)
        most = f"most in {top['name']}, {said}" if top["value"] > 0 else "no district has risen"
        first = f"{title}: {most}"
    elif counts_things(shown.measure) and not top["value"]:
        return words.fit(
            f"{title}: none in any district", "None in any district", limit=words.TITLE
        )
    elif counts_things(shown.measure) and known.filter(pl.col("value") > 0).height == 1:
        first = f"{title}: all in {top['name']}"
    elif known.filter(pl.col("rank") == 1).height > 1:
        alike = words.counted(known.filter(pl.col("rank") == 1).height, "district")
        first = f"{title}: {alike} are highest alike"
    elif counts_things(shown.measure):
        first = f"{top['name']} has the most {title[:1].lower()}{title[1:]}{per}"
    else:
        first = f"{title}: highest in {top['name']}"
    out = frames["area-funnel"]
    far = out.filter(pl.col("far"))
    other = shown.funnel.title
    other = f"{other[:1].lower()}{other[1:]}"
    second = (
        f"no district’s {other} stands out"
        if far.is_empty()
        else f"{other} stands out in {words.counted(far.height, 'district')}"
        if far.height > 1
        else f"{other} stands out in {far['name'][0]}"
    )
    return words.fit(
        f"{first}; {second}",
        first,
        f"{top['name']} is highest{per}",
        limit=words.TITLE,
    )
