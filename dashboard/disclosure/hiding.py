"""Which counts are not shown: the small ones, and those with which one could be worked out.

A state of each unknown of a system: SHOWN, SMALL (hidden for itself) or WITHHELD (for the sake of
a small one). No rule of thumb withholds anything: where one part of a sum is hidden alone, the
rounding of the others often hides it well enough, and the attack says where it does not.
"""

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import numpy.typing as npt

from dashboard.disclosure.attack import Attack, Known, Target, small_counts
from dashboard.disclosure.rules import Rules
from dashboard.disclosure.system import System

States = npt.NDArray[np.int8]
Mask = npt.NDArray[np.bool_]
Price = Callable[[int], float]  # what it costs to withhold an unknown
Told = Mapping[int, tuple[int, int]]  # the least and the most that released unknowns could be
SHOWN, SMALL, WITHHELD = range(3)
MOST = 1e6  # more than any count
MANY = 50  # so many counts that may be given away are looked at together again
COMPANY = 6.0  # what it costs more to withhold a small count: two others go with it


def known(
    system: System, states: States, apart: Mask, rules: Rules, told: Told | None = None
) -> Known:
    """What an outsider knows: how each is shown, and of the small ones that they are small.

    `told`: what is known of those that were released by other rules.
    """
    shown = {
        int(count): rules.could_be(rules.shown(int(count))) for count in np.unique(system.truth)
    }
    low = np.zeros(system.truth.size)
    high = np.full(system.truth.size, MOST)
    for index, count in enumerate(system.truth):
        if apart[index]:
            continue
        if states[index] == SMALL:
            low[index], high[index] = 1, rules.hide_below - 1
        elif states[index] == SHOWN:
            low[index], high[index] = shown[int(count)]
    for index, (least, most) in (told or {}).items():
        if not apart[index]:
            low[index], high[index] = least, most
    return Known(low, high)


def withhold(
    system: System,
    states: States,
    settled: Mask,
    apart: Mask,
    rules: Rules,
    price: Price,
    told: Told | None = None,
) -> dict[int, Target]:
    """Withhold until no small count is given away: the unknowns withheld, each with what for.

    For each count that is given away, the cheapest numbers are withheld that hide it again. A
    small count may be among them: in the company of others that are not small, its being hidden
    no longer says that it is. Where nothing helps, all that is new is withheld, splits first, so
    that nothing is told beyond what was released before.
    """
    attack = Attack(system, known(system, states, apart, rules, told))
    new = ~settled & ~apart
    why: dict[int, Target] = {}
    left = attack.suspects(small_counts(system, rules.hide_below))
    while left:
        target, *left = left
        if attack.moves(target):
            continue
        prices = {
            int(index): price(int(index)) + (COMPANY if states[index] == SMALL else 0)
            for index in np.flatnonzero(new & (states <= SMALL))
        }
        chosen = attack.keys(target, prices)
        if chosen is None:
            splits = [index for index in prices if system.unknowns[index][0][1] is not None]
            _keep_back(splits, target, states, attack, why)
            if not attack.moves(target):
                _keep_back(prices, target, states, attack, why)
        for index in chosen or ():
            company = _company(system, states, new, index) if states[index] == SMALL else ()
            _keep_back([index, *company], target, states, attack, why)
        if len(left) > MANY:  # what is withheld for one often hides others too
            left = attack.suspects(left)
    return why


def _keep_back(
    unknowns: Iterable[int],
    target: Target,
    states: States,
    attack: Attack,
    why: dict[int, Target],
) -> None:
    for each in unknowns:
        states[each] = WITHHELD
        why.setdefault(each, target)
        attack.forget(each)


def _company(system: System, states: States, new: Mask, index: int) -> list[int]:
    """The next shown numbers of the same kind and area, before and after."""
    what, area, start, end = system.unknowns[index]
    length = (end - start).days
    alike = [
        int(other)
        for other in np.flatnonzero(new & (states == SHOWN))
        if system.unknowns[int(other)][:2] == (what, area)
        and abs((system.unknowns[int(other)][3] - system.unknowns[int(other)][2]).days - length)
        <= 3
        and system.truth[other]
    ]
    return sorted(alike, key=lambda other: abs(system.unknowns[other][3] - end))[:2]
