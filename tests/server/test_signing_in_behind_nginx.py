"""Signing in through nginx: the provider sends people back to the site's name and path."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from instances import free_port, serving
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Page, expect, sync_playwright
from signed_in_people import OWNER
from sites import NAME, Site, a_browser, behind_nginx
from watched_tab import PATIENCE

from dashboard.access import Role, granting
from dashboard.database import connect, database_url
from dashboard.demo import fill
from dashboard.keeping.tour import keep_shown_round

pytestmark = pytest.mark.slow

YESTERDAY = datetime.now(UTC).date() - timedelta(days=1)
ANN = "ann@example.org"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Two instances with one cookie secret; Ann is a manager of Berkshire."""
    folder = tmp_path_factory.mktemp("site")
    url = f"sqlite:///{folder}/made-up.sqlite"
    fill(url, cases=60, seed=3)
    engine = connect(database_url(url))
    with granting.changing(engine) as connection:
        ann = granting.add_person(connection, OWNER, "Ann", ANN, None)
        wanted = granting.Wanted(Role.MANAGER, "berkshire", None, None, None, "for a test")
        granting.grant(connection, OWNER, ann, wanted, YESTERDAY)
    keep_shown_round(engine, ANN)
    engine.dispose()
    user = User(sub=ANN, claims={"email": ANN, "email_verified": True})
    port = free_port()
    with ExitStack() as stack:
        provider = stack.enter_context(run_server_in_thread(user_claims=[user]))
        at = f"http://localhost:{provider.server_port}"
        told = {
            "DRIVE_BASE_PATH": "/drive",
            "DRIVE_ALLOWED_HOSTS": NAME,
            "DRIVE_OIDC_METADATA_URL": f"{at}/.well-known/openid-configuration",
            "DRIVE_OIDC_CLIENT_ID": "drive",
            "DRIVE_OIDC_CLIENT_SECRET": "of the client",
            "DRIVE_OIDC_ADDRESS": f"https://{NAME}:{port}/drive",
            "DRIVE_OIDC_COOKIE_SECRET": "a cookie's secret of quite enough characters",
        }
        instances = [stack.enter_context(serving(folder, url, None, **told)) for _ in range(2)]
        yield stack.enter_context(behind_nginx(folder, port, instances))


def signed_in(page: Page) -> None:
    expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=PATIENCE)


def test_whoever_signs_in_comes_back_and_is_known_at_both_instances(site):
    with sync_playwright() as playwright:
        context = a_browser(playwright).new_context(ignore_https_errors=True)
        context.set_default_timeout(PATIENCE)
        _by(context.new_page(), site)


def _by(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/drive/caseload?area=E06000039")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/oauth2/authorize**")
    page.get_by_role("button", name=ANN, exact=True).click()
    page.wait_for_url(f"{site.address}/drive/caseload?area=E06000039")
    signed_in(page)
    cookies = page.context.cookies(f"{site.address}/drive")
    assert {"_streamlit_user", "drive_instance"} <= {each["name"] for each in cookies}
    assert all(each["secure"] for each in cookies)

    met = set()
    for number in range(12):
        before = [each.metric("drive_sessions") for each in site.instances]
        kept = {"name": "drive_instance", "value": f"{number:032x}"}
        page.context.clear_cookies(name="drive_instance")
        page.context.add_cookies([kept | {"url": f"{site.address}/drive"}])
        with page.context.expect_page() as opened:
            page.evaluate("open(location.href)")
        signed_in(opened.value)
        after = [each.metric("drive_sessions") for each in site.instances]
        met |= {at for at in (0, 1) if after[at] > before[at]}
        opened.value.close()
        if met == {0, 1}:
            break
    assert met == {0, 1}

    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/oauth2/end_session**")
    page.goto(f"{site.address}/drive/caseload")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=PATIENCE)
