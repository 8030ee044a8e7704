"""What the parts, the rest and the mark of horizontal bars are called, over the first row."""

from dataclasses import dataclass
from typing import Any

from dashboard.draw.lettering import width
from dashboard.draw.number_columns import GAP
from dashboard.draw.theme import COLOURS, TEXT, Mode, parts
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
    drawing: Bars,
    rows: list[dict[str, Any]],
    across: tuple[float, float],
    scale: float,
    mode: Mode,
) -> tuple[list[tuple[Word, float, int]], int]:
    """Names of the parts where there is more than one, of what the bars lack of their whole, and
    of the mark: word, shift and line of each. `across`: pixels that the labels take at the left of
    the bars, and the bars themselves.
    """
    margin, room = across
    first, looks = rows[0], parts(mode)
    lacks = any(_lacks(drawing, row) for row in rows)
    words, start = [], 0.0
    if len(drawing.parts) > 1 or lacks:
        for (part, heading), look in zip(drawing.parts.items(), looks, strict=False):
            if any(row[part] for row in rows):  # nothing of it is drawn: nothing to be named
                words.append(Word(heading, start, start * scale, look.words))
            start += first[part] or 0
    if lacks:
        words.append(Word(drawing.rest, start, start * scale, looks[-1].words))
    placed = _beside_each_other(words, margin, room)
    marked = next((row for row in rows if drawing.mark and row[drawing.mark] is not None), None)
    if drawing.mark and marked and drawing.mark_heading:
        at = float(marked[drawing.mark])
        mark = Word(drawing.mark_heading, at, at * scale, COLOURS[mode].text, bold=False)
        left = max(min(mark.left - mark.length / 2, room - mark.length), 0)
        placed.append((mark, left - mark.left, _level(placed, left, left + mark.length)))
    return placed, 1 + max((line for *_, line in placed), default=-1)


def _lacks(drawing: Bars, row: dict[str, Any]) -> bool:
    """Whether the bar goes on in pale."""
    parts_of = sum(row[part] or 0 for part in drawing.parts)
    return drawing.of is not None and (row[drawing.of] or 0) > parts_of


def _beside_each_other(
    words: list[Word], margin: float, room: float
) -> list[tuple[Word, float, int]]:
    """Words in one line, each as near to its mark as the others allow; else one a line, where one
    that is longer than the bars reaches back over the labels.
    """
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
            (word, max(min(word.left, room - word.length), -margin) - word.left, len(words) - 1 - i)
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
