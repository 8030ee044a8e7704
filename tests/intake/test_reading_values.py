"""One cell becomes one value, whichever way it was written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Float, Integer, String

from dashboard.database.code_lists import (
    AGE_GROUP,
    CLOSURE_REASON,
    COUNTY,
    ENGAGEMENT,
    SECTOR,
    SEVERITY,
)
from dashboard.database.tables import RECORDS
from dashboard.intake.dates import parse_day
from dashboard.intake.values import Bad, Codes, bare, parser

MARCH = date(2024, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05",
        "2024/03/05",
        "2024-3-5",
        "2024-03-05T00:00:00",
        "2024-03-05 14:30",
        "2024-03-05T14:30:05.123",
        "2024-03-05T14:30:05Z",
        "2024-03-05T14:30:05+00:00",
        "20240305",
        "05/03/2024",
        "5/3/2024",
        "5/3/24",
        "05-03-2024",
        "05.03.2024",
        "05/03/2024 09:15",
        "05/03/2024 9:15:00 PM",
        "5 Mar 2024",
        "05-Mar-24",
        "5th March 2024",
        "Tuesday 5 March 2024",
        "45356",
        "45356.75",
        "45356.0",
    ],
)
def test_ways_to_write_a_day(text: str) -> None:
    assert parse_day(text) == MARCH


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2024",
        "2024-02-30",
        "2024-13-01",
        "03/25/2024",
        "2024-03-05 25:00",
        "5 Foo 2024",
        "2024",
        "123456",
        "12",
        "0",
        "soon",
    ],
)
def test_what_is_no_day(text: str) -> None:
    assert parse_day(text) is None


def test_a_moment_with_a_zone_is_the_day_in_london() -> None:
    assert parse_day("2024-06-30T23:00:00Z") == date(2024, 7, 1)
    assert parse_day("2024-12-31T23:00:00Z") == date(2024, 12, 31)
    assert parse_day("2024-07-01T01:30:00+02:00") == date(2024, 7, 1)


def test_formats_of_a_mapping_are_the_only_ones() -> None:
    assert parse_day("03/25/2024", ("%m/%d/%Y",)) == date(2024, 3, 25)
    assert parse_day("2024-03-25", ("%m/%d/%Y",)) is None


@given(st.dates(date(1955, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    serial = str((day - date(1899, 12, 30)).days)
    for text in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%d %b %Y}", serial):
        assert parse_day(text) == day


@pytest.mark.parametrize("word", ["yes", "Y", "TRUE", "true", "1", "1.0", "t", "✓", "X"])
def test_yes(word: str) -> None:
    assert parser(RECORDS["service_users"].c.serial)(word) is True


@pytest.mark.parametrize("word", ["no", "N", "FALSE", "0", "0.0", "f"])
def test_no(word: str) -> None:
    assert parser(RECORDS["service_users"].c.serial)(word) is False


def test_unknown_is_not_no() -> None:
    read = parser(RECORDS["service_users"].c.serial)
    assert read("not known") is None
    assert read("maybe") == Bad("is neither yes nor no")


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("12.0", 12), ("1,234", 1234), ("1 234", 1234), ("-3", -3), ("+4", 4)],
)
def test_whole_numbers(text: str, number: int) -> None:
    assert parser(Column("n", Integer))(text) == number


@pytest.mark.parametrize("text", ["12.5", "1,23", "1e3", "twelve", "nan", "50%", "99999999999"])
def test_no_whole_numbers(text: str) -> None:
    assert isinstance(parser(Column("n", Integer))(text), Bad)


def test_numbers_with_a_fraction() -> None:
    read = parser(Column("n", Float))
    assert (read("0.6"), read("60%"), read("1,234.5")) == (0.6, 0.6, 1234.5)
    assert isinstance(read("inf"), Bad)


@pytest.mark.parametrize(
    ("codes", "text", "code"),
    [
        (CLOSURE_REASON, "planned_completion", "planned_completion"),
        (CLOSURE_REASON, "  Planned Completion ".strip(), "planned_completion"),
        (CLOSURE_REASON, "PLANNED-COMPLETION", "planned_completion"),
        (CLOSURE_REASON, "died", "deceased"),
        (ENGAGEMENT, "Disrupt only", "disrupt_only"),
        (SECTOR, "Childrens social care", "childrens_social_care"),
        (SECTOR, "Children's Social Care", "childrens_social_care"),
        (SEVERITY, "2.0", "moderate"),
        (SEVERITY, "Módérate", "moderate"),
        (AGE_GROUP, "18+", "adult"),
    ],
)
def test_codes_in_other_words(codes: object, text: str, code: str) -> None:
    assert Codes(codes).parse(text) == code


def test_an_unknown_code_is_refused_with_the_known_ones() -> None:
    refused = Codes(ENGAGEMENT).parse("enthusiastic")
    assert refused == Bad("is not one of the known codes: direct, disrupt_only")


def test_a_county_that_is_not_known_becomes_one() -> None:
    counties = Codes(COUNTY)
    assert counties.parse("Berkshire") == "berkshire"
    assert counties.parse("Hennepin County") == "hennepin-county"
    assert counties.grown == {"hennepin-county": "Hennepin County"}


def test_ids_stay_as_they_are_but_one_that_a_spreadsheet_shortened_is_lost() -> None:
    read = parser(RECORDS["cases"].c.case_id)
    assert (read("00123"), read("12.0"), read("a B")) == ("00123", "12.0", "a B")
    assert isinstance(read("1.23457E+11"), Bad)
    assert isinstance(parser(Column("name", String))("#REF!"), Bad)


def test_what_stands_round_a_value_goes() -> None:
    assert bare("\u00a0 C1\t\ufeff") == "C1"
    assert bare("'=1+1") == "=1+1"
    assert bare("'quoted'") == "'quoted'"
