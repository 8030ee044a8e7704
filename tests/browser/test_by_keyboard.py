"""Everything is reached and used without a mouse, in the order of reading, with visible focus."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from watched_tab import Seen, settled

from dashboard.access import PAGES, Role, may_open

pytestmark = pytest.mark.slow

Tab = tuple[Page, Seen]
Serve = Callable[..., str]
MOST = 400  # stops of the longest page; more would be a trap

# Where the focus is, and how it and what is around it looks now.
STOP = """() => {
  window.stops ??= [];
  const looks = element => {
    const found = [];
    for (let at = element, up = 0; at && up < 4; at = at.parentElement, up++) {
      const look = getComputedStyle(at);
      found.push([look.outlineStyle === 'none' ? '' : look.outline, look.boxShadow,
        look.backgroundColor, look.borderColor, look.textDecorationLine].join());
    }
    return found.join(';');
  };
  window.looks = looks;
  const element = document.activeElement;
  if (!element || element === document.body) return false;
  if (window.stops.at(-1)?.element !== element)
    window.stops.push({element, focused: looks(element)});
  return true;
}"""

# All that can be acted on and was no stop; radio buttons are one stop together. A table offers to
# clear its selection once it has the focus, in front of itself: a stop on the way back.
MISSED = """() => [...document.querySelectorAll(
  'a[href], button, input:not([type=radio]):not([type=hidden]), select, textarea, [tabindex="0"]'
)].filter(each => each.tabIndex >= 0 && !each.disabled
  && !each.matches('[role=radio], [aria-label^="Clear selection"]')
  && each.checkVisibility({checkVisibilityCSS: true, checkOpacity: false})
  && each.getBoundingClientRect().width > 1 && !window.stops.some(stop => stop.element === each)
).map(each => each.outerHTML.slice(0, 160))"""

# The grid and the map paint their focus inside a canvas; the main part is a stop of the browser's
# own, which makes whatever scrolls one.
UNSEEN = """() => window.stops.filter(({element, focused}) =>
    !element.matches('canvas, [role=gridcell], [data-testid=stMain]')
    && !element.querySelector(':scope canvas') && focused === window.looks(element)
  ).map(({element}) => element.outerHTML.slice(0, 160))"""

BACKWARDS = """() => window.stops.filter(({element}, index) => index && !element.contains(
    window.stops[index - 1].element) && window.stops[index - 1].element.compareDocumentPosition(
    element) & Node.DOCUMENT_POSITION_PRECEDING
  ).map(({element}) => element.outerHTML.slice(0, 160))"""

OPENED_BY = [
    *((Role.MANAGER, page.path) for page in PAGES if may_open(Role.MANAGER, page.path)),
    (Role.OPCC, "rollout"),
    (Role.OPCC, "areas"),
    (Role.ADMINISTRATOR, "people"),
    (Role.ADMINISTRATOR, "audit"),
]


@pytest.mark.parametrize(("role", "path"), OPENED_BY, ids=str)
def test_every_control_is_a_stop_in_the_order_of_reading(
    tab: Tab, serve: Serve, released_database: str, role: Role, path: str
) -> None:
    page, _ = tab
    page.goto(f"{serve(released_database, role.value)}/{path}")
    settled(page)
    page.add_style_tag(content="* { transition: none !important }")  # looks are read at once
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if not page.evaluate(STOP):
            break
    else:
        pytest.fail("The focus does not leave the page.")
    assert page.evaluate(MISSED) == []
    assert page.evaluate(UNSEEN) == []
    assert page.evaluate(BACKWARDS) == []


def to(page: Page, name: str | re.Pattern[str]) -> None:
    """The focus on a button, as far as the keyboard brings it."""
    for _ in range(MOST):
        if page.locator("button:focus").filter(has_text=name).count():
            return
        page.keyboard.press("Tab")
    pytest.fail(f"The keyboard does not reach {name}.")


def opened(page: Page, name: str, part: Locator) -> None:
    """What a button opens, once the focus has gone into it."""
    to(page, name)
    page.keyboard.press("Enter")
    expect(page.locator(":focus").and_(part.or_(part.locator("*")))).to_have_count(1)


def test_areas_are_chosen_and_the_focus_comes_back(
    tab: Tab, serve: Serve, released_database: str
) -> None:
    page, _ = tab
    page.goto(f"{serve(released_database)}/rollout")
    settled(page)
    opened(page, "All Thames Valley", page.get_by_test_id("stPopoverBody"))
    to(page, "Berkshire")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(r"area=berkshire"))
    settled(page)
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    expect(page.locator("button:focus")).to_contain_text("Berkshire")


def test_a_mark_of_a_chart_is_opened_from_its_menu(
    tab: Tab, serve: Serve, released_database: str
) -> None:
    page, _ = tab
    page.goto(f"{serve(released_database)}/caseload")
    settled(page)
    opened(page, "Show cases", page.get_by_test_id("stPopoverBody"))
    expect(page.get_by_role("combobox", name="Show cases")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(":focus")).to_have_count(1)
    # Until the list of choices is gone and the records stand, the key closes that list.
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    expect(dialog.get_by_text(re.compile(r"^\d+ records?\."))).to_be_visible()
    settled(page)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_a_district_is_chosen_without_the_map(
    tab: Tab, serve: Serve, released_database: str
) -> None:
    page, _ = tab
    page.goto(f"{serve(released_database)}/areas")
    settled(page)
    expect(page.get_by_test_id("stDeckGlJsonChart").locator("canvas").first).to_be_visible()
    opened(page, "Show one district", page.get_by_role("menu"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem").and_(page.locator(":focus"))).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/areas\?area=E\d+$"))


def test_a_file_is_taken_away(tab: Tab, serve: Serve, released_database: str) -> None:
    page, _ = tab
    page.goto(f"{serve(released_database)}/referrals")
    settled(page)
    opened(page, "Take away", page.get_by_test_id("stPopoverBody"))
    to(page, "This page as a workbook")
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename == "made-up-referrals.xlsx"


def test_the_first_stop_skips_to_the_content(
    tab: Tab, serve: Serve, released_database: str
) -> None:
    page, _ = tab
    page.goto(f"{serve(released_database)}/caseload")
    settled(page)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
