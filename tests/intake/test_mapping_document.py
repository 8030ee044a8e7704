"""MAPPING.md names every table, column and code that a mapping may."""

from pathlib import Path

import pytest

import dashboard.intake
from dashboard.database.code_lists import ALL
from dashboard.database.tables import RECORDS

TEXT = (Path(dashboard.intake.__file__).parent / "MAPPING.md").read_text()
TABLES, CODES = TEXT.split("## Tables and columns")[1].split("## Codes")


def line(name: str, section: str) -> str:
    return next(each for each in section.splitlines() if each.startswith(f"- `{name}`"))


@pytest.mark.parametrize("table", RECORDS.values(), ids=lambda table: table.name)
def test_every_table_with_its_columns(table):
    said = line(table.name, TABLES).replace("*", "").split(": ")[1].split(", ")
    assert [column.split(" ")[0] for column in said] == table.columns.keys()


@pytest.mark.parametrize("code_list", ALL, ids=lambda code_list: code_list.name)
def test_every_list_with_its_codes(code_list):
    assert line(code_list.name, CODES).split(": ")[1].split(", ") == list(code_list.values)
    assert ("(open)" in line(code_list.name, CODES)) == code_list.open
