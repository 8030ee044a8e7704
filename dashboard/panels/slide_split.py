"""Slides of the parts of the whole: places by county, partners’ actions by kind of agency."""

from dashboard.panels.released_partners import actions_by_agency, places_by_county
from dashboard.panels.slide import HEIGHT, About, Slide, made
from queries import released_agencies, released_capacity

ROWS = 8  # bars that a slide has room for


def places(about: About) -> Slide | None:
    days = released_capacity.last_quarter(about.view, about.month.end)
    if days is None:
        return None
    panel = places_by_county(about.month, about.settings.whole_name, HEIGHT)
    quarter = about.month.at("quarter", *days)
    return made(about, "places", panel, released_capacity.how_full_is_the_whole, quarter)


def agencies(about: About) -> Slide | None:
    days = released_agencies.last_quarter(about.view, about.month.end)
    if days is None:
        return None
    panel = actions_by_agency(about.month, HEIGHT, ROWS)
    quarter = about.month.at("quarter", *days)
    return made(about, "agencies", panel, released_agencies.who_has_most, quarter)
