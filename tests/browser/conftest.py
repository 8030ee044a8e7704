"""A served dashboard and a real browser."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from machine import needed
from playwright.sync_api import Browser, Page, sync_playwright
from watched_tab import FLAGS, Seen, watched_tab


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless; closed before tests that have a loop of their own."""
    chromium = needed("chromium", "chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[tuple[Page, Seen]]:
    """A new tab at 1280 x 900, watched."""
    page, seen = watched_tab(browser)
    yield page, seen
    page.close()


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, str], str]]:
    """Starts `drive-dashboard serve` on a database, in a role; gives its address."""
    running: dict[tuple[str, str], tuple[subprocess.Popen[bytes], str]] = {}

    def start(url: str, role: str = "manager") -> str:
        if (url, role) not in running:
            port = _free_port()
            log = (tmp_path_factory.mktemp("server") / "log.txt").open("wb")
            process = subprocess.Popen(
                [
                    *(Path(sys.executable).parent / "drive-dashboard", "serve"),
                    *("--port", str(port), "--without-sign-in", role),
                ],
                env={**os.environ, "DRIVE_DATABASE_URL": url},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
            address = f"http://127.0.0.1:{port}"
            running[url, role] = process, address
            _wait_for(port, process, log.name)
        return running[url, role][1]

    yield start
    for process, _ in running.values():
        process.terminate()
    for process, _ in running.values():
        process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], log: str) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"The server did not start: {Path(log).read_text()}")
