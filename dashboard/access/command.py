"""The commands `users ...`: who may sign in and as what; dashboard/cli.py gives them their name."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from dashboard.access import granting, group_granting
from dashboard.access.claims import normal_email
from dashboard.access.grants import EVERYWHERE
from dashboard.access.people import given, given_to_groups, people
from dashboard.access.roles import Role
from dashboard.access.trail import at_the_command_line
from dashboard.database import DatabaseNotUsable, connect, database_url, unreachable
from dashboard.database.schema import require_current
from dashboard.database.tables import Person

users = typer.Typer(
    help="People and groups who may sign in, and their roles.",
    no_args_is_help=True,
    add_completion=False,
)

Who = Annotated[str, typer.Argument(help="E-mail address, or `subject:` and the provider's id.")]
Area = Annotated[str, typer.Option(help="A district's code, a county's key, or all.")]
Reason = Annotated[str, typer.Option(help="Kept in the trail.")]
Until = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="First day without the role."),
]
Worker = Annotated[str | None, typer.Option(help="Id of the case manager in the records.")]
_SUBJECT = "subject:"


@users.command("add")
def add(who: Who, name: Annotated[str, typer.Option(help="How they are called.")]) -> None:
    """Somebody new, who may sign in once a role is granted."""
    subject = who.removeprefix(_SUBJECT) if who.startswith(_SUBJECT) else None
    with _changing() as (connection, by):
        granting.add_person(connection, by, name, None if subject else who, subject)
    sys.stdout.write(f"Added {name}. Grant a role with 'drive-dashboard users grant'.\n")


@users.command("grant")
def grant(
    who: Who,
    role: Annotated[Role, typer.Option()],
    reason: Reason,
    area: Area = EVERYWHERE,
    until: Until = None,
    case_manager: Worker = None,
) -> None:
    """Give somebody a role, from today on."""
    end = until.date() if until else None
    wanted = granting.Wanted(role, area, None, end, case_manager, reason)
    with _changing() as (connection, by):
        number = granting.grant(connection, by, _person(connection, who), wanted, _today())
    sys.stdout.write(f"Granted, as number {number}.\n")


@users.command("withdraw")
def withdraw(
    number: Annotated[int, typer.Argument(help="As `users list` gives it.")], reason: Reason
) -> None:
    """Take a role away; open screens of theirs close within a minute."""
    with _changing() as (connection, by):
        granting.withdraw(connection, by, number, reason, _today())
    sys.stdout.write("Withdrawn.\n")


@users.command("grant-group")
def grant_group(
    group: Annotated[str, typer.Argument(help="Name or id, as the provider sends it.")],
    role: Annotated[Role, typer.Option()],
    reason: Reason,
    area: Area = EVERYWHERE,
) -> None:
    """Give everybody in a group of the sign-in provider a role."""
    with _changing() as (connection, by):
        group_granting.grant_group(
            connection, by, group, granting.Wanted(role, area, reason=reason)
        )
    sys.stdout.write("Granted.\n")


@users.command("withdraw-group")
def withdraw_group(
    group: Annotated[str, typer.Argument()],
    role: Annotated[Role, typer.Option()],
    reason: Reason,
    area: Area = EVERYWHERE,
) -> None:
    """Take a role away from a group."""
    with _changing() as (connection, by):
        group_granting.withdraw_group(connection, by, group, role, area, reason)
    sys.stdout.write("Withdrawn.\n")


@users.command("list")
def show() -> None:
    """Everybody, and every role that was granted."""
    try:
        with connect(database_url()).connect() as connection:
            require_current(connection)
            everybody = people(connection)
            grants = given(connection, _today())
            groups = given_to_groups(connection)
    except DatabaseNotUsable as problem:
        raise _refusal(str(problem)) from None
    except SQLAlchemyError as problem:
        raise _refusal(str(unreachable(problem))) from None
    table = Table("No.", "Who", "Known by", "Role", "Area", "From", "Until", "State", "Reason")
    for each in grants:
        area = f"{each.area}, {each.case_manager}" if each.case_manager else each.area
        days = each.from_on.isoformat(), each.to_on.isoformat() if each.to_on else ""
        row = (each.name, each.known_by, each.role, area, *days, each.state, each.reason)
        table.add_row(str(each.number), *row)
    for group in groups:
        row = (f"Group {group.group}", "", group.role, group.area, "", "", "holds", group.reason)
        table.add_row("", *row)
    without = {each.number for each in everybody} - {each.person for each in grants}
    for person in everybody:
        if person.number in without:
            table.add_row("", person.name, person.known_by, "none", "", "", "", "", "")
    console = Console()
    console = console if console.is_terminal else Console(width=200)
    console.print(table if everybody or groups else "Nobody yet. Begin with 'users add'.")


@contextmanager
def _changing() -> Iterator[tuple[Connection, granting.By]]:
    try:
        engine = connect(database_url(writing=True))
        with engine.connect() as connection:
            require_current(connection)
        with granting.changing(engine) as connection:
            yield connection, granting.By(at_the_command_line())
    except (DatabaseNotUsable, granting.NotGranted) as problem:
        raise _refusal(str(problem)) from None
    except SQLAlchemyError as problem:
        raise _refusal(str(unreachable(problem))) from None


def _person(connection: Connection, who: str) -> int:
    if who.startswith(_SUBJECT):
        same = Person.subject == who.removeprefix(_SUBJECT)
    else:
        same = Person.email == normal_email(who)
    found = connection.scalar(select(Person.person_id).where(same))
    if found is None:
        raise granting.NotGranted(
            f"Nobody is known as {who}. Add them first, with 'drive-dashboard users add'."
        )
    return found


def _today() -> date:
    return datetime.now(ZoneInfo("Europe/London")).date()


def _refusal(words: str) -> typer.Exit:
    sys.stderr.write(f"{words}\n")
    return typer.Exit(2)
