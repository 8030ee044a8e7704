"""The web font, made at set-up: Open Sans from its package, cut to Latin, as one woff2.

    python -m dashboard.draw.webfont dashboard/static/open-sans-latin-wght-normal.woff2

The weight axis stays variable (300 to 800); the width axis is fixed, for nothing here is condensed.
Its digits all have the same width, so numbers stand in columns.
"""

import logging
import sys
from pathlib import Path

import fontpkg
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

# Basic Latin, Latin-1 and Latin Extended-A; dashes, quotation marks, ellipsis, minus, euro.
LATIN = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x2010, 0x2027),
    *(0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2122),
    *(0x2212, 0x2248, 0x2260, 0x2264, 0x2265),
)


def make(output: Path) -> None:
    """Write the Latin part of Open Sans to `output`, a new file each time."""
    # fontTools narrates what it prunes; nobody at set-up can act on it.
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    font = TTFont(fontpkg.path("Open Sans"), recalcTimestamp=False)
    options = subset.Options(flavor="woff2", layout_features=["kern", "liga", "mark", "mkmk"])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LATIN)
    subsetter.subset(font)
    font = instancer.instantiateVariableFont(font, {"wdth": 100})
    output.parent.mkdir(parents=True, exist_ok=True)
    subset.save_font(font, output, options)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Say where to write the font: python -m dashboard.draw.webfont OUTPUT.woff2")
    make(Path(sys.argv[1]))
