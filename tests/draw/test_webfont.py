"""The web font: Latin letters, all weights, digits of one width, from the installed package."""

from pathlib import Path

from fontTools.ttLib import TTFont

from dashboard.draw.plate import as_data, plate
from dashboard.draw.webfont import make


def test_the_font_has_what_the_screens_need(tmp_path: Path) -> None:
    output = tmp_path / "static" / "font.woff2"
    make(output)
    assert output.stat().st_size < 80_000
    font = TTFont(output)
    characters = font.getBestCmap()
    assert all(ord(letter) in characters for letter in "azAZ09é–—‘’“”…−×£€")
    assert [(a.axisTag, a.minValue, a.maxValue) for a in font["fvar"].axes] == [("wght", 300, 800)]
    digits = {font["hmtx"][characters[ord(digit)]][0] for digit in "0123456789"}
    assert len(digits) == 1


def test_the_plate_needs_no_font_and_no_server() -> None:
    picture = plate("Drive <b>")
    assert "<text" not in picture
    assert "href" not in picture
    assert as_data(picture).startswith("data:image/svg+xml;base64,")
