"""The words of a figure as print places them: lines of runs of one weight and size."""

import html
import re
from typing import Any

from dashboard.draw.lettering import width as text_width
from dashboard.export.vector_canvas import Canvas, Mark, box

ASCENT, DESCENT = 1.069, 0.293  # of Open Sans, as parts of its size
LEADING = 1.3  # from line to line
_RUN = re.compile(r'(<b>|</b>|<span style="font-size:\d+px">|</span>)')


def words_at(x: float, y: float, anchor: str, runs: list[dict[str, Any]]) -> Mark:
    return {"kind": "text", "x": round(x, 2), "y": round(y, 2), "anchor": anchor, "runs": runs}


def annotation(canvas: Canvas, given: dict[str, Any]) -> list[Mark]:
    font = {"size": canvas.font, "color": canvas.ink, **given.get("font", {})}
    size = float(font["size"])
    lines = lines_of(given["text"], size, font["color"])
    widths = [sum(run_width(run) for run in runs) for runs in lines]
    wide = float(given.get("width") or max(widths, default=0.0))
    largest = [max((run["size"] for run in runs), default=size) for runs in lines]
    tall = (ASCENT + DESCENT) * largest[0] + sum(LEADING * each for each in largest[1:])
    left = canvas.spot(given["x"], given.get("xref", "x"), "x") + given.get("xshift", 0)
    top = canvas.spot(given["y"], given.get("yref", "y"), "y") - given.get("yshift", 0)
    left -= wide * {"left": 0.0, "center": 0.5, "right": 1.0}[_side(given, "x")]
    top -= tall * {"top": 0.0, "middle": 0.5, "bottom": 1.0}[_side(given, "y")]
    marks: list[Mark] = []
    if given.get("bgcolor"):
        marks.append(box(left, top, left + wide, top + tall, given["bgcolor"]))
    base = top + ASCENT * largest[0]
    align = given.get("align", "center")
    for number, runs in enumerate(lines):
        if number:
            base += LEADING * largest[number]
        start = {"left": 0.0, "center": 0.5, "right": 1.0}[align] * wide + left
        anchor = {"left": "start", "center": "middle", "right": "end"}[align]
        marks.append(words_at(start, base, anchor, runs))
    return marks


def _side(given: dict[str, Any], side: str) -> str:
    """Which side of its box a text is placed by; one that says nothing leans away from the edge."""
    sides = ("left", "center", "right") if side == "x" else ("bottom", "middle", "top")
    said = given.get(f"{side}anchor", "auto")
    if said != "auto":
        return str(said)
    ref = given.get(f"{side}ref", side)
    if ref != "paper" and "domain" not in ref:
        return sides[1]
    place = float(given[side])
    return sides[0] if place < 1 / 3 else sides[2] if place > 2 / 3 else sides[1]


def run_width(run: dict[str, Any]) -> float:
    return text_width(run["text"], run["size"], run["bold"])


def lines_of(text: str, size: float, colour: str) -> list[list[dict[str, Any]]]:
    """The text in lines, each in runs of one weight and size."""
    found: list[list[dict[str, Any]]] = []
    bold, sizes = False, [size]
    for line in text.split("<br>"):
        runs = []
        for part in _RUN.split(line):
            if part in ("<b>", "</b>"):
                bold = part == "<b>"
            elif part.startswith("<span"):
                sizes.append(float(re.findall(r"\d+", part)[0]))
            elif part == "</span>":
                sizes.pop()
            elif part:
                words = html.unescape(part)
                runs.append({"text": words, "bold": bold, "size": sizes[-1], "colour": colour})
        found.append(runs)
    return found
