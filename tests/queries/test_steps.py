"""Limits begin anew where a noted change has lasted, and nowhere else."""

from datetime import date

import polars as pl
import pytest

from queries import chart_told, trend
from queries.measures import MEASURES
from queries.special_causes import reading, special_causes

MEASURE = MEASURES["days_referral_to_decision"]
NOTED = date(2025, 8, 4)  # its first whole month is September
# Ten months around 12 up to August 2025, then fourteen around 8.
BEFORE = [12.0, 11.0, 13.0, 12.0, 11.0, 13.0, 12.0, 11.0, 13.0, 12.0]
SINCE = [8.0, 7.0, 9.0, 8.0, 7.0, 9.0, 8.0, 7.0, 9.0, 8.0, 7.0, 9.0, 8.0, 8.0]


def charted(
    values: list[float | None], noted: date | None = NOTED, within=0.0, measure=MEASURE
) -> pl.DataFrame:
    first = 2024 * 12 + 10
    starts = [date((first + i) // 12, (first + i) % 12 + 1, 1) for i in range(len(values))]
    rows = pl.DataFrame(
        {"start": starts, "value": values, "numerator": None, "denominator": 40.0},
        schema_overrides={"value": pl.Float64, "numerator": pl.Float64},
    ).with_columns(least=pl.col("value") - within, most=pl.col("value") + within)
    days = [noted] if noted else []
    notes = pl.DataFrame(
        {"on": days, "text": ["It meets every week"] * len(days)},
        schema={"on": pl.Date, "text": pl.String},
    )
    return trend.charted(rows, measure, notes, rounded=within > 0)


def test_each_part_has_the_limits_of_its_own_months() -> None:
    rows = charted([*BEFORE, *SINCE])
    assert rows["since"].to_list() == [date(2024, 11, 1)] * 10 + [date(2025, 9, 1)] * 14
    # Steps before: 1 2 1 1 2 1 1 2 1, on average 12/9; since: 1 2 1 1 2 1 1 2 1 1 2 1 0, 16/13.
    assert rows["mean"].unique(maintain_order=True).to_list() == pytest.approx([12.0, 112 / 14])
    assert rows["upper"][0] == pytest.approx(12 + 2.66 * 12 / 9)
    assert rows["upper"][-1] == pytest.approx(8 + 2.66 * 16 / 13)
    assert rows["points"].to_list() == [10] * 10 + [14] * 14
    assert rows["trial"].to_list() == [True] * 10 + [False] * 14
    assert rows["rule"].null_count() == rows.height
    assert trend.what_limits_rest_on(rows) == (
        "Limits from the 14 months since September 2025, after a noted change, "
        "no moving ranges screened out."
    )


def test_only_waits_begin_anew() -> None:
    rows = charted([*BEFORE, *SINCE], measure=MEASURES["mean_dash_score"])
    assert rows["since"].n_unique() == 1


def test_without_a_note_the_shift_is_a_special_cause() -> None:
    rows = charted([*BEFORE, *SINCE], noted=None)
    assert rows["since"].n_unique() == 1
    assert rows["rule"].null_count() == 0


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ([*BEFORE[:5], *SINCE], "too few months before: they are from June 2025 on"),
        ([*BEFORE, *SINCE[:11]], "eleven months since"),
        ([*BEFORE, 13.0, *SINCE], "the first month since is on the other side"),
        ([*BEFORE, *[None] * 3, *SINCE[:11]], "eleven months since that are known"),
    ],
)
def test_it_takes_months_before_and_since_that_keep_to_their_side(
    values: list[float | None], why: str
) -> None:
    late = date(2025, 3, 4) if why.startswith("too few") else NOTED
    assert charted(values, late)["since"].n_unique() == 1, why


def test_what_rounding_may_have_moved_proves_nothing() -> None:
    # 12 less 9 is three: rounded by up to three, a month may have been as high as before.
    assert charted([*BEFORE, *SINCE], within=2.9)["since"].n_unique() == 2
    assert charted([*BEFORE, *SINCE], within=3.0)["since"].n_unique() == 1


def test_it_is_told_in_the_title_and_in_what_changed() -> None:
    rows = charted([*BEFORE, *SINCE])
    assert reading(rows) == "Lower since September 2025, steady of late"
    told = chart_told.what_changed(rows, lambda value, **_: f"{value:.0f}")
    assert "Since September 2025, after a noted change, the mean is 8; 12 before." in told


def test_no_special_cause_goes_across() -> None:
    # Six low months on each side of a change make no seven on one side of one mean.
    before = [12.0, 13.0, 11.5, 13.5, 11.0, 11.2, 11.0, 11.2, 11.0, 11.2]
    since = [7.0, 8.0, 7.0, 8.0, 7.0, 8.0, 10.0, 9.0, 10.0, 9.0, 10.0, 9.0, 10.0, 9.0]
    rows = charted([*before, *since])
    assert rows["since"].n_unique() == 2
    (cause,) = special_causes(rows)
    assert (cause.first, cause.months, cause.high) == (date(2026, 3, 1), 8, True)
    assert cause.running
    assert cause.recent


def test_limits_begin_when_waits_that_began_before_the_change_are_over() -> None:
    # With it the mean since would be 115.6/14 = 8.257, and of steps of 3, then twelve times 0.1,
    # the first is screened out: 3.267 x 4.2/13 = 1.06. 11 would lie above 8.257 + 0.266.
    quiet = [8.0, 8.1] * 6 + [8.0]
    rows = charted([*BEFORE, 11.0, *quiet])
    assert rows["since"].to_list() == [date(2024, 11, 1)] * 11 + [date(2025, 10, 1)] * 13
    assert rows["mean"].unique(maintain_order=True).to_list() == pytest.approx(
        [131 / 11, 104.6 / 13]
    )
    assert rows["cause"].null_count() == rows.height
    assert reading(rows) == "Lower since October 2025, steady of late"


def test_a_month_within_the_limits_since_is_where_they_begin() -> None:
    # 10 towards the 12 before: the mean since is 114/14, the limits 2.66 x 18/13 = 3.7 from it.
    rows = charted([*BEFORE, 10.0, *SINCE[:13]])
    assert rows["since"][-1] == date(2025, 9, 1)


def test_a_later_month_towards_the_mean_before_is_a_concern() -> None:
    rows = charted([*BEFORE, *[8.0, 8.1] * 3, 11.0, *[8.1, 8.0] * 3, 8.1])
    assert rows["since"][-1] == date(2025, 9, 1)
    assert (rows["rule"][16], rows["variation"][16]) == ("outside", "concern")


def test_twelve_months_remain_since() -> None:
    rows = charted([*BEFORE, 11.0, *[8.0, 8.1] * 5, 8.0])
    assert rows["since"][-1] == date(2025, 9, 1)
