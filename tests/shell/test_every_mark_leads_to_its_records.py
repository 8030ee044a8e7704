"""Every number and mark of every page leads to its records, and the list is as long as it says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard.access import PAGES, Role, may_open
from dashboard.access.sign_in import WITHOUT_SIGN_IN
from dashboard.draw import choices
from dashboard.drawings import Histogram
from dashboard.panel import Panel
from dashboard.shell import area_records, quality, records, screen, visit
from dashboard.shell.show import Choice
from queries.measures import MEASURES

APP = str(Path(dashboard.__file__).parent / "app.py")
# The meeting's numbers are released ones, for everybody: there is nothing behind them to open.
WITH_PANELS = [
    page.path
    for page in PAGES
    if page.numbers and may_open(Role.MANAGER, page.path) and page.path != "meeting"
]

# What leads to no list, and why.
WITHOUT_RECORDS = {
    "waiting": "its rows are the records",
    "area-map": "a click shows the district alone; the list beside it opens the records",
    "freshness": "rows of tables, no records of people",
    "contradicting": "its rows are the records",
    "timeline": "its marks are the records of one case",
}


@dataclass
class Shown:
    """A panel as it was shown: the column that tells its rows apart, and what a click opened."""

    panel: Panel
    frame: pl.DataFrame
    chooses: str | None
    clicked: tuple[int, str] | None = None
    opened: int | None = None


@dataclass
class Page:
    """The panels of a page, by key, as the last run showed them."""

    app: AppTest
    shown: dict[str, Shown] = field(default_factory=dict)
    clicks: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    waits: Shown | None = None

    def click(self, clicks: Mapping[str, tuple[int, str]], **state: Any) -> dict[str, Shown]:
        """Run the page with these marks clicked (row and column, by panel)."""
        self.shown, self.clicks = {}, clicks
        for key, clicked in clicks.items():
            self.app.session_state[f"chart-{key}-clicked"] = clicked
        for key, value in state.items():
            self.app.session_state[key.replace("_", "-")] = value
        self.app.run()
        assert not self.app.exception
        return self.shown


serving: list[str] = []


@pytest.fixture
def open_page(monkeypatch, made_up_database) -> Callable[[str], Page]:
    monkeypatch.setenv("DRIVE_DATABASE_URL", made_up_database)
    monkeypatch.setenv(WITHOUT_SIGN_IN, Role.MANAGER.value)
    opened: list[Page] = []
    show = screen.show

    def note_shown(panel: Panel, frame: pl.DataFrame, view: Any, **how: Any) -> Choice | None:
        chosen = show(panel, frame, view, **how)
        if not opened:  # the first screen, before any page was asked for
            return chosen
        page = opened[-1]
        page.shown[panel.key] = Shown(panel, frame, how.get("chooses"))
        if chosen and panel.key in page.clicks:
            page.waits = page.shown[panel.key]
            page.waits.clicked = page.clicks[panel.key]
        return chosen

    def note_list(_title: str, rows: pl.DataFrame, *_: Any, **__: Any) -> None:
        assert opened[-1].waits is not None
        opened[-1].waits.opened = rows.height

    for module in (screen, quality):
        monkeypatch.setattr(module, "show", note_shown)
    for module in (screen, area_records, quality, records):
        monkeypatch.setattr(module, "open_list", note_list)

    def run(path: str) -> Page:
        if made_up_database not in serving:  # the same snapshot serves again
            visit.store.clear()
            serving.append(made_up_database)
        app = AppTest.from_file(APP, default_timeout=60).run()
        app.switch_page(f"../pages/{path}.py")
        opened.append(Page(app))
        opened[-1].click({})
        return opened[-1]

    return run


def expected(shown: Shown) -> int | None:
    """How long the list must be: the number itself, or what a share, mean or rate is out of.

    None where the column says words.
    """
    row, column = shown.clicked  # type: ignore[misc]
    values = shown.frame.row(row, named=True)
    key = shown.panel.key
    measure = MEASURES.get(shown.panel.measures[0]) if shown.panel.measures else None
    out_of = {
        ("safety-contacts-by-month", "share"): "due",
        ("partner-areas-on_time", "value"): "of",
        ("stages", "share"): "cases",
        ("outcomes-compared", "value"): "n",
        ("area-trend", "value"): "n",
        ("area-ranked", "n"): "n",
        ("area-funnel", "value"): "count" if measure and not measure.is_fraction else "n",
    }
    printed = {each.name: each.of for each in getattr(shown.panel.drawn_as, "columns", ())}
    of = printed.get(column) or out_of.get((key, column))
    if isinstance(shown.panel.drawn_as, Histogram) and column in ("median", "slow"):
        of = "n"
    if of:
        return int(values[of])
    if key.startswith("trend-") and measure:
        counted = measure.out_of is None and measure.fold != "median"
        return int(values["numerator" if counted else "denominator"])
    return values[column] if isinstance(values[column], int) else None


def wrong(shown: Mapping[str, Shown]) -> list[tuple[str, tuple[int, str] | None, Any, Any]]:
    return [
        (key, each.clicked, expected(each), each.opened)
        for key, each in shown.items()
        if each.clicked and (each.opened is None or expected(each) not in (None, each.opened))
    ]


@pytest.mark.parametrize("path", WITH_PANELS)
def test_every_panel_leads_to_records_or_says_why_not(open_page, path):
    page = open_page(path)
    assert [key for key, each in page.shown.items() if not leads(each)] == []
    offered = {key: offers(each) for key, each in page.shown.items()}
    clicks = {key: each[0] for key, each in offered.items() if each}
    shown = page.click(clicks)
    assert wrong(shown) == []


def leads(shown: Shown) -> bool:
    """Whether a panel opens records, is a table of which a row opens some, or is an exception."""
    if shown.frame.is_empty() or shown.panel.key in WITHOUT_RECORDS:
        return True
    drawing = shown.panel.drawn_as
    opens = getattr(drawing, "selectable", False) or choices(drawing, shown.frame)
    return bool(shown.chooses and opens)


SWITCHES = (
    {},
    {
        "referrals_by": "route",
        "referrals_step": "week",
        "partner_number": "on_time",
        "marac_area": "district",
        "risk_measure": "marac_repeat_rate",
    },
    {
        "referrals_by": "district",
        "partner_number": "overdue",
        "risk_measure": "risk_reduced_rate",
        "area_measure": "adult_victim_survivors",
    },
)


@pytest.mark.slow
@pytest.mark.parametrize("switches", SWITCHES)
@pytest.mark.parametrize("path", WITH_PANELS)
def test_every_list_is_as_long_as_its_number(open_page, path, switches):
    page = open_page(path)
    offered = {key: offers(each) for key, each in page.click({}, **switches).items()}
    found = []
    for turn in range(max(map(len, offered.values()))):
        clicks = {key: each[turn] for key, each in offered.items() if turn < len(each)}
        found += wrong(page.click(clicks, **switches))
    assert found == []


def offers(shown: Shown) -> list[tuple[int, str]]:
    """The marks of a panel to click on: of each of its columns the first, middle and last."""
    if not shown.chooses or shown.frame.is_empty():
        return []
    by_column: dict[str, list[int]] = {}
    for row, column, _ in choices(shown.panel.drawn_as, shown.frame):
        by_column.setdefault(column, []).append(row)
    return [
        (row, column)
        for column, rows in by_column.items()
        for row in dict.fromkeys((rows[0], rows[len(rows) // 2], rows[-1]))
    ]


@pytest.mark.slow
def test_every_month_of_a_headlines_line_leads_to_its_records(open_page, monkeypatch):
    shown: dict[str, Any] = {}
    show_row = screen.headline_row

    def note_row(headlines: Any) -> Any:
        shown.clear()  # of the page shown last
        shown.update({each.key: each for each in headlines})
        return show_row(headlines)

    monkeypatch.setattr(screen, "headline_row", note_row)
    page = open_page("rollout")
    counts = [key for key in shown if MEASURES[key].out_of is None and MEASURES[key].fold == "sum"]
    assert {"referrals_received", "active_cases"} <= set(counts)
    for key in counts:
        months = shown[key].points.drop_nulls("value")
        for index in (0, len(months) - 1):
            page.waits = Shown(None, months, None)  # type: ignore[arg-type]
            page.app.session_state[f"spark-{key}-clicked"] = (index,)
            page.click({})
            assert page.waits.opened == months["value"][index]
