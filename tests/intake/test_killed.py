"""An import that is killed at any moment leaves the database as it was, or as it was to be."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small_service import SERVICE, TODAY, Intake

# Says each step, so that the moment of the kill can be chosen.
PROGRAM = """
import sys
from datetime import date
from dashboard.intake import run_import
url, today, *paths = sys.argv[1:]
tell = lambda what, rows: print(what, flush=True)
run_import(url, paths, today=date.fromisoformat(today), progress=tell)
"""


def start(service: Intake, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, service.url, str(TODAY), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
    )


def files(folder: Path, rows: int) -> Path:
    """A correction of the cases, and many contacts."""
    folder.mkdir()
    for name, content in SERVICE.items():
        (folder / name).write_text(content.replace("2025-01-20", "2025-01-25"))
    contacts = "".join(f"K{number},C1,2025-03-01\n" for number in range(rows))
    (folder / "contacts.csv").write_text(f"contact_id,case_id,occurred_on\n{contacts}")
    return folder


@pytest.mark.parametrize("moment", ["Reading contacts.csv", "Checking", "Loading"])
def test_killed_at_each_step(service: Intake, tmp_path: Path, moment: str) -> None:
    before, version = service.everything(), service.version()
    process = start(service, files(tmp_path / "many", 8_000))
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith(moment):
            break
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert service.everything() == before
    assert service.version() == version
    # And nothing stands in the way of the next import.
    assert service.load(SERVICE).exit_code == 0


@pytest.mark.slow
def test_killed_at_many_moments(service: Intake, tmp_path: Path) -> None:
    before = service.everything()
    folder = files(tmp_path / "many", 8_000)
    start_of = time.monotonic()
    assert start(service, folder).wait() == 0
    whole = time.monotonic() - start_of
    after = service.everything()
    assert len(after["contacts"]) == 8_000
    undo = SERVICE | {"contacts.csv": "contact_id,case_id,occurred_on\n"}
    chance = random.Random(20240321)  # noqa: S311 - not for secrets
    killed = 0
    for _ in range(12):
        assert service.load(undo, complete=True, allow_empty=True).exit_code == 0
        assert service.everything() == before
        process = start(service, folder)
        time.sleep(chance.uniform(0, whole * 1.1))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        assert service.everything() in (before, after)
    assert killed > 3
