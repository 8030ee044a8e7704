"""Which districts differ from the whole by more than chance: a funnel of shares or rates."""

from typing import Any

import polars as pl

from queries import words
from queries.areas import PER, counts_things
from queries.evaluate import evaluate
from queries.measure import Measure
from queries.periods import one
from queries.scope import known_areas, whole
from queries.statistics import funnel_limits
from queries.view import View

NEAR, FAR = 0.95, 0.998


def has_funnel(measure: Measure) -> bool:
    """Shares of cases, and counts of events among the people who live there.

    Not means, medians or changes, whose chance is another; nor counts of people, who come in
    families, nor of states, which last.
    """
    if counts_things(measure):
        return measure.fold == "sum" and measure.reads == "events"
    return measure.interval == "wilson"


def funnel(view: View, measure: Measure, everywhere: str) -> pl.LazyFrame:
    """A row a district with its place in the funnel, by name.

    `area`, `name`, `n` (cases, or people who live there), `count`, `value` (a share, or a rate
    for each 10,000 people), `centre` (that of all that the view shows), `lower_95`, `upper_95`,
    `lower_998`, `upper_998` (limits at this n), `outside` ("95%" or "99.8%", or null), `side`
    ("above" or "below", or null), `far` (outside 99.8%), `says` (for those outside, in words),
    `whole_name`. Districts without an n are left out: nothing is known of them.
    """
    period = one(view.start, view.end)
    districts = known_areas(view).select("area", "name", "population")
    by_head = counts_things(measure)
    here = (
        evaluate([measure], view, period, ["area"])
        .join(districts.lazy(), on="area")
        .select(
            pl.col("area").cast(pl.String),
            "name",
            n=pl.col("population" if by_head else "denominator").cast(pl.Float64),
            count="numerator",
        )
        .filter(pl.col("n") > 0, pl.col("count").is_not_null())
        .sort("name")
        .collect()
    )
    everyone = None if districts["population"].null_count() else districts["population"].sum()
    if by_head:
        # As the line of the ranked list: of what is of a known district.
        centre = float(here["count"].sum()) / int(everyone) if here.height and everyone else None
    else:
        centre = evaluate([measure], view, period).collect()["value"].item()
    return placed(here, centre, whole(view, everywhere).name, by_head=by_head).lazy()


def placed(
    here: pl.DataFrame, centre: float | None, whole_name: str, *, by_head: bool
) -> pl.DataFrame:
    """Districts (`name`, `n`, `count`) with their places in the funnel around a centre."""
    scale = PER if by_head else 1
    for name, confidence in (("95", NEAR), ("998", FAR)):
        limits = funnel_limits(here["n"], centre, confidence)
        here = here.with_columns(
            (limits["lower"] * scale).alias(f"lower_{name}"),
            (limits["upper"] * scale).alias(f"upper_{name}"),
        )
    value, n = pl.col("value"), pl.col("n")
    below, above = value < pl.col("lower_95"), value > pl.col("upper_95")
    far = (value < pl.col("lower_998")) | (value > pl.col("upper_998"))
    found = here.with_columns(
        value=pl.col("count") / n * scale,
        centre=pl.lit(None if centre is None else centre * scale, pl.Float64),
        whole_name=pl.lit(whole_name),
    ).with_columns(
        far=far.fill_null(value=False),
        outside=pl.when(far).then(pl.lit("99.8%")).when(above | below).then(pl.lit("95%")),
        side=pl.when(above).then(pl.lit("above")).when(below).then(pl.lit("below")),
    )
    says = [_said(row, by_head) if row["side"] else None for row in found.to_dicts()]
    return found.with_columns(pl.Series("says", says, pl.String))


def _said(row: dict[str, Any], by_head: bool) -> str:
    value, n = row["value"], row["n"]
    if by_head:
        return f"{row['name']} {words.figure(value, 1)}"
    return f"{row['name']} {words.share(value)}, n = {words.figure(n)}"


def who_stands_out(rows: pl.DataFrame, measure: Measure) -> str:
    """Which districts lie outside the 99.8% limits; else that none does."""
    if rows["centre"].null_count() == rows.height:
        return "The whole is not known, so there are no limits"
    if rows.height == 1:
        return f"{rows['name'][0]} alone is in view: nothing to compare"
    out = rows.filter(pl.col("far")).sort("value", descending=True)
    if out.is_empty():
        none = "no district differs by more than chance"
        return words.fit(f"{measure.title}: {none}", words.sentence(none), limit=words.WIDE)
    count = words.sentence(words.number(out.height))
    return words.fit(
        f"{_sided(out)} by more than chance",
        f"{count} of {words.number(rows.height)} districts differ by more than chance",
        limit=words.WIDE,
    )


def _sided(out: pl.DataFrame) -> str:
    """ "Slough and Reading are above, Oxford is below"."""
    parts = []
    for side in ("above", "below"):
        names = list(out.filter(pl.col("side") == side)["name"])
        if names:
            parts.append(f"{words.listed(names)} {'is' if len(names) == 1 else 'are'} {side}")
    return ", ".join(parts)


def how_many_vary(rows: pl.DataFrame) -> str:
    """How many districts vary as chance would, of how many, and how many lie between limits."""
    if rows.is_empty():
        return "No district has anything to compare"
    inside = rows.filter(~pl.col("far")).height
    near = rows.filter(pl.col("outside") == "95%").height
    if inside == rows.height:
        every = "both" if inside == 2 else f"all {words.number(inside)}"
        said = f"{every} districts shown vary as chance would"
    else:
        said = (
            f"{words.number(inside)} of {words.number(rows.height)} districts vary as chance would"
        )
    said = words.sentence(said)
    return f"{said}; {words.number(near)} of them beyond the 95% limit" if near else said


def out_of(measure: Measure) -> str:
    """What a share's denominator counts, as its facts are."""
    return _OUT_OF.get(measure.facts, "records")


_OUT_OF = {
    "closures": "cases closed",
    "exit_ratings": "cases closed and rated",
    "caseload": "active cases",
    "links": "adult victim-survivors",
    "contacts_due": "contacts due",
    "reviews_due": "reviews due",
    "marac": "hearings",
    "actions_due": "actions due",
}
