"""How long things took: bars from zero in the days they stand for, two rules with their words."""

import polars as pl
import pytest
from boxes import cut, overlaps, text_boxes

from dashboard.draw import choices, figure
from dashboard.draw.base import NARROWEST, key_values
from dashboard.draw.theme import FIVE_TWELFTHS, FULL, HALF
from dashboard.drawings import Histogram

DRAWING = Histogram("from_days", "to_days", "count", "median", "slow")


def waits(counts=(0, 5, 44, 38, 24, 9, 0, 3), step=5, median=19.0, slow=29.0, open_end=True):
    starts = [index * step for index in range(len(counts))]
    ends = [start + step - 1 for start in starts]
    return pl.DataFrame(
        {
            "from_days": starts,
            "to_days": [*ends[:-1], None if open_end else ends[-1]],
            "count": counts,
            "median": [median] * len(counts),
            "slow": [slow] * len(counts),
        }
    )


def test_bars_begin_at_zero_and_stand_in_the_middle_of_their_days():
    chart = figure(DRAWING, waits(), "light")
    assert chart.layout.yaxis.range[0] == 0
    assert list(chart.data[0].x[:2]) == [2.5, 7.5]
    assert tuple(chart.layout.xaxis.range) == (0, 40)


@pytest.mark.parametrize("median", [15.0, 16.0, 19.0, 19.5])
def test_a_rule_stands_on_the_bar_of_its_day(median):
    chart = figure(DRAWING, waits(median=median), "light")
    bars = chart.data[0]
    at = chart.layout.shapes[-1].x0
    assert bars.x[3] - bars.width / 2 < at <= bars.x[3] + bars.width / 2


def test_the_rules_are_named():
    chart = figure(DRAWING, waits(), "light")
    texts = [each.text for each in chart.layout.annotations]
    assert "<b>half within 19 days</b>" in texts
    assert "slowest tenth from 29 days" in texts
    assert "35+" in texts


@pytest.mark.parametrize("width", [NARROWEST, FIVE_TWELFTHS, HALF, FULL])
@pytest.mark.parametrize(
    ("median", "slow"), [(19.0, 29.0), (1.0, 2.0), (36.0, 39.0), (20.0, 20.0), (3.0, 75.0)]
)
@pytest.mark.parametrize("open_end", [True, False])
def test_no_text_is_cut_or_lies_on_another(width, median, slow, open_end):
    chart = figure(DRAWING, waits(median=median, slow=slow, open_end=open_end), "dark", width)
    boxes = text_boxes(chart, width)
    assert not cut(boxes, chart, width)
    assert not overlaps(boxes)


def test_one_bar_alone_can_be_drawn():
    chart = figure(DRAWING, waits(counts=(3,), median=0.0, slow=0.0), "light", HALF)
    assert list(chart.data[0].y) == [3]


def test_the_bars_and_the_rules_are_said_in_words():
    said = key_values(DRAWING, waits())
    assert said[:2] == ["half within 19 days", "slowest tenth from 29 days"]
    assert "5 to 9 days: 5" in said
    assert said[-1] == "35 days or more: 3"
    assert (1, "count", "5 to 9 days: 5") in choices(DRAWING, waits())
    offered = choices(DRAWING, waits())
    assert [part for row, part, _ in offered if row == 0] == ["median", "slow"]
    assert (0, "median", "half within 19 days") in offered
