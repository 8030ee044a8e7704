"""Several people at once: no page of one may wait for ever for a page of another.

A Python function inside a lazy frame runs on a Polars worker and waits there for the interpreter;
another thread may hold the interpreter and wait for that worker. So there is none.
"""

import re
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import polars as pl
import pytest

import dashboard
import queries
from dashboard.access import Role, Viewer
from dashboard.panels import caseload, rollout
from queries.evaluate import evaluate
from queries.measures import ALL
from queries.periods import months

PYTHON_INSIDE = re.compile(r"\.(map_batches|map_elements|map_groups|map_rows|rolling_map)\(")


def test_no_python_function_runs_inside_a_frame():
    folders = [Path(module.__file__).parent for module in (dashboard, queries)]
    found = [
        f"{file}: {line.strip()}"
        for folder in folders
        for file in folder.rglob("*.py")
        for line in file.read_text().splitlines()
        if PYTHON_INSIDE.search(line)
    ]
    assert found == []


@pytest.mark.slow
def test_eight_at_once_all_come_through(made_up):
    panels = [*rollout.ALL, *caseload.panels(workers=True, waiting=True, cases=True)]

    def visit(_: int) -> int:
        lens = made_up.lens(Viewer(Role.MANAGER, None))
        found = pl.collect_all([panel.result(lens) for panel in panels])
        found.append(evaluate(ALL, lens, months(lens.start, lens.end), ["area"]).collect())
        return sum(len(frame.to_pandas()) for frame in found)

    with ThreadPoolExecutor(8) as people:
        visits = [people.submit(visit, number) for number in range(40)]
        done, waiting = wait(visits, timeout=300)
        assert not waiting
    assert len({each.result() for each in done}) == 1
