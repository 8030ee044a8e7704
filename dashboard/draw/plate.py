"""The name of the service as a dark plate with white letters, drawn as outlines.

A picture in a page cannot use the page's fonts; outlines look the same everywhere.
"""

import base64
from functools import cache

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen

from dashboard.draw.lettering import font, glyphs
from dashboard.draw.theme import COLOURS

HEIGHT = 32
SIZE = 15
PAD = 10


@cache
def plate(text: str, pad: float = PAD) -> str:
    """An SVG picture, `HEIGHT` high and as wide as the text."""
    pen = SVGPathPen(None, ntos=lambda number: f"{number:.2f}".rstrip("0").rstrip("."))
    scale = SIZE / font()["head"].unitsPerEm
    names, outlines = font().getBestCmap(), glyphs(700)
    x, base = pad, HEIGHT / 2 + SIZE * 0.36
    for character in text:
        glyph = outlines[names.get(ord(character), ".notdef")]
        glyph.draw(TransformPen(pen, (scale, 0, 0, -scale, x, base)))
        x += glyph.width * scale
    wide = round(x + pad)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{HEIGHT}" '
        f'viewBox="0 0 {wide} {HEIGHT}"><rect width="{wide}" height="{HEIGHT}" '
        f'fill="{COLOURS["light"].main}"/><path fill="#ffffff" d="{pen.getCommands()}"/></svg>'
    )


def as_data(svg: str) -> str:
    """The picture as a data address, which asks no server for it."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
