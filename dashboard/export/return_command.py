"""The command `return`; dashboard/cli.py gives it its name."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from dashboard.access import Role
from dashboard.disclosure import NoRelease
from dashboard.draw.table import to_csv
from dashboard.export.about import About, Taken
from dashboard.export.quarters import last_quarter, quarter, quarters_of, year
from dashboard.export.return_template import Template, read_template
from dashboard.export.returns import released_return, true_return
from dashboard.export.taking import PROBLEMS, Asked, NotTaken, Taker, day, leave, refuse, taker
from dashboard.export.workbook import workbook
from queries.periods import Period, financial_year
from queries.view import View

KINDS = (".xlsx", ".csv")


def return_command(
    out: Annotated[Path, typer.Option(help="FILE.xlsx or FILE.csv")],
    of_quarter: Annotated[
        str | None,
        typer.Option("--quarter", help="2026-Q2 is April to June 2026; 2026-27-Q1 is the same."),
    ] = None,
    of_year: Annotated[
        str | None, typer.Option("--year", help="A financial year, 2026-27: its quarters.")
    ] = None,
    as_at: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE")] = None,
    role: Annotated[Role, typer.Option(help="Whose numbers.")] = Role.MANAGER,
    template: Annotated[
        Path | None, typer.Option(help="A template; docs/return-template.toml explains it.")
    ] = None,
) -> None:
    """Write the funder's return: a row a quarter and area; the whole by year where protected."""
    asked = Asked(role, as_at=day(as_at))
    try:
        if out.suffix.lower() not in KINDS:
            raise NotTaken(f"--out {out} is no .xlsx or .csv: its ending says what is made.")
        if of_quarter and of_year:
            raise NotTaken("Give --quarter or --year, not both.")
        if role is Role.CASE_MANAGER:
            raise NotTaken("A return is of areas: the role case_manager sees its own cases alone.")
        columns = read_template(template)
        taking = taker(asked)
        taken, view, about = made_return(taking, asked, columns, of_quarter, of_year)
        content = written(taken, view, about, out.suffix.lower())
        said = {"return": columns.title, "from": view.start, "to": view.end}
        leave(taking, content, out, {name: str(value) for name, value in said.items()})
    except (*PROBLEMS, NoRelease) as problem:
        refuse(problem)


def made_return(
    taking: Taker,
    asked: Asked,
    template: Template,
    of_quarter: str | None = None,
    of_year: str | None = None,
) -> tuple[Taken, View, About]:
    """The return, what it looks at, and its cover."""
    whole = taking.snapshot.settings.whole_name
    if taking.protected:
        return _protected(taking, asked, template, of_quarter, of_year)
    lens = taking.lens(asked)
    if of_year:
        periods = quarters_of(year(of_year))
    else:
        periods = [quarter(of_quarter) if of_quarter else last_quarter(lens.as_at)]
    taking.require_started(periods[-1].end)
    first = taking.snapshot.first
    periods = [period for period in periods if not first or period.end >= first]
    taken = true_return(template, lens, periods, whole)
    days = Period(periods[0].start, min(periods[-1].end, lens.as_at))
    shown = taking.snapshot.lens(taking.viewer, None, days.start, days.end, lens.as_at)
    return taken, shown, taking.about(taken.panel.question, f"All {whole}")


def _protected(
    taking: Taker, asked: Asked, template: Template, of_quarter: str | None, of_year: str | None
) -> tuple[Taken, View, About]:
    whole = taking.snapshot.settings.whole_name
    if of_quarter or asked.as_at:
        raise NotTaken(
            f"The role {asked.role.value} sees released numbers only: the return is of the whole "
            "by financial year. Give --year 2026-27, or nothing for the last one released."
        )
    release = taking.release()
    view = taking.snapshot.released(release)
    years = [cut for cut in release.cuts() if (cut.level, cut.kind) == ("whole", "year")]
    if of_year:
        wanted = year(of_year)
    elif years:
        wanted = Period(years[-1].start, years[-1].end)
    else:
        first = financial_year(release.through)
        raise NotTaken(
            f"No financial year has been released yet; the one that began on {first.isoformat()} "
            "is not over."
        )
    taken = released_return(template, view, wanted, whole)
    about = taking.about(taken.panel.question, f"All {whole}", release=release)
    return taken, view.over(wanted.start, wanted.end), about


def written(taken: Taken, view: View, about: About, kind: str) -> bytes:
    """The return as a workbook with its cover, or as CSV."""
    if kind == ".xlsx":
        return workbook([taken], view, about)
    return to_csv(taken.frame, taken.panel.headings, made_up=about.made_up)
