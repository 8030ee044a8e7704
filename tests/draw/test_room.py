"""How wide panels are drawn for a window, and what a browser may say of it."""

import pytest

from dashboard.draw.room import column
from dashboard.draw.theme import FIVE_TWELFTHS, FULL, HALF


@pytest.mark.parametrize("window", [None, "", "1280", "1920", "-5", "wide", "8.5", "²", "123456"])
def test_wide_and_unknown_windows_have_columns(window):
    assert column(window) == FULL
    assert column(window, 1 / 2) == HALF
    assert column(window, 5 / 12) == FIVE_TWELFTHS


@pytest.mark.parametrize(
    ("window", "wide"),
    [
        ("1279", 1096),  # 1279 - 160 - 16 = 1103
        ("1024", 848),
        ("851", 672),  # 675
        ("850", 800),  # 850 - 32 - 16 = 802
        ("820", 768),  # 772
        ("390", 336),  # 342
        ("40", 0),
        ("0", 0),
    ],
)
def test_below_1280_panels_have_the_whole_width(window, wide):
    assert column(window) == column(window, 5 / 12) == wide
