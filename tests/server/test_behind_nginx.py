"""Two instances behind nginx, as docs/server/nginx.conf has them: one name, one path, TLS."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from instances import free_port, serving
from playwright.sync_api import sync_playwright
from sites import NAME, Site, a_browser, behind_nginx
from visitor import Visitor
from watched_tab import settled

from dashboard.database import connect, database_url, migrate

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    url = f"sqlite:///{folder}/real.sqlite"
    engine = connect(database_url(url), create=True)
    migrate(engine)
    engine.dispose()
    told = {"DRIVE_BASE_PATH": "/drive", "DRIVE_ALLOWED_HOSTS": NAME}
    with ExitStack() as stack:
        instances = [
            stack.enter_context(serving(folder, url, "data_steward", **told)) for _ in range(2)
        ]
        yield stack.enter_context(behind_nginx(folder, free_port(), instances))


def test_the_page_comes_with_its_headers_below_its_path(site):
    answer = site.ask("/drive/data")
    assert answer.status_code == 200
    assert "<title>Drive dashboard</title>" in answer.text
    assert answer.headers["strict-transport-security"] == "max-age=63072000"
    assert f"wss://{NAME}:{site.port}" in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert all("; Secure" in each for each in answer.headers.get_list("set-cookie"))


def test_cookies_of_the_dashboard_itself_are_secure(site):
    cookies = site.ask("/drive/_stcore/health").headers.get_list("set-cookie")
    assert any(each.startswith("_streamlit_xsrf") and "; Secure" in each for each in cookies)


def test_scripts_stay_compressed_through_the_proxy(site):
    script = site.ask("/drive/data").text.split('src="./')[1].split('"')[0]
    answer = site.ask(f"/drive/{script}", **{"accept-encoding": "br"})
    assert answer.headers["content-encoding"] == "br"
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("path", ["/drive/metrics", "/drive/healthz/ready", "/drive/x", "/data"])
def test_nothing_else_is_reached_from_outside(site, path):
    assert site.ask(path).status_code == 404


def test_the_first_page_leads_below_the_path(site):
    answer = site.ask("/")
    assert (answer.status_code, answer.headers["location"]) == (302, f"{site.address}/drive/")


def test_another_name_is_refused(site):
    assert site.ask("/drive/data", host="evil.example").status_code == 421


def test_a_browser_is_kept_at_one_instance(site):
    """Twelve browsers are spread over both; each comes back to where it was."""

    def look(cookie: str) -> int:
        """Which instance has a screen more while this browser's is open."""

        async def visit() -> int:
            before = [each.metric("drive_sessions") for each in site.instances]
            headers = {"Cookie": f"drive_instance={cookie}"}
            trusted = ssl.create_default_context(cafile=str(site.certificate))
            visitor = Visitor(
                f"https://{NAME}:{site.port}/drive",
                headers,
                host="127.0.0.1",
                port=site.port,
                ssl=trusted,
            )
            async with visitor:
                answer = await visitor.open("data")
                assert answer.problem == ""
                after = [each.metric("drive_sessions") for each in site.instances]
            moved = [number for number in (0, 1) if after[number] > before[number]]
            assert len(moved) == 1
            return moved[0]

        return asyncio.run(visit())

    cookies = [f"{number:032x}" for number in range(12)]
    first = [look(cookie) for cookie in cookies]
    assert set(first) == {0, 1}
    assert [look(cookie) for cookie in cookies] == first


def test_a_browser_opens_a_page_and_uploads_through_it(site, tmp_path):
    (tmp_path / "areas.csv").write_text("area_code,name,county\nB1,Slough,berkshire\n")
    wrong, uploads = [], []
    with sync_playwright() as playwright:
        browser = a_browser(playwright)
        page = browser.new_page(ignore_https_errors=True)
        page.on(
            "console",
            lambda said: (
                wrong.append(said.text) if said.type == "error" and "404" not in said.text else None
            ),
        )
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "response",
            lambda answer: uploads.append(answer.status) if "/upload_file/" in answer.url else None,
        )
        page.goto(f"{site.address}/drive/data")
        settled(page)
        with page.expect_response(lambda answer: "/upload_file/" in answer.url, timeout=120_000):
            page.locator("input[type=file]").first.set_input_files(tmp_path / "areas.csv")
        page.get_by_text("areas.csv").first.wait_for(timeout=120_000)
        browser.close()
    assert uploads
    assert all(status in (200, 204) for status in uploads)
    assert wrong == []
