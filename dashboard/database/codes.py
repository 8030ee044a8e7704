"""The code lists as a database has them: the program's, and what the service has added."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from dashboard.database.code_lists import ALL, Code, CodeList
from dashboard.database.tables import ListedCode


def read_code_lists(connection: Connection) -> dict[str, CodeList]:
    """Every list by its name, with the values added to open lists at its end."""
    added: dict[str, list[Code]] = {}
    for row in connection.execute(
        select(ListedCode.code_list, ListedCode.code, ListedCode.label).order_by(
            ListedCode.code_list, ListedCode.position
        )
    ):
        added.setdefault(row.code_list, []).append(Code(row.code, row.label))
    return {
        each.name: CodeList(
            each.name,
            each.codes + tuple(added.get(each.name, ())),
            each.open,
            each.ordered,
            each.grows,
        )
        for each in ALL
    }


def counties_told_apart(districts: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """What each county is called beside districts, by its key; `districts`: name, county, its name.

    One that has a district of its own name is called with the other, "Buckinghamshire with Milton
    Keynes", or where there are more a county: nobody could tell which of the two is meant.
    """
    labels: dict[str, str] = {}
    own: dict[str, list[str]] = {}
    for name, county, label in districts:
        labels[county] = label
        own.setdefault(county, []).append(name)
    taken = {name for names in own.values() for name in names}
    called = labels.copy()
    for county in (each for each, label in labels.items() if label in taken):
        label, others = labels[county], sorted({*own[county]} - {labels[county]})
        pair = len(own[county]) == 2 and len(others) == 1
        called[county] = f"{label} with {others[0]}" if pair else f"County of {label}"
    return called
