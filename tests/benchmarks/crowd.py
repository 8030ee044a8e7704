"""Many people at one server: `crowd.py PEOPLE...`, the times of their clicks as JSON.

Everybody opens one page after another with another choice of areas and days, thinks three seconds
and clicks again. What a click takes is taken at the server's socket, until the page is whole. The
database is the one of DRIVE_DATABASE_URL.
"""

import asyncio
import json
import random
import statistics
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from bytes import served

from dashboard.access import PAGES, Role, may_open

sys.path.append(str(Path(__file__).parents[1] / "load"))
from visitor import Visitor

THINK = 3.0  # seconds, half as long to half as long again
SECONDS = 60.0
COUNTIES = ("berkshire", "buckinghamshire-mk", "oxfordshire")


def main() -> None:
    found = {}
    with served(None) as port:
        address = f"http://127.0.0.1:{port}"
        asyncio.run(_crowd(address, 1, 15))  # what is read and added up only once
        for people in map(int, sys.argv[1:]):
            seconds = sorted(asyncio.run(_crowd(address, people, SECONDS)))
            found[people] = {
                "clicks": len(seconds),
                "p50": statistics.median(seconds) * 1000,
                "p95": seconds[min(len(seconds) - 1, int(len(seconds) * 0.95))] * 1000,
            }
    sys.stdout.write(json.dumps(found))


async def _crowd(address: str, people: int, seconds: float) -> list[float]:
    until = time.monotonic() + seconds
    each = await asyncio.gather(*(_person(address, n, people, until) for n in range(people)))
    return [click for clicks in each for click in clicks]


async def _person(address: str, number: int, people: int, until: float) -> list[float]:
    chance = random.Random(number)  # noqa: S311 - which page next is no secret
    pages = [page.path for page in PAGES if page.numbers and may_open(Role.MANAGER, page.path)]
    await asyncio.sleep(THINK * number / people)
    clicks = []
    async with Visitor(address) as visitor:
        await visitor.open("caseload")  # the first of a session is not a change of filter
        while time.monotonic() < until:
            await asyncio.sleep(chance.uniform(0.5, 1.5) * THINK)
            first = date(2025, 11, 1) + timedelta(days=chance.randrange(300))
            choice = {"area": chance.choice(COUNTIES), "from": first.isoformat()}
            answer = await visitor.open(chance.choice(pages), **choice)
            if answer.problem:
                raise RuntimeError(f"{answer.page}: {answer.problem}")
            clicks.append(answer.seconds)
    return clicks


if __name__ == "__main__":
    main()
