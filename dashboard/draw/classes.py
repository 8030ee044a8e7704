"""Values in four classes of the map's ramp, with round bounds, and values in words."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dashboard.draw.theme import COLOURS, Mode
from dashboard.draw.values import decimals
from queries import words

MOST = 4
SMALL = 3  # fractions below this have two decimals: small rates would else all look alike
# Which classes of the ramp fewer than four classes take, so that they are told apart.
_OF_RAMP = {1: (1,), 2: (0, 2), 3: (0, 1, 2), 4: (0, 1, 2, 3)}
Said = Callable[[float | None], str]


def saying(values: Iterable[float | None], *, percent: bool, signed: bool = False) -> Said:
    """How the values of a column are written, all with the same number of decimals."""
    return _saying(_places([value for value in values if value is not None]), percent, signed)


def _places(known: Sequence[float]) -> int:
    return decimals(known) * (2 if max(map(abs, known), default=0) < SMALL else 1)


def saying_round(values: Iterable[float], *, percent: bool, signed: bool = False) -> Said:
    """How round values are written (bounds, ticks): with the decimals that they have."""
    known = list(values)
    places = next((p for p in range(3) if all(round(v, p) == round(v, 6) for v in known)), 3)
    return _saying(places, percent, signed)


def _saying(places: int, percent: bool, signed: bool) -> Said:
    def said(value: float | None) -> str:
        if value is None:
            return ""
        if value == 0:
            return "0%" if percent else "0"
        text = words.share(abs(value)) if percent else words.figure(abs(value), places)
        nothing = words.rounded(value, 2 if percent else places) == 0
        if value < 0 and not nothing:
            return f"−{text}"
        return f"+{text}" if signed and not nothing else text

    return said


@dataclass(frozen=True)
class Classes:
    """Round bounds between at most four classes of equal width.

    A value is in the class of the number that is written for it, which has so many `places`.
    """

    bounds: tuple[float, ...]
    first: float
    places: int

    @classmethod
    def of(cls, values: Iterable[float | None], *, percent: bool) -> "Classes":
        """The narrowest round classes that hold all known values in four or fewer."""
        exact = [value for value in values if value is not None]
        places = 2 if percent else _places(exact)
        known = [float(words.rounded(value, places)) for value in exact]
        if not known or min(known) == max(known):
            return cls((), known[0] if known else 0.0, places)
        low, high = min(known), max(known)
        whole = all(float(value).is_integer() for value in known)
        power = math.floor(math.log10((high - low) / MOST)) - 1
        steps = (
            round_ * 10.0**more for more in range(power, power + 4) for round_ in (1, 2, 2.5, 5)
        )
        for step in steps:
            if whole and not step.is_integer():
                continue
            first, last = math.floor(low / step + 1e-9), math.floor(high / step + 1e-9)
            if last - first < MOST:
                break
        bounds = tuple(round(step * index, 9) for index in range(first + 1, last + 1))
        return cls(bounds, round(step * first, 9), places)

    def index(self, value: float) -> int:
        """The class of a value, 0 for the lowest."""
        written = float(words.rounded(value, self.places))
        return sum(written >= bound - 1e-12 for bound in self.bounds)

    def colours(self, mode: Mode) -> list[tuple[str, str]]:
        """Fill of each class and the colour of text on it."""
        ramp = COLOURS[mode]
        return [(ramp.ramp[i], ramp.on_ramp[i]) for i in _OF_RAMP[len(self.bounds) + 1]]

    def in_words(self, *, percent: bool, signed: bool, exact: bool = True) -> list[str]:
        """ "under 4", "4 to under 6", "6 to under 8", "8 or more"; without `exact` "4 to 6"."""
        said = saying_round(self.bounds, percent=percent, signed=signed)
        if not self.bounds:
            return [saying([self.first], percent=percent, signed=signed)(self.first)]
        to = "to under" if exact else "to"
        between = [f"{said(low)} {to} {said(high)}" for low, high in pairwise(self.bounds)]
        return [f"under {said(self.bounds[0])}", *between, f"{said(self.bounds[-1])} or more"]
