"""Records that contradict each other: how many break each rule, and which."""

import polars as pl

from queries import words
from queries.definitions import titled
from queries.view import View
from queries.words import fit

FACTS = "contradictions"


def contradictions(view: View) -> pl.LazyFrame:
    """A row a rule that records of the period break, the most broken first.

    `rule`, `table`, `records`, `areas` (districts with any), `last` (the latest day).
    """
    broken = (
        _in_period(view)
        .group_by("rule")
        .agg(
            pl.col("table").first(),
            records=pl.len().cast(pl.Int64),
            areas=pl.col("area").n_unique().cast(pl.Int64),
            last=pl.col("on").max(),
        )
        .with_columns(pl.col("rule").cast(pl.String))
        .select("rule", "table", "records", "areas", "last")
        .sort(["records", "rule"], descending=[True, False])
    )
    return titled(broken)


def breaking(view: View, rule: str) -> pl.LazyFrame:
    """The records of the period that break a rule: `record`, `case`, `area_name`, `on`, `found`."""
    names = view.numbers("areas").select("area", area_name="name")
    return (
        _in_period(view)
        .filter(pl.col("rule").cast(pl.String) == rule)
        .join(names, on="area")
        .select("record", pl.col("case").cast(pl.String), "area_name", "on", "found")
        .sort("on", "record")
    )


def rules_checked(view: View) -> int:
    """How many rules there are, broken or not."""
    kind = view.numbers(FACTS).select("rule").collect_schema()["rule"]
    return len(kind.categories) if isinstance(kind, pl.Enum) else 0


def most_broken(frame: pl.DataFrame) -> str:
    """How many records contradict others, and what most of them do."""
    total = int(frame["records"].sum())
    first = frame.row(0, named=True)
    says = "record contradicts" if total == 1 else "records contradict"
    few = f"{words.sentence(words.number(total))} {says} another"
    rule = f"{first['rule'][:1].lower()}{first['rule'][1:]}"
    return fit(f"{few}; most: {rule}", few, limit=words.WIDE)


def what_breaks(frame: pl.DataFrame) -> str:
    """How many records the chosen rule finds."""
    said = "record contradicts" if frame.height == 1 else "records contradict"
    return f"{words.sentence(words.number(frame.height))} {said} another in this way"


def _in_period(view: View) -> pl.LazyFrame:
    return view.numbers(FACTS).filter(pl.col("on").is_between(view.start, view.end))
