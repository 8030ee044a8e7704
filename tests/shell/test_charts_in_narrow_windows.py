"""No label of any chart of any page is cut or lies on another, however narrow the window."""

import pytest
from boxes import cut, overlaps, text_boxes
from test_every_page_for_every_role import THEIRS, open_page  # noqa: F401

from dashboard.access import Role
from dashboard.draw import figure, narrowest
from dashboard.shell import show

pytestmark = pytest.mark.slow

WIDTHS = 864, 736, 560, 348  # of two tablets, half a screen and a phone
PAGES = [each for each in THEIRS if each[1] in (Role.MANAGER, Role.OPCC) and each[0] != "meeting"]


@pytest.mark.parametrize("area", [[], ["oxfordshire"]])
@pytest.mark.parametrize(("path", "role"), PAGES)
def test_labels_are_whole(open_page, released_database, monkeypatch, path, role, area):  # noqa: F811
    shown = []
    drawn = show.figure_again
    monkeypatch.setattr(
        show, "figure_again", lambda *given: [shown.append(given[:2]), drawn(*given)][1]
    )
    open_page(released_database, role, path, **({"area": area} if area else {}))
    wrong = []
    for drawing, frame in shown:
        for width in WIDTHS:
            wide = max(width, narrowest(drawing, frame))
            chart = figure(drawing, frame, "light", wide)
            boxes = text_boxes(chart, wide)
            lost = [box.text for box in cut(boxes, chart, wide)]
            if found := [*lost, *overlaps(boxes)]:
                wrong.append((type(drawing).__name__, wide, found))
    assert wrong == []
