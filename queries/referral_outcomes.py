"""What has become of referrals: each stands at exactly one point on any day."""

from datetime import date

import polars as pl

from queries import words
from queries.comparisons import BEFORE, YEAR, Then, beside, chosen
from queries.view import View

# Every point a referral can stand at, in the order of the pathway.
OUTCOMES = {
    "to_screen": "Waiting for a screen",
    "to_decide": "Waiting for the panel",
    "deferred": "Deferred by the panel",
    "to_allocate": "Waiting for a case manager",
    "allocated": "Allocated",
    "not_eligible": "Not eligible",
    "declined": "Declined by the panel",
    "withdrawn": "Withdrawn",
}
WAITING = ("to_screen", "to_decide", "deferred", "to_allocate")
_WAITS_FOR = {
    "to_screen": "A screen",
    "to_decide": "The panel",
    "deferred": "The panel again",
    "to_allocate": "A case manager",
}
ACCEPTED = ("to_allocate", "allocated")
NOT_TAKEN = ("not_eligible", "declined", "withdrawn")


def outcome_on(day: date) -> pl.Expr:
    """Where a referral stands on a day; of a declined and an accepted one the later decides."""

    def by(column: str) -> pl.Expr:
        return (pl.col(column) <= pl.lit(day)).fill_null(value=False)

    declined = by("declined_on") & ~(
        by("accepted_on") & (pl.col("accepted_on") >= pl.col("declined_on"))
    )
    return (
        pl.when(by("allocated_on"))
        .then(pl.lit("allocated"))
        .when(by("withdrawn_on"))
        .then(pl.lit("withdrawn"))
        .when(declined)
        .then(pl.lit("declined"))
        .when(by("accepted_on"))
        .then(pl.lit("to_allocate"))
        .when(by("ineligible_on"))
        .then(pl.lit("not_eligible"))
        .when(by("first_decided_on"))
        .then(pl.lit("deferred"))
        .when(by("screened_on"))
        .then(pl.lit("to_decide"))
        .otherwise(pl.lit("to_screen"))
        .cast(pl.Enum(list(OUTCOMES)))
        .alias("outcome")
    )


def received(view: View, then: Then) -> pl.LazyFrame:
    """The referrals received in a period, with the `outcome` they had come to."""
    rows = view.numbers("referrals").filter(then.rows)
    return rows.with_columns(outcome_on(then.as_at))


def outcomes(view: View) -> pl.LazyFrame:
    """A row an outcome, in the order of the pathway, also where no referral stands there.

    `outcome`, `name`, `referrals` (null where no record tells of it), `share` (of those
    received), `just_before`, `year_earlier`.
    """

    def count(then: Then) -> pl.LazyFrame:
        return received(view, then).group_by("outcome").agg(referrals=pl.len().cast(pl.Int64))

    every = pl.LazyFrame(
        {"outcome": list(OUTCOMES), "name": list(OUTCOMES.values())},
        schema_overrides={"outcome": pl.Enum(list(OUTCOMES))},
    )
    counted = beside(view, "referrals", "outcome", "referrals", count)
    return (
        every.join(counted, on="outcome", how="left", maintain_order="left")
        .with_columns(pl.col("referrals").fill_null(0))
        .join(screened(view), how="cross", maintain_order="left")
        .with_columns(referrals=pl.when(_can_be_told(view)).then("referrals"))
        .drop("screened")
        .with_columns(
            pl.when(pl.col(column).is_not_null().any()).then(pl.col(column).fill_null(0))
            for column in (BEFORE, YEAR)
        )
        .with_columns(share=pl.col("referrals") / pl.col("referrals").sum())
        .filter(pl.col("referrals").sum() > 0)
    )


def screened(view: View) -> pl.LazyFrame:
    """One row: whether the service records screens at all, as `screened`."""
    return view.numbers("referrals").select(screened=pl.col("screened_on").is_not_null().any())


def _can_be_told(view: View) -> pl.Expr:
    """Whether a referral can be seen to stand at an outcome: the records that tell are kept."""
    outcome = pl.col("outcome").cast(pl.String)
    told = ~outcome.is_in(["not_eligible"]) | pl.col("screened")
    return told if view.recorded("decisions") else told & ~outcome.is_in(["deferred", "declined"])


def rows_at(view: View, outcome: str, part: str | None = None) -> pl.LazyFrame:
    """The referrals behind a row of `outcomes`, or behind its number of another period."""
    return received(view, chosen(view, part)).filter(pl.col("outcome") == outcome)


