"""Labels of rows, flush left of their marks, where columns of numbers stand at the right."""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil

from dashboard.draw.escape import for_plotly
from dashboard.draw.lettering import shortened_apart, width, wrapped
from dashboard.draw.number_columns import GAP
from dashboard.draw.theme import TEXT

HEIGHT = 30, 44  # least and greatest of a row ...
TWO_LINES = 36  # ... and the least where a label stands on two lines between others on one
ALL_ON_TWO = 46  # ... or where any of them may
FEW = 6  # rows, among which any label may stand on two lines: none of them makes a chart long
SHARE = 0.42  # of the width, for the labels
SHORT = 90  # pixels: a name as short stays on one line
LEAST = 170  # pixels that they keep at most, on two lines, where columns take more


def row_labels(
    names: list[str], bold: Sequence[bool], room: int, columns: float, marks: float
) -> tuple[list[str], int]:
    """The labels, shortened where they must be, and the left margin that holds them.

    They may take what the columns and the shortest `marks` leave, where all then stand in full; and
    no more than that, but for the least they need. `columns` and `marks` are pixels of `room`.
    """
    most, spare = room * SHARE, room - columns - marks
    if max(width(name, TEXT, any(bold)) for name in names) <= spare:
        most = max(most, spare)
    scarce = spare < most
    most = min(most, max(spare, on_two(names, bold=any(bold))))
    cut = shortened_apart(names, most, bold=any(bold))
    all_may = scarce or len(names) <= FEW
    labels = _on_two_lines(names, cut, most, bold=any(bold), all_may=all_may)
    longest = max(
        width(line, TEXT, strong)
        for label, strong in zip(labels, bold, strict=True)
        for line in label.split("\n")
    )
    return labels, round(longest) + GAP


def least_width(names: Sequence[str], bold: bool, columns: float, marks: float) -> int:
    """Pixels that a figure of such rows needs."""
    return ceil(columns + marks + GAP + on_two(names, bold=bold))


def on_two(names: Sequence[str], *, bold: bool = False) -> float:
    """The room in which all names stand whole on two lines, or as much as they keep at most."""

    def broken(name: str) -> float:
        parts = name.split(" ")
        halves = [(" ".join(parts[:at]), " ".join(parts[at:])) for at in range(1, len(parts) + 1)]
        return min(max(width(half, TEXT, bold) for half in each) for each in halves)

    longest = max(width(name, TEXT, bold) for name in names)
    return min(longest, max(*map(broken, names), SHORT), LEAST)


def row_height(labels: Sequence[str], room: float) -> float:
    """Of each row, where all together have so many pixels."""
    least, most = HEIGHT
    broken = ["\n" in label for label in labels]
    if broken[-1] or any(map(all, pairwise(broken))):
        return ALL_ON_TWO
    return min(max(room / len(labels), TWO_LINES if any(broken) else least), most)


def on_figure(label: str, bold: bool) -> str:
    """The label as Plotly writes it."""
    lines = map(for_plotly, label.split("\n"))
    return "<br>".join(f"<b>{line}</b>" if bold else line for line in lines)


def _on_two_lines(
    names: Sequence[str], cut: Sequence[str], room: float, *, bold: bool, all_may: bool
) -> list[str]:
    """Names that were cut stand whole on two lines, where they and the rows around leave room."""
    labels: list[str] = []
    for index, (name, label) in enumerate(zip(names, cut, strict=True)):
        lines = wrapped(name, room, TEXT, bold)
        whole = len(lines) == 2 and " ".join(lines) == name
        free = all_may or (index < len(names) - 1 and (not labels or "\n" not in labels[-1]))
        labels.append("\n".join(lines) if label != name and whole and free else label)
    return labels
