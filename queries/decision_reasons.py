"""Why the referral panel declines and defers."""

import polars as pl

from queries import words
from queries.comparisons import Then, beside, chosen
from queries.view import View

NO_REASON = "Reason not recorded"


def reasons(view: View) -> pl.LazyFrame:
    """A row a reason for which the panel declined or deferred in the period, most first.

    `reason`, `decisions`, `declined`, `deferred`, `just_before`, `year_earlier` (decisions).
    """

    def count(then: Then) -> pl.LazyFrame:
        return (
            _not_accepted(view)
            .filter(then.rows)
            .group_by("reason")
            .agg(
                decisions=pl.len().cast(pl.Int64),
                declined=pl.col("declined").sum().cast(pl.Int64),
                deferred=pl.col("deferred").sum().cast(pl.Int64),
            )
        )

    return (
        beside(view, "decisions", "reason", "decisions", count)
        .with_columns(pl.col("declined", "deferred").fill_null(0))
        .sort("decisions", "reason", descending=[True, False])
    )


def reason_rows(view: View, reason: str, part: str | None) -> pl.LazyFrame:
    """The decisions behind a reason's bar, one of its parts, or its number of another period."""
    rows = _not_accepted(view).filter(chosen(view, part).rows, pl.col("reason") == reason)
    return rows.filter(part) if part in ("declined", "deferred") else rows


def why_most(rows: pl.DataFrame) -> str:
    """The reason given most for declining."""
    declined = int(rows["declined"].sum())
    if not declined:
        deferred = words.counted(int(rows["deferred"].sum()), "decision")
        return f"None was declined; {deferred} put off"
    named = rows.filter(pl.col("reason") != NO_REASON).sort(
        "declined", descending=True, maintain_order=True
    )
    if named.is_empty() or not named["declined"][0]:
        return f"{words.sentence(words.number(declined))} declined, no reason recorded"
    top = named.row(0, named=True)
    if top["declined"] == declined:
        every = "One was" if declined == 1 else f"All {words.number(declined)} were"
        return words.fit(
            f"{every} declined as “{top['reason']}”",
            f"{every} declined for one reason",
            limit=words.WIDE,
        )
    share = words.share(top["declined"] / declined, declined)
    if declined < words.SHARE_FROM:  # "2 of 3"
        said = f"{share} were declined as “{top['reason']}”"
    else:
        said = f"{share} of the {words.number(declined)} declined were “{top['reason']}”"
    return words.fit(
        said,
        f"One reason declined {share}",
        limit=words.WIDE,
    )


def _not_accepted(view: View) -> pl.LazyFrame:
    reason = pl.col("reason").cast(pl.String).fill_null(NO_REASON)
    return view.numbers("decisions").filter(~pl.col("accepted")).with_columns(reason)
