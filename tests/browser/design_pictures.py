"""The two pictures of docs/design.md: the scales and colours, and one of each kind of drawing.

The first is drawn from .streamlit/config.toml and dashboard/draw/theme.py, the second is cut out of
the served dashboard: `python tests/browser/design_pictures.py [--address http://127.0.0.1:PORT]`.
Without an address a dashboard of made-up records is served for it.
"""

import argparse
import base64
import shutil
import signal
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(Path(__file__).parent)]

import fontpkg  # noqa: E402
from pictures import records, save_small  # noqa: E402
from served import Dashboard  # noqa: E402
from watched_tab import FLAGS, PATIENCE, settled  # noqa: E402

from dashboard.draw.theme import COLOURS, END_VALUE, SMALL, TEXT, VARIATIONS, Mode  # noqa: E402

# One panel of each kind of drawing: page, panel's key, and the kind's name.
KINDS = (
    ("rollout", "pathway", "Bars"),
    ("rollout", "course", "Courses"),
    ("rollout", "runway", "Fans"),
    ("rollout", "since-own-launch", "Lines"),
    ("rollout", "agencies-by-month", "Matrix"),
    ("referrals", "referrals-by-month", "Columns"),
    ("referrals", "days-to-allocation", "Histogram"),
    ("caseload", "timeline", "Lanes"),
    ("risk", "trend-mean_dash_score", "ControlChart"),
    ("risk", "stages", "Grids"),
    ("areas", "area-map", "AreaMap"),
    ("areas", "area-ranked", "Ranked"),
    ("areas", "area-trend", "Multiples"),
    ("areas", "area-funnel", "Funnel"),
    ("outcomes", "outcome-results", "Benchmarks"),
)
COLUMN, TALLEST, GAP, HEAD = 600, 330, 40, 30  # pixels of the sheet of charts
SPACES = (8, 16, 32, 64)
ALL_OF_IT = "() => document.querySelector('.stMain').scrollHeight"


def look() -> str:
    """Type, space and colours as a page of HTML."""
    with (ROOT / ".streamlit/config.toml").open("rb") as file:
        theme = tomllib.load(file)["theme"]
    sizes = theme["headingFontSizes"]
    rows = [
        ("Page sentence, h1", sizes[0], theme["headingFontWeights"][0]),
        ("Panel finding, h2", sizes[1], theme["headingFontWeights"][1]),
        ("Small heading, h3", sizes[2], theme["headingFontWeights"][2]),
        ("Headline number", theme["metricValueFontSize"], theme["metricValueFontWeight"]),
        ("Value at the end of a line", f"{END_VALUE}px", 700),
        ("Body, labels and values in charts", f"{TEXT}px", 400),
        ("Caption, label of a number", f"{SMALL}px", 400),
    ]
    type_scale = "".join(
        f'<p style="font:{weight} {size} Open Sans">{name} <small>{size}, {weight}</small></p>'
        for name, size, weight in rows
    )
    spaces = "".join(
        f'<p class="space"><i style="width:{each}px"></i> {each} pixels</p>' for each in SPACES
    )
    modes = "".join(_palette(mode) for mode in ("light", "dark"))
    font = base64.b64encode(Path(str(fontpkg.path("Open Sans"))).read_bytes()).decode()
    return f"""<style>
@font-face {{ font-family: "Open Sans"; font-weight: 300 800;
  src: url(data:font/ttf;base64,{font}) }}
body {{ font: 14px "Open Sans"; margin: 24px; width: 1072px; color: {COLOURS["light"].text} }}
p {{ margin: 6px 0 }} small {{ font: 14px "Open Sans"; color: {COLOURS["light"].quiet} }}
.two {{ display: flex; gap: 64px }} .space i {{ display: inline-block; height: 14px;
  background: {COLOURS["light"].main} }}
.mode {{ padding: 16px; margin-top: 16px; display: grid; grid-template-columns: repeat(7, 1fr);
  gap: 12px }} .mode b {{ display: block; height: 32px; outline: 1px solid #8b9094 }}
</style><div class="two"><div>{type_scale}</div><div>{spaces}</div></div>{modes}"""


