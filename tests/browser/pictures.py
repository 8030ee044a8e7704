"""Pictures of every page, and the small ones that the README and docs/ show: `make pictures`.

They are of made-up records with a release, always the same ones, and go to pictures/ (ignored)
and docs/. Each is named after its role, page, width and scheme.
"""

import argparse
import os
import shutil
import signal
import sys
import tempfile
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import make_url

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from served import Dashboard  # noqa: E402
from watched_tab import FLAGS, PATIENCE, settled  # noqa: E402

from dashboard.access import PAGES, Role, may_open  # noqa: E402
from dashboard.database import connect  # noqa: E402
from dashboard.demo import fill  # noqa: E402
from dashboard.snapshot import read_snapshot  # noqa: E402
from dashboard.snapshot.releasing import make_release  # noqa: E402

Scheme = Literal["light", "dark"]
LOOKS: tuple[tuple[int, Scheme], ...] = ((1280, "light"), (1440, "light"), (1440, "dark"))
HEIGHT = 900
LAST_RECORDS = date(2026, 10, 31)
MADE = datetime(2026, 11, 16, tzinfo=UTC)
MEETING = "meeting?on=2026-11-17&slide=2"
# What docs/ shows: of which role, which page, and under which name.
SHOWN = {
    (Role.MANAGER, "rollout"): "rollout",
    (Role.MANAGER, "caseload"): "caseload",
    (Role.MANAGER, "areas"): "areas",
    (Role.MEETING, "meeting"): "meeting",
}
MOST_SHOWN = 1400  # pixels of a page, from its top
LARGEST = 600_000  # bytes of a picture in docs/
COLOURS = 256

TALL = """() => document.querySelector('.stMain').scrollHeight"""


def records(folder: Path) -> str:
    """The made-up service with one release; the address of its database."""
    url = f"sqlite:///{folder / 'pictures.sqlite'}"
    fill(url, seed=1, today=LAST_RECORDS)
    engine = connect(make_url(url))
    make_release(engine, read_snapshot(engine), MADE)
    engine.dispose()
    return url


def picture(page: Page, *, whole: bool) -> Image.Image:
    """The page as it stands; `whole`: down to its end."""
    if whole:
        size = page.viewport_size or {"width": 1280, "height": HEIGHT}
        page.set_viewport_size({"width": size["width"], "height": page.evaluate(TALL)})
        settled(page)
        page.wait_for_timeout(500)  # the charts take their new places
    taken = Image.open(BytesIO(page.screenshot(animations="disabled")))
    if whole:
        page.set_viewport_size({"width": size["width"], "height": HEIGHT})
    return taken.convert("RGB")


def picture_of(page: Page, address: str, path: str) -> Image.Image:
    """One page of a dashboard, down to its end; of the meeting one slide."""
    meets = path == "meeting"
    page.goto(f"{address}/{MEETING if meets else path}")
    settled(page)
    for chart in page.get_by_test_id("stPlotlyChart").all():
        chart.locator(".main-svg").first.wait_for(state="attached")
    return picture(page, whole=not meets)


def save_small(taken: Image.Image, file: Path) -> None:
    """In at most 256 colours, and never above `LARGEST`."""
    taken.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    if file.stat().st_size > LARGEST:
        raise SystemExit(f"{file} has {file.stat().st_size:,} bytes, more than {LARGEST:,}.")


def take(browser: Browser, address: str, role: Role, out: Path, docs: Path) -> None:
    """Every page of a role in every look."""
    for wide, scheme in LOOKS:
        context = browser.new_context(
            viewport={"width": wide, "height": HEIGHT},
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        for each in PAGES:
            if not may_open(role, each.path):
                continue
            taken = picture_of(page, address, each.path)
            taken.save(out / f"{role.value}-{each.path}-{wide}-{scheme}.png")
            if (wide, scheme) == LOOKS[0] and (name := SHOWN.get((role, each.path))):
                beginning = taken.crop((0, 0, wide, min(taken.height, MOST_SHOWN)))
                save_small(beginning, docs / f"{name}.png")
        context.close()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=ROOT / "pictures")
    asked.add_argument("--docs", type=Path, default=ROOT / "docs")
    asked.add_argument("--role", type=Role, action="append", help="these roles alone")
    given = asked.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("Chromium is not installed (Debian: apt-get install chromium).")
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        os.environ["DRIVE_SNAPSHOT_FOLDER"] = scratch
        url = records(Path(scratch))
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for role in given.role or Role:
            there = Dashboard(url, Path(scratch), role=role.value)
            there.answers()
            take(browser, there.address, role, given.out, given.docs)
            there.kill(signal.SIGTERM)
        browser.close()
    taken = len(list(given.out.glob("*.png")))
    print(f"{taken} pictures are in {given.out}.")  # noqa: T201


if __name__ == "__main__":
    main()
