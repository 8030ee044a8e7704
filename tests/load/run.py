"""Many people at once, with time to think, and an import in the middle: `make load`.

    python tests/load/run.py [--people 50] [--minutes 10] [--cases 2000] [--think 8]

Makes a database of its own in a temporary folder, serves it, and lets people open pages and change
areas. Prints the times by page and the server's memory; exit code 1 where anything went wrong.
"""

import argparse
import asyncio
import os
import random
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

import psutil
from visitor import Answer, Visitor

from dashboard.access import PAGES, Role, may_open

COMMAND = str(Path(sys.executable).with_name("drive-dashboard"))
COUNTIES = ("berkshire", "buckinghamshire-mk", "oxfordshire")
LEAKS = 1.15  # the last third's memory against the middle third's


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--people", type=int, default=50)
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--cases", type=int, default=2000)
    asked.add_argument("--database", type=Path, help="made-up records to copy, if there are some")
    asked.add_argument("--think", type=float, default=8, help="seconds between two clicks")
    given = asked.parse_args()
    with TemporaryDirectory(prefix="drive-load-") as name:
        folder = Path(name)
        environment = {
            **os.environ,
            "DRIVE_DATABASE_URL": f"sqlite:///{folder}/load.sqlite",
            "DRIVE_SNAPSHOT_FOLDER": str(folder / "snapshots"),
        }
        if given.database:
            shutil.copy(given.database, folder / "load.sqlite")
        else:
            made = [COMMAND, "demo", "--cases", str(given.cases)]
            subprocess.run(made, env=environment, check=True)
        write_rows(folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        log = (folder / "log").open("wb")
        server = subprocess.Popen(
            [COMMAND, "serve", "--port", str(port), "--without-sign-in", "manager"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
        try:
            wait_until_ready(port)
            load = Load(f"http://127.0.0.1:{port}", server.pid, folder, environment)
            asyncio.run(load.run(given.people, given.minutes * 60, given.think))
            wrong = load.told()
        finally:
            server.terminate()
            code = server.wait(120)
        if code != 0:
            wrong.append(f"The server ended with {code}.")
        lines = (folder / "log").read_text().splitlines()
        errors = [line for line in lines if '"level": "ERROR"' in line]
        if errors:
            wrong.append(f"The server logged {len(errors)} errors, the first: {errors[0]}")
    for problem in wrong:
        sys.stdout.write(f"WRONG: {problem}\n")
    return 1 if wrong else 0


def write_rows(folder: Path) -> None:
    """What is imported; the records lose their mark of being made up, so that it may be."""
    with closing(sqlite3.connect(folder / "load.sqlite")) as database:
        database.execute("DELETE FROM marks WHERE name = 'made_up'")
        person, area = database.execute(
            "SELECT service_user_id, area_code FROM referrals LIMIT 1"
        ).fetchone()
        database.commit()
    rows = "".join(f"LOAD{n},{person},{area},{time.strftime('%Y-%m-%d')}\n" for n in range(20))
    text = f"referral_id,service_user_id,area_code,received_on\n{rows}"
    (folder / "referrals.csv").write_text(text)


def wait_until_ready(port: int) -> None:
    for _ in range(600):
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz/ready", timeout=60):
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("The server did not become ready.")


class Load:
    """A crowd at one server, and what it saw."""

    def __init__(self, address: str, pid: int, folder: Path, environment: dict[str, str]) -> None:
        self.address = address
        self.process = psutil.Process(pid)
        self.folder = folder
        self.environment = environment
        self.answers: list[Answer] = []
        self.lost: Counter[str] = Counter()
        self.memory: list[int] = []
        self.import_seconds = self.processor = 0.0

    async def run(self, people: int, seconds: float, think: float) -> None:
        self.until = time.monotonic() + seconds
        await asyncio.gather(
            *(self._person(number, people, think) for number in range(people)),
            self._watch(),
            self._import(seconds / 2),
        )
        used = self.process.cpu_times()
        self.processor = used.user + used.system

    async def _person(self, number: int, people: int, think: float) -> None:
        chance = random.Random(number)  # noqa: S311 - which page next is no secret
        pages = [page.path for page in PAGES if may_open(Role.MANAGER, page.path)]
        await asyncio.sleep(think * number / people)
        page = "caseload"
        while time.monotonic() < self.until:
            try:
                async with Visitor(self.address) as visitor:
                    # Everybody comes and goes a few times within the hour.
                    for _ in range(30):
                        if chance.random() < 0.5:
                            page = chance.choice(pages)
                        area = chance.choice(COUNTIES)
                        self.answers.append(await visitor.open(page, area=area))
                        await asyncio.sleep(chance.uniform(0.5, 1.5) * think)
                        if time.monotonic() >= self.until:
                            return
            except Exception as problem:
                self.lost[f"{type(problem).__name__}: {problem}"] += 1
                await asyncio.sleep(1)

    async def _watch(self) -> None:
        while time.monotonic() < self.until:
            self.memory.append(self.process.memory_info().rss)
            await asyncio.sleep(1)

    async def _import(self, after: float) -> None:
        await asyncio.sleep(after)
        began = time.monotonic()
        process = await asyncio.create_subprocess_exec(
            *(COMMAND, "import", str(self.folder / "referrals.csv")),
            env=self.environment,
            stdout=asyncio.subprocess.DEVNULL,
        )
        if await process.wait() != 0:
            self.lost["The import did not load all its rows"] += 1
        self.import_seconds = time.monotonic() - began

    def told(self) -> list[str]:
        """Print the tables; what went wrong."""
        times = defaultdict(list)
        for answer in self.answers:
            times[answer.page].append(answer.seconds)
        out = sys.stdout.write
        out("| page | runs | median | p95 | slowest |\n|---|---|---|---|---|\n")
        for page, seconds in [*sorted(times.items()), ("all", [a.seconds for a in self.answers])]:
            at = sorted(seconds)
            p95 = at[min(len(at) - 1, int(len(at) * 0.95))]
            out(f"| {page} | {len(at)} | {statistics.median(at):.2f} s | {p95:.2f} s ")
            out(f"| {at[-1]:.2f} s |\n")
        third = len(self.memory) // 3
        _, middle, last = (
            statistics.median(part) / 1e6
            for part in (self.memory[:third], self.memory[third : 2 * third], self.memory[-third:])
        )
        out(f"\nMemory: {middle:.0f} MB in the middle third, {last:.0f} MB in the last, ")
        out(f"{max(self.memory) / 1e6:.0f} MB at most. ")
        out(f"The import took {self.import_seconds:.1f} s. ")
        out(f"A run cost {self.processor / len(self.answers):.2f} s of the server's processor.\n")
        wrong = [f"{problem} ({times} times)" for problem, times in self.lost.items()]
        failed = Counter(f"{a.page}: {a.problem}" for a in self.answers if a.problem)
        wrong += [f"{problem} ({times} times)" for problem, times in failed.items()]
        if last > middle * LEAKS:
            wrong.append(f"Memory grew from {middle:.0f} to {last:.0f} MB.")
        return wrong


if __name__ == "__main__":
    sys.exit(main())
