"""What a measure is: what it counts, out of what, how it is read and what it is called.

`counts` and `out_of` are expressions over single rows of the named facts, never aggregates; the
value is fold(counts) / fold(out_of). So the same record gives the headline, the trend, the map,
the definitions page and the list of rows behind a number.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import polars as pl

Fold = Literal["sum", "people", "median"]
Reads = Literal["events", "state", "during"]
Interval = Literal["wilson", "ratio"]


@dataclass(frozen=True, eq=False)
class Measure:
    """One measure.

    `definition` has one of the forms that `queries.definitions` takes apart. `facts`: the rows it
    is made from. `reads`: "events" are counted on their day within the period; a "state" is read
    on the period's last day; "during" takes any row that touches the period. `each`: the column of
    people counted once each (fold "people"). `unit`: what the value is; shares and changes are
    fractions. `better`: the direction that is good. `interval`: how its 95% interval is made;
    "ratio" is linearised and clustered by `cluster`. `source`: the tables of the case database.
    `target`: a "total" adds up over a period, a "level" does not. `beware`: what it must not be
    read as.
    """

    key: str
    title: str
    definition: str
    facts: str
    counts: pl.Expr
    unit: str
    source: tuple[str, ...]
    out_of: pl.Expr | None = None
    each: str | None = None
    fold: Fold = "sum"
    reads: Reads = "events"
    better: Literal["higher", "lower", "neutral"] = "neutral"
    interval: Interval | None = None
    cluster: str = "service_user"
    target: Literal["total", "level"] | None = None
    beware: str = ""
    needs: tuple[str, ...] = ()

    @cached_property
    def columns(self) -> frozenset[str]:
        """The columns that its rows are counted by."""
        parts = (self.counts, self.out_of)
        return frozenset(
            name for part in parts if part is not None for name in part.meta.root_names()
        )

    @property
    def is_fraction(self) -> bool:
        return self.unit in ("share", "change")


def yes(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.Int32)


def known(column: str) -> pl.Expr:
    return pl.col(column).is_not_null().cast(pl.Int32)


EACH = known("on")  # every row counts one
