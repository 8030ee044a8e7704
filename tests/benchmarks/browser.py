"""How long a viewer waits, in Chromium: the dashboard beside itself with constant numbers.

    python tests/benchmarks/browser.py [PAGE...] [--table FILE.md]

Serves the database that DRIVE_DATABASE_URL names twice: as it is, and with each page's numbers
held as it first showed them. For each page: a first visit with an empty cache, to the headline
numbers and to the settled page, both beside the settled page with constant numbers; and a change
of areas to the settled page, first to choices that nobody has made, then to such as were made
before. Medians, in milliseconds, and the ratio.
"""

import argparse
import shutil
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bytes import FLAGS, ROLE, SERVE, served
from playwright.sync_api import Page, sync_playwright

from dashboard.access import PAGES, Role, may_open

VISITS = 3
COUNTIES = ("Berkshire", "Oxfordshire", "Buckinghamshire with Milton Keynes")
CONSTANT = str(Path(__file__).with_name("constant.py"))
HEADLINES = "() => document.querySelector('[data-testid=stMetricValue]')?.innerText"
# Other areas are named than before, nothing runs, nothing is to come, and nothing is out of date.
SETTLED = """(before) => {
  const app = document.querySelector('[data-testid=stApp]');
  const chosen = document.querySelector('.st-key-looked-at')?.innerText ?? '';
  return chosen && chosen !== before && app.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-testid=stSkeleton], [data-stale=true]');
}"""
STEPS = ("to headline numbers", "to settled", "new areas", "areas seen before")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    usual = [each.path for each in PAGES if each.numbers and may_open(Role.MANAGER, each.path)]
    asked.add_argument("pages", nargs="*", default=[page for page in usual if page != "meeting"])
    asked.add_argument("--table", type=Path)
    given = asked.parse_args()
    found = []
    for serve in ((SERVE, "serve", *ROLE), (sys.executable, CONSTANT)):
        with served(None, serve) as port:
            found.append({page: measured(port, page) for page in given.pages})
    ours, constant = found
    lines = ["| page | " + " | ".join(STEPS) + " |", "|---" * (len(STEPS) + 1) + "|"]
    lines += [line(page, ours[page], constant[page]) for page in given.pages]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if given.table:
        given.table.write_text(text, encoding="utf-8")


def line(page: str, ours: dict[str, float], constant: dict[str, float]) -> str:
    """A row of the table."""
    beside = constant | {STEPS[0]: constant[STEPS[1]]}
    cells = [f"{ours[step]:,.0f}, x{ours[step] / beside[step]:.2f}" for step in STEPS]
    return f"| {page} | {' | '.join(cells)} |"


def measured(port: int, path: str) -> dict[str, float]:
    """Milliseconds of each of the steps on a page."""
    taken: dict[str, list[float]] = {step: [] for step in STEPS}
    for _ in range(VISITS):
        with a_tab() as page:
            began = perf_counter()
            page.goto(f"http://127.0.0.1:{port}/{path}", wait_until="commit")
            page.wait_for_function(HEADLINES, polling="raf")
            taken[STEPS[0]].append((perf_counter() - began) * 1000)
            page.wait_for_function(SETTLED, arg="", polling="raf")
            taken[STEPS[1]].append((perf_counter() - began) * 1000)
    with a_tab() as page:
        page.goto(f"http://127.0.0.1:{port}/{path}")
        page.wait_for_function(SETTLED, arg="")
        page.get_by_role("button", name="All Thames Valley").first.click()
        options = page.get_by_test_id("stPopoverBody")
        for turn in range(3 * len(COUNTIES)):
            county = options.get_by_text(COUNTIES[turn % len(COUNTIES)], exact=True)
            county.wait_for()
            page.wait_for_timeout(500)  # a breath, as people take
            before = page.locator(".st-key-looked-at").inner_text()
            began = perf_counter()
            county.click()
            page.wait_for_function(SETTLED, arg=before, polling="raf")
            step = STEPS[2] if turn < len(COUNTIES) else STEPS[3]
            taken[step].append((perf_counter() - began) * 1000)
    return {step: statistics.median(each) for step, each in taken.items()}


@contextmanager
def a_tab() -> Iterator[Page]:
    """A page of a browser that has nothing kept."""
    with TemporaryDirectory() as profile, sync_playwright() as play:
        browser = play.chromium.launch_persistent_context(
            profile,
            executable_path=shutil.which("chromium"),
            args=list(FLAGS),
            viewport={"width": 1280, "height": 900},
        )
        page = browser.new_page()
        page.set_default_timeout(120_000)
        yield page
        browser.close()


if __name__ == "__main__":
    main()
