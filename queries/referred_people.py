"""Who is referred: high-harm, high-risk and serial shares, and people referred again."""

import polars as pl

from queries import words
from queries.comparisons import BEFORE, YEAR, Then, beside, chosen, now
from queries.view import View

# Each trait of a referral's person with its column: true, false, or null where not recorded.
TRAITS = {
    "High-harm": pl.col("high_harm"),
    "High-risk": pl.when(pl.col("first_assessed_on").is_not_null()).then("first_high_risk"),
    "Serial": pl.col("serial"),
    "Referred before": pl.col("again"),
}
# How long before the earlier referral was, in days, with its name.
_GAPS = {
    0: "Under 3 months before",
    92: "3 to 6 months before",
    183: "6 to 12 months before",
    366: "Over a year before",
}


def shares(view: View) -> pl.LazyFrame:
    """A row a trait: `name`, `yes`, `no` (null where known of nobody), `unknown`, `known`.

    `share` is of those known; `just_before` and `year_earlier` are that share then, and
    `just_before_of` and `year_earlier_of` how many were known.
    """

    def count(then: Then) -> pl.LazyFrame:
        rows = view.numbers("referrals").filter(then.rows)
        return pl.concat(
            rows.select(
                name=pl.lit(name),
                yes=trait.sum().cast(pl.Int64),
                known=trait.count().cast(pl.Int64),
                received=pl.len().cast(pl.Int64),
            )
            for name, trait in TRAITS.items()
        ).with_columns(share=pl.when(pl.col("known") > 0).then(pl.col("yes") / pl.col("known")))

    order = pl.LazyFrame({"name": list(TRAITS)})
    counted = beside(view, "referrals", "name", "share", count, nothing=None, of="known")
    return (
        order.join(counted, on="name", how="left", maintain_order="left")
        .filter(pl.col("received") > 0)
        .with_columns(
            no=pl.col("known") - pl.col("yes"), unknown=pl.col("received") - pl.col("known")
        )
        # Where it is known of nobody, nobody can say that it is none.
        .with_columns(pl.when(pl.col("known") > 0).then(pl.col("yes", "no")))
    )


def trait_rows(view: View, name: str, part: str | None) -> pl.LazyFrame:
    """The referrals behind a trait's bar, one of its parts, or one of its shares, with `holds`.

    A share, also of another period, is of the referrals of which the trait is known.
    """
    trait = TRAITS[name]
    rows = view.numbers("referrals").filter(chosen(view, part).rows).with_columns(holds=trait)
    parts = {"yes": trait, "no": ~trait, "unknown": trait.is_null()}
    return rows.filter(parts.get(part or "", trait.is_not_null()))


def who_they_are(rows: pl.DataFrame) -> str:
    """The shares in words."""
    known = [row for row in rows.to_dicts()[:3] if row["known"]]
    unknown = any(row["unknown"] for row in known)
    said = [f"{words.share(row['share'], row['known'])} {row['name'].lower()}" for row in known]
    if not said:
        return "Harm, risk and serial abuse are not recorded"
    if len(known) == 1:
        return f"{words.share_is(known[0]['yes'], known[0]['known'])} {known[0]['name'].lower()}"
    of = "Of those known, " if unknown else ""
    return words.fit(f"{of}{words.listed(said)}", words.listed(said), *said, limit=words.WIDE)


def again(view: View) -> pl.LazyFrame:
    """Referrals of people who were referred before, by how long ago last.

    `since` (days it is at least ago), `name`, `referrals`, `just_before`, `year_earlier`; on all
    rows `people` (each once), `received` and `unnamed` (referrals that name nobody).
    """

    def count(then: Then) -> pl.LazyFrame:
        rows = view.numbers("referrals").filter(then.rows, pl.col("again"))
        return _since(rows).group_by("since").agg(referrals=pl.len().cast(pl.Int64))

    own = view.numbers("referrals").filter(now(view).rows)
    whole = own.select(
        people=pl.col("service_user").filter("again").n_unique().cast(pl.Int64),
        received=pl.len().cast(pl.Int64),
        unnamed=pl.col("service_user").null_count().cast(pl.Int64),
    )
    every = pl.LazyFrame(
        {"since": list(_GAPS), "name": list(_GAPS.values())}, schema_overrides={"since": pl.Int64}
    )
    counted = beside(view, "referrals", "since", "referrals", count)
    return (
        every.join(counted, on="since", how="left", maintain_order="left")
        .join(whole, how="cross", maintain_order="left")
        .filter(pl.col("received") > 0)
        .with_columns(
            pl.when(pl.col(column).is_not_null().any()).then(pl.col(column).fill_null(0))
            for column in ("referrals", BEFORE, YEAR)
        )
        .with_columns(pl.col("referrals").fill_null(0))
    )


def again_rows(view: View, since: int, part: str | None = None) -> pl.LazyFrame:
    """The referrals behind one bar of `again`, or its number of another period."""
    rows = view.numbers("referrals").filter(chosen(view, part).rows, pl.col("again"))
    return _since(rows).filter(pl.col("since") == since)


def who_came_again(rows: pl.DataFrame) -> str:
    """How many people were referred again."""
    people = int(rows["people"][0])
    if not people:
        return "Nobody was referred again"
    came = words.sentence(words.counted(people, "person", "people"))
    verb = "was" if people == 1 else "were"
    return f"{came} {verb} referred again"


def _since(rows: pl.LazyFrame) -> pl.LazyFrame:
    ago = (pl.col("on") - pl.col("previous_on")).dt.total_days()
    starts = list(_GAPS)
    step = pl.lit(starts[0])
    for start in starts[1:]:
        step = pl.when(ago >= start).then(pl.lit(start)).otherwise(step)
    return rows.with_columns(since=step.cast(pl.Int64))
