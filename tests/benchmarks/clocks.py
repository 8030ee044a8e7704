"""Time and memory, as the benchmarks take them."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass
class Taken:
    """Milliseconds: on the clock, and of the processor by this process and its threads."""

    wall: float = 0.0
    cpu: float = 0.0


@contextmanager
def clock() -> Iterator[Taken]:
    """Takes the time of what is done within."""
    taken = Taken()
    wall, cpu = time.perf_counter(), time.process_time()
    yield taken
    taken.wall = (time.perf_counter() - wall) * 1000
    taken.cpu = (time.process_time() - cpu) * 1000


def median(work: Callable[[], Any], times: int = 9) -> Taken:
    """The median of several times, after one that is not counted."""
    work()
    taken = []
    for _ in range(times):
        with clock() as each:
            work()
        taken.append(each)
    return Taken(
        statistics.median(each.wall for each in taken),
        statistics.median(each.cpu for each in taken),
    )


def memory() -> dict[str, float]:
    """Megabytes that this process holds: its own, and those of files that it maps."""
    lines = Path("/proc/self/status").read_text().splitlines()
    parts = dict(line.split(":", 1) for line in lines)
    return {
        name: int(parts[key].split()[0]) / 1024
        for name, key in {"all": "VmRSS", "own": "RssAnon", "peak": "VmHWM"}.items()
    }
