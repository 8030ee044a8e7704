"""Making a release: count, protect, attack, withhold; what was released before stays as it was."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

import numpy as np
import polars as pl

from dashboard.disclosure.counts import CELL, averages, counted
from dashboard.disclosure.cuts import Cut, closed
from dashboard.disclosure.hiding import (
    SHOWN,
    SMALL,
    WITHHELD,
    Mask,
    States,
    withhold,
)
from dashboard.disclosure.parts import BY_KEY, RELEASED, parts
from dashboard.disclosure.protection import State, shown
from dashboard.disclosure.release import Made, Release, Withheld
from dashboard.disclosure.released import STEP
from dashboard.disclosure.rules import Rules
from dashboard.disclosure.system import System, Unknown
from dashboard.disclosure.ties import Shape, tied
from queries.periods import financial_year
from queries.view import View

_TOLD = ("shown", "low", "high")


def make(
    view: View,
    launch: date,
    now: datetime,
    rules: Rules,
    *,
    made_up: bool,
    before: Made | None = None,
) -> Made | None:
    """The release of all periods closed by now; None where there is nothing new to release.

    `view` sees all areas, up to now. `before` is the last release with its true counts.
    """
    # Where records stop short of a period's end they are not all in yet, however long ago it was.
    last = min(now.date() - timedelta(days=rules.release_days), view.as_at)
    cuts = closed(launch, last)
    if not cuts or (before is not None and cuts_end(cuts) <= before.release.through):
        return None
    rules = rules.following(before.release.rules) if before else rules
    # In one order, what was released before first: the same records always make the same release.
    listed = _with_what_was_released(counted(view, cuts), before).sort(
        pl.col("frozen").is_null(), *CELL
    )
    protected, withheld = _protected(view, listed, rules)
    own = protected.select(*CELL, "state", "shown", "low", "high")
    return Made(
        Release(
            None,
            now,
            cuts_end(cuts),
            rules,
            made_up,
            own,
            _averages(view, cuts, own, rules, before),
            (*(before.release.withheld if before else ()), *withheld),
        ),
        protected.select(*CELL, "count"),
    )


def cuts_end(cuts: Iterable[Cut]) -> date:
    """The last day that any of the cuts covers."""
    return max(cut.end for cut in cuts)


def _with_what_was_released(fresh: pl.DataFrame, before: Made | None) -> pl.DataFrame:
    """The counts with the `frozen` state of what was released before, counted as it was then.

    Beside it `shown`, `low` and `high` as they were released, whatever the rules are now.
    """
    not_yet = [pl.lit(None, State).alias("frozen")]
    not_yet += [pl.lit(None, pl.Int64).alias(name) for name in _TOLD]
    if before is None:
        return fresh.with_columns(not_yet)
    old = before.counted.join(before.release.counts, on=CELL, nulls_equal=True).select(
        *CELL, "count", pl.col("state").alias("frozen"), *_TOLD
    )
    # What was not recorded then gave nothing away, and is released once it is.
    again = old.filter(pl.col("frozen") == "not_recorded").join(
        fresh, on=CELL, how="semi", nulls_equal=True
    )
    old = old.join(again, on=CELL, how="anti", nulls_equal=True)
    new = fresh.join(old, on=CELL, how="anti", nulls_equal=True)
    return pl.concat([old, new.with_columns(not_yet)])


def _protected(
    view: View, listed: pl.DataFrame, rules: Rules
) -> tuple[pl.DataFrame, list[Withheld]]:
    """The listed counts with their states, and what was withheld."""
    shape = shape_of(view)
    rows = listed.with_row_index("row")
    found: dict[Unknown, list[int]] = {}
    counts: dict[Unknown, int] = {}
    frozen: dict[Unknown, str] = {}
    told: dict[Unknown, tuple[int, int, int]] = {}
    for row in rows.filter(pl.col("count").is_not_null()).iter_rows(named=True):
        unknown = unknown_of(row, shape)
        found.setdefault(unknown, []).append(row["row"])
        counts.setdefault(unknown, row["count"])
        if row["frozen"] is not None:
            frozen.setdefault(unknown, row["frozen"])
            if row["shown"] is not None:
                told.setdefault(unknown, tuple(row[name] for name in _TOLD))
    system = tied(counts, shape)
    settled = np.array([unknown in frozen for unknown in system.unknowns])
    nowhere = np.array([area == "unknown" for _, area, _, _ in system.unknowns])
    states = np.array(
        [_state(frozen.get(unknown), count, rules) for unknown, count in counts.items()], np.int8
    )
    why = withhold(
        system,
        states,
        settled,
        nowhere,
        rules,
        lambda index: _price(system, index),
        _bounds(system, states, told, settled, rules),
    )
    names = np.array(["shown", "hidden", "withheld"])
    state = np.full(listed.height, "not_recorded", object)
    count = np.zeros(listed.height, np.int64)
    as_told: dict[str, list[int | None]] = {name: [None] * listed.height for name in _TOLD}
    for index, unknown in enumerate(system.unknowns):
        for place in found.get(unknown, ()):
            state[place] = frozen.get(unknown) or names[states[index]]
            count[place] = counts[unknown]
            for name, value in zip(_TOLD, told.get(unknown, ()), strict=False):
                as_told[name][place] = value
    with_states = listed.with_columns(
        pl.Series("state", state.tolist(), State),
        pl.when(pl.col("count").is_not_null()).then(pl.Series("told", count)).alias("count"),
    )
    protected = shown(with_states, rules).with_columns(
        pl.coalesce(pl.Series(name, as_told[name], pl.Int64), name).alias(name) for name in _TOLD
    )
    return protected, _withheld(system, why)


def _bounds(
    system: System,
    states: States,
    told: Mapping[Unknown, tuple[int, int, int]],
    settled: Mask,
    rules: Rules,
) -> dict[int, tuple[int, int]]:
    """What an outsider knows of numbers that were released before: shown, or known to be small."""
    small = settled & (states == SMALL) & (system.truth < rules.never_shown)
    known = {int(index): (1, rules.never_shown - 1) for index in np.flatnonzero(small)}
    return known | {system.index[unknown]: (low, high) for unknown, (_, low, high) in told.items()}


def _state(frozen: str | None, count: int, rules: Rules) -> int:
    """How a count stands before the attack: as it was released, or by its size."""
    if frozen == "withheld":
        return WITHHELD
    if frozen == "shown":
        return SHOWN
    if rules.hides(count) or (frozen and 0 < count < rules.never_shown):
        return SMALL
    return WITHHELD if frozen else SHOWN


def unknown_of(row: Mapping[str, object], shape: Shape) -> Unknown:
    """What a row of counts is in the system: a state is the same whichever period ends with it."""
    start = row["end"] if row["part"] in shape.states else row["start"]
    return (row["part"], row["split"], row["value"]), row["area"], start, row["end"]  # type: ignore[return-value]


def shape_of(view: View) -> Shape:
    """What the system must know of the parts and the areas of a view."""
    every = {part.key: measure for measure in RELEASED for part in parts(measure)}
    alike: dict[tuple[str, str, str | None], list[str]] = {}
    for key, measure in every.items():
        alike.setdefault((measure.facts, measure.reads, measure.each), []).append(key)
    areas = (
        view.numbers("areas")
        .filter(pl.col("known"))
        .select(pl.col("area", "county").cast(pl.String))
    )
    return Shape(
        states=frozenset(key for key, measure in every.items() if measure.reads == "state"),
        people=frozenset(key for key, measure in every.items() if measure.each),
        alike=list(alike.values()),
        counties=dict(areas.collect().iter_rows()),
    )


def _price(system: System, index: int) -> float:
    """What it costs to withhold a number: splits least, then districts; longer periods more."""
    (_, split, _), area, start, end = system.unknowns[index]
    days = (end - start).days
    if split is not None:
        return 1.5 + days / 200
    if not area:
        return 4.0 + days / 100
    return (2.0 if area[:1].isupper() else 3.0) + days / 200


def _withheld(system: System, why: Mapping[int, tuple[tuple[int, int], ...]]) -> list[Withheld]:
    """What was withheld, by measure, area and year, with the small counts it was for."""
    found: dict[tuple[str, str, int], list[int]] = {}
    for index in sorted(why):
        (part, _, _), area, _, end = system.unknowns[index]
        found.setdefault((part.split(".")[0], area, financial_year(end).year), []).append(index)
    told = []
    for (measure, area, _), own in found.items():
        spans = [system.unknowns[index][2:] for index in own]
        told.append(
            Withheld(
                measure,
                "whole" if not area else "area",
                area,
                min(start for start, _ in spans),
                max(end for _, end in spans),
                len(own),
                "with it, a small count could have been worked out: "
                + ", ".join(sorted({_named(system, why[index]) for index in own})),
            )
        )
    return told


def _named(system: System, target: tuple[tuple[int, int], ...]) -> str:
    (part, _, _), area, _, end = system.unknowns[target[-1][0]]
    return f"{BY_KEY[part.split('.')[0]].title} ({area or 'whole'}, to {end.isoformat()})"


def _averages(
    view: View, cuts: list[Cut], own: pl.DataFrame, rules: Rules, before: Made | None
) -> pl.DataFrame:
    """Medians and means of enough values, rounded; nothing is kept of the others."""
    enough = own.filter(
        pl.col("state") == "shown",
        pl.col("shown") >= rules.least_denominator,
        pl.col("part").str.ends_with(".out_of"),
    ).with_columns(pl.col("part").str.strip_suffix(".out_of"))
    keys = [name for name in CELL if name not in ("split", "value")]
    fresh = averages(view, cuts).join(enough, on=keys, how="semi")
    fresh = fresh.with_columns((pl.col("average") / STEP).round() * STEP)
    if before is None:
        return fresh
    old = before.release.averages
    seen = before.release.counts.select("level", "cut", "start", "end").unique()
    return pl.concat([old, fresh.join(seen, on=["level", "cut", "start", "end"], how="anti")])
