"""The same records make the same release, however fast the machine and whatever runs beside it."""

import os
import subprocess
import sys
from datetime import date

import numpy as np
import pytest

from dashboard.demo import fill
from dashboard.disclosure import Rules, attack
from dashboard.disclosure.attack import Attack, Known, small_counts
from dashboard.disclosure.hiding import SMALL, withhold
from dashboard.disclosure.system import System
from dashboard.disclosure.ties import Shape, tied

RULES = Rules()
NOBODY = Shape(frozenset(), frozenset(), (), {})


def system_of(**counts: int) -> System:
    """Counts of the whole for one month, tied; `closed__Deceased` is a value of a split."""
    january = date(2026, 1, 1), date(2026, 1, 31)
    names = {
        "closed": ("cases_closed", None, None),
        "could_complete": ("planned_completion_rate.out_of", None, None),
        "died": ("cases_closed", "reason", "Deceased"),
        "before": ("physical_abuse_reduction.out_of", None, None),
    }
    return tied({(names[key], "", *january): count for key, count in counts.items()}, NOBODY)


def given_away(system: System, **bounds: tuple[int, int]) -> list[int]:
    low, high = (np.array(each, float) for each in zip(*bounds.values(), strict=True))
    found = Attack(system, Known(low, high)).given_away(small_counts(system, RULES.hide_below))
    return [index for ((index, _),) in found]


def test_those_who_died_are_the_closed_less_those_who_could_complete():
    system = system_of(closed=30, could_complete=28, died=2)
    exact = {"closed": (30, 30), "could_complete": (28, 28)}
    assert given_away(system, **exact, died=(1, 4)) == [2]
    rounded = {"closed": (28, 32), "could_complete": (28, 32)}
    assert given_away(system, **rounded, died=(1, 4)) == []


def test_abuse_is_compared_for_no_more_cases_than_were_closed():
    system = system_of(closed=1, before=1)
    assert given_away(system, closed=(1, 1), before=(1, 4)) == [0, 1]
    assert given_away(system, closed=(1, 4), before=(1, 4)) == []


def test_the_solver_is_limited_in_steps_and_never_in_seconds(monkeypatch):
    options = []
    milp = attack.milp
    monkeypatch.setattr(
        attack, "milp", lambda *a, **more: options.append({**more["options"]}) or milp(*a, **more)
    )
    system = system_of(closed=30, could_complete=28, died=2)
    states = np.array([0, 0, SMALL], np.int8)
    told = {0: (30, 30), 1: (28, 28)}
    free = np.zeros(3, bool)
    assert withhold(system, states, free, free, RULES, lambda _: 1.0, told)
    assert {key for each in options for key in each} == {"mip_rel_gap", "node_limit"}


MAKES = """
import sys
from datetime import UTC, datetime
from hashlib import sha256
from sqlalchemy import make_url
from dashboard.database import connect
from dashboard.snapshot import read_snapshot
from dashboard.snapshot.releasing import made_from

snapshot = read_snapshot(connect(make_url(sys.argv[1])))
made = made_from(snapshot, None, datetime(2024, 7, 20, tzinfo=UTC))
print(made.release.counts.height, sha256(made.release.counts.write_ndjson().encode()).hexdigest())
"""


@pytest.mark.slow
def test_two_processes_make_the_same_release(tmp_path):
    """Words are hashed otherwise in each process, so that sets of them stand in another order."""
    url = f"sqlite:///{tmp_path}/made-up.sqlite"
    fill(url, cases=60, seed=1)
    made = {
        subprocess.run(
            [sys.executable, "-c", MAKES, url],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout.splitlines()[-1]
        for seed in ("1", "2")
    }
    assert len(made) == 1
