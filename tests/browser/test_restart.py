"""The server is restarted, or killed, under open screens: they come back by themselves."""

import shutil
import signal

import pytest
import small_tables
from served import Dashboard, until
from sqlalchemy import make_url

from dashboard.database import connect

pytestmark = pytest.mark.slow

SERVICE = """
areas
area_code | name   | county    | population
B1        | Slough | berkshire | 160713

referrals
referral_id | area_code | received_on
R1          | B1        | 2026-01-02

cases
case_id | referral_id | area_code | allocated_on
C1      | R1          | B1        | 2026-01-05
"""


@pytest.fixture
def server(empty_database, tmp_path):
    file = shutil.copy(empty_database, tmp_path / "cases.sqlite")
    engine = connect(make_url(f"sqlite:///{file}"))
    with engine.begin() as connection:
        small_tables.write(connection, SERVICE)
    engine.dispose()
    started = Dashboard(f"sqlite:///{file}", tmp_path)
    yield started
    started.kill()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_an_open_screen_comes_back(server, browser, how):
    until(lambda: server.records_to() == "2026-01-05")
    page = browser.new_context().new_page()
    page.goto(f"{server.address}/caseload?area=B1")
    page.get_by_text("Records to 5 January 2026").wait_for(timeout=120_000)
    server.kill(how)
    page.wait_for_timeout(2_000)
    server.restart()
    until(lambda: server.records_to() == "2026-01-05")
    # Nobody touches the browser: it finds the server, and asks it for the same screen.
    page.get_by_text("Connection error").wait_for(state="hidden", timeout=120_000)
    page.get_by_text("Records to 5 January 2026").wait_for(timeout=120_000)
    page.get_by_role("button", name="Slough").first.wait_for(timeout=120_000)
    assert page.url.startswith(f"{server.address}/caseload?area=B1")
    page.close()
