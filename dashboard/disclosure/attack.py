"""The attack: can any small count be worked out from all that is shown?

For each count of 1 to 4 another set of whole numbers is looked for that would draw the same
screens and has another number there. It is given away if there is none. The outsider is taken to
know even which of the hidden counts are small, so that the others' hiding is no help to them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array, csr_array, hstack
from scipy.sparse.csgraph import connected_components

from dashboard.disclosure.system import Numbers, System

TRIES = 40  # sets of numbers looked for at random before each count is tried by itself
FEWEST = 1 / 4  # ... the least share of the counts that one set is to move
FAR = 12.0  # how far from the truth another set of numbers is looked for
HOPS = (1, 2)  # ties away from a count that is tried by itself, before all are
REACH = (1, 2, 3, 5, 8)  # ties away from a count within which numbers to withhold are looked for
ENOUGH = 3  # ... no further than this where there are some
LONG = 14  # a tie of more terms leads nowhere near
# How far one search for a set of numbers goes: in steps and not in seconds, so that every machine
# makes the same release. A count for which none is found by then is taken for given away.
NODES = 200
Target = tuple[tuple[int, int], ...]  # unknowns with their signs
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Known:
    """The least and the most that each unknown of a system can be, from how it is shown."""

    low: Numbers
    high: Numbers


def small_counts(system: System, hide_below: int) -> list[Target]:
    """All that must not be worked out: small counts, and small differences of counts."""
    truth = system.truth
    small = np.flatnonzero((truth > 0) & (truth < hide_below))
    between = [
        ((whole, 1), (part, -1))
        for whole, part in sorted(system.differences)
        if 0 < truth[whole] - truth[part] < hide_below
    ]
    return [*(((int(index), 1),) for index in small), *between]


class Attack:
    """The system with what is known of it; what is withheld later is known no more."""

    def __init__(self, system: System, known: Known) -> None:
        self._least = np.maximum(-system.truth.astype(np.float64), -FAR)
        rows, lower, upper = system.matrix()
        # In steps away from the truth, which is itself a solution.
        at = rows @ system.truth
        self.ties = Ties(
            rows,
            lower - at,
            upper - at,
            np.maximum(known.low - system.truth, -FAR),
            np.minimum(known.high - system.truth, FAR),
        )

    def given_away(self, targets: Sequence[Target]) -> list[Target]:
        """Those of the targets that can only be what they are."""
        return [target for target in self.suspects(targets) if not self.moves(target)]

    def suspects(self, targets: Sequence[Target]) -> list[Target]:
        """Those of the targets that no set of numbers found at random has otherwise."""
        free = self.ties.free
        found = [target for target in targets if not any(free[index] for index, _ in target)]
        for unknowns, own in _blocks(self.ties.rows, free, targets):
            found += _unmoved(self.ties, unknowns, own)
        return found

    def moves(self, target: Target) -> bool:
        """Whether the target can be anything else."""
        return any(
            _moves(self.ties, unknowns, target)
            for unknowns, _ in _blocks(self.ties.rows, self.ties.free, [target])
        )

    def keys(self, target: Target, prices: Mapping[int, float]) -> list[int] | None:
        """The cheapest numbers that hide the target once they are not shown either.

        `prices`: what may be kept back, and what it costs. Empty where the target is hidden as it
        is, None where nothing helps.
        """
        best: tuple[float, list[int]] | None = None
        for hops in REACH:
            if best is not None and (not best[1] or hops > ENOUGH):
                break
            near = self._near(target, hops)
            own = {each: prices[each] for each in near if each in prices}
            for way in (1.0, -1.0):
                found = self.ties.loosened(target, way, near, own, self._least)
                if found is not None and (best is None or found < best):
                    best = found
        return None if best is None else best[1]

    def _near(self, target: Target, hops: int) -> list[int]:
        """All that is tied to the target within so many ties, whatever is known of it."""
        seen = {index for index, _ in target}
        for _ in range(hops):
            rows = {int(row) for each in seen for row in self.ties.rows_of(each)}
            held = [self.ties.held_by(row) for row in rows]
            seen |= {int(each) for some in held if some.size <= LONG for each in some}
        return sorted(seen)

    def forget(self, unknown: int) -> None:
        """Take an unknown for one that is not shown."""
        self.ties.low[unknown] = self._least[unknown]
        self.ties.high[unknown] = FAR


def _blocks(
    rows: csr_array, free: npt.NDArray[np.bool_], targets: Sequence[Target]
) -> Iterator[tuple[Indices, list[Target]]]:
    """Unknowns that hang together, with the targets among them."""
    ties = abs(rows[:, free])
    _, label = connected_components(ties.T @ ties, directed=False)
    place = np.full(free.size, -1)
    place[free] = label
    by_block: dict[int, list[Target]] = {}
    for target in targets:
        labels = [int(place[index]) for index, _ in target if free[index]]
        if labels:
            by_block.setdefault(labels[0], []).append(target)
    for number, own in by_block.items():
        yield np.flatnonzero(place == number), own


def _unmoved(ties: "Ties", unknowns: Indices, targets: Sequence[Target]) -> list[Target]:
    chance = np.random.default_rng(unknowns.size)
    left, share = list(targets), 1.0
    for _ in range(TRIES):
        if len(left) < 2 or share < FEWEST:
            break
        many = len(left)
        aim: dict[int, float] = {}
        for target in left:
            # Those that hold each other are moved a few at a time.
            way = chance.choice([-1.0, 1.0]) * (chance.random() < share)
            for index, sign in target:
                aim[index] = aim.get(index, 0.0) + sign * way
        step = ties.step(aim, unknowns)
        if step is not None:
            left = [target for target in left if not _change(target, step)]
        if len(left) > many * 0.9:
            share /= 2
    return left


def _moves(ties: "Ties", unknowns: Indices, target: Target) -> bool:
    """Whether the target can be anything else: near by first, then with all that hangs together.

    With everything further away as it is, another number near by is one; and if there is none
    with everything further away forgotten, there is none at all.
    """
    for hops in HOPS:
        rows, near = ties.around(target, hops)
        if near.size >= unknowns.size:
            break
        if ties.either(target, near):
            return True
        if not ties.either(target, near, rows):
            return False
    return ties.either(target, unknowns)


def _change(target: Target, step: Numbers) -> int:
    return round(sum(float(step[index]) * sign for index, sign in target))


class Ties:
    """The rows of the system in steps away from the truth."""

    def __init__(
        self, rows: csr_array, lower: Numbers, upper: Numbers, low: Numbers, high: Numbers
    ) -> None:
        self.rows, self._lower, self._upper = rows, lower, upper
        self._columns = csc_array(rows)
        self.low, self.high = low, high

    def rows_of(self, unknown: int) -> npt.NDArray[np.int32]:
        """The ties that an unknown is in."""
        return _held(self._columns, unknown)

    def held_by(self, row: int) -> npt.NDArray[np.int32]:
        """The unknowns of a tie."""
        return _held(self.rows, row)

    @property
    def free(self) -> npt.NDArray[np.bool_]:
        """Which unknowns may be anything but the truth."""
        return np.asarray(self.low < self.high)

    def around(self, target: Target, hops: int) -> tuple[Indices, Indices]:
        """The ties within some hops of the target, and their unknowns that are free."""
        rows: set[int] = set()
        seen = {index for index, _ in target if self.low[index] < self.high[index]}
        edge = seen
        for _ in range(hops):
            new = {int(row) for index in edge for row in _held(self._columns, index)} - rows
            rows |= new
            short = [row for row in new if len(_held(self.rows, row)) <= LONG]
            reached = {int(index) for row in short for index in _held(self.rows, row)}
            edge = {each for each in reached if self.low[each] < self.high[each]} - seen
            seen = seen | edge
        return np.array(sorted(rows), np.int64), np.array(sorted(seen), np.int64)

    def either(self, target: Target, unknowns: Indices, rows: Indices | None = None) -> bool:
        """Whether the target can step up or down."""
        place = dict.fromkeys((index for index, _ in target), 0.0)
        for index, sign in target:
            place[index] += sign
        return any(
            self.step({index: way * sign for index, sign in place.items()}, unknowns, rows, least=1)
            is not None
            for way in (1.0, -1.0)
        )

    def step(
        self,
        aim: Mapping[int, float],
        unknowns: Indices,
        rows: Indices | None = None,
        least: int | None = None,
    ) -> Numbers | None:
        """A step that keeps all ties; unknowns that are not named stay as they are.

        A far one along the aim, or any that goes at `least` so far along it. With `rows` only
        those ties are kept, and any of their unknowns may step.
        """
        if rows is None:
            mine = self._columns[:, unknowns].tocsr()
            rows = np.flatnonzero(np.diff(mine.indptr)).astype(np.int64)
        else:
            held = np.concatenate([_held(self.rows, row) for row in rows])
            unknowns = np.union1d(unknowns, held).astype(np.int64)
            mine = self._columns[:, unknowns].tocsr()
        along = np.array([aim.get(int(index), 0.0) for index in unknowns])
        kept = [LinearConstraint(mine[rows], self._lower[rows], self._upper[rows])]
        if least is not None:
            kept.append(LinearConstraint(along[np.newaxis], least, np.inf))
        found = milp(
            np.zeros(along.size) if least is not None else -along,
            integrality=np.ones(unknowns.size),
            bounds=Bounds(self.low[unknowns], self.high[unknowns]),
            constraints=kept,
            options={"mip_rel_gap": 0.5, "node_limit": NODES},
        )
        if found.x is None:
            return None
        step = np.zeros(self.low.size)
        step[unknowns] = np.round(found.x)
        return step

    def loosened(
        self,
        target: Target,
        way: float,
        among: Sequence[int],
        prices: Mapping[int, float],
        least: Numbers,
    ) -> tuple[float, list[int]] | None:
        """What it costs to let the target step one way, and which unknowns must go beyond bounds.

        Those `among` may step; each that has a price may go beyond what is known of it, at that
        price a step.
        """
        loose = np.array(sorted(prices), np.int64)
        near = np.array(sorted(among), np.int64)
        place = {int(index): number for number, index in enumerate(near)}
        at = np.array([place[int(index)] for index in loose], np.int64)
        mine = self._columns[:, near].tocsr()
        rows = np.flatnonzero(np.diff(mine.indptr))
        low, high = self.low[near].copy(), self.high[near].copy()
        inner_low, inner_high = low[at], high[at]
        low[at], high[at] = least[loose], FAR
        # Beside each step, how far beyond its bounds a loose one goes.
        n, m = near.size, loose.size
        beyond = csr_array((np.ones(m), (np.arange(m), np.arange(m))), (m, m))
        chosen = csr_array((np.ones(m), (np.arange(m), at)), (m, n))
        goal = np.zeros((1, n + m))
        for index, sign in target:
            goal[0, place[index]] += way * sign
        found = milp(
            np.concatenate([np.zeros(n), [prices[int(index)] for index in loose]]),
            integrality=np.concatenate([np.ones(n), np.zeros(m)]),
            bounds=Bounds(
                np.concatenate([low, np.zeros(m)]), np.concatenate([high, np.full(m, 2 * FAR)])
            ),
            constraints=[
                LinearConstraint(
                    hstack([mine[rows], csr_array((rows.size, m))]),
                    self._lower[rows],
                    self._upper[rows],
                ),
                LinearConstraint(hstack([chosen, beyond]), inner_low, np.inf),
                LinearConstraint(hstack([chosen, -beyond]), -np.inf, inner_high),
                LinearConstraint(goal, 1, np.inf),
            ],
            options={"mip_rel_gap": 0.3, "node_limit": NODES},
        )
        if found.x is None:
            return None
        used = [int(index) for index, much in zip(loose, found.x[n:], strict=True) if much > 0.5]
        return sum(prices[index] for index in used), used


def _held(matrix: csr_array | csc_array, place: int) -> npt.NDArray[np.int32]:
    """The columns of a row of a matrix, or the rows of a column."""
    return np.asarray(matrix.indices[matrix.indptr[place] : matrix.indptr[place + 1]], np.int32)
