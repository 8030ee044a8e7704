"""One case on one time axis: what happened from referral to closure, what is late, what was noted.

Rows of `lane`, `on`, `to` (for what lasts), `mark` (one of `dashboard.drawings.Lanes`), `text`.
"""

from datetime import date

import polars as pl

from queries import words
from queries.scope import EVERYWHERE
from queries.view import View

LANES = (
    "Pathway",
    "Engagement",
    "Contacts",
    "Reviews",
    "DASH score",
    "Partners’ actions",
    "MARAC",
    "Police incidents",
)


def timeline(view: View, case: str) -> pl.LazyFrame:
    """The history of one case of the view's records; no rows if it is not among them."""

    def of(facts: str) -> pl.LazyFrame:
        return view.records(facts).filter(pl.col("case") == case)

    return pl.concat(
        [
            _pathway(view, of("allocations"), of("caseload"), of("closures")),
            _engagement(view, of("engagements"), of("caseload"), of("closures")),
            _rows(
                of("contacts"),
                "Contacts",
                mark=pl.when("kept").then(pl.lit("kept")).otherwise(pl.lit("missed")),
                text=pl.concat_str(
                    [pl.col("kind").cast(pl.String), pl.col("outcome").cast(pl.String)],
                    separator=": ",
                    ignore_nulls=True,
                ),
            ),
            _late(view, of("quiet"), "Contacts", "last_kept_on", "quiet {} days"),
            _reviews(of("reviews").filter(pl.col("due_on") <= view.as_at)),
            _late(view, of("reviews_overdue"), "Reviews", "due_on", "overdue {} days"),
            _assessments(of("assessments")),
            _rows(
                of("actions"),
                "Partners’ actions",
                mark=pl.when(pl.col("completed_on").is_null() & (pl.col("due_on") < view.as_at))
                .then(pl.lit("open"))
                .otherwise(pl.lit("held")),
                text=pl.concat_str(
                    [pl.col("agency_name"), pl.col("kind").cast(pl.String)],
                    separator=": ",
                    ignore_nulls=True,
                ),
            ),
            _rows(
                of("marac_referrals"),
                "MARAC",
                mark=pl.when("repeat").then(pl.lit("event")).otherwise(pl.lit("event_pale")),
                text=pl.when(pl.col("repeat"))
                .then(pl.lit("repeat, same pair"))
                .when(pl.col("heard_on").is_not_null())
                .then(pl.lit("heard"))
                .otherwise(pl.lit("referred")),
            ),
            _rows(
                of("incidents"),
                "Police incidents",
                mark=pl.when("is_crime").then(pl.lit("event")).otherwise(pl.lit("event_pale")),
                text=pl.when("is_crime").then(pl.lit("crime")).otherwise(pl.lit("no crime")),
            ),
            _noted(view, of("caseload")),
        ]
    ).sort("lane", "on", "mark")


def _rows(
    rows: pl.LazyFrame, lane: str | None, *, mark: pl.Expr, text: pl.Expr, to: pl.Expr | None = None
) -> pl.LazyFrame:
    return rows.select(
        pl.lit(lane).cast(pl.Enum(LANES)).alias("lane"),
        pl.col("on"),
        (pl.lit(None, pl.Date) if to is None else to).alias("to"),
        mark.cast(pl.String).alias("mark"),
        text.cast(pl.String).alias("text"),
    )


def _pathway(
    view: View, allocated: pl.LazyFrame, active: pl.LazyFrame, closed: pl.LazyFrame
) -> pl.LazyFrame:
    planned = active.select(on="planned_end_on", text=pl.lit("planned end")).unique()
    reason = pl.format("closed: {}", pl.col("reason").cast(pl.String).str.to_lowercase())
    steps = [
        allocated.select(on="received_on", text=pl.lit("referred")),
        allocated.select("on", text=pl.lit("allocated")),
        planned.filter(pl.col("on") <= view.as_at),
        closed.select("on", text=reason.fill_null("closed")),
    ]
    return _rows(pl.concat(steps), "Pathway", mark=pl.lit("step"), text=pl.col("text"))


def _engagement(
    view: View, engaged: pl.LazyFrame, active: pl.LazyFrame, closed: pl.LazyFrame
) -> pl.LazyFrame:
    begun = active.select("case", "allocated_on").unique()
    ended = closed.select("case", ended_on="on")
    spells = (
        engaged.join(begun, on="case")
        .join(ended, on="case", how="left")
        .with_columns(pl.max_horizontal("on", "allocated_on").alias("on"))
        .sort("on")
        .with_columns(to=pl.coalesce(pl.col("on").shift(-1), "ended_on", pl.lit(view.as_at)))
        .filter(pl.col("on") < pl.col("to"))
    )
    return _rows(
        spells,
        "Engagement",
        mark=pl.when("direct").then(pl.lit("state")).otherwise(pl.lit("state_pale")),
        text=pl.col("engagement"),
        to=pl.col("to"),
    )


