"""Dashboards to hurt, and what people read on their screens meanwhile."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from one_case import fill
from served import Dashboard
from sqlalchemy import make_url
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard.access.sign_in import WITHOUT_SIGN_IN
from dashboard.database import connect
from dashboard.shell import visit

APP = str(Path(dashboard.__file__).parent / "app.py")


@pytest.fixture
def file(empty_database: Path, tmp_path: Path) -> Path:
    """A case database of one case, of 5 January 2026, in a file."""
    (tmp_path / "database").mkdir()
    made = Path(shutil.copy(empty_database, tmp_path / "database" / "cases.sqlite"))
    fill(connect(make_url(f"sqlite:///{made}")))
    return made


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Callable[[str], Dashboard]]:
    """Starts dashboards, and ends them with the test."""
    started: list[Dashboard] = []

    def start(url: str) -> Dashboard:
        started.append(Dashboard(url, tmp_path))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.process.kill()
            each.process.wait()


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., str]:
    """The words that a manager reads on the first screen; `anew`: on a server just started."""
    monkeypatch.setenv(WITHOUT_SIGN_IN, "manager")
    monkeypatch.setenv("DRIVE_SNAPSHOT_FOLDER", str(tmp_path / "snapshots"))

    def look(url: str, *, anew: bool = False) -> str:
        monkeypatch.setenv("DRIVE_DATABASE_URL", url)
        if anew:
            visit.store.clear()
        app = AppTest.from_file(APP, default_timeout=120).run()
        assert not app.exception
        return " ".join(element.value for element in [*app.title, *app.markdown, *app.caption])

    yield look
    visit.store.clear()


@pytest.fixture
def newest() -> Callable[[], object]:
    """Waits until the server's store has asked the database, and read it if it moved."""
    return lambda: visit.store().newest()


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A real disk of 3 MB, where this computer lets one be made.

    Not under pytest's own folder, which it shuts to others: a server may run as another user.
    """
    place = Path(tempfile.mkdtemp(prefix="drive-small-disk-"))
    try:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", place], capture_output=True
        )
        if mounted.returncode:
            pytest.skip("No disk can be mounted here; that needs an administrator.")
        yield place
        subprocess.run(["umount", "--lazy", place], check=True)
    finally:
        place.rmdir()
