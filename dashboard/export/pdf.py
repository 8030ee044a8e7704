"""Slides as PDF that everybody can read: tagged, titled, with words for each drawing (PDF/UA-1).

Typst sets it from `slides.typ`; the charts are those of the screen, drawn as strokes and letters.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import fontpkg
import polars as pl
import typst

from dashboard.areas.shapes import ShapesNotReadable, shapes
from dashboard.draw import alt_text, figure
from dashboard.draw.escape import plain
from dashboard.draw.slide_map import slide_map
from dashboard.drawings import AreaMap, Bars, Matrix, Multiples, Ranked, Table
from dashboard.export.about import MADE_UP, About, Taken
from dashboard.export.grid import Grid, grid
from dashboard.export.vector import Picture, picture
from queries.view import View

TEMPLATE = Path(__file__).with_name("slides.typ")
ACROSS, DOWN = 1120, 455  # pixels that a slide has for its chart
NARROW = 746  # that a chart is drawn at if its height allows: letters are half as large again
LEAST = 0.9  # of their usual size that letters may shrink to, before rows are left out
FEWEST = 8  # rows that are always drawn
MOST_BEHIND = 45  # rows of the table behind a chart
MOST_ROWS = 12  # of a slide that is a table


def pdf(slides: Sequence[Taken], view: View, about: About) -> bytes:
    """A PDF: a cover, a page for each panel, then the numbers behind the charts."""
    cover = about.lines(view)
    said = dict(cover)
    data = {
        "title": plain(f"{about.service}: {about.title}"),
        "author": plain(about.service),
        "description": plain(f"{said['Areas']}, {said['Period']}, as at {said['As at']}"),
        "made_up": MADE_UP if about.made_up else "",
        "protected": about.mark,
        "cover": cover[2:],
        "slides": [_slide(taken, view, about) for taken in slides],
    }
    return typst.compile(
        str(TEMPLATE),
        font_paths=[str(Path(fontpkg.path("Open Sans")).parent)],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(data)},
    )


def _slide(taken: Taken, view: View, about: About) -> dict[str, Any]:
    panel, frame = taken.panel, taken.frame
    chart = table = behind = drawn = None
    left_out = hidden = 0
    if frame.height and not isinstance(panel.drawn_as, Table):
        with suppress(ShapesNotReadable):
            drawn, hidden = fitting(taken)
    if frame.height and drawn is None:
        made = grid(panel, frame, MOST_ROWS)
        hidden = made.left_out
        table = _table(made)
    elif drawn is not None:
        scale = min(ACROSS / drawn.width, DOWN / drawn.height)
        chart = {
            "scale": round(scale, 4),
            "width": drawn.width,
            "height": drawn.height,
            "marks": drawn.marks,
            "alt": alt_text(panel, frame),
        }
        made = grid(panel, frame, MOST_BEHIND)
        behind, left_out = _table(made), made.left_out
    rest = f" {hidden} more in the workbook." if hidden else ""
    return {
        "sentence": taken.reading,
        "question": plain(panel.question),
        "caption": taken.caption(view),
        "nothing": "" if frame.height else plain(panel.without),
        "foot": f"{about.footing(taken, view)}{rest}",
        "chart": chart,
        "table": table,
        "behind": behind,
        "left_out": left_out,
    }


def fitting(taken: Taken) -> tuple[Picture, int]:
    """The drawing with letters as large as its height allows, and how many rows were left out.

    Raises ShapesNotReadable where a map has no shapes to be drawn with.
    """
    kind, frame = taken.panel.drawn_as, taken.frame
    if isinstance(kind, AreaMap):
        return picture(slide_map(kind, frame, shapes(), "light", ACROSS, DOWN), ACROSS), 0
    if hasattr(kind, "height") and not isinstance(kind, Multiples):
        kind = replace(kind, height=round(DOWN * NARROW / ACROSS))  # type: ignore[arg-type]
    drawn = _drawn(kind, frame, NARROW)
    if drawn.height <= DOWN * NARROW / ACROSS:
        return drawn, 0
    rows = _row_names(kind, frame)
    room = DOWN / LEAST
    shown = len(rows)
    if drawn.height > room and shown > FEWEST:
        shown = max(FEWEST, int(shown * room / drawn.height))
        frame = _first(kind, frame, rows[:shown])
        drawn = _drawn(kind, frame, NARROW)
    wide = round(min(max(drawn.height * ACROSS / DOWN, NARROW), ACROSS))
    return _drawn(kind, frame, wide), len(rows) - shown


def _drawn(kind: Any, frame: pl.DataFrame, width: int) -> Picture:
    return picture(figure(kind, frame, "light", width), width)


def _row_names(kind: Any, frame: pl.DataFrame) -> list[Any]:
    """What stands down the side of a drawing that grows with its rows; nothing of others."""
    match kind:
        case Bars() | Ranked():
            return list(range(frame.height))
        case Matrix():
            return list(dict.fromkeys(frame[kind.rows]))
        case _:
            return []


def _first(kind: Any, frame: pl.DataFrame, names: list[Any]) -> pl.DataFrame:
    if isinstance(kind, Matrix):
        return frame.filter(pl.col(kind.rows).cast(pl.String).is_in(list(map(str, names))))
    return frame.head(len(names))


def _table(made: Grid) -> dict[str, Any]:
    width = len(made.headings)
    needs = [
        min(max(len(row[at]) for row in (made.headings, *made.rows)), 40) + 3 for at in range(width)
    ]
    return {
        "headings": made.headings,
        "rows": made.rows,
        "numbers": sorted(made.numbers),
        "widths": needs,
        "size": 22 if width <= 5 else 18 if width <= 8 else 15,
    }