def _palette(mode: Mode) -> str:
    colours = COLOURS[mode]
    named: dict[str, Any] = {}
    for field in fields(colours):
        value = getattr(colours, field.name)
        many = {f"{field.name} {n}": each for n, each in enumerate(value, 1)}
        named |= {field.name: value} if isinstance(value, str) else many
    named |= {f"point: {name}": fill for name, (_, _, fill) in VARIATIONS.items()}
    swatches = "".join(
        f'<div><b style="background:{value}"></b>{name.replace("_", " ")}<br>{value}</div>'
        for name, value in named.items()
    )
    return (
        f'<div class="mode" style="background:{colours.page};color:{colours.text}">{swatches}</div>'
    )


def picture_of_look(browser: Browser, file: Path) -> None:
    page = browser.new_page(viewport={"width": 1120, "height": 800})
    page.set_content(look())
    page.evaluate("() => document.fonts.ready.then(() => null)")
    save_small(_image(page.screenshot(full_page=True)), file)
    page.close()


def picture_of_charts(browser: Browser, address: str, file: Path) -> None:
    """One of each kind, beside each other and under each other, each with its kind's name."""
    found: list[tuple[str, Image.Image]] = []
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(PATIENCE)
    for path in dict.fromkeys(path for path, *_ in KINDS):
        page.goto(f"{address}/{path}")
        settled(page)
        page.set_viewport_size({"width": 1280, "height": page.evaluate(ALL_OF_IT)})
        page.wait_for_timeout(1500)
        settled(page)
        for _, key, kind in (each for each in KINDS if each[0] == path):
            drawn = page.locator(f'[class*="st-key-chart-{key}"], [class*="st-key-{key}"]').first
            found.append((kind, _image(drawn.screenshot())))
        page.set_viewport_size({"width": 1280, "height": 900})
    page.close()
    save_small(_sheet(found), file)


def _sheet(found: list[tuple[str, Image.Image]]) -> Image.Image:
    columns: list[list[Image.Image]] = [[], []]
    tall = [0, 0]
    for kind, taken in found:
        part = min(COLUMN / taken.width, 1)
        small = taken.resize((int(taken.width * part), int(taken.height * part)), Image.LANCZOS)
        small = small.crop((0, 0, small.width, min(small.height, TALLEST)))
        tile = Image.new("RGB", (COLUMN, small.height + HEAD), "white")
        named = ImageDraw.Draw(tile)
        named.text((0, 2), kind, "black", ImageFont.truetype(str(fontpkg.path("Open Sans")), 18))
        tile.paste(small, (0, HEAD))
        shorter = tall.index(min(tall))
        columns[shorter].append(tile)
        tall[shorter] += tile.height + GAP
    sheet = Image.new("RGB", (2 * COLUMN + GAP, max(tall)), "white")
    for number, tiles in enumerate(columns):
        top = 0
        for tile in tiles:
            sheet.paste(tile, (number * (COLUMN + GAP), top))
            top += tile.height + GAP
    return sheet


def _image(taken: bytes) -> Image.Image:
    return Image.open(BytesIO(taken)).convert("RGB")


@contextmanager
def _served(address: str | None) -> Iterator[str]:
    if address:
        yield address
        return
    with tempfile.TemporaryDirectory() as scratch:
        there = Dashboard(records(Path(scratch)), Path(scratch), role="manager")
        there.answers()
        yield there.address
        there.kill(signal.SIGTERM)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--docs", type=Path, default=ROOT / "docs")
    asked.add_argument("--address", help="a dashboard of made-up records that is served already")
    given = asked.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("Chromium is not installed (Debian: apt-get install chromium).")
    with sync_playwright() as playwright, _served(given.address) as address:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        picture_of_look(browser, given.docs / "design-look.png")
        picture_of_charts(browser, address, given.docs / "design-charts.png")
        browser.close()


if __name__ == "__main__":
    main()
