"""A small service that records can be loaded into, and what loads them."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from sqlalchemy import select

from dashboard.database.connection import connect
from dashboard.database.connection import database_url as as_url
from dashboard.database.marks import version
from dashboard.database.tables import OWN, RECORDS
from dashboard.intake import Report, run_import

TODAY = date(2025, 6, 30)

SERVICE = {
    "areas.csv": "area_code,name,county\nA1,Reading,berkshire\nA2,Oxford,oxfordshire\n",
    "agencies.csv": "agency_id,name\nP1,Thames Valley Police\n",
    "case_managers.csv": "case_manager_id,name\nM1,One\nM2,Two\n",
    "service_users.csv": "service_user_id\nS1\nS2\n",
    "referrals.csv": (
        "referral_id,service_user_id,area_code,received_on\n"
        "R1,S1,A1,2025-01-10\nR2,S2,A2,2025-02-10\n"
    ),
    "cases.csv": "case_id,referral_id,allocated_on\nC1,R1,2025-01-20\nC2,R2,2025-02-20\n",
}


@dataclass
class Intake:
    """Loads files, given as name and content, into one database; and reads what is in it."""

    url: str
    folder: Path

    def load(self, files: dict[str, str | bytes], **options: Any) -> Report:
        count = len(list(self.folder.iterdir()))
        folder = self.folder / f"load-{count}"
        folder.mkdir()
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            (folder / name).write_bytes(data)
        if mapping := options.pop("mapping", None):
            options["mapping"] = self.folder / f"mapping-{count}.toml"
            options["mapping"].write_text(mapping)
        return run_import(self.url, [folder], today=TODAY, **options)

    def rows(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        """The rows of a table, in order; all columns unless some are named."""
        engine = connect(as_url(self.url))
        each = (RECORDS | OWN)[table]
        chosen = [each.c[name] for name in columns] or list(each.c)
        with engine.connect() as connection:
            found = [tuple(row) for row in connection.execute(select(*chosen))]
        engine.dispose()
        return sorted(found, key=lambda row: [str(value) for value in row])

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """All records of the database."""
        return {table: self.rows(table) for table in RECORDS}

    def version(self) -> int:
        engine = connect(as_url(self.url))
        with engine.connect() as connection:
            number = version(connection)
        engine.dispose()
        return number


def reasons(report: Report) -> list[tuple[str, int, str | None, str | None]]:
    """Where the rejected rows stand, and what in them was refused."""
    return [(each.file, each.row, each.column, each.value) for each in report.rejections]


def workbook(sheets: dict[str, list[list[Any]]], edit: Any = None) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if edit:
        edit(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
