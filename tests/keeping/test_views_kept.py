"""Views are each person's own: the last one, and those kept under a name."""

import pytest

from dashboard.keeping.changes import NotKept
from dashboard.keeping.views import LAST, MOST, View, drop_view, keep_view, views_of

OURS = View("Our county", "caseload", {"area": ["berkshire"]})


def test_a_view_is_kept_for_its_person_alone(engine):
    keep_view(engine, "kim", OURS)

    assert views_of(engine, "kim") == [OURS]
    assert views_of(engine, "lee") == []


def test_a_view_of_the_same_name_takes_its_place(engine):
    keep_view(engine, "kim", OURS)
    moved = View(" Our  county ", "risk", {"area": ["R", "S"]})
    keep_view(engine, "kim", moved)

    assert views_of(engine, "kim") == [View("Our county", "risk", {"area": ["R", "S"]})]


def test_the_last_view_has_no_name_and_comes_first(engine):
    keep_view(engine, "kim", OURS)
    keep_view(engine, "kim", View(LAST, "risk", {}))

    assert [each.name for each in views_of(engine, "kim")] == [LAST, "Our county"]
    drop_view(engine, "kim", "Our county")
    assert [each.name for each in views_of(engine, "kim")] == [LAST]


def test_there_is_an_end_to_them(engine):
    for number in range(MOST):
        keep_view(engine, "kim", View(f"View {number}", "risk", {}))

    with pytest.raises(NotKept, match="Remove one first"):
        keep_view(engine, "kim", OURS)
    keep_view(engine, "kim", View(LAST, "risk", {}))
    with pytest.raises(NotKept, match="at most 60"):
        keep_view(engine, "kim", View("x" * 61, "risk", {}))
