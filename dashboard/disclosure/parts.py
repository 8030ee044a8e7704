"""What the counts behind the released measures are: each with its rows, so that it can be counted.

A count alone is one part; a share is the counted and those it is out of; a change is those before
and those after; of a median or a mean only the number of its values is a count. Splits cut some
measures by a column of their rows, for the whole area only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import polars as pl

from dashboard.disclosure.cuts import Kind
from queries.measure import Measure
from queries.measures import ALL, DECISIONS

Side = Literal["counted", "out_of", "after"]

RELEASED: tuple[Measure, ...] = (*ALL, DECISIONS)
BY_KEY: dict[str, Measure] = {measure.key: measure for measure in RELEASED}

NOT_RECORDED = "Not recorded"


@dataclass(frozen=True)
class Split:
    """A measure cut by a column of its rows, for the whole area in periods of these `kinds`.

    `name` is what the release calls it.
    """

    measure: str
    name: str
    column: str
    kinds: tuple[Kind, ...] = ("year",)


SPLITS: tuple[Split, ...] = (
    Split("referrals_received", "sector", "sector"),
    Split("referrals_received", "route", "route"),
    Split("decisions_made", "decision", "decision"),
    Split("cases_closed", "reason", "reason"),
    Split("active_cases", "engagement", "engagement"),
    # By kind of agency: one agency is often one district's ("Housing, Reading"), and districts have
    # no splits. By quarter too: a meeting speaks of what is due now.
    Split("partner_actions_on_time_rate", "agency", "sector", ("quarter", "year")),
    Split("partner_actions_overdue", "agency", "sector", ("quarter", "year")),
)


@dataclass(frozen=True, eq=False)
class Part:
    """One count of a measure, as a row-level expression over the measure's facts."""

    measure: Measure
    side: Side
    counts: pl.Expr

    @property
    def key(self) -> str:
        return self.measure.key if self.side == "counted" else f"{self.measure.key}.{self.side}"


def parts(measure: Measure) -> Iterator[Part]:
    """The counts behind a measure."""
    if measure.fold == "median":
        yield Part(measure, "out_of", measure.counts.is_not_null().cast(pl.Int32))
    elif measure.out_of is None:
        yield Part(measure, "counted", measure.counts)
    elif measure.unit == "change":
        yield Part(measure, "out_of", measure.out_of)
        yield Part(measure, "after", _after(measure, measure.out_of))
    else:
        if is_share(measure):
            yield Part(measure, "counted", measure.counts)
        yield Part(measure, "out_of", measure.out_of)


def _after(measure: Measure, before: pl.Expr) -> pl.Expr:
    """Those of a change’s later time: a reduction counts how many fewer there are."""
    return before - measure.counts if measure.better == "higher" else before + measure.counts


def is_share(measure: Measure) -> bool:
    return measure.out_of is not None and measure.unit == "share"


def is_average(measure: Measure) -> bool:
    """A median or a mean: its value is released rounded, and no count can be read from it."""
    return measure.fold == "median" or (measure.out_of is not None and measure.unit == "score")