def _noted(view: View, active: pl.LazyFrame) -> pl.LazyFrame:
    """Annotations of the whole, and of the county and district that the case was in that day."""
    spells = active.select(
        start="on",
        end="to",
        area=pl.col("area").cast(pl.String),
        county=pl.col("county").cast(pl.String),
    )
    noted = (
        view.numbers("annotations")
        .filter(pl.col("on") <= view.as_at)
        .join(spells, how="cross")
        .filter(
            pl.col("on") >= pl.col("start"),
            pl.col("end").is_null() | (pl.col("on") < pl.col("end")),
            (pl.col("for_area") == EVERYWHERE)
            | (pl.col("for_area") == pl.col("area"))
            | (pl.col("for_area") == pl.col("county")),
        )
        .select("on", "text")
        .unique()
    )
    return _rows(noted, None, mark=pl.lit("note"), text=pl.col("text"))


def _reviews(reviews: pl.LazyFrame) -> pl.LazyFrame:
    held = pl.col("held_on").is_not_null()
    return _rows(
        reviews.with_columns(pl.coalesce("held_on", "due_on").alias("on")),
        "Reviews",
        mark=pl.when(held).then(pl.lit("held")).otherwise(pl.lit("open")),
        text=pl.when(held).then(pl.lit("held")).otherwise(pl.lit("due, not held")),
    )


def _assessments(assessed: pl.LazyFrame) -> pl.LazyFrame:
    # With several victim-survivors on one day the highest score is shown; the IDVA's view of the
    # change, of that day the least favourable known, stands beside the last.
    change = pl.col("change")
    known = change.filter(pl.col("increased").is_not_null())
    highest = (
        assessed.filter(pl.col("dash_score").is_not_null())
        .group_by("on")
        .agg(
            pl.col("dash_score").max(),
            pl.coalesce(known.max(), change.max()).cast(pl.String).alias("change"),
        )
        .sort("on")
        .with_columns(is_last=pl.int_range(pl.len()) == pl.len() - 1)
    )
    return _rows(
        highest,
        "DASH score",
        mark=pl.lit("score"),
        text=pl.concat_str(
            [
                pl.col("dash_score").cast(pl.String),
                pl.when("is_last").then(pl.format("IDVA: {}", pl.col("change").str.to_lowercase())),
            ],
            separator="|",
            ignore_nulls=True,
        ),
    )


def _late(view: View, spells: pl.LazyFrame, lane: str, since: str, wording: str) -> pl.LazyFrame:
    """What is late until now, the longest of them: its line is as long as its words say."""
    running = spells.filter(pl.col("to").is_null() | (pl.col("to") > view.as_at))
    days = (pl.lit(view.as_at) - pl.col(since)).dt.total_days()
    line = running.with_columns(pl.col(since).alias("on")).sort("on").head(1)
    return _rows(
        line,
        lane,
        mark=pl.lit("late"),
        text=pl.format(wording, days),
        to=pl.lit(view.as_at),
    )


def how_it_goes(rows: pl.DataFrame, case: str) -> str:
    """What the timeline says in a sentence: danger since the last score, its way, what is late."""
    scored = rows.filter(pl.col("mark") == "score").select("on", "text").rows()
    scores = [int(text.split("|")[0]) for _, text in scored]
    last_on = scored[-1][0] if scored else None
    late = list(rows.filter(pl.col("mark") == "late")["text"])
    danger = _since(rows, last_on)
    parts = []
    if len(scores) > 1:
        first, last = scores[0], scores[-1]
        went = "fell" if last < first else "rose" if last > first else "stayed"
        way = f"at {last}" if went == "stayed" else f"from {first} to {last}"
        parts.append(f"the DASH score {went} {way}")
    elif scores:
        only = "the only DASH score"
        parts.append(f"{only}, {scores[0]}," if danger else f"{only} is {scores[0]}")
    else:
        parts.append("no DASH score is recorded")
    if danger and last_on:
        # A score says nothing of what came after it.
        parts[0] = f"{danger} since {parts[0]} on {words.day(last_on)}"
    elif danger:
        parts.insert(0, danger)
    names = [
        each.replace("quiet", "no contact was kept for")
        if each.startswith("quiet")
        else f"a review is {each}"
        for each in late
    ]
    return f"{case}: {words.listed([*parts, *names])}"


def _since(rows: pl.DataFrame, scored_on: date | None) -> str:
    """Police crimes and MARAC repeats after the last score, or all where there is none."""
    later = rows.filter(pl.col("mark") == "event")
    if scored_on is not None:
        later = later.filter(pl.col("on") > scored_on)
    dangers = {"Police incidents": "police crime", "MARAC": "MARAC repeat"}
    many = {name: later.filter(pl.col("lane") == lane).height for lane, name in dangers.items()}
    found = [words.counted(count, name) for name, count in many.items() if count]
    return words.listed(found) if found else ""
