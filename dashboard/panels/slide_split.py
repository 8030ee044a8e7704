"""Slides of the parts of the whole: places by county, partners’ actions by kind of agency.

Parts are released by quarter, and other slides tell of a later month: these name their day.
"""

from functools import partial

import polars as pl

from dashboard.panels.released_partners import actions_by_agency, places_by_county
from dashboard.panels.slide import HEIGHT, About, Slide, made
from queries import released_agencies, released_capacity, words
from queries.released import Slice

ROWS = 8  # bars that a slide has room for


def places(about: About) -> Slide | None:
    days = released_capacity.last_quarter(about.view, about.month.end)
    if days is None:
        return None
    panel = places_by_county(about.month, about.settings.whole_name, HEIGHT)
    quarter = about.month.at("quarter", *days)
    said = partial(released_capacity.how_full_is_the_whole, when=_on_its_last_day(quarter))
    return made(about, "places", panel, said, quarter)


def agencies(about: About) -> Slide | None:
    days = released_agencies.last_quarter(about.view, about.month.end)
    if days is None:
        return None
    panel = actions_by_agency(about.month, HEIGHT, ROWS)
    quarter = about.month.at("quarter", *days)

    def said(rows: pl.DataFrame) -> str:
        return f"{released_agencies.who_has_most(rows)} {_on_its_last_day(quarter)}"

    return made(about, "agencies", panel, said, quarter)


def _on_its_last_day(quarter: Slice) -> str:
    return f"on {words.day(quarter.end)}"
