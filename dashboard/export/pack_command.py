"""The command `pack`; dashboard/cli.py gives it its name."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from dashboard.access import Role
from dashboard.disclosure import NoRelease
from dashboard.export.packs import WRITERS, pack
from dashboard.export.taking import PROBLEMS, Asked, NotTaken, day, leave, refuse, taker

_DAY = ["%Y-%m-%d"]


def pack_command(
    out: Annotated[Path, typer.Option(help="FILE.pptx, FILE.pdf or FILE.xlsx")],
    start: Annotated[datetime | None, typer.Option("--from", formats=_DAY, metavar="DATE")] = None,
    end: Annotated[datetime | None, typer.Option("--to", formats=_DAY, metavar="DATE")] = None,
    as_at: Annotated[datetime | None, typer.Option(formats=_DAY, metavar="DATE")] = None,
    area: Annotated[
        list[str] | None,
        typer.Option(help="A district's code or name, or a county's key; may be repeated."),
    ] = None,
    role: Annotated[Role, typer.Option(help="Whose numbers.")] = Role.MANAGER,
    case_manager: Annotated[
        str | None, typer.Option(help="Whose cases, for the role case_manager.")
    ] = None,
) -> None:
    """Write the meeting pack: slides (.pptx, .pdf), or all pages as a workbook (.xlsx)."""
    asked = Asked(role, tuple(area or ()), day(start), day(end), day(as_at), case_manager)
    try:
        kind = out.suffix.lower()
        if kind not in WRITERS:
            raise NotTaken(f"--out {out} is no .pptx, .pdf or .xlsx: its ending says what is made.")
        taking = taker(asked)
        content = pack(taking, asked, kind)
        leave(taking, content, out, {"pack": kind.removeprefix("."), **asked.said()})
    except (*PROBLEMS, NoRelease) as problem:
        refuse(problem)
