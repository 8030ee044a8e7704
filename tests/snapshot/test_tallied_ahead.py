"""What the first visitor would wait for is made before the records are shown."""

from typing import Any

import pytest

from dashboard.access import Role, Viewer
from dashboard.snapshot import tallies
from queries.evaluate import evaluate
from queries.measures import ALL
from queries.periods import one


def test_nobody_waits_for_a_tally(made_up, monkeypatch: pytest.MonkeyPatch) -> None:
    made_up.tally()

    def late(*_: Any) -> None:
        raise AssertionError("A tally was made for somebody who asked.")

    monkeypatch.setattr(tallies, "tallies", late)
    for areas in (None, frozenset({"E06000039"})):
        lens = made_up.lens(Viewer(Role.MANAGER, None), areas)
        assert evaluate(ALL, lens, one(lens.start, lens.end)).collect().height == len(ALL)
