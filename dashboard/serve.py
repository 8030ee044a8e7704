"""Starting the dashboard's server, and refusing to where that would not be safe."""

import os
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from dashboard.access import Role
from dashboard.access.sign_in import ADDRESS, WITHOUT_SIGN_IN, SignInNotUsable, provider
from dashboard.database import DatabaseNotUsable, connect, database_url, marks, migrate
from dashboard.database.connection import VARIABLE
from dashboard.demo import fill
from dashboard.serving.settings import BASE_PATH, ServingNotUsable, base_path, serving

ROOT = Path(__file__).parents[1]


class NotServed(Exception):
    """The dashboard must not be served like this; the message says why and what to do."""


def check_safe(host: str, role: Role | None) -> None:
    """Raises NotServed unless what would be shown is safe to show to whoever can connect."""
    try:
        signing_in = provider()
    except SignInNotUsable as problem:
        raise NotServed(str(problem)) from None
    if signing_in:
        base = base_path()
        if urlsplit(signing_in.address).path.rstrip("/") != base:
            raise NotServed(
                f"{ADDRESS} is {signing_in.address}, but the dashboard lives "
                f"{f'under {base}' if base else 'at the top'} ({BASE_PATH}): whoever signs in "
                f"would come back to no page. Let {ADDRESS} end as {BASE_PATH} does."
            )
        if role is not None:
            raise NotServed(
                "Sign-in is set up (DRIVE_OIDC_...), and --without-sign-in would let anybody in "
                "past it. Leave one of them out."
            )
        return
    if role is None:
        raise NotServed(
            "No sign-in is set up, so nobody could be told apart. Set it up (docs/operations.md, "
            "Signing in with Entra ID). On this computer alone the dashboard may run without it: "
            "add --without-sign-in ROLE, for example --without-sign-in manager."
        )
    if not _is_loopback(host):
        raise NotServed(
            f"Without sign-in the dashboard may listen on this computer only, not on {host}. "
            "Leave out --host, or use --host 127.0.0.1."
        )
    if role is Role.CASE_MANAGER and not _is_made_up():
        raise NotServed(
            "The role case_manager shows one person's own cases, and without sign-in nobody "
            "knows whose. Use --without-sign-in manager."
        )


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8501,
    without_sign_in: Annotated[
        Role | None, typer.Option(help="Serve this computer alone, to anybody at it, in a role.")
    ] = None,
) -> None:
    """Serve the dashboard."""
    try:
        check_safe(host, without_sign_in)
        prepare_demo()
        start(host, port, without_sign_in)
    except (NotServed, ServingNotUsable, DatabaseNotUsable) as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(2) from None


def prepare_demo() -> None:
    """Where no database is named, show the made-up one; make it if it is not there yet."""
    if os.environ.get(VARIABLE):
        return
    engine = connect(database_url(), create=True)
    migrate(engine)
    with engine.connect() as connection:
        ready = marks.has_records(connection)
    if not ready:
        typer.echo("Making up records to show; this takes some seconds.")
        fill(database_url())


def start(host: str, port: int, role: Role | None) -> None:
    """Be the server, in this process; returns when it was told to stop. No role: people sign in."""
    reached = serving(host)
    url = database_url()
    if url.get_backend_name() == "sqlite" and url.database:
        url = url.set(database=str(Path(url.database).resolve()))
    os.environ[VARIABLE] = url.render_as_string(hide_password=False)
    os.environ[WITHOUT_SIGN_IN] = role.value if role else ""
    os.chdir(ROOT)  # where Streamlit looks for its settings
    from dashboard.server import run

    typer.echo(f"Starting at http://{_in_address(host)}:{port}{reached.base}")
    run(host, port, reached)


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_made_up() -> bool:
    try:
        with connect(database_url()).connect() as connection:
            return marks.is_made_up(connection)
    except DatabaseNotUsable:
        return False
