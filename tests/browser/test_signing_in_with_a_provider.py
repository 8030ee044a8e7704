"""A real provider, a real browser and a real server: who comes in, and who does not."""

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete, insert, text
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from watched_tab import PATIENCE

from dashboard.access import PAGES, Role, may_open, pages_of
from dashboard.database.marks import move_version
from dashboard.database.tables import Setting
from tests.browser.signed_in_dashboard import (
    COOKIE_SECRET,
    Dashboard,
    dashboard,
    sign_in,
    title,
    visitor,
)

pytestmark = pytest.mark.slow
__all__ = ["dashboard", "visitor"]


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
