"""The panels of Referrals and Partners: whatever the areas, they read, fit and can be drawn."""

from datetime import date

import pytest
from boxes import cut, overlaps, text_boxes

from dashboard.access import Role, Viewer
from dashboard.draw import alt_text, figure
from dashboard.draw.theme import FIVE_TWELFTHS, FULL, HALF, SEVEN_TWELFTHS
from dashboard.drawings import Table
from dashboard.panels import partners, referrals
from queries import words

# The panels by the width of the column in which their page shows them.
SHOWN = {
    FULL: (
        *referrals.BY.values(),
        *referrals.OVER_TIME.values(),
        referrals.TRAITS,
        partners.AGENCIES,
        partners.OWN_AGENCIES,
        partners.ON_TIME,
        *partners.AREAS.values(),
        partners.KINDS,
        partners.HEARD,
        partners.ACTIVITY,
    ),
    SEVEN_TWELFTHS: (referrals.OUTCOMES, referrals.REASONS, *partners.MARAC_BY.values()),
    HALF: (referrals.TO_DECISION, referrals.TO_ALLOCATION, *referrals.TRENDS.values()),
    FIVE_TWELFTHS: (referrals.WAITING, referrals.AGAIN, partners.TO_HEARING),
}
PANELS = [(panel, width) for width, panels in SHOWN.items() for panel in panels]
MANAGER = Viewer(Role.MANAGER, None)
VIEWS = {
    "whole": (None, date(2026, 4, 1), date(2026, 10, 31)),
    "one county": (frozenset({"E06000042", "E06000060"}), date(2025, 4, 1), date(2026, 3, 31)),
    "one district, one month": (frozenset({"E07000180"}), date(2026, 9, 1), date(2026, 9, 30)),
    "the first days": (None, date(2024, 3, 21), date(2024, 4, 2)),
}


@pytest.fixture(params=VIEWS)
def view(request, made_up):
    areas, start, end = VIEWS[request.param]
    return made_up.lens(MANAGER, areas, start, end)


@pytest.mark.parametrize(("panel", "width"), PANELS, ids=lambda each: getattr(each, "key", None))
def test_a_panel_reads_fits_and_can_be_drawn(view, panel, width):
    frame = panel.result(view).collect()
    assert set(panel.headings) <= set(frame.columns)
    assert set(panel.percent) <= set(panel.headings)
    assert panel.caption(view)
    limit = {FIVE_TWELFTHS: words.NARROW, FULL: words.FULL}.get(width, words.WIDE)
    if frame.is_empty():
        assert len(panel.without) <= limit
        return
    said = panel.reading(frame)
    assert said[:1].upper() == said[:1]
    # The last candidate of a name that is long by itself may be longer; none here is.
    assert len(said) <= limit, said
    if isinstance(panel.drawn_as, Table):
        return
    assert alt_text(panel, frame)
    chart = figure(panel.drawn_as, frame, "light", width)
    boxes = text_boxes(chart, width)
    assert not cut(boxes, chart, width)
    assert not overlaps(boxes)


def test_the_sentences_of_the_pages_fit(view):
    frames = {panel.key: panel.result(view).collect() for panel, _ in PANELS}
    for page in (referrals.headline(frames), partners.headline(frames)):
        assert 0 < len(page) <= words.TITLE, page
    own = {key: frame for key, frame in frames.items() if key == referrals.TO_ALLOCATION.key}
    assert 0 < len(referrals.headline(own)) <= words.TITLE
