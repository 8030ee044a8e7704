"""Signed in for one county: nothing of another reaches the browser, on any page."""

import pytest
from playwright.sync_api import BrowserContext, Page, WebSocket
from sqlalchemy import text
from watched_tab import settled

from dashboard.access import Role, pages_of
from tests.browser.signed_in_dashboard import Dashboard, dashboard, sign_in, visitor

pytestmark = pytest.mark.slow
__all__ = ["dashboard", "visitor"]

ELSEWHERE = """
SELECT area_code FROM areas WHERE county <> 'berkshire'
UNION
SELECT case_id FROM cases JOIN areas USING (area_code) WHERE county <> 'berkshire'
AND case_id NOT IN (SELECT case_id FROM case_areas)
UNION
SELECT referral_id FROM referrals JOIN areas USING (area_code) WHERE county <> 'berkshire'
AND referral_id NOT IN (SELECT referral_id FROM cases)
"""


@pytest.mark.parametrize("role", [Role.MANAGER, Role.REGIONAL_LEAD])
def test_nothing_of_another_county_is_sent(
    dashboard: Dashboard, visitor: BrowserContext, role: Role
) -> None:
    received: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda it: received.append(it if isinstance(it, bytes) else b""))

    def watch(page: Page) -> None:
        page.on("websocket", listen)

    visitor.on("page", watch)
    page = sign_in(visitor, dashboard, f"{role.value}@example.org")
    settled(page)
    with dashboard.engine.connect() as connection:
        elsewhere = {"Cherwell", "Vale of White Horse", *connection.scalars(text(ELSEWHERE))}
        own = set(connection.scalars(text("SELECT name FROM areas WHERE county = 'berkshire'")))
    assert len(elsewhere) > 30
    found: set[str] = set()
    for opened in pages_of(role):
        received.clear()
        page.goto(f"{dashboard.address}/{opened.path}")
        settled(page)
        sent = b"".join(received)
        assert opened.title.encode() in sent
        assert [each for each in elsewhere if each.encode() in sent] == []
        found |= {each for each in own if each.encode() in sent}
    assert found == own
