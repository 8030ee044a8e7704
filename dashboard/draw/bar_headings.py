"""What the parts and the mark of horizontal bars are called, over the first row of them."""

from dataclasses import dataclass
from typing import Any

from dashboard.draw.lettering import width
from dashboard.draw.number_columns import GAP
from dashboard.draw.theme import COLOURS, TEXT, Mode
from dashboard.drawings import Bars


@dataclass(frozen=True)
class Word:
    """A heading over the first row's marks: where it wants to begin, and its value there."""

    text: str
    at: float
    left: float
    colour: str
    bold: bool = True

    @property
    def length(self) -> float:
        return width(self.text, TEXT, self.bold)


def headings(
    drawing: Bars, rows: list[dict[str, Any]], room: float, scale: float, mode: Mode
) -> tuple[list[tuple[Word, float, int]], int]:
    """Names of stacked parts and of the mark, over the first row: word, shift and line of each."""
    colour = COLOURS[mode]
    colours = (colour.improvement_text, colour.second_edge, colour.quiet)
    first = rows[0]
    words, start = [], 0.0
    if len(drawing.parts) > 1:
        for (part, heading), tint in zip(drawing.parts.items(), colours, strict=False):
            words.append(Word(heading, start, start * scale, tint))
            start += first[part] or 0
    placed = _beside_each_other(words, room)
    marked = next((row for row in rows if drawing.mark and row[drawing.mark] is not None), None)
    if drawing.mark and marked and drawing.mark_heading:
        at = float(marked[drawing.mark])
        mark = Word(drawing.mark_heading, at, at * scale, colour.text, bold=False)
        left = max(min(mark.left - mark.length / 2, room - mark.length), 0)
        placed.append((mark, left - mark.left, _level(placed, left, left + mark.length)))
    return placed, 1 + max((line for *_, line in placed), default=-1)


def _beside_each_other(words: list[Word], room: float) -> list[tuple[Word, float, int]]:
    """Words in one line, each as near to its mark as the others allow; else one a line."""
    lefts = [word.left for word in words]
    edge, free = room, 0.0
    for i in reversed(range(len(words))):
        lefts[i] = min(lefts[i], edge - words[i].length)
        edge = lefts[i] - GAP
    for i, word in enumerate(words):
        lefts[i] = max(lefts[i], free)
        free = lefts[i] + word.length + GAP
    if free - GAP > room:
        return [
            (word, max(min(word.left, room - word.length), 0) - word.left, len(words) - 1 - i)
            for i, word in enumerate(words)
        ]
    return [(word, left - word.left, 0) for word, left in zip(words, lefts, strict=True)]


def _level(placed: list[tuple[Word, float, int]], left: float, right: float) -> int:
    """The lowest line in which nothing lies between left and right."""
    taken = [(word.left + shift, word.left + shift + word.length, at) for word, shift, at in placed]
    level = 0
    while any(at == level and left < end + 8 and start - 8 < right for start, end, at in taken):
        level += 1
    return level
