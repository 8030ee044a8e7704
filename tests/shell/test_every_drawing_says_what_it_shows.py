"""Every chart, map and table of every page is said in words made from its data."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from test_every_page_for_every_role import THEIRS, open_page  # noqa: F401

from dashboard.access import Role

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("everything_open")]

PICTURES = ("plotly_chart", "deck_gl_json_chart")
TABLES = ("dataframe", "table")
LONGEST = 1300  # characters: what is listened to at once
# A number, in figures or in words: what no picture of other data would be called.
NUMBER = re.compile(
    r"\d|\b(no|none|one|two|three|four|five|six|seven|eight|nine|ten)\b", re.IGNORECASE
)
BLANK = "slide-ready"  # a chart that is never seen
AREAS = "berkshire", "oxfordshire"


def drawn(app: AppTest, *kinds: str) -> Iterator[tuple[str, Any]]:
    """Everything of these kinds on a page: its key, if it has one, and what the browser is sent."""
    for kind in kinds:
        for element in app.get(kind):
            sent = element.proto
            yield re.sub(r"^.*-[0-9a-f]{20,}-", "", getattr(sent, "id", "")), sent


def data(sent: Any) -> str:
    """What it is drawn from."""
    return sent.spec if hasattr(sent, "spec") else sent.json


@pytest.mark.parametrize(("path", "role"), THEIRS)
def test_what_is_drawn_is_said(open_page, released_database, path, role):  # noqa: F811
    query = {"on": ["2026-11-17"]} if path == "meeting" else {}
    app = open_page(released_database, role, path, **query)
    assert not app.exception
    for key, sent in drawn(app, *PICTURES, *TABLES):
        if key != BLANK:
            assert NUMBER.search(sent.alt), f"{key}: {sent.alt!r}"
            assert len(sent.alt) <= LONGEST, key


@pytest.mark.parametrize(
    "path", [path for path, role in THEIRS if role is Role.REGIONAL_LEAD and path != "meeting"]
)
def test_other_areas_are_said_otherwise(open_page, released_database, path):  # noqa: F811
    """Whatever is drawn of other data has another text; a table reads itself out."""
    here, there = (
        dict(drawn(open_page(released_database, Role.REGIONAL_LEAD, path, area=[area]), *PICTURES))
        for area in AREAS
    )
    both = here.keys() & there.keys()
    same = [
        f"{key}: {here[key].alt}"
        for key in both
        if data(here[key]) != data(there[key]) and here[key].alt == there[key].alt
    ]
    assert same == []
