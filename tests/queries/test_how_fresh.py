"""How old the newest record is, by the day on which it is looked at."""

from datetime import date

import polars as pl
import pytest

from queries.freshness import how_fresh_on, too_old


def tables(last: date | None, empty: int = 0) -> pl.DataFrame:
    """Two tables up to the last day, and so many empty ones."""
    days = [last, None, *[None] * empty]
    return pl.DataFrame(
        {"rows": [9, 2, *[0] * empty], "last_day": days},
        schema={"rows": pl.Int64, "last_day": pl.Date},
    )


@pytest.mark.parametrize(
    ("last", "empty", "said"),
    [
        (date(2026, 11, 22), 0, "Records run to 22 November 2026, today"),
        (date(2026, 11, 21), 0, "Records run to 21 November 2026, one day ago"),
        # Shortened, so that the empty tables have room beside it.
        (date(2026, 11, 14), 12, "Records to 14 Nov 2026, eight days ago; 12 tables are empty"),
        (date(2026, 11, 13), 1, "No record of the last nine days; one table is empty"),
        (None, 1, "No table holds anything that happened"),
    ],
)
def test_days_since_the_newest_record(last: date | None, empty: int, said: str) -> None:
    assert how_fresh_on(tables(last, empty), date(2026, 11, 22), 8) == said


def test_old_is_older_than_usual_and_not_as_old() -> None:
    frame = tables(date(2026, 10, 31))
    assert too_old(frame, date(2026, 11, 22), 22) == ""
    assert too_old(frame, date(2026, 11, 22), 21) == (
        "Records run to 31 Oct 2026, 22 days ago; the limit is 21 days"
    )
    assert too_old(frame, date(2026, 11, 22), 1).endswith("; the limit is one day")
    assert too_old(tables(None), date(2026, 11, 22), 1) == ""
