"""What each partner agency sends, is asked for, does in time and leaves undone."""

from typing import Literal

import polars as pl

from queries import words
from queries.comparisons import Then, beside, chosen, now
from queries.view import View

Number = Literal["referrals", "raised", "due", "on_time", "overdue"]
# The facts that each number counts; the overdue stand on the period's last day.
FACTS: dict[Number, str] = {
    "referrals": "referrals",
    "raised": "actions",
    "due": "actions_due",
    "on_time": "actions_due",
    "overdue": "actions_overdue",
}


def number_rows(view: View, number: Number, then: Then | None = None) -> pl.LazyFrame:
    """The rows that a number counts in a period, those of no known agency left out."""
    then = then or now(view)
    rows = view.numbers(FACTS[number]).filter(pl.col("agency").is_not_null())
    if number == "overdue":
        last = then.period.end
        return rows.filter(
            pl.col("on") <= last, pl.col("to").is_null() | (pl.col("to") > pl.lit(last))
        )
    rows = rows.filter(then.rows)
    return rows.filter(pl.col("on_time")) if number == "on_time" else rows


def agencies(view: View) -> pl.LazyFrame:
    """A row an agency with anything in the period or overdue, the busiest first.

    `agency_name`, `referrals`, `raised`, `due`, `on_time`, `late` (due and not done by then),
    `share` (on time, of those due), `just_before` and `year_earlier` (that share, of
    `just_before_of` and `year_earlier_of`), `overdue`, `is_overdue`.
    """
    rows = view.numbers("agencies").select("agency", "agency_name")
    for number in FACTS:
        counted = number_rows(view, number).group_by("agency").agg(_count(number))
        rows = rows.join(counted, on="agency", how="left", maintain_order="left")

    def on_time(then: Then) -> pl.LazyFrame:
        due = number_rows(view, "due", then)
        return due.group_by("agency").agg(_count("of"), share=pl.col("on_time").mean())

    shares = beside(view, "actions_due", "agency", "share", on_time, nothing=None, of="of")
    recorded = {number: view.recorded(FACTS[number]) for number in FACTS}
    return (
        rows.join(shares, on="agency", how="left", maintain_order="left")
        .with_columns(
            pl.col(number).fill_null(0) if known else pl.lit(None, pl.Int64).alias(number)
            for number, known in recorded.items()
        )
        .filter(pl.sum_horizontal("referrals", "raised", "due", "overdue") > 0)
        .with_columns(
            late=pl.col("due") - pl.col("on_time"),
            is_overdue=(pl.col("overdue") > 0).fill_null(value=False),
            activity=pl.sum_horizontal("referrals", "raised"),
        )
        .sort("due", "activity", "agency_name", descending=[True, True, False], nulls_last=True)
        .drop("activity", "agency")
    )


def agency_rows(view: View, name: str, number: str | None) -> pl.LazyFrame:
    """The rows behind one number of an agency; of a share, the actions that were due."""
    which = number if number in FACTS else "due"
    rows = number_rows(view, which, chosen(view, number)).filter(pl.col("agency_name") == name)
    return rows if number != "late" else rows.filter(~pl.col("on_time"))


def facts_of(number: str | None) -> str:
    """The facts whose rows a number counts."""
    return FACTS.get(number, "actions_due")  # type: ignore[call-overload,no-any-return]


def page_in_words(rows: pl.DataFrame) -> str:
    """The page in a sentence: the share of actions done on time, and how many are overdue."""
    due = int(rows["due"].sum() or 0)
    if not due:
        return "No action of a partner agency was due in this period"
    did = words.share_of(int(rows["on_time"].sum()), due, "actions")
    overdue = int(rows["overdue"].sum())
    are = "is" if overdue == 1 else "are"
    return words.fit(
        f"Partners did {did} on time; {words.number(overdue) if overdue else 'none'} {are} overdue",
        f"Partners did {did} on time",
        limit=words.TITLE,
    )


def who_is_late(rows: pl.DataFrame) -> str:
    """Which agency has most overdue; without any, which did most on time."""
    worst = rows.sort("overdue", descending=True, maintain_order=True).row(0, named=True)
    total = int(rows["overdue"].sum() or 0)
    if total:
        if total == 1:
            return words.fit(
                f"{worst['agency_name']} has the only action overdue",
                "One action is overdue",
                limit=words.WIDE,
            )
        most = f"{words.number(worst['overdue'])} of {words.number(total)}"
        return words.fit(
            f"{worst['agency_name']} has most overdue: {most}",
            f"One agency has most overdue: {most}",
            limit=words.WIDE,
        )
    due = int(rows["due"].sum() or 0)
    if not due:
        return "No action was due in this period"
    done = int(rows["on_time"].sum())
    was = "was" if done == 1 and due < words.SHARE_FROM else "were"
    return f"No action is overdue; {words.share(done / due, due)} {was} done on time"


def _count(name: str) -> pl.Expr:
    return pl.len().cast(pl.Int64).alias(name)
