"""The definitions: every measure of the registry says all that it should, and can be found."""

from dataclasses import replace

import pytest

from dashboard.database.tables import RECORDS
from queries.definitions import (
    COUNT_ALONE,
    EACH_PERSON,
    EACH_ROW,
    SUBJECTS,
    entry,
    found,
    halves,
    subject,
)
from queries.measures import ALL, MEASURES
from queries.methods import METHODS, PERIODS
from queries.statistics.control_chart import LIMIT, RUN, SCREEN, TRIAL_BELOW


@pytest.mark.parametrize("measure", ALL, ids=lambda measure: measure.key)
def test_a_measure_says_all_that_it_should(measure):
    said = entry(measure)
    for name in ("title", "definition", "counts", "out_of", "reads", "better", "rounding"):
        words = getattr(said, name)
        assert words.strip(), f"{measure.key} has no {name}"
        assert name == "title" or words.endswith("."), f"{name} of {measure.key} is no sentence"
    assert said.interval
    assert said.beware.endswith("."), f"{measure.key} does not say what it must not be read as"
    assert said.subject in SUBJECTS
    assert said.source
    assert set(said.source) <= RECORDS.keys(), f"{measure.key} names a table that there is not"
    is_count = measure.out_of is None and measure.fold != "median"
    assert (said.out_of == COUNT_ALONE) is is_count
    assert (measure.interval is None) is said.interval.startswith("None")


def test_what_is_counted_and_out_of_what_come_from_the_definition():
    assert halves(MEASURES["planned_completion_rate"]) == (
        "Cases closed in the period as a planned completion.",
        "All closed in it.",
    )
    assert halves(MEASURES["days_referral_to_allocation"]) == (
        "Days from a referral’s receipt to its allocation to a case manager.",
        "The cases allocated in the period.",
    )
    assert halves(MEASURES["mean_dash_score"]) == (
        "The latest DASH scores (of 24).",
        "The cases active on the last day of the period.",
    )
    assert halves(MEASURES["active_cases"]) == (EACH_ROW, COUNT_ALONE)
    assert halves(MEASURES["adult_victim_survivors"]) == (EACH_PERSON, COUNT_ALONE)


def test_a_measure_that_does_not_say_it_is_refused():
    vague = replace(MEASURES["planned_completion_rate"], definition="How well it went.")
    with pytest.raises(ValueError, match="does not say what it is counted out of"):
        halves(vague)
    with pytest.raises(ValueError, match="has no subject"):
        subject(replace(vague, key="other", facts="needs"))


def keys(search: str) -> list[str]:
    return [each.key for entries in found(search).values() for each in entries]


def test_without_words_every_measure_is_found_once_under_its_subject():
    assert sorted(keys("")) == sorted(MEASURES)
    assert list(found("")) == list(SUBJECTS)


def test_every_word_must_stand_somewhere_whatever_its_case():
    assert keys("DASH mean") == ["mean_dash_score"]
    assert keys("  marac   REPEATS ") == ["marac_repeat_rate"]
    assert "police_incidents_change" in keys("police incidents")
    assert set(keys("linearised")) == {m.key for m in ALL if m.interval == "ratio"}
    assert keys("no such words") == []


def test_the_methods_give_the_numbers_that_hold():
    control = dict(METHODS)["Control chart (XmR)"]
    for number in (LIMIT, SCREEN, RUN, TRIAL_BELOW):
        assert str(number) in control
    titles = " ".join(title for title, _ in METHODS)
    for method in ("Wilson", "linearised", "XmR", "funnel", "runway"):
        assert method in titles
    assert {"Periods", "Weeks", "As at"} <= dict(PERIODS).keys()
