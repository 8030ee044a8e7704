"""How wide a panel is in a window; below 1280 pixels panels stand beneath each other.

The browser says how wide its window is in a cookie, which the page's shell sets before it connects
(dashboard/serving/shell_page.py). It holds that number and nothing else.
"""

from dashboard.draw.theme import FULL

WINDOW = "drive_window"  # the cookie's name
BESIDE_EACH_OTHER = 1280  # pixels of a window, from which panels stand beside each other
GAP = 64  # pixels between two of them
# What the framework leaves free at both sides together, in windows up to so many pixels and beyond.
SIDES = 850, 32, 160
SCROLLBAR = 16
STEP = 8  # widths are rounded down to these, so that people with like windows share figures


def column(window: str | None, share: float = 1) -> int:
    """Pixels that a panel may take, from the cookie; without one, those of a window of 1280.

    `share` is its part of the width, where panels stand beside each other.
    """
    wide = int(window) if window and window.isdecimal() and len(window) <= 5 else BESIDE_EACH_OTHER
    if wide < BESIDE_EACH_OTHER:
        small, little, more = SIDES
        free = wide - (little if wide <= small else more) - SCROLLBAR
        return max(free // STEP * STEP, 0)
    return int(FULL * share - GAP / 2) if share < 1 else FULL
