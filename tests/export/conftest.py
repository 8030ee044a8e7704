"""What the tests of files that leave share: a small panel, a cover, and all panels of all pages."""

from datetime import date, datetime

import pytest
from leaving import AREAS, panel

from dashboard.access import Role, Viewer
from dashboard.drawings import Bars
from dashboard.export.about import About, Taken
from dashboard.export.pages import pages, taken
from dashboard.panels.caseload import case_timeline
from dashboard.snapshot.snapshot import LONDON


@pytest.fixture
def about() -> About:
    return About(
        "Drive Example",
        "Caseload",
        "Slough and Oxford",
        "Ada",
        "Manager",
        datetime(2026, 7, 6, 9, 30, tzinfo=LONDON),
        made_up=True,
        records_to=date(2026, 7, 5),
        sentence="Slough holds most",
    )


@pytest.fixture
def small() -> Taken:
    return Taken(panel(), AREAS)


@pytest.fixture
def bars() -> Taken:
    return Taken(panel(drawing=Bars("area", {"cases": "cases"})), AREAS)


@pytest.fixture(scope="session")
def everything(made_up):
    """Every panel of every page as a manager sees it, a case's timeline too, and the lens."""
    lens = made_up.lens(
        Viewer(Role.MANAGER, None), None, date(2026, 4, 1), date(2026, 10, 31), date(2026, 10, 31)
    )
    found = taken(pages(Role.MANAGER, made_up.settings, lens), lens)
    case = next(each for each in found if each.panel.key == "attention").frame["case"][0]
    timeline = case_timeline(case)
    return [*found, Taken(timeline, timeline.result(lens).collect())], lens
