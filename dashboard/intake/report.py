"""What an import did, for people and for programs."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from dashboard.intake.loading import Counts

ALL_LOADED, SOME_REJECTED, NOTHING_LOADED = 0, 1, 2
_MOST_SHOWN = 20


@dataclass(frozen=True)
class RejectedRow:
    """One refused row; the heading is row 1."""

    file: str
    row: int
    column: str | None
    value: str | None
    reason: str


@dataclass
class Report:
    """The outcome of an import.

    `exit_code` is 0 when all rows were loaded, 1 when some were rejected and the rest loaded, 2
    when nothing could be loaded; `message` then says why. `import_id` is the import's number in
    the database, null where it was not kept.
    """

    exit_code: int = ALL_LOADED
    tables: dict[str, Counts] = field(default_factory=dict)
    rejections: list[RejectedRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    message: str | None = None
    dry_run: bool = False
    complete: bool = False
    import_id: int | None = None

    def as_json(self) -> str:
        """The report as one JSON object."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2)

    def as_dict(self) -> dict[str, Any]:
        tables = {}
        for name, counts in self.tables.items():
            tables[name] = asdict(counts)
            if not (self.complete or counts.removed):
                del tables[name]["removed"]
        report: dict[str, Any] = {
            "tables": tables,
            "rejections": [asdict(each) for each in self.rejections],
        }
        if self.message is not None:
            report["error"] = self.message
        return report | {"notes": self.notes, "dry_run": self.dry_run, "import": self.import_id}

    def as_text(self) -> str:
        """The report in lines for a terminal, with the first of the rejected rows."""
        lines = []
        if self.tables:
            width = max(len(name) for name in self.tables)
            for name, counts in self.tables.items():
                said = ", ".join(f"{value:,} {what}" for what, value in asdict(counts).items())
                lines.append(f"{name:<{width}}  {said}")
        for each in self.rejections[:_MOST_SHOWN]:
            where = f"{each.file}, row {each.row}"
            what = "" if each.column is None else f", {each.column} {each.value or ''!r}"
            lines.append(f"Rejected: {where}{what}: {each.reason}.")
        if len(self.rejections) > _MOST_SHOWN:
            lines.append(f"... and {len(self.rejections) - _MOST_SHOWN:,} more rejected rows.")
        if self.rejections and self.import_id is not None:
            lines.append(
                "All rejected rows, to mend and load again: "
                f"drive-dashboard rejected --import {self.import_id} --out FOLDER"
            )
        lines += self.notes
        if self.message is not None:
            lines.append(self.message)
        if self.dry_run:
            lines.append("This was a dry run: nothing was written.")
        return "\n".join(lines)
