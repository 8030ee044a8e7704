"""Naming areas on the command line and in addresses."""

import polars as pl
import pytest

from dashboard.snapshot.areas import AreaNotKnown, areas_named

AREAS = pl.DataFrame(
    {
        "area": ["B1", "B2", "K1", "K2"],
        "name": ["Slough", "Reading", "Buckinghamshire", "Milton Keynes"],
        "county": ["berkshire", "berkshire", "buckinghamshire-mk", "buckinghamshire-mk"],
        "county_label": ["Berkshire", "Berkshire", "Buckinghamshire", "Buckinghamshire"],
        "county_name": ["Berkshire"] * 2 + ["Buckinghamshire with Milton Keynes"] * 2,
    }
)


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["B1"], {"B1"}),
        ([" slough "], {"B1"}),
        (["berkshire"], {"B1", "B2"}),
        (["buckinghamshire-mk"], {"K1", "K2"}),
        (["Buckinghamshire with Milton Keynes"], {"K1", "K2"}),
        (["K1", "Reading"], {"K1", "B2"}),
    ],
)
def test_by_code_name_or_key(names, found):
    assert areas_named(names, AREAS) == found


def test_a_name_that_is_both_is_refused_with_the_two_choices():
    with pytest.raises(AreaNotKnown, match=r"'K1' \(district\) or 'buckinghamshire-mk' \(county\)"):
        areas_named(["Buckinghamshire"], AREAS)


def test_an_unknown_name_is_refused_with_what_there_is():
    with pytest.raises(AreaNotKnown, match="berkshire, buckinghamshire-mk"):
        areas_named(["Atlantis"], AREAS)
