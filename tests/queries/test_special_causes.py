"""Special causes in words: one sentence for what more than chance says, and none for chance."""

from datetime import date
from functools import partial

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries import chart_told, special_causes, trend, words
from queries.measures import MEASURES
from queries.statistics import control_limits, xmr

SAID = partial(trend.said_of, MEASURES["mean_dash_score"])


def charted(
    values: list[float | None], better: str = "lower", notes=None, within: float = 0
) -> pl.DataFrame:
    """A chart of these months, the last one October 2026."""
    first = 2026 * 12 + 10 - len(values)
    months = [date((first + i) // 12, (first + i) % 12 + 1, 1) for i in range(len(values))]
    limits = control_limits(values)
    return xmr(values, better, known_within=[within] * len(values)).with_columns(
        pl.Series("month", months),
        pl.Series("note", [(notes or {}).get(month) for month in months], pl.String),
        pl.Series("denominator", [100.0] * len(values)),
        open=pl.lit(False),
        points=pl.lit(limits.points),
        screened_out=pl.lit(limits.screened_out),
        since=pl.lit(months[0]),
        trial=pl.lit(limits.trial),
    )


CHANCE = [18.5 + 0.3 * (-1) ** i for i in range(24)]
SPIKE = [*CHANCE[:20], 21.0, *CHANCE[21:]]
# Seven months at 17.9 and 17.5 in turns, after 17 around 18.7: below the mean of all 24.
SHIFT = [18.7 + 0.3 * (-1) ** i for i in range(17)] + [17.7 + 0.2 * (-1) ** i for i in range(7)]


def test_chance_alone_is_no_special_cause() -> None:
    assert special_causes.reading(charted(CHANCE)) == "No special cause in the last 12 months"


def test_a_point_outside_is_named_by_its_month() -> None:
    (cause,) = special_causes.special_causes(charted(SPIKE))
    assert (cause.rule, cause.variation, cause.first) == ("outside", "concern", date(2026, 7, 1))
    assert cause.said == "Concern: July 2026 is above the upper limit"
    assert special_causes.reading(charted(SPIKE)) == "July 2026 was above the upper limit"


def test_seven_months_on_one_side_are_more_than_chance() -> None:
    (cause,) = special_causes.special_causes(charted(SHIFT))[-1:]
    assert (cause.rule, cause.months, cause.running) == ("shift", 7, True)
    assert cause.said == "Improvement: seven months in a row below the mean"
    reading = special_causes.reading(charted(SHIFT))
    assert reading.startswith("Seven months below the mean is more than chance")


def test_a_run_that_is_over_says_when_it_ended() -> None:
    over = special_causes.special_causes(charted([*SHIFT, 18.9, 19.0]))[-1]
    assert (over.rule, over.months, over.running) == ("shift", 7, False)
    assert over.finding == "Seven months below the mean up to August 2026"


def test_a_run_counts_its_months_that_carry_an_earlier_rule() -> None:
    # Eight low months, the third of them below the lower limit.
    values = [19.0 + 0.2 * (-1) ** i for i in range(16)]
    values += [18.0, 17.9, 16.0, 17.9, 18.0, 17.9, 18.0, 17.9]
    rows = charted(values)
    assert rows["rule"][18] == "outside"
    last = special_causes.special_causes(rows)[-1]
    assert (last.rule, last.months, last.first) == ("shift", 8, date(2026, 3, 1))


def test_a_month_that_rounding_may_have_put_on_its_side_ends_a_run() -> None:
    # Mean 193.5: of the last three months the first is above it by less than rounding may add.
    below, above = [175, 185] * 5, [200, 210] * 5 + [200]
    rows = charted([*below, *above, 195, 200, 200], within=2)
    first, last = special_causes.special_causes(rows)
    assert (first.rule, first.high, first.months) == ("shift", False, 10)
    assert (last.rule, last.high, last.months, last.last) == ("shift", True, 11, date(2026, 7, 1))
    assert special_causes.reading(rows) == "11 months above the mean up to July 2026"


def test_seven_falling_months_are_a_trend() -> None:
    values = [18.0, 19.0] * 8 + [19.3, 19.0, 18.8, 18.6, 18.4, 18.2, 18.1]
    last = special_causes.special_causes(charted(values))[-1]
    assert last.rule == "trend"
    assert last.said == "Improvement: seven months in a row falling"


def test_neighbours_outside_are_one_cause_and_others_two() -> None:
    values = [*CHANCE[:12], 22.0, 22.0, *CHANCE[14:18], 22.0, *CHANCE[19:]]
    outside = [c for c in special_causes.special_causes(charted(values)) if c.rule == "outside"]
    assert [cause.months for cause in outside] == [2, 1]


def test_what_happened_more_than_12_months_ago_is_not_the_news() -> None:
    old = [*CHANCE[:6], 21.0, *CHANCE[7:]]
    assert special_causes.reading(charted(old)) == "No special cause in the last 12 months"
    assert special_causes.special_causes(charted(old))[0].said.startswith("Concern: May 2025")


def test_few_months_say_so() -> None:
    assert special_causes.reading(charted([18.0])).endswith("too early to say")
    assert special_causes.reading(charted([18.0, 19.0, 18.0])) == (
        "No special cause in the last three months"
    )
    does_not_say = chart_told.what_it_does_not_say(charted([18.0, 19.0]), "", state=False)
    assert "With two months the limits are trial limits and will move." in does_not_say


@pytest.mark.parametrize("values", [[5.0] * 24, [0.0] * 24, [None, 3.0, None, 3.0]])
def test_constant_values_are_no_special_cause(values) -> None:
    assert special_causes.special_causes(charted(values)) == []


def test_what_changed_names_the_month_before_and_the_year_before() -> None:
    told = chart_told.what_changed(charted(SPIKE), SAID)
    # October 2026 is the 24th: 18.5 - 0.3; September and October 2025 alternate with it.
    assert told.startswith(
        "October 2026 is 18.2; September 2026 was 18.8 and October 2025 was 18.2."
    )
    assert "July 2026, at 21.00, is above the upper limit of" in told


def test_a_month_of_a_run_is_not_said_to_be_on_the_mean_it_is_below() -> None:
    values = [13.40 + 0.02 * (i % 2) for i in range(12)] + [
        13.36 + 0.02 * (i % 2) for i in range(12)
    ]
    told = chart_told.what_changed(charted(values), SAID)
    assert told.startswith("October 2026 is 13.38;")
    assert "every month is below the mean of 13.39" in told


def test_questions_come_from_causes_and_notes() -> None:
    rows = charted(SPIKE, notes={date(2026, 6, 1): "Referral panel meets every week"})
    asked = chart_told.what_to_ask(rows, SAID, "cases")
    assert "Did “Referral panel meets every week” have a part in it?" in asked
    assert "July 2026 stands out: what happened in its 100 cases?" in asked


@given(
    st.lists(
        st.none() | st.floats(0, 24).map(lambda x: round(x, 1)), min_size=1, max_size=40
    ).filter(lambda values: any(value is not None for value in values))
)
def test_every_marked_month_lies_in_a_cause_and_sentences_fit(values) -> None:
    rows = charted(values)
    causes = special_causes.special_causes(rows)
    for row in rows.filter(pl.col("rule").is_not_null()).iter_rows(named=True):
        assert any(cause.first <= row["month"] <= cause.last for cause in causes)
    assert bool(causes) == rows["rule"].is_not_null().any()
    assert len(special_causes.reading(rows)) <= words.WIDE
    chart_told.what_changed(rows, SAID)
    chart_told.what_to_ask(rows, SAID, "cases")
