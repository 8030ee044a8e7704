"""A dashboard as people run it: a process of its own on a port of this computer."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

COMMAND = Path(sys.executable).parent / "drive-dashboard"


class Dashboard:
    """`drive-dashboard serve` on a database; `said` is what it wrote so far."""

    def __init__(
        self, url: str, folder: Path, port: int | None = None, role: str = "manager"
    ) -> None:
        self.port = port or _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._folder = folder
        self._log = folder / f"log-{self.port}.txt"
        self._url = url
        self._role = role
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [
                    *(COMMAND, "serve", "--port", str(self.port)),
                    *("--without-sign-in", self._role),
                ],
                env={
                    **os.environ,
                    "DRIVE_DATABASE_URL": self._url,
                    "DRIVE_SNAPSHOT_FOLDER": str(self._folder / f"snapshots-{self.port}"),
                },
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    @property
    def said(self) -> str:
        return self._log.read_text()

    def ask(self, path: str) -> tuple[int, dict[str, Any]]:
        """What an address answers, as JSON; 0 while nobody answers."""
        try:
            with urllib.request.urlopen(f"{self.address}/{path}", timeout=30) as answer:  # noqa: S310
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refusal:
            return refusal.code, json.load(refusal)
        except OSError:
            return 0, {}

    def answers(self) -> None:
        """Wait until it does."""
        until(lambda: self.ask("healthz/ready")[0] == 200)

    def state(self) -> str | None:
        return self.ask("healthz/fresh")[1].get("state")

    def records_to(self) -> str | None:
        self.ask("healthz/fresh")
        return self.ask("healthz/ready")[1].get("records_to")

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        self.process.send_signal(how)
        self.process.wait(timeout=60)

    def restart(self) -> None:
        self.process = self._start()


def until(happened: Callable[[], bool], seconds: float = 120) -> None:
    """Wait for something that must come by itself; fail if it does not."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "It did not happen."
        time.sleep(0.3)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
