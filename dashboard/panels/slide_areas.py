"""The slide of where Drive works most."""

import polars as pl

from dashboard.drawings import AreaMap
from dashboard.panel import Panel
from dashboard.panels.slide import About, Slide, few, made
from queries import released, released_areas, released_highest, words
from queries.measures import MEASURES
from queries.meeting import SENTENCE
from queries.released import RULES, TOO_FEW


def areas(about: About) -> Slide | None:
    measure = MEASURES["referrals_received"]
    period = released_areas.comparable(about.view, measure.key, about.month, released.DISTRICT)
    if period is None:
        return None
    whole = about.month

    def sentence(rows: pl.DataFrame) -> str:
        known = rows.filter(pl.col("value").is_not_null())
        if known.is_empty():
            return few("The districts")
        first = released_highest.may_be_highest(known)
        if first.height > 1:
            return words.fit(
                f"{released_highest.either(list(first['name']))} refers most for its size",
                f"{words.sentence(words.number(first.height))} districts may refer most for their "
                "size",
                limit=SENTENCE,
            )
        top = first.row(0, named=True)
        return f"{top['name']} refers most for its size: {top['now']} referrals in the quarter"

    panel = Panel(
        "areas",
        question="Where does Drive work most?",
        result=lambda view: released_areas.by_district(view, measure, period, whole, per_head=True),
        reading=sentence,
        caption=lambda _: f"{measure.title} per 10,000 people, {period.period}",
        drawn_as=AreaMap(
            "area", "name", "value", "rank", unit="per 10,000 people", without=TOO_FEW
        ),
        headings={
            "rank": "Rank",
            "name": "District",
            "value": "Per 10,000 people",
            "now": "Referrals",
        },
        measures=(measure.key,),
        definition=RULES,
        note=released_areas.how_many_hidden,
        without=f"The districts are {TOO_FEW}",
    )
    return made(about, "areas", panel, sentence, period)
