"""What colour says of a status is said by a word, a number or a shape as well."""

import pytest

from dashboard.access import Role, Viewer
from dashboard.draw import figure
from dashboard.draw.theme import VARIATIONS
from dashboard.drawings import Bars, Courses, Fans
from dashboard.panels import area_funnel, area_shown, caseload, partners, risk, rollout
from dashboard.snapshot import Lens
from queries import attention
from queries.measures import MEASURES


@pytest.fixture(scope="module")
def view(made_up) -> Lens:
    return made_up.lens(Viewer(Role.MANAGER, None))


PANELS = (*rollout.ALL, caseload.WORKERS, caseload.DISTRICTS, partners.AGENCIES, risk.GROUNDS)


def test_a_number_in_the_colour_of_attention_differs_from_all_that_are_not(view):
    seen = 0
    for panel in PANELS:
        rows = panel.result(view).collect()
        for column in getattr(panel.drawn_as, "columns", ()):
            if isinstance(panel.drawn_as, Bars) and column.attention:
                flagged = set(rows.filter(column.attention)[column.name])
                others = set(rows.filter(~rows[column.attention])[column.name])
                seen += len(flagged)
                assert not flagged & others, (panel.key, column.name)
    assert seen


def test_a_heading_in_the_colour_of_attention_says_why(view):
    seen = 0
    for panel in PANELS:
        drawing = panel.drawn_as
        if isinstance(drawing, Courses | Fans):
            rows = panel.result(view).collect()
            flagged = set(rows.filter(drawing.attention)[drawing.headings])
            others = set(rows.filter(~rows[drawing.attention])[drawing.headings])
            seen += len(flagged)
            assert not flagged & others, panel.key
            assert None not in flagged
    assert seen


def test_a_special_cause_has_a_shape_of_its_own_and_words(view):
    assert len(VARIATIONS) == len({shape for shape, *_ in VARIATIONS.values()}) == 4
    rows = risk.SCORE.result(view).collect()
    special = rows.filter(rows["variation"] != "common")
    assert special.height
    assert special["cause"].drop_nulls().len()


def test_a_district_far_out_is_named(view):
    measure = MEASURES["contacts_on_time_rate"]
    shown = area_shown.Shown(measure, "value", measure, "Thames Valley")
    rows = area_funnel.funnel(shown).result(view).collect()
    assert rows.filter("far")["says"].null_count() == 0


def test_what_is_late_in_a_timeline_says_so(view):
    case = attention.attention(view).collect()["case"][0]
    panel = caseload.case_timeline(case)
    late = panel.result(view).collect().filter(mark="late")
    assert late.height
    assert late["text"].null_count() == 0
    said = [
        each.text
        for each in figure(panel.drawn_as, panel.result(view).collect(), "light").layout.annotations
    ]
    assert any(late["text"][0] in text for text in said)
