"""Bytes over the wire, as a browser causes them: first visit, second visit, a change of filter.

    python tests/benchmarks/bytes.py [PAGE...] [--port PORT] [--table FILE.md] [--files]

Starts a server over the database that DRIVE_DATABASE_URL names (the made-up one by default), or
asks the one at PORT. Exit code 1 where a limit is passed.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from counting_proxy import CountingProxy
from playwright.sync_api import Page, sync_playwright

from dashboard.access import PAGES, Role, may_open

FIRST, FIRST_WITH_MAP, SECOND, FILTER = 3_000_000, 3_300_000, 100_000, 60_000
WITH_MAP = ("areas",)
SERVE = str(Path(sys.executable).parent / "drive-dashboard")
ROLE = ("--without-sign-in", "manager")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    usual = [page.path for page in PAGES if may_open(Role.MANAGER, page.path)]
    asked.add_argument("pages", nargs="*", default=usual)
    asked.add_argument("--port", type=int)
    asked.add_argument("--table", type=Path)
    asked.add_argument("--files", action="store_true", help="list what a first visit fetched")
    given = asked.parse_args()
    with served(given.port) as port:
        rows = [measured(port, page, files=given.files) for page in given.pages]
    lines = ["| page | first visit | second visit | filter change |", "|---|---|---|---|"]
    lines += [f"| {page} | " + " | ".join(f"{n:,}" for n in sizes) + " |" for page, sizes in rows]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if given.table:
        given.table.write_text(text, encoding="utf-8")
    return 1 if any(too_large(page, sizes) for page, sizes in rows) else 0


def too_large(page: str, sizes: tuple[int, int, int]) -> bool:
    first, second, change = sizes
    most = FIRST_WITH_MAP if page in WITH_MAP else FIRST
    return first > most or second > SECOND or change > FILTER


def measured(port: int, path: str, *, files: bool = False) -> tuple[str, tuple[int, int, int]]:
    """A page's bytes: with an empty cache, with a full one, and for one more county chosen."""
    with TemporaryDirectory() as profile, CountingProxy(port) as proxy, sync_playwright() as play:
        browser = play.chromium.launch_persistent_context(
            profile,
            executable_path=shutil.which("chromium"),
            args=list(FLAGS),
            viewport={"width": 1280, "height": 900},
        )
        page = browser.new_page()
        if files:
            page.on("response", lambda answer: sys.stderr.write(f"{answer.url}\n"))
        page.goto(f"{proxy.address}/{path}")
        scrolled_through(page)
        first = proxy.total
        page.close()

        before = proxy.total
        page = browser.new_page()
        page.goto(f"{proxy.address}/{path}")
        scrolled_through(page)
        second = proxy.total - before

        change = 0
        areas = page.get_by_role("button", name="All Thames Valley")
        if areas.count():
            areas.first.click()
            county = page.get_by_test_id("stPopoverBody").get_by_text("Berkshire", exact=True)
            county.wait_for()
            before = proxy.total
            county.click()
            scrolled_through(page)
            change = proxy.total - before
        browser.close()
    return path, (first, second, change)


def scrolled_through(page: Page) -> None:
    """Wait until everything on the page has come, down to its foot."""
    page.wait_for_selector("h1", timeout=60_000)
    page.wait_for_timeout(1500)
    page.wait_for_selector(
        "[data-testid=stApp][data-test-script-state=notRunning]", timeout=120_000
    )
    for _ in range(12):
        page.mouse.move(640, 450)
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(150)
    page.wait_for_timeout(1000)


@contextmanager
def served(port: int | None, serve: Sequence[str] = (SERVE, "serve", *ROLE)) -> Iterator[int]:
    """A port of this computer at which the dashboard is served; `serve` is told of it."""
    if port:
        yield port
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [*serve, "--port", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, env=dict(os.environ), **quiet)
    try:
        for _ in range(600):
            time.sleep(0.2)
            try:
                with urlopen(f"http://127.0.0.1:{port}/healthz/ready") as answer:
                    if answer.status == 200:
                        break
            except OSError:
                continue
        yield port
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    sys.exit(main())
