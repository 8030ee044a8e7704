"""What is written around upright columns: periods below them, names of parts beside the last."""

from dataclasses import dataclass
from typing import Any

from dashboard.draw.lettering import width
from dashboard.draw.theme import COLOURS, LINE, Mode, parts
from dashboard.drawings import Columns
from queries.words import SHORT_MONTHS

SO_FAR = "so far"


@dataclass(frozen=True)
class Name:
    """What is written at the right of the last column, at a height in pixels."""

    text: str
    y: float
    colour: str
    bold: bool


def under(drawing: Columns, rows: list[dict[str, Any]], room: float) -> list[tuple[int, list[str]]]:
    """Labels under the columns, as many as fit; the year where it begins, the last one "so far"."""
    starts = [row[drawing.x] for row in rows]
    monthly = all(start.day == 1 for start in starts)
    texts = [
        SHORT_MONTHS[start.month - 1] if monthly else f"{start.day} {SHORT_MONTHS[start.month - 1]}"
        for start in starts
    ]
    widest = max([*(width(text) for text in texts), width(SO_FAR)]) + 10
    every = max(1, -(-int(widest) // max(int(room), 1)))
    last = len(rows) - 1
    labels, year = [], None
    for index in range(last % every, last + 1, every):
        lines = [texts[index]]
        if rows[index][drawing.partial]:
            lines.append(SO_FAR)
        elif starts[index].year != year:
            lines.append(str(starts[index].year))
            year = starts[index].year
        labels.append((index, lines))
    return labels


def names_beside(
    drawing: Columns, rows: list[dict[str, Any]], pixels: float, high: float, mode: Mode
) -> list[Name]:
    """Names of stacked parts and of the mark, near their heights in the last column.

    `pixels` that one of what is counted takes, and `high` the pixels of the whole plot.
    """
    last, base, names = rows[-1], 0.0, []
    if len(drawing.parts) > 1:
        for (part, heading), look in zip(drawing.parts.items(), parts(mode), strict=False):
            value = last[part] or 0
            if any(row[part] for row in rows):  # nothing of it is drawn: nothing to be named
                names.append(Name(heading, (base + value / 2) * pixels, look.words, True))
            base += value
    if drawing.mark:
        at = last[drawing.mark] or base
        names.append(Name(drawing.mark_heading, at * pixels, COLOURS[mode].text, False))
    return _spread(names, high)


def _spread(names: list[Name], high: float) -> list[Name]:
    """The names moved apart so that none lies on another, in their order from the bottom."""
    placed: list[Name] = []
    floor = LINE / 2
    for name in sorted(names, key=lambda each: each.y):
        y = max(name.y, floor)
        placed.append(Name(name.text, y, name.colour, name.bold))
        floor = y + LINE
    over = max(floor - LINE - high, 0.0)
    return [Name(each.text, each.y - over, each.colour, each.bold) for each in placed]
