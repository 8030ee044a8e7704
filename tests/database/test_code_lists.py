"""Codes are spelt once, and no word means two of them."""

import pytest

from dashboard.database.code_lists import ALL, BY_NAME
from dashboard.database.codes import counties_told_apart
from dashboard.database.tables import RECORDS


def said(word: str) -> str:
    return "".join(character for character in word.casefold() if character.isalnum())


@pytest.mark.parametrize("code_list", ALL, ids=lambda each: each.name)
def test_no_word_means_two_codes(code_list):
    meanings: dict[str, set[str]] = {}
    for code in code_list.codes:
        for word in (code.code, code.label, *code.also):
            meanings.setdefault(said(word), set()).add(code.code)
    assert {word: codes for word, codes in meanings.items() if len(codes) > 1} == {}


def test_every_coded_column_names_a_list_there_is():
    named = {
        column.info["codes"]
        for table in RECORDS.values()
        for column in table.columns
        if "codes" in column.info
    }
    assert named == set(BY_NAME)


def test_the_field_s_closure_reasons_and_ratings_are_there():
    assert BY_NAME["closure_reason"].values == (
        "planned_completion",
        "moved_away",
        "custody",
        "disruption_exhausted",
        "transferred",
        "no_longer_eligible",
        "deceased",
    )
    assert [code.label for code in BY_NAME["idva_change"].codes] == [
        "Significantly reduced",
        "Moderately reduced",
        "No change",
        "Moderately increased",
        "Significantly increased",
        "Not known",
    ]


def test_a_county_that_shares_its_name_with_a_district_is_told_from_it():
    rows = [
        ("Slough", "b", "Berkshire"),
        ("Buckinghamshire", "k", "Buckinghamshire"),
        ("Milton Keynes", "k", "Buckinghamshire"),
        ("Oxford", "o", "Oxford"),
        ("Cherwell", "o", "Oxford"),
        ("Stroud", "o", "Oxford"),
    ]
    assert counties_told_apart(rows) == {
        "b": "Berkshire",
        "k": "Buckinghamshire with Milton Keynes",
        "o": "County of Oxford",
    }
    # A county whose district is called like it, and no other: only that it is a county is left.
    assert counties_told_apart([("Rutland", "r", "Rutland")]) == {"r": "County of Rutland"}
