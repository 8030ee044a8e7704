"""WCAG 2.2 AA over every page, role and scheme: axe, and the tree that a screen reader is given."""

import signal
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from served import Dashboard
from watched_tab import PATIENCE, settled

from dashboard.access import PAGES, Role, may_open

pytestmark = pytest.mark.slow

# What the framework does and we cannot change: axe's rule and the element, with the reason.
_UNUSABLE = "The label of a control that cannot be used just now is paler; WCAG 1.4.3 exempts it."
FRAMEWORKS_OWN: dict[tuple[str, str], str] = {
    ("color-contrast", "<p>Person</p>"): _UNUSABLE,
    ("color-contrast", "<p>Role</p>"): _UNUSABLE,
}

# What can be acted on, and what stands for a picture: each has to be named.
NAMED = {
    *("button", "link", "textbox", "searchbox", "spinbutton", "combobox", "listbox", "slider"),
    *("radio", "radiogroup", "checkbox", "switch", "tab", "menuitem", "dialog"),
    *("figure", "table", "region", "navigation"),
}

# ... and has a name of its own; these are parts of the framework's fields, which are named.
ONCE = {"button", "link", "menuitem"}
PARTS = {"Open", "Increment", "Decrement", "Choose date"}

COLOURS = ["color-contrast", "link-in-text-block"]
DARK = """() => {
  const [red, green, blue] = getComputedStyle(document.querySelector('[data-testid=stApp]'))
    .backgroundColor.match(/\\d+/g).map(Number);
  return red + green + blue < 200;
}"""
# A grid is drawn by the framework on a canvas, without a name; what is around it has the name.
UNSAID = """() => [...document.querySelectorAll(
  '[data-testid=stPlotlyChart], [data-testid=stDeckGlJsonChart], [data-testid=stTable] table,'
  + '[data-testid=stDataFrame]'
)].filter(each => !each.getAttribute('aria-label')
  && !each.querySelector('[role=region][aria-label]') && !each.closest('[role=region][aria-label]')
).map(each => each.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module", params=Role, ids=str)
def at_role(
    request: pytest.FixtureRequest,
    released_database: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Role, str]]:
    """A role, and the address of a dashboard that is open in it."""
    role: Role = request.param
    there = Dashboard(released_database, tmp_path_factory.mktemp("served"), role=role.value)
    there.answers()
    yield role, there.address
    there.kill(signal.SIGTERM)


def test_every_page_of_a_role(browser: Browser, at_role: tuple[Role, str]) -> None:
    """By every rule in light; in dark by the rules of colour, for nothing else is changed."""
    role, address = at_role
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    wrong: list[str] = []
    for each in PAGES:
        if may_open(role, each.path):
            page.goto(f"{address}/{each.path}")
            settled(page)
            page.wait_for_timeout(1000)  # what is drawn anew fades in, and is paler until then
            wrong += [f"/{each.path}: {said}" for said in (*violations(page), *misread(page))]
            page.emulate_media(color_scheme="dark")
            page.wait_for_function(DARK)
            settled(page)
            wrong += [f"/{each.path} in dark: {said}" for said in violations(page, COLOURS)]
            page.emulate_media(color_scheme="light")
    context.close()
    assert wrong == []


def test_what_opens_over_a_page(browser: Browser, serve: Any, released_database: str) -> None:
    """Every popover of a page, and a list of records with a timeline under it."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(PATIENCE)
    page.goto(f"{serve(released_database)}/caseload")
    settled(page)
    wrong: list[str] = []
    for opener in page.get_by_test_id("stPopoverButton").all():
        opener.click()
        page.get_by_test_id("stPopoverBody").wait_for()
        settled(page)
        wrong += [f"{opener.inner_text()!r}: {said}" for said in violations(page)]
        page.keyboard.press("Escape")
        page.get_by_test_id("stPopoverBody").wait_for(state="detached")
    page.get_by_role("button", name="Show cases").click()
    page.get_by_role("combobox", name="Show cases").click()
    page.get_by_role("option").first.click()
    page.get_by_role("dialog").get_by_test_id("stPlotlyChart").wait_for()
    settled(page)
    wrong += [f"list of records: {said}" for said in violations(page)]
    page.close()
    assert wrong == []


def violations(page: Page, only: list[str] | None = None) -> Iterator[str]:
    """What axe finds by all its rules, or only some, without what is the framework's own."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if only:
        options["runOnly"] = only
    for each in Axe().run(page, options=options).response["violations"]:
        for node in each["nodes"]:
            if not any(rule == each["id"] and of in node["html"] for rule, of in FRAMEWORKS_OWN):
                yield f"{each['id']} at {node['target']}: {node['html'][:160]}"


def misread(page: Page) -> Iterator[str]:
    """What a screen reader would not be told, or in the wrong order."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    heard = [node for node in nodes if not node.get("ignored")]
    levels = [_level(node) for node in heard if _said(node, "role") == "heading"]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"headings of levels {levels}"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}"
    for node in heard:
        if _said(node, "role") in NAMED and not _said(node, "name").strip():
            yield f"a {_said(node, 'role')} without a name"
    names = Counter((role, _said(n, "name")) for n in heard if (role := _said(n, "role")) in ONCE)
    for (role, name), often in names.items():
        if often > 1 and name not in PARTS:
            yield f"{often} times a {role} named {name!r}"
    if "main" not in {_said(node, "role") for node in heard}:
        yield "no main landmark"
    for drawing in page.evaluate(UNSAID):
        yield f"not said in words: {drawing}"


def _said(node: dict[str, Any], what: str) -> str:
    return str(node.get(what, {}).get("value", ""))


def _level(node: dict[str, Any]) -> int:
    return next(int(p["value"]["value"]) for p in node["properties"] if p["name"] == "level")
