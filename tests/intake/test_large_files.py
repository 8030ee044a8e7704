"""A file of a million rows is loaded in the memory that a small one takes, or little more."""

import subprocess
import sys
from pathlib import Path

import pytest
from small_service import SERVICE

pytestmark = pytest.mark.slow

PROGRAM = """
import re, sys
from dashboard.intake import run_import
report = run_import(sys.argv[1], sys.argv[2:])
contacts = report.tables["contacts"]
# Of this program alone; what getrusage says includes the test run that started it.
peak = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read()).group(1)
print(report.exit_code, contacts.inserted, contacts.rejected, peak)
"""


def peak(tmp_path: Path, rows: int) -> int:
    """Kilobytes that loading so many contacts took at most."""
    folder = tmp_path / str(rows)
    folder.mkdir()
    for name, content in SERVICE.items():
        (folder / name).write_text(content)
    with (folder / "contacts.csv").open("w") as file:
        file.write("contact_id,case_id,occurred_on,kind,outcome\n")
        for number in range(rows):
            case = "C9" if number % 10_000 == 0 else "C1"
            file.write(f"K{number:07},{case},2025-0{number % 3 + 3}-01,telephone,Kept\n")
    url = f"sqlite:///{folder}/case-database.sqlite"
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, url, str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    code, inserted, rejected, kilobytes = (int(word) for word in done.stdout.split())
    assert (code, inserted, rejected) == (1, rows - rows // 10_000, rows // 10_000)
    return kilobytes


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    small, large = peak(tmp_path, 100_000), peak(tmp_path, 1_000_000)
    # A million rows are 40 MB of text: holding them in any form would take more than this.
    assert large < small + 40_000
    assert large < 300_000
