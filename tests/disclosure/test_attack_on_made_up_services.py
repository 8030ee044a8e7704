"""Successive releases of made-up services, attacked with all that was ever shown."""

from datetime import UTC, date, datetime

import numpy as np
import polars as pl
import pytest
from sqlalchemy import make_url

from dashboard.access import Role, Viewer
from dashboard.database import connect
from dashboard.demo import fill
from dashboard.disclosure import Rules
from dashboard.disclosure.attack import Attack, Known, small_counts
from dashboard.disclosure.counts import CELL
from dashboard.disclosure.making import shape_of, unknown_of
from dashboard.disclosure.ties import tied
from dashboard.snapshot import read_snapshot
from dashboard.snapshot.releasing import made_from

RULES = Rules()
TODAY = date(2026, 10, 31)
# Releases as they come: the first months, a year later, and all.
MADE = [datetime(*day, tzinfo=UTC) for day in ((2024, 8, 20), (2025, 9, 20), (2026, 11, 16))]
MONTHLY = [
    datetime(year, month, 16, tzinfo=UTC)
    for year in (2024, 2025, 2026)
    for month in range(1, 13)
    if (2024, 5) <= (year, month) <= (2026, 11)
]
# Referrals a year, and about how many cases come of them until then.
SIZES = {150: 235, 450: 700, 1000: 1560}


def releases(tmp_path, cases, seed, days):
    url = f"sqlite:///{tmp_path}/made-up.sqlite"
    fill(url, cases, seed, TODAY)
    snapshot = read_snapshot(connect(make_url(url)))
    made = None
    for now in days:
        made = made_from(snapshot, made, now) or made
    return snapshot, made


def outsider(snapshot, made):
    """The system of all that was counted, and what is known of it from all that was shown."""
    shape = shape_of(snapshot.lens(Viewer(Role.MANAGER, None)))
    rows = made.counted.join(made.release.counts, on=CELL, nulls_equal=True).drop_nulls("count")
    counts, low, high = {}, {}, {}
    for row in rows.iter_rows(named=True):
        unknown = unknown_of(row, shape)
        counts[unknown] = row["count"]
        small = RULES.hides(row["count"]) and row["state"] == "hidden"
        bounds = (1, RULES.hide_below - 1) if small else (row["low"] or 0, row["high"])
        if row["area"] == "unknown" or bounds[1] is None:
            bounds = (0, 10_000)
        low[unknown] = max(low.get(unknown, 0), bounds[0])
        high[unknown] = min(high.get(unknown, 10_000), bounds[1])
    known = Known(*(np.array(list(each.values()), float) for each in (low, high)))
    return tied(counts, shape), known, rows.filter(pl.col("area") != "unknown")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("referrals", "seed", "days"),
    [
        *(pytest.param(size, seed, MADE, id=f"{size}-{seed}") for size in SIZES for seed in (1, 2)),
        # Every month once it closes, with all since the launch as it stood each time.
        pytest.param(450, 1, MONTHLY, id="monthly"),
    ],
)
def test_no_small_count_can_be_worked_out(tmp_path, referrals, seed, days, record_property):
    snapshot, made = releases(tmp_path, SIZES[referrals], seed, days)
    system, known, rows = outsider(snapshot, made)
    targets = small_counts(system, RULES.hide_below)
    assert len(targets) > 300
    found = Attack(system, known).given_away(targets)
    assert [[system.unknowns[index] for index, _ in target] for target in found] == []
    hidden = rows["state"].is_in(["hidden", "withheld"]).mean()
    error = (rows["shown"] - rows["count"]).abs().mean()
    record_property("share hidden", hidden)
    record_property("mean error", error)
    print(f"{referrals:>5} referrals a year, seed {seed}: {hidden:.1%} hidden, error {error:.2f}")  # noqa: T201
    # As useful as the rules allow: at 150 a year most districts have counts of 1 to 4.
    assert hidden < {150: 0.30, 450: 0.16, 1000: 0.11}[referrals]
    assert error < 1.3


@pytest.mark.slow
def test_a_release_without_withholding_gives_counts_away(tmp_path, monkeypatch):
    """The attack finds what rounding and hiding alone leave open, so that it can fail."""
    monkeypatch.setattr("dashboard.disclosure.making.withhold", lambda *_: {})
    snapshot, made = releases(tmp_path, SIZES[450], 1, MADE)
    system, known, _ = outsider(snapshot, made)
    attack = Attack(system, known)
    few = attack.suspects(small_counts(system, RULES.hide_below))
    assert any(not attack.moves(target) for target in few[:40])
