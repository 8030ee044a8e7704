"""Every page says how it is read, in the terms of the field."""

import re

import pytest

from dashboard.access import PAGES, Role
from dashboard.panels.guides import GUIDES, PROTECTED, RELEASED, WORDS
from dashboard.shell.tour import steps

LONGEST = 1000  # characters: what is read in a minute
# What people are not called here.
NEVER = re.compile(r"\b(offender|victim(?!-survivor)|perp(etrator)?|abuser)s?\b", re.IGNORECASE)


def said(path: str) -> str:
    return " ".join(
        text
        for guide in (GUIDES[path], RELEASED[path])
        for text in (guide.answers, *guide.charts, guide.then)
    )


def test_every_page_has_a_guide_and_no_guide_is_left_over():
    assert set(GUIDES) == {page.path for page in PAGES}


@pytest.mark.parametrize("path", GUIDES)
def test_a_guide_is_short_and_knows_its_terms(path):
    assert len(said(path)) <= 2 * LONGEST
    assert GUIDES[path].charts
    assert set(GUIDES[path].words) <= set(WORDS)
    assert len(set(GUIDES[path].charts)) == len(GUIDES[path].charts)


def test_released_numbers_have_no_as_at_day_and_ask_nobody_to_open_a_case():
    for path in ("rollout", "referrals", "areas", "data"):
        assert "As at" in GUIDES[path].words
        assert "As at" not in RELEASED[path].words
        assert "as-at" not in " ".join((*RELEASED[path].charts, RELEASED[path].then))
    assert "contradictions" not in RELEASED["data"].answers + RELEASED["data"].then


@pytest.mark.parametrize("words", [*map(said, GUIDES), *PROTECTED, *WORDS.values()])
def test_people_are_called_what_the_field_calls_them(words):
    assert not NEVER.search(words)


@pytest.mark.parametrize("role", Role)
def test_the_tour_takes_a_minute_at_most(role):
    todo = steps(role)
    assert 2 <= len(todo) <= 4
    # Read aloud: 200 words are a minute.
    assert len(" ".join(f"{step.title} {step.words}" for step in todo).split()) <= 200


def test_the_tour_speaks_of_what_the_role_can_do():
    words = {role: " ".join(step.words for step in steps(role)) for role in Role}
    assert "opens the records behind it" in words[Role.CASE_MANAGER]
    assert "opens the records behind it" not in words[Role.REGIONAL_LEAD]
    assert "Your numbers are protected" in words[Role.OPCC]
    assert "areas" not in words[Role.ADMINISTRATOR]
