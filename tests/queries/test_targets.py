"""What is aimed at, of periods and of areas."""

from datetime import date

import pytest

from queries.scope import EVERYWHERE, Scope
from queries.targets import Targets

APRIL, JULY = date(2026, 4, 1), date(2026, 7, 1)
WHOLE = Scope("All", ("B1", "O1"), EVERYWHERE)
COUNTIES = Scope("Berkshire", ("B1",), "berkshire"), Scope("Oxfordshire", ("O1",), "oxfordshire")


def aims(**values: float) -> Targets:
    return Targets(
        tuple(
            {"measure": "m", "for_area": area, "on": APRIL, "to": JULY, "value": value}
            for area, value in values.items()
        )
    )


@pytest.mark.parametrize(
    ("targets", "whole"),
    [
        ({"berkshire": 60.0, "oxfordshire": 31.0}, 91.0),
        ({"berkshire": 60.0, "oxfordshire": 31.0, EVERYWHERE: 500.0}, 91.0),
        ({"berkshire": 60.0, EVERYWHERE: 500.0}, 500.0),
        ({"berkshire": 60.0}, None),
        ({}, None),
    ],
)
def test_the_whole_is_the_sum_of_its_parts_where_all_have_targets(targets, whole):
    found = aims(**targets).total("m", WHOLE, APRIL, date(2026, 6, 30), COUNTIES)
    assert found == whole


def test_a_part_of_a_period_has_its_share_of_the_target():
    # 91 days from April to June, of which April has 30.
    found = aims(berkshire=91.0).total("m", COUNTIES[0], APRIL, date(2026, 4, 30))
    assert found == pytest.approx(30.0)


def test_a_target_of_no_day_aims_at_nothing():
    row = {"measure": "m", "for_area": "berkshire", "on": APRIL, "to": APRIL, "value": 9.0}
    found = Targets((row, *aims(berkshire=91.0).rows))
    assert found.total("m", COUNTIES[0], date(2026, 3, 1), date(2026, 6, 30)) == 91.0
