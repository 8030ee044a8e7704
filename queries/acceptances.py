"""Why two numbers of accepted referrals differ: accepted in the period, or received in it."""

import polars as pl

from queries import words
from queries.referral_outcomes import ACCEPTED, outcome_on
from queries.view import View

_COLUMNS = ("accepted_in", "accepted_of_earlier", "accepted_and_left", "accepted_after")


def both_ways(view: View) -> pl.LazyFrame:
    """One row of what leads from one number to the other.

    `accepted_in` (the period, whenever received), of these `accepted_of_earlier` (received before
    it) and `accepted_and_left` (received in it, and since declined or withdrawn); `accepted_after`
    (received in the period, accepted after it). The received that stand as accepted are
    accepted_in - accepted_of_earlier - accepted_and_left + accepted_after.
    """
    start, end = pl.lit(view.start), pl.lit(view.end)
    earlier, accepted = pl.col("on") < start, pl.col("accepted_on").is_between(start, end)
    after = (pl.col("accepted_on") > end) & (pl.col("on") <= end)
    standing = pl.col("outcome").cast(pl.String).is_in(ACCEPTED)
    counted = (
        accepted,
        accepted & earlier,
        accepted & ~earlier & ~standing,
        after & ~earlier & standing,
    )
    return (
        view.numbers("referrals")
        .with_columns(outcome_on(view.as_at))
        .select(
            rows.sum().cast(pl.Int64).alias(name)
            for name, rows in zip(_COLUMNS, counted, strict=True)
        )
    )


def in_words(row: dict[str, int]) -> str:
    """The way from the headline's number to the chart's; empty where they are the same."""
    total, earlier, left, after = (row[name] for name in _COLUMNS)
    if not (earlier or left or after):
        return ""
    said = [
        f"{words.number(count)} {what}"
        for count, what in (
            (earlier, "had been received before it"),
            (left, f"{'has' if left == 1 else 'have'} been declined or withdrawn since"),
        )
        if count
    ]
    of_total = f": {' and '.join(said)}" if said else ""
    was = "was" if total == 1 else "were"
    one = "was" if after == 1 else "were"
    later = f" {words.sentence(words.number(after))} more {one} accepted after it." if after else ""
    came = words.sentence(words.counted(total, "referral"))
    return f"{came} {was} accepted in the period{of_total}.{later}"
