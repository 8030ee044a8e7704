"""Released cells put together from protected counts, by hand."""

from datetime import UTC, date, datetime

import polars as pl
import pytest

from dashboard.disclosure import Release, ReleasedView, Rules
from dashboard.disclosure.protection import protected
from dashboard.disclosure.released import TOO_FEW
from dashboard.disclosure.view import OWN

DAYS = {"start": date(2026, 1, 1), "end": date(2026, 1, 31)}


def cells(**counts):
    rows = [
        {"part": part.replace("__", "."), "split": None, "value": None, "level": "whole",
         "cut": "month", **DAYS, "area": "", "count": count}
        for part, count in counts.items()
    ]  # fmt: skip
    schema = {"split": pl.String, "value": pl.String, "count": pl.Int64}
    frame = protected(pl.DataFrame(rows, schema_overrides=schema), Rules())
    averages = pl.DataFrame(
        [{"part": "days_referral_to_allocation", "level": "whole", "cut": "month", **DAYS,
          "area": "", "average": 26.0}]
    )  # fmt: skip
    return Release(
        1, datetime(2026, 2, 14, tzinfo=UTC), DAYS["end"], Rules(), True,
        frame.drop("count"), averages,
    )  # fmt: skip


def row(release, measure):
    [found] = release.cells.filter(measure=measure).iter_rows(named=True)
    return found


def test_a_count_is_rounded():
    assert row(cells(referrals_received=13), "referrals_received")["value"] == 15


@pytest.mark.parametrize("count", [1, 4])
def test_a_small_count_is_hidden_and_says_so(count):
    found = row(cells(referrals_received=count), "referrals_received")
    assert (found["value"], found["numerator"], found["suppressed"]) == (None, None, True)
    assert found["why"] == TOO_FEW == "too few to show"


def test_nought_is_shown():
    found = row(cells(referrals_received=0), "referrals_received")
    assert (found["value"], found["suppressed"], found["why"]) == (0, False, "")


def test_what_was_never_recorded_is_not_nought_and_not_hidden():
    found = row(cells(referrals_received=None), "referrals_received")
    assert (found["value"], found["suppressed"], found["why"]) == (None, False, "not recorded")


def test_a_share_is_made_from_the_rounded_counts():
    found = row(cells(planned_completion_rate=13, planned_completion_rate__out_of=18),
                "planned_completion_rate")  # fmt: skip
    assert (found["numerator"], found["denominator"], found["value"]) == (15, 20, 0.75)
    assert found["lower"] == pytest.approx(0.531, abs=0.001)


def test_a_share_of_fewer_than_10_as_shown_is_left_out():
    found = row(cells(planned_completion_rate=5, planned_completion_rate__out_of=7),
                "planned_completion_rate")  # fmt: skip
    assert (found["denominator"], found["value"], found["suppressed"]) == (5, None, True)


def test_a_share_with_a_hidden_part_is_hidden():
    found = row(cells(planned_completion_rate=3, planned_completion_rate__out_of=40),
                "planned_completion_rate")  # fmt: skip
    assert (found["numerator"], found["denominator"], found["value"]) == (None, 40, None)
    assert found["suppressed"]


def test_a_reduction_is_those_before_less_those_after_both_rounded():
    found = row(cells(physical_abuse_reduction__out_of=43, physical_abuse_reduction__after=9),
                "physical_abuse_reduction")  # fmt: skip
    assert (found["numerator"], found["denominator"]) == (35, 45)
    assert found["value"] == pytest.approx(35 / 45)


def test_a_change_for_the_worse_is_positive_for_police_incidents():
    found = row(cells(police_incidents_change__out_of=20, police_incidents_change__after=31),
                "police_incidents_change")  # fmt: skip
    assert (found["numerator"], found["denominator"], found["value"]) == (10, 20, 0.5)


@pytest.mark.parametrize(("n", "value"), [(18, 26.0), (7, None), (3, None)])
def test_a_median_is_shown_from_10_values_on(n, value):
    found = row(cells(days_referral_to_allocation__out_of=n), "days_referral_to_allocation")
    assert found["value"] == value
    assert found["suppressed"] == (value is None)


def test_a_view_of_a_release_reaches_nothing_else():
    own = {name: pl.DataFrame() for name in OWN}
    view = ReleasedView(cells(referrals_received=13), own)
    assert view.numbers("released").collect().height == 1
    for facts in ("referrals", "caseload", "agencies"):
        with pytest.raises(PermissionError):
            view.numbers(facts)
    for facts in ("referrals", "areas", "released"):
        with pytest.raises(PermissionError):
            view.records(facts)


@pytest.mark.parametrize(
    ("key", "counts", "bounds"),
    [
        ("referrals_received", (23,), (23, 27)),
        ("planned_completion_rate", (13, 18), (13 / 22, 17 / 18)),  # 15 of 20
        ("days_referral_to_allocation", (18, 18), (25.75, 26.25)),
    ],
)
def test_what_a_value_could_be_before_rounding(key, counts, bounds):
    parts = dict(zip((key, f"{key}__out_of"), counts, strict=False))
    found = row(cells(**parts), key)
    assert (found["least"], found["most"]) == pytest.approx(bounds)


def test_what_a_reduction_could_be_before_rounding():
    # 40 before, as 38 to 42; 10 after, as 8 to 12.
    found = row(
        cells(physical_abuse_reduction__after=10, physical_abuse_reduction__out_of=40),
        "physical_abuse_reduction",
    )
    assert (found["least"], found["most"]) == pytest.approx((1 - 12 / 38, 1 - 8 / 42))
