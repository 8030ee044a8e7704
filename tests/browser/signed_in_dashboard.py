"""A dashboard on PostgreSQL that people sign in to with a real provider, and those who do."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, BrowserContext, Page, expect
from postgresql_servers import Server, a_database
from signed_in_people import OWNER
from sqlalchemy import Engine, text
from watched_tab import PATIENCE

from dashboard.access import Role, granting
from dashboard.database import connect, database_url
from dashboard.demo import fill
from dashboard.keeping.tour import keep_shown_round
from tests.browser.conftest import _free_port, _wait_for

COOKIE_SECRET = "a cookie's secret of quite enough characters"  # noqa: S105


@dataclass
class Dashboard:
    """A served dashboard that people sign in to."""

    address: str
    engine: Engine
    server: Server
    name: str  # of its database
    persons: dict[str, int]

    def grant(self, email: str, role: Role, area: str = "all", worker: str | None = None) -> int:
        with granting.changing(self.engine) as connection:
            if email not in self.persons:
                name = email.split("@")[0].title()
                self.persons[email] = granting.add_person(connection, OWNER, name, email, None)
            wanted = granting.Wanted(role, area, None, None, worker, "for a test")
            return granting.grant(connection, OWNER, self.persons[email], wanted, _today())

    def withdraw(self, number: int) -> None:
        with granting.changing(self.engine) as connection:
            granting.withdraw(connection, OWNER, number, "for a test", _today())

    def run(self, *statements: str) -> None:
        """SQL by the owner of the server, outside the database."""
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.format(name=self.name))


def _today() -> date:
    return datetime.now(UTC).date() - timedelta(days=1)


@pytest.fixture(scope="module")
def dashboard(
    postgresql_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Dashboard]:
    emails = [f"{role.value}@example.org" for role in Role] + ["nobody@example.org"]
    users = [
        User(sub=email, claims={"email": email, "email_verified": True, "name": "As claimed"})
        for email in emails
    ]
    with a_database(postgresql_server) as name, run_server_in_thread(user_claims=users) as provider:
        url = postgresql_server.get_uri(name)
        fill(url, cases=60, seed=3)
        port = _free_port()
        address = f"http://127.0.0.1:{port}"
        metadata = f"http://localhost:{provider.server_port}/.well-known/openid-configuration"
        log = tmp_path_factory.mktemp("sign-in") / "log.txt"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [Path(sys.executable).parent / "drive-dashboard", "serve", "--port", str(port)],
                env=os.environ
                | {
                    "DRIVE_DATABASE_URL": url,
                    "DRIVE_OIDC_METADATA_URL": metadata,
                    "DRIVE_OIDC_CLIENT_ID": "drive",
                    "DRIVE_OIDC_CLIENT_SECRET": "of the client",
                    "DRIVE_OIDC_ADDRESS": address,
                    "DRIVE_OIDC_COOKIE_SECRET": COOKIE_SECRET,
                },
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        _wait_for(port, process, str(log))
        engine = connect(database_url(url))
        with engine.connect() as connection:
            worker = connection.scalar(
                text("SELECT case_manager_id FROM assignments WHERE to_on IS NULL LIMIT 1")
            )
        there = Dashboard(address, engine, postgresql_server, name, {})
        for role in Role:
            area = "berkshire" if role in (Role.MANAGER, Role.REGIONAL_LEAD) else "all"
            own = worker if role is Role.CASE_MANAGER else None
            there.grant(f"{role.value}@example.org", role, area, own)
        for email in emails:  # nobody is met with the tour, in whichever order tests run
            keep_shown_round(engine, email)
        yield there
        process.terminate()
        process.wait(timeout=30)
        engine.dispose()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


def sign_in(context: BrowserContext, there: Dashboard, email: str, path: str = "") -> Page:
    page = context.new_page()
    page.goto(f"{there.address}/{path}")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/oauth2/authorize**")
    page.get_by_role("button", name=email, exact=True).click()
    page.wait_for_url(f"{there.address}/**")
    return page


def title(page: Page, words: str | re.Pattern[str]) -> None:
    """The page that says so has come, and the one before it has gone."""
    said = page.get_by_role("heading", level=1, name=words, exact=True)
    expect(said).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("heading", level=1)).to_have_count(1, timeout=PATIENCE)
