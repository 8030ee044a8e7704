"""How wide a text will be, by the font's own measures: no label may be cut or lie on another."""

from functools import cache
from typing import Any

import fontpkg
from fontTools.ttLib import TTFont

from dashboard.draw.theme import TEXT


@cache
def font() -> TTFont:
    return TTFont(fontpkg.path("Open Sans"), lazy=True)


@cache
def glyphs(weight: int) -> Any:
    return font().getGlyphSet(location={"wght": weight, "wdth": 100})


@cache
def _advance(character: str, weight: int) -> float:
    """Width of a character as a part of the type size; one that the font lacks counts as wide."""
    name = font().getBestCmap().get(ord(character))
    return float(glyphs(weight)[name].width) / font()["head"].unitsPerEm if name else 1.0


def width(text: str, size: float = TEXT, bold: bool = False) -> float:
    """Width in pixels of a text (without markup) in one line."""
    weight = 700 if bold else 400
    return size * sum(_advance(character, weight) for character in text)


def shortened(text: str, room: float, size: float = TEXT, bold: bool = False) -> str:
    """The text, or as much of its beginning as fits into `room` pixels, with an ellipsis."""
    if width(text, size, bold) <= room:
        return text
    while text and width(text + "…", size, bold) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def wrapped(text: str, room: float, size: float = TEXT, bold: bool = False) -> list[str]:
    """The text in lines of at most `room` pixels, broken between words."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold) <= room:
            lines[-1] = longer
        else:
            lines.append(shortened(word, room, size, bold))
    return lines


def spread(places: list[float], gap: float, low: float, high: float) -> list[float]:
    """Places moved apart so that neighbours keep `gap`, as little as possible, within low to high.

    Order is kept. Where they cannot all fit they stand `gap` apart from `low` on.
    """
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = [places[i] for i in order]
    for i in range(1, len(moved)):
        moved[i] = max(moved[i], moved[i - 1] + gap)
    # What ran over the top is pushed back down, in one pass from the top.
    ceiling = max(high, low + gap * (len(moved) - 1))
    for i in reversed(range(len(moved))):
        moved[i] = max(min(moved[i], ceiling - gap * (len(moved) - 1 - i)), low + gap * i)
    result = [0.0] * len(places)
    for i, place in zip(order, moved, strict=True):
        result[i] = place
    return result
