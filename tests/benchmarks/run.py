"""How fast, and how much memory, at each size: `make bench`.

    python tests/benchmarks/run.py [--sizes 2000 20000] [--keep FOLDER] [--out docs/benchmarks.md]

Makes a database of each size (in FOLDER, where it is found again), takes each step in a process
of its own, and writes the table. Nothing else should run meanwhile; beside the time on the clock
stands that of the processor, which says how much of it was waiting.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from table import page_of

COMMAND = str(Path(sys.executable).with_name("drive-dashboard"))
STEPS = str(Path(__file__).with_name("steps.py"))
CROWD = str(Path(__file__).with_name("crowd.py"))
CROWDS = ("20", "50")  # people at a time
ORDER = ("read", "file", "start", "refresh", "queries", "pages")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--sizes", type=int, nargs="+", default=[2_000, 20_000, 200_000])
    asked.add_argument("--keep", type=Path, help="a folder for the databases")
    asked.add_argument("--out", type=Path, default=Path("docs/benchmarks.md"))
    chosen = asked.parse_args()
    machine = _machine()
    with TemporaryDirectory(prefix="drive-benchmarks-") as temporary:
        folder = chosen.keep or Path(temporary)
        results = {size: _at(size, folder) for size in chosen.sizes}
    chosen.out.write_text(page_of(results, machine))


def _at(size: int, folder: Path) -> dict[str, Any]:
    """Every step at one size."""
    file = folder / f"cases-{size}.sqlite"
    environment = {
        **os.environ,
        "DRIVE_DATABASE_URL": f"sqlite:///{file.resolve()}",
        "DRIVE_WITHOUT_SIGN_IN": "manager",
    }
    if not file.exists():
        _say(f"{size:,} cases: making them up")
        made = [COMMAND, "demo", "--cases", str(size)]
        subprocess.run(made, env=environment, check=True, stdout=subprocess.DEVNULL)
    with TemporaryDirectory(prefix="drive-snapshots-") as snapshots:
        environment["DRIVE_SNAPSHOT_FOLDER"] = snapshots
        found: dict[str, Any] = {"database": file.stat().st_size / 2**20}
        steps = {step: [sys.executable, STEPS, step] for step in ORDER}
        steps["crowd"] = [sys.executable, CROWD, *CROWDS]
        for step, command in steps.items():
            began = time.perf_counter()
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
            found[step] = json.loads(done.stdout)
            _say(f"{size:,} cases: {step}, {time.perf_counter() - began:.1f} s")
    return found


def _machine() -> str:
    model = "unknown"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores ({model}), {gigabytes:.0f} GB, "
        f"Python {platform.python_version()}, Polars {pl.__version__}, SQLite; "
        f"{datetime.now():%-d %B %Y}; "  # noqa: DTZ005
        f"load when it began {os.getloadavg()[1]:.1f}"
    )


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")


if __name__ == "__main__":
    main()
