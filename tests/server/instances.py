"""Real servers for tests: started as people start them, asked over loopback, stopped."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

COMMAND = str(Path(sys.executable).with_name("drive-dashboard"))


@dataclass
class Instance:
    """A running server: its process, its port, its base path, and the file of its log."""

    process: subprocess.Popen[bytes]
    port: int
    base: str
    log: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.base}"

    def ask(self, path: str, **headers: str) -> httpx.Response:
        return httpx.get(f"{self.address}{path}", headers=headers, timeout=60)

    def metric(self, name: str) -> float:
        """The first sample of this name."""
        lines = self.ask("/metrics").text.splitlines()
        line = next(line for line in lines if line.startswith(name))
        return float(line.rsplit(" ", 1)[1])


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def serving(
    folder: Path, url: str, role: str | None = "manager", **environment: str
) -> Iterator[Instance]:
    """A server over a database, in a role (None: people sign in), ready to answer."""
    port = free_port()
    log = folder / f"log-{port}.txt"
    process = subprocess.Popen(
        [COMMAND, "serve", "--port", str(port), *(["--without-sign-in", role] if role else [])],
        env={
            **os.environ,
            "DRIVE_DATABASE_URL": url,
            "DRIVE_SNAPSHOT_FOLDER": str(folder / f"snapshots-{port}"),
            **environment,
        },
        stdout=subprocess.DEVNULL,
        stderr=log.open("wb"),
    )
    instance = Instance(process, port, environment.get("DRIVE_BASE_PATH", ""), log)
    try:
        wait_until_ready(instance)
        yield instance
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(40)


def wait_until_ready(instance: Instance) -> None:
    for _ in range(400):
        assert instance.process.poll() is None, instance.log.read_text()
        try:
            if instance.ask("/healthz/ready").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.3)
    raise AssertionError(f"The server did not become ready: {instance.log.read_text()}")
