"""Many people at one server: `crowd.py PEOPLE...`, the times of their clicks as JSON.

Everybody opens one page after another, of another county, thinks three seconds and clicks again:
first all over the usual period, which somebody has looked at before; then each from a day of their
own, which nobody has. What a click takes is taken at the server's socket, until the page is whole.
The database is the one of DRIVE_DATABASE_URL.
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
SECONDS = 40.0
COUNTIES = ("berkshire", "buckinghamshire-mk", "oxfordshire")
NUMBERS = [page.path for page in PAGES if page.numbers and may_open(Role.MANAGER, page.path)]


def main() -> None:
    found = {}
    with served(None) as port:
        address = f"http://127.0.0.1:{port}"
        asyncio.run(_look_at_all(address))  # what is read and added up only once
        for new in (False, True):
            for people in map(int, sys.argv[1:]):
                seconds = sorted(asyncio.run(_crowd(address, people, new)))
                found[f"{people}, {'new' if new else 'usual'} choices"] = {
                    "clicks": len(seconds),
                    "p50": statistics.median(seconds) * 1000,
                    "p95": seconds[min(len(seconds) - 1, int(len(seconds) * 0.95))] * 1000,
                }
    sys.stdout.write(json.dumps(found))


async def _look_at_all(address: str) -> None:
    async with Visitor(address) as visitor:
        for page in NUMBERS:
            for county in COUNTIES:
                await visitor.open(page, area=county)


async def _crowd(address: str, people: int, new: bool) -> list[float]:
    until = time.monotonic() + SECONDS
    each = await asyncio.gather(*(_person(address, n, people, until, new) for n in range(people)))
    return [click for clicks in each for click in clicks]


async def _person(address: str, number: int, people: int, until: float, new: bool) -> list[float]:
    chance = random.Random(number)  # noqa: S311 - which page next is no secret
    await asyncio.sleep(THINK * number / people)
    clicks = []
    async with Visitor(address) as visitor:
        await visitor.open("caseload")  # the first of a session is not a change of filter
        while time.monotonic() < until:
            await asyncio.sleep(chance.uniform(0.5, 1.5) * THINK)
            choice = {"area": chance.choice(COUNTIES)}
            if new:
                first = date(2025, 11, 1) + timedelta(days=chance.randrange(300))
                choice["from"] = first.isoformat()
            answer = await visitor.open(chance.choice(NUMBERS), **choice)
            if answer.problem:
                raise RuntimeError(f"{answer.page}: {answer.problem}")
            clicks.append(answer.seconds)
    return clicks


if __name__ == "__main__":
    main()
