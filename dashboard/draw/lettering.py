"""How wide a text will be, by the font's own measures: no label may be cut or lie on another."""

from collections import Counter
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


def shortened_apart(
    names: list[str], room: float, size: float = TEXT, bold: bool = False
) -> list[str]:
    """Names shortened to fit; those that would then look alike keep their ends instead."""
    cut = [shortened(name, room, size, bold) for name in names]
    alike = {text for text, count in Counter(cut).items() if count > 1}
    return [
        _with_end(name, room, size, bold) if text in alike and text != name else text
        for name, text in zip(names, cut, strict=True)
    ]


def on_two_lines(names: list[str], room: float) -> list[list[str]]:
    """Names in one line or two; one that needs more is shortened, apart from the others."""
    broken = (wrapped(name, room) for name in names)
    return [
        lines if len(lines) <= 2 and " ".join(lines) == name else [cut]
        for name, lines, cut in zip(names, broken, shortened_apart(names, room), strict=True)
    ]


def _with_end(name: str, room: float, size: float, bold: bool) -> str:
    """What follows the last comma (or space) whole, and as much of the beginning as fits."""
    mark = ", " if ", " in name else " "
    head, _, tail = name.rpartition(mark)
    end = f"…{mark}{tail}"
    while head and width(head + end, size, bold) > room:
        head = head[:-1]
    fits = width(end, size, bold) <= room
    return head.rstrip(", ") + end if fits else shortened(name, room, size, bold)


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
