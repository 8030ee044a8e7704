"""What partners are asked for, by kind: disruption, support and the rest."""

import polars as pl

from queries import words
from queries.comparisons import Then, beside, chosen
from queries.view import View

NO_KIND = "not recorded"


def kinds(view: View) -> pl.LazyFrame:
    """A row a kind of action asked for in the period, by what it is for, most first.

    `kind`, `group`, `raised`, `on_time` (done by its day), `done` (later), `open` (not done),
    `just_before`, `year_earlier` (raised).
    """
    done = pl.col("completed_on").is_not_null()
    in_time = (pl.col("completed_on") <= pl.col("due_on")).fill_null(value=False)

    def count(then: Then) -> pl.LazyFrame:
        return (
            _kinds(view)
            .filter(then.rows)
            .group_by("kind")
            .agg(
                group=pl.col("group").first(),
                raised=pl.len().cast(pl.Int64),
                done=done.sum().cast(pl.Int64),
                on_time=(done & in_time).sum().cast(pl.Int64),
                open=(~done).sum().cast(pl.Int64),
            )
        )

    groups = _kinds(view).select("kind", "group").unique()
    return (
        beside(view, "actions", "kind", "raised", count)
        .drop("group")
        .join(groups, on="kind", how="left")
        .with_columns(pl.col("done", "on_time", "open").fill_null(0))
        .with_columns(_total=pl.col("raised").sum().over("group"))
        .sort("_total", "group", "raised", "kind", descending=[True, False, True, False])
        .drop("_total")
    )


def kind_rows(view: View, kind: str, part: str | None) -> pl.LazyFrame:
    """The actions behind a kind's bar, one of its parts, or its number of another period."""
    rows = _kinds(view).filter(chosen(view, part).rows, pl.col("kind") == kind)
    done = pl.col("completed_on").is_not_null()
    return rows.filter(done if part == "done" else ~done) if part in ("done", "open") else rows


def what_for(rows: pl.DataFrame) -> str:
    """What the actions are for: the share of the largest group."""
    total = int(rows["raised"].sum())
    if not total:
        return "No action was asked for in this period"
    groups = (
        rows.filter(pl.col("group") != NO_KIND)
        .group_by("group")
        .agg(pl.col("raised").sum())
        .sort("raised", "group", descending=[True, False])
    )
    said = [
        f"{words.share_is(row['raised'], total)} {row['group']}" for row in groups.to_dicts()[:2]
    ]
    if not said:
        return f"{words.sentence(words.counted(total, 'action'))} asked for, of no recorded kind"
    if total < words.SHARE_FROM:  # "2 of 3 are support" says of how many
        return words.listed(said)
    return f"Of {words.counted(total, 'action')} asked for, {words.listed(said)}"


def _kinds(view: View) -> pl.LazyFrame:
    return view.numbers("actions").with_columns(
        pl.col("kind").cast(pl.String).fill_null("Kind not recorded"),
        pl.col("group").cast(pl.String).fill_null(NO_KIND),
    )
