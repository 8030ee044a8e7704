"""The code lists as a database has them: the program's, and what the service has added."""

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
