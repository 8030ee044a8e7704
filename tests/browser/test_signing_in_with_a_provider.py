"""A real provider, a real browser and a real server: who comes in, and who does not."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, BrowserContext, Page, expect
from postgresql_servers import Server, a_database
from signed_in_people import OWNER
from sqlalchemy import Engine, delete, insert, text
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from watched_tab import PATIENCE

from dashboard.access import PAGES, Role, granting, may_open, pages_of
from dashboard.database import connect, database_url
from dashboard.database.marks import move_version
from dashboard.database.tables import Setting
from dashboard.demo import fill
from dashboard.keeping.tour import keep_shown_round
from tests.browser.conftest import _free_port, _wait_for

pytestmark = pytest.mark.slow

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


def cookie(there: Dashboard, secret: str = COOKIE_SECRET, **claims: Any) -> dict[str, Any]:
    """The cookie that the dashboard would give the administrator."""
    now = int(time.time())
    content = {
        "iss": "http://localhost",
        "sub": "administrator@example.org",
        "email": "administrator@example.org",
        "email_verified": True,
        "iat": now,
        "exp": now + 3600,
        "nonce": str(now),
        "origin": there.address,
        "is_logged_in": True,
        "provider": "default",
    } | claims
    value = create_signed_value(secret, "_streamlit_user", json.dumps(content)).decode()
    return {"name": "_streamlit_user", "value": value, "url": there.address}


@pytest.mark.parametrize("role", Role)
def test_each_role_finds_its_pages_and_no_others(dashboard, visitor, role):
    page = sign_in(visitor, dashboard, f"{role.value}@example.org")
    first = next(each.path for each in pages_of(role) if role in each.first_for)
    page.wait_for_url(re.compile(f"/{first}$|/{first}[?]"))
    if role is not Role.MEETING:  # whose first screen is the whole screen
        expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=PATIENCE)
    others = [each for each in PAGES if not may_open(role, each.path)]
    shown = page.locator("header, [data-testid='stHeader']").first
    for each in others:
        expect(shown.get_by_text(each.title, exact=True)).to_have_count(0)
    for each in others[:2]:  # by their address: there is no such page, only their first
        page.goto(f"{dashboard.address}/{each.path}")
        page.wait_for_url(re.compile(f"/{first}$|/{first}[?]"))


def test_who_had_to_sign_in_first_comes_back_to_the_page_they_wanted(dashboard, visitor):
    wanted = "caseload?area=E06000039&from=2026-05-01"
    page = sign_in(visitor, dashboard, "manager@example.org", wanted)
    assert page.url.startswith(f"{dashboard.address}/{wanted}")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Slough").first).to_be_visible()
    assert page.url.startswith(f"{dashboard.address}/{wanted}")
    assert "drive_wanted" not in {each["name"] for each in visitor.cookies()}


def test_a_stranger_is_told_whom_to_ask(dashboard, visitor):
    page = sign_in(visitor, dashboard, "nobody@example.org")
    title(page, "You have no access to this dashboard")
    expect(page.get_by_text("To be given access, ask")).to_be_visible()


def test_a_signed_cookie_lets_its_person_in(dashboard, visitor):
    """The forgeries below fail for the reason they are made to, and no other."""
    visitor.add_cookies([cookie(dashboard)])
    page = visitor.new_page()
    page.goto(dashboard.address)
    title(page, re.compile("may sign in today"))


@pytest.mark.parametrize(
    ("secret", "claims", "words"),
    [
        ("another secret, also of enough characters", {}, re.compile("^Sign in to")),
        (COOKIE_SECRET, {"exp": 1_700_000_000}, "Your sign-in is no longer fresh"),
        (COOKIE_SECRET, {"iat": 1_700_000_000}, "Your sign-in is no longer fresh"),
        (COOKIE_SECRET, {"origin": "http://elsewhere.example"}, re.compile("^Sign in to")),
        (
            COOKIE_SECRET,
            {"email_verified": False, "sub": "other"},
            "You have no access to this dashboard",
        ),
    ],
    ids=["forged", "expired", "old", "of another dashboard", "not verified"],
)
def test_a_cookie_that_is_not_good_lets_nobody_in(dashboard, visitor, secret, claims, words):
    visitor.add_cookies([cookie(dashboard, secret, **claims)])
    page = visitor.new_page()
    page.goto(f"{dashboard.address}/people")
    title(page, words)


def test_headers_let_nobody_in(dashboard, browser):
    forged = dict.fromkeys(
        ("X-Forwarded-User", "X-Forwarded-Email", "X-Auth-Request-Email", "Remote-User", "X-User"),
        "administrator@example.org",
    )
    context = browser.new_context(extra_http_headers=forged)
    page = context.new_page()
    page.goto(dashboard.address)
    title(page, re.compile("^Sign in to"))
    context.close()


def test_an_address_gives_nothing_of_other_areas(dashboard, visitor):
    page = sign_in(visitor, dashboard, "manager@example.org")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=PATIENCE)
    page.goto(f"{dashboard.address}/rollout?area=oxfordshire&area=E07000178&role=administrator")
    expect(page.get_by_text("not among the areas you may see")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("All of Berkshire").first).to_be_visible()
    page.wait_for_selector(".main-svg")
    words = page.locator("body").inner_html()
    for name in ("Cherwell", "Vale of White Horse", "Milton Keynes", "South Oxfordshire"):
        assert name not in words


def test_what_is_withdrawn_closes_an_open_page_within_a_minute(dashboard, visitor):
    number = dashboard.grant("nobody@example.org", Role.MANAGER)
    page = sign_in(visitor, dashboard, "nobody@example.org")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=PATIENCE)
    dashboard.withdraw(number)
    title(page, "You have no access to this dashboard")


def test_signing_out_ends_it_in_other_windows_too(dashboard, visitor):
    page = sign_in(visitor, dashboard, "administrator@example.org")
    title(page, re.compile("may sign in today"))
    other = visitor.new_page()
    other.goto(dashboard.address)
    title(other, re.compile("may sign in today"))
    page.get_by_role("button", name="Sign out").click()
    title(other, "You have signed out")


def test_a_file_leaves_only_if_that_is_written_down(dashboard, visitor):
    page = sign_in(visitor, dashboard, "administrator@example.org")
    title(page, re.compile("may sign in today"))
    button = page.get_by_role("button", name="Download as CSV")
    with page.expect_download() as saved:
        button.click()
    assert b"administrator@example.org" in Path(saved.value.path()).read_bytes()
    with dashboard.engine.begin() as connection:
        found = connection.scalar(
            text("SELECT count(*) FROM audit WHERE what = 'download' AND details->>'file' LIKE :f"),
            {"f": "%people.csv"},
        )
        assert found == 1
        connection.execute(text("ALTER TABLE audit RENAME TO audit_away"))
    downloads: list[Any] = []
    try:
        page.on("download", lambda saved: downloads.append(saved))
        button.click()
        expect(page.get_by_text("so nothing was saved")).to_be_visible(timeout=PATIENCE)
    finally:
        with dashboard.engine.begin() as connection:
            connection.execute(text("ALTER TABLE audit_away RENAME TO audit"))
    assert downloads == []


def test_while_the_database_is_away_nobody_new_comes_in(dashboard, visitor, browser):
    page = sign_in(visitor, dashboard, "manager@example.org")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=PATIENCE)
    dashboard.run(
        "ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
    )
    try:
        page.get_by_role("link", name="Referrals").click()
        expect(page.get_by_text("Database away")).to_be_visible(timeout=PATIENCE)
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        other = browser.new_context()
        new = sign_in(other, dashboard, "regional_lead@example.org")
        title(new, "Nobody can be let in just now")
        other.close()
    finally:
        dashboard.run("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")


@pytest.fixture
def soon_idle(dashboard: Dashboard) -> Iterator[Callable[[], None]]:
    """Sign-ins end after nine seconds without doing anything."""
    with dashboard.engine.begin() as connection:
        connection.execute(insert(Setting).values(name="idle_minutes", value=0.15))
        move_version(connection)
    yield lambda: None
    with dashboard.engine.begin() as connection:
        connection.execute(delete(Setting).where(Setting.name == "idle_minutes"))
        move_version(connection)


def test_an_open_page_closes_when_nothing_is_done(dashboard, visitor, soon_idle):
    page = sign_in(visitor, dashboard, "administrator@example.org")
    title(page, "You were away for a while")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
