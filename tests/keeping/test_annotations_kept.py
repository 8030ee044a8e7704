"""Notes on charts: added and taken away by managers and data stewards, in their own areas."""

from datetime import date

import pytest
from kept import changed, rows

from dashboard.access import Role, Viewer
from dashboard.database.tables import Annotation
from dashboard.keeping.annotations import add_annotation, remove_annotation
from dashboard.keeping.changes import NotKept

DAY = date(2026, 6, 1)


def noted(engine):
    return rows(engine, Annotation, "on", "area", "text")


def test_a_note_is_added_and_taken_away(engine, manager):
    add_annotation(engine, manager, DAY, "all", "  New   police route ")
    assert noted(engine) == [(DAY, "all", "New police route")]

    remove_annotation(engine, manager, DAY, "all", "New police route")
    assert noted(engine) == []
    assert [what for what, _, _ in changed(engine)] == ["annotation", "annotation"]


def test_a_data_steward_may_note_too(engine):
    add_annotation(engine, Viewer(Role.DATA_STEWARD, None), DAY, "R", "Move to a new system")

    assert len(noted(engine)) == 1


@pytest.mark.parametrize(
    ("area", "text", "words"),
    [
        ("R", " ", "Write what happened"),
        ("R", "x" * 61, "60 characters; this has 61"),
        ("O", "Something", "own areas only"),
    ],
)
def test_what_cannot_be_noted_is_refused_in_words(engine, of_berkshire, area, text, words):
    with pytest.raises(NotKept, match=words):
        add_annotation(engine, of_berkshire, DAY, area, text)

    assert noted(engine) == []


def test_the_same_note_is_kept_once(engine, manager):
    add_annotation(engine, manager, DAY, "all", "New route")
    with pytest.raises(NotKept, match="noted already"):
        add_annotation(engine, manager, DAY, "all", "New route")


def test_a_note_that_is_gone_cannot_be_taken_away_again(engine, manager):
    with pytest.raises(NotKept, match="no longer there"):
        remove_annotation(engine, manager, DAY, "all", "New route")


def test_a_regional_lead_notes_nothing(engine):
    with pytest.raises(NotKept, match="Regional lead cannot change this"):
        add_annotation(engine, Viewer(Role.REGIONAL_LEAD, None), DAY, "all", "New route")
