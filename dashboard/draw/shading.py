"""The shade of a number in a grid: its class of four, and the colours of the classes."""

from itertools import pairwise


def level_of(value: float | None, biggest: float) -> int | None:
    """The class of a number: quarters of the largest; nothing and zero have none."""
    return min(int(4 * value / biggest), 3) if value and biggest > 0 else None


def steps(ramp: tuple[str, ...]) -> list[tuple[float, str]]:
    """A colour scale with one even colour a class."""
    edges = [i / len(ramp) for i in range(len(ramp) + 1)]
    return [(edge, tint) for tint, pair in zip(ramp, pairwise(edges), strict=True) for edge in pair]
