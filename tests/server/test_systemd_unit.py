"""The unit of docs/server: accepted by systemd, and its command run as it stands."""

import fcntl
import os
import shlex
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
UNIT = ROOT / "docs" / "server" / "drive-dashboard.service"
PLACE = Path("/opt/drive-dashboard")


@pytest.fixture
def one_at_a_time() -> Iterator[None]:
    """The place is one for the whole computer, also where tests run side by side."""
    with (Path(tempfile.gettempdir()) / "drive-dashboard-in-place").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture
def in_place(one_at_a_time: None) -> Iterator[None]:
    """The program where the unit says that it is."""
    if PLACE.exists():
        if PLACE.resolve() != ROOT:
            pytest.skip(f"Another program stands in {PLACE}")
        yield
        return
    try:
        PLACE.symlink_to(ROOT)
    except OSError:
        pytest.skip(f"{PLACE} cannot be made here")
    yield
    PLACE.unlink()


def command() -> list[str]:
    line = next(line for line in UNIT.read_text().splitlines() if line.startswith("ExecStart="))
    return shlex.split(line.removeprefix("ExecStart="))


def test_systemd_accepts_it(in_place):
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        missing = "systemd-analyze is not installed (Debian: apt-get install systemd)"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    checked = subprocess.run(
        [analyze, "verify", "--man=no", str(UNIT)], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stderr) == (0, "")


def test_its_command_serves_and_stops(in_place, tmp_path, released_database):
    with socket.socket() as free:
        if free.connect_ex(("127.0.0.1", 8501)) == 0:
            pytest.skip("Something else listens on port 8501")
    settings = {
        **os.environ,
        "DRIVE_DATABASE_URL": released_database,
        "DRIVE_SNAPSHOT_FOLDER": str(tmp_path / "snapshots"),
        "DRIVE_OIDC_METADATA_URL": "http://127.0.0.1:1/.well-known/openid-configuration",
        "DRIVE_OIDC_CLIENT_ID": "drive",
        "DRIVE_OIDC_CLIENT_SECRET": "only-in-this-test",
        "DRIVE_OIDC_ADDRESS": "http://127.0.0.1:8501",
        "DRIVE_OIDC_COOKIE_SECRET": "x" * 40,
    }
    log = (tmp_path / "log").open("wb")
    server = subprocess.Popen(command(), cwd=PLACE, env=settings, stdout=log, stderr=log)
    try:
        for _ in range(400):
            assert server.poll() is None, (tmp_path / "log").read_text()
            try:
                if httpx.get("http://127.0.0.1:8501/healthz/ready").status_code == 200:
                    break
            except httpx.TransportError:
                pass
            time.sleep(0.3)
        assert httpx.get("http://127.0.0.1:8501/healthz/fresh", timeout=60).status_code in (
            200,
            503,
        )
    finally:
        server.send_signal(signal.SIGTERM)  # as the unit says
        assert server.wait(30) == 0