def what_became(rows: pl.DataFrame) -> str:
    """The shares that are allocated, were not taken on, and still wait: all there are."""
    total = int(rows["referrals"].sum())
    if total == 1:
        return _of_one(rows)
    parts = [_sum(rows, which) for which in (("allocated",), NOT_TAKEN, WAITING)]
    allocated = words.share_is(parts[0], total)
    if total < words.SHARE_FROM:
        return f"{allocated} allocated so far"
    not_taken, wait = (words.share(part / total, total) for part in parts[1:])
    return words.fit(
        f"{allocated} allocated, {not_taken} were not taken on and {wait} wait",
        f"{allocated} allocated so far",
        limit=words.WIDE,
    )


def _of_one(rows: pl.DataFrame) -> str:
    """Where the only referral stands."""
    name = rows.filter(pl.col("referrals") == 1)["name"][0]
    return f"One referral: {name[:1].lower()}{name[1:]}"


def page_in_words(rows: pl.DataFrame) -> str:
    """The page in a sentence: how many came, how many were accepted, how many wait."""
    total = int(rows["referrals"].sum()) if rows.height else 0
    if not total:
        return "No referral was received in this period"
    if total == 1:
        return f"{_of_one(rows)} so far"
    came = words.sentence(words.counted(total, "referral"))
    accepted = words.share_is(_sum(rows, ACCEPTED), total)
    waiting = _sum(rows, WAITING)
    wait = f"{words.number(waiting) if waiting else 'none'} still wait{'s' if waiting == 1 else ''}"
    return words.fit(
        f"{came}: {accepted} accepted so far and {wait}",
        f"{came}: {accepted} accepted so far",
        limit=words.TITLE,
    )


def waiting_now(view: View) -> pl.LazyFrame:
    """A row a step that referrals wait at on the period's last day; those without any left out.

    `outcome`, `name`, `referrals`, `earlier` (of them, received before the period),
    `median_days`, `longest` (days since they were received).
    """
    return (
        waiting_rows(view)
        .group_by("outcome")
        .agg(
            referrals=pl.len().cast(pl.Int64),
            earlier=(pl.col("on") < pl.lit(view.start)).sum().cast(pl.Int64),
            median_days=pl.col("days").median(),
            longest=pl.col("days").max(),
        )
        .sort("outcome")
        .with_columns(
            name=pl.col("outcome").replace_strict(
                list(_WAITS_FOR), list(_WAITS_FOR.values()), return_dtype=pl.String
            )
        )
    )


def waiting_rows(view: View, outcome: str | None = None) -> pl.LazyFrame:
    """The referrals that wait on the period's last day, whenever received; at one step or all.

    Each with its `days` from the day it was received, `from_on`, to that day, `to_on`.
    """
    steps = WAITING if outcome is None else (outcome,)
    return (
        view.numbers("referrals")
        .filter(pl.col("on") <= view.end)
        .with_columns(
            outcome_on(view.end),
            from_on="on",
            to_on=pl.lit(view.end),
            days=(pl.lit(view.end) - pl.col("on")).dt.total_days(),
        )
        .filter(pl.col("outcome").cast(pl.String).is_in(steps))
    )


def how_many_wait(rows: pl.DataFrame) -> str:
    """How many wait, and at which step most."""
    total = int(rows["referrals"].sum())
    most = rows.sort("referrals", descending=True, maintain_order=True).row(0, named=True)
    name = str(most["name"])
    where = f"for {name[:1].lower()}{name[1:]}"
    wait = words.sentence(f"{words.number(total)} {'waits' if total == 1 else 'wait'}")
    if len(rows) == 1:
        return words.fit(f"{wait}, {where}", wait, limit=words.NARROW)
    return words.fit(
        f"{wait}, {words.number(most['referrals'])} of them {where}",
        f"{wait}, most {where}",
        wait,
        limit=words.NARROW,
    )


def waited_before(rows: pl.DataFrame) -> str:
    """How many of those who wait were received before the period: the page counts only in it."""
    earlier = int(rows["earlier"].sum())
    were = "was" if earlier == 1 else "were"
    count = words.sentence(words.number(earlier))
    return f"{count} of them {were} received before the period." if earlier else ""


def _sum(rows: pl.DataFrame, which: tuple[str, ...]) -> int:
    return int(rows.filter(pl.col("outcome").cast(pl.String).is_in(which))["referrals"].sum())
