"""What can be shown for the first time, and who came last: the rollout in words.

A first is a released number that is not nought, in the first quarter that has one. A number that is
too small to be shown does not count, so nothing is told here that the release does not show.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from queries import released, words
from queries.measures import MEASURES
from queries.released import DISTRICT
from queries.released_areas import places
from queries.released_course import quarter
from queries.view import View

MOST = 6  # lines that a slide has room for
STEPS = ("referrals_received", "cases_allocated", "cases_closed")
ACTIONS = "partner_actions_on_time_rate"


@dataclass(frozen=True)
class _Step:
    """Something that each district or kind of agency does for the first time at some quarter.

    `began`: `name`, `start` and `end` of that quarter, of those that have.
    """

    title: str
    where: str
    many: str
    of: int
    began: pl.DataFrame


def firsts(view: View, then: View | None, until: date) -> pl.LazyFrame:
    """A row a step (referrals, allocations, closures, actions due) and quarter that has a first.

    The newest first, at most `MOST`: `when` (the quarter), `said` ("Cases closed: Oxford; 9 of 13
    districts"), `first` and the shorter `briefly` (in a sentence), `is_new`: no meeting before this
    one was shown that quarter.
    """
    seen = _quarters(then)["end"].max() if then is not None else None
    rows = [row for step in _steps(view, until) for row in _rows(step)]
    new = pl.col("end") > pl.lit(seen, pl.Date)
    return (
        pl.DataFrame(rows, schema=_SCHEMA)
        .with_columns(is_new=new.fill_null(value=True))
        .sort("end", descending=True, maintain_order=True)
        .head(MOST)
        .lazy()
    )


def newest_first(rows: pl.DataFrame, limit: int) -> str:
    """The newest first, or that there is none that the last meeting did not know."""
    row = rows.row(0, named=True)
    if not row["is_new"]:
        return "Nothing is shown for the first time since the last meeting"
    shown = [f"Enough to show for the first time: {row[name]}" for name in ("first", "briefly")]
    dated = [f"{each}, {row['when']}" for each in shown]
    return words.fit(*dated, *shown, words.sentence(row["briefly"]), limit=limit)


def _steps(view: View, until: date) -> Iterator[_Step]:
    districts = places(view, DISTRICT)
    names = pl.DataFrame(
        [(each["area"], each["name"]) for each in districts],
        schema={"area": pl.String, "name": pl.String},
        orient="row",
    )
    cells = _quarters(view).filter(pl.col("end") <= until)
    for key in STEPS:
        own = cells.filter(
            pl.col("measure") == key, pl.col("level") == DISTRICT, pl.col("value") > 0
        ).join(names, on="area")
        title = MEASURES[key].title
        yield _Step(title, "in", "districts", len(districts), _first(own))
    asked = cells.filter(pl.col("measure") == ACTIONS, pl.col("split") == "agency")
    asked = asked.with_columns(name="part")
    kinds = asked["name"].n_unique()
    due = _first(asked.filter(pl.col("denominator") > 0))
    yield _Step("Actions due", "for", "kinds of agency", kinds, due)


def _rows(step: _Step) -> Iterator[dict[str, Any]]:
    so_far = 0
    for (start, end), own in step.began.sort("start", "name").group_by(
        "start", "end", maintain_order=True
    ):
        so_far += own.height
        last = so_far == step.of
        who = (
            words.listed(own["name"].to_list()) if own.height <= 2 else f"{own.height} {step.many}"
        )
        briefly = f"{words.within(step.title)} {step.where} {who}"
        many = f"{step.of} {step.many}"
        yield {
            "end": end,
            "when": quarter(start),
            "said": f"{step.title}: {who}{', the last of' if last else f'; {so_far} of'} {many}",
            "first": f"{briefly}, the last of {many}" if last else briefly,
            "briefly": briefly,
        }


def _first(shown: pl.DataFrame) -> pl.DataFrame:
    """The first quarter of each name."""
    return shown.group_by("name").agg(pl.col("start").min(), pl.col("end").min())


def _quarters(view: View) -> pl.DataFrame:
    return released.released(view).filter(pl.col("cut") == "quarter")


_SCHEMA = {
    "end": pl.Date,
    **dict.fromkeys(("when", "said", "first", "briefly"), pl.String),
}
