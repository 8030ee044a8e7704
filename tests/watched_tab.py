"""A tab of a real browser under watch: what it should not do, and when a page has settled."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, expect

PATIENCE = 120_000  # milliseconds that a page may take on a busy machine before a test gives up
MOST_SHIFT = 0.1  # layout shift that still counts as good (web.dev, Cumulative Layout Shift)

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A deep link makes Streamlit ask for these below the page's own path first; it then finds them.
HARMLESS = re.compile(r"/[a-z-]+/_stcore/(health|host-config)$")

# The largest layout shift of a page: sums over windows of at most 5 s with no gap over 1 s.
SHIFTS = """(() => {
  let sum = 0, first = 0, last = 0;
  window.largestShift = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) {
    if (entry.hadRecentInput) continue;
    if (entry.startTime - last > 1000 || entry.startTime - first > 5000) {
      sum = 0; first = entry.startTime;
    }
    last = entry.startTime;
    sum += entry.value;
    window.largestShift = Math.max(window.largestShift, sum);
  } }).observe({type: 'layout-shift', buffered: true});
})()"""


@dataclass
class Seen:
    """What a page did that it should not."""

    wrong: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    shift: float = 0.0


def watched_tab(browser: Browser, width: int = 1280, height: int = 900) -> tuple[Page, Seen]:
    """A new tab; closing it is its owner's."""
    seen = Seen()
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page.add_init_script(SHIFTS)
    page.on("pageerror", lambda error: seen.wrong.append(str(error)))
    page.on("request", lambda request: seen.hosts.add(urlsplit(request.url).hostname or ""))
    page.on(
        "console",
        lambda message: (
            seen.wrong.append(f"{message.text} ({message.location.get('url')})")
            if message.type == "error" and not HARMLESS.search(message.location.get("url", ""))
            else None
        ),
    )
    return page, seen


def settled(page: Page) -> None:
    """Wait until the sentence stands and nothing runs any more."""
    page.wait_for_selector("h1", timeout=PATIENCE)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0, timeout=PATIENCE)


def steady(page: Page, seen: Seen) -> None:
    """The page has settled, and nothing on it jumped while it came."""
    settled(page)
    seen.shift = max(seen.shift, page.evaluate("window.largestShift"))


def unchanged(seen: Seen) -> None:
    """Nothing was wrong, nobody else was asked, and nothing jumped."""
    assert seen.wrong == []
    assert seen.hosts <= {"127.0.0.1", ""}
    assert seen.shift <= MOST_SHIFT
