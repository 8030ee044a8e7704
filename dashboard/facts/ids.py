"""Lists of ids that only grow, so that what was derived before keeps its numbers.

Facts keep ids as numbers that stand for the places of a list. After a change of a few records
these come with short lists of their own; here their numbers are told in those of the long ones.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property

import polars as pl
import polars.selectors as cs

from dashboard.facts.records import OWNERS, Records

# The columns whose list is long; workers and agencies are few.
OF_PEOPLE = ("case", "referral", "service_user", "victim_survivor")
_TABLES = {column: table for table, column in OWNERS.items()}


class Ids:
    """The lists of `facts`, with the ids behind them that only `records` have."""

    def __init__(self, facts: Mapping[str, pl.DataFrame], records: Records) -> None:
        self._lists = {}
        for column in OF_PEOPLE:
            before = next(each for each in facts.values() if column in enums_of(each))
            here = _listed(records[_TABLES[column]][column])
            self._lists[column] = _List(_listed(before[column]), here)

    @property
    def have_grown(self) -> bool:
        return any(each.has_grown for each in self._lists.values())

    def places(self, column: str, ids: Iterable[str]) -> pl.Series:
        """The numbers of these ids."""
        return self._lists[column].places(pl.Series(sorted(ids), dtype=pl.String)).drop_nulls()

    def moved(self, frame: pl.DataFrame) -> pl.DataFrame:
        """A frame of the short lists, in the numbers of the long ones."""
        return frame.with_columns(
            pl.lit(self._lists[column].here).gather(_number(column)).alias(column)
            for column in _of_people(frame)
        )

    def named(self, numbers: pl.DataFrame) -> pl.DataFrame:
        """A frame of numbers, standing for ids of the long lists again."""
        each = (
            numbers.select(column).select(self._lists[column].kind)
            for column in OF_PEOPLE
            if column in numbers.columns and numbers[column].dtype == pl.UInt32
        )
        return numbers.with_columns(column.to_series() for column in each)


class _List:
    """One list of ids: `before` and behind it those of `here` that are new."""

    def __init__(self, before: pl.Series, here: pl.Series) -> None:
        new = here.filter(~here.is_in(before.implode()))
        self.has_grown = not new.is_empty()
        self._ids = pl.concat([before, new])
        self.here = self.places(here)

    def places(self, ids: pl.Series) -> pl.Series:
        listed = self._ids.to_frame("id").with_row_index("place")
        return ids.to_frame("id").join(listed, on="id", how="left", maintain_order="left")["place"]

    @cached_property
    def kind(self) -> pl.Expr:
        # Making the expression hashes every id: once, for all frames.
        return pl.all().cat.to(pl.Enum(self._ids))


def numbers_of(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame with the ids of people as their numbers."""
    return frame.with_columns(_number(column) for column in _of_people(frame))


def enums_of(frame: pl.DataFrame) -> list[str]:
    """The columns that are Enums. Asking for their types hashes every id, so that is not done."""
    return frame.select(cs.enum()).columns


def _of_people(frame: pl.DataFrame) -> list[str]:
    return [column for column in enums_of(frame) if column in OF_PEOPLE]


def _listed(column: pl.Series) -> pl.Series:
    return column.dtype.categories  # type: ignore[attr-defined,no-any-return]


def _number(column: str) -> pl.Expr:
    return pl.col(column).to_physical().cast(pl.UInt32)
