"""Every measure in words: what it counts, out of what, how it is read, and what it is not.

What a measure counts and out of what is taken from its definition, which is written in one of
these forms (a colon, a semicolon or a full stop ends the second half):

- a share or a change: "what is counted, as a share of what it is out of";
- a median: "what is measured; the middle value of whom it is measured for";
- a mean: "Mean of what is measured of the cases it is measured for".
"""

import re
from dataclasses import dataclass

import polars as pl

from queries.measure import Measure
from queries.measures import ALL

EACH_ROW = "Each of them."
EACH_PERSON = "Each person once, whatever number of records they are in."
COUNT_ALONE = "Nothing: it is a count."
WHOLE_NUMBERS = "Not at all: it is a whole number."

SUBJECTS = (
    "Referrals",
    "Caseload and the work on cases",
    "Risk",
    "Victim-survivors",
    "Outcomes",
    "Partner agencies and MARAC",
)
_REFERRALS, _CASELOAD, _RISK, _VICTIM_SURVIVORS, _OUTCOMES, _PARTNERS = SUBJECTS
# The subject of the rows that a measure is made from ...
_OF_FACTS = {
    "referrals": _REFERRALS,
    "acceptances": _REFERRALS,
    "decisions": _REFERRALS,
    "waiting": _REFERRALS,
    "allocations": _REFERRALS,
    "caseload": _CASELOAD,
    "closures": _CASELOAD,
    "contacts_due": _CASELOAD,
    "reviews_due": _CASELOAD,
    "exit_ratings": _OUTCOMES,
    "abuse_pairs": _OUTCOMES,
    "followups": _OUTCOMES,
    "links": _VICTIM_SURVIVORS,
    "idva_engagements": _VICTIM_SURVIVORS,
    "safety_contacts_due": _VICTIM_SURVIVORS,
    "marac": _PARTNERS,
    "actions": _PARTNERS,
    "actions_due": _PARTNERS,
    "actions_overdue": _PARTNERS,
}
# ... but for those that ask something else of them.
_OF_MEASURE = {
    "cases_allocated": _CASELOAD,
    "high_risk_active_cases": _RISK,
    "high_risk_rate": _RISK,
    "mean_dash_score": _RISK,
    "marac_repeat_rate": _OUTCOMES,
}

_FORMS = (
    re.compile(r"(?P<counts>.+?), as a share of (?P<out_of>.+?)(?:[:;.]|$)"),
    re.compile(r"(?P<counts>.+?); the middle value of (?P<out_of>.+?)(?:[:;.]|$)"),
    re.compile(r"Mean of (?P<counts>.+?) of (?P<out_of>the cases .+?)(?:[:;.]|$)"),
)

_READS = {
    "events": "What happened in the period, each on its own day.",
    "state": "How things stood on the last day of the period.",
    "during": "Whatever lasted on any day of the period.",
}
_BETTER = {
    "higher": "Higher is better.",
    "lower": "Lower is better.",
    "neutral": "Neither higher nor lower is better in itself.",
}
_BETTER_CHANGE = {
    "higher": "A reduction: positive means fewer, and is better.",
    "lower": "A change: negative means fewer, and is better.",
    "neutral": "A change: positive means more; neither is better in itself.",
}
_ROUNDING = {
    "share": "To a whole per cent; out of fewer than ten it is said as “7 of 9” in sentences.",
    "change": "To a whole per cent.",
    "days": "To a whole day.",
    "score": "To one decimal.",
}
_INTERVALS = {
    "wilson": "95% interval after Wilson.",
    "ratio": "95% linearised interval, which counts several rows of one person as one person.",
    None: "None: it is not an estimate.",
}
_MEDIAN_INTERVAL = "None: the number of rows that it is the middle of is given instead."


@dataclass(frozen=True)
class Entry:
    """A measure as the definitions page says it; all texts are ready to be read."""

    key: str
    subject: str
    title: str
    definition: str
    counts: str
    out_of: str
    reads: str
    better: str
    rounding: str
    interval: str
    source: tuple[str, ...]
    beware: str

    @property
    def text(self) -> str:
        """Everything that a search looks in."""
        words = (self.title, self.key, self.subject, self.definition, self.beware, self.interval)
        return " ".join((*words, *self.source, *map(table_title, self.source))).casefold()


def entry(measure: Measure) -> Entry:
    """The measure in words. Raises ValueError where its definition has none of the forms."""
    counts, out_of = halves(measure)
    return Entry(
        measure.key,
        subject(measure),
        measure.title,
        measure.definition,
        counts,
        out_of,
        _READS[measure.reads],
        (_BETTER_CHANGE if measure.unit == "change" else _BETTER)[measure.better],
        _ROUNDING.get(measure.unit, WHOLE_NUMBERS),
        _MEDIAN_INTERVAL if measure.fold == "median" else _INTERVALS[measure.interval],
        measure.source,
        measure.beware,
    )


def halves(measure: Measure) -> tuple[str, str]:
    """What the measure counts, and what it is counted out of, as sentences."""
    if measure.out_of is None and measure.fold != "median":
        return EACH_ROW if measure.each is None else EACH_PERSON, COUNT_ALONE
    for form in _FORMS:
        if found := form.match(measure.definition):
            return _sentence(found["counts"]), _sentence(found["out_of"])
    raise ValueError(f"The definition of {measure.key} does not say what it is counted out of.")


def subject(measure: Measure) -> str:
    """What the measure is about. Raises ValueError where nothing says it."""
    found = _OF_MEASURE.get(measure.key) or _OF_FACTS.get(measure.facts)
    if found is None:
        raise ValueError(f"{measure.key} has no subject: give its facts one.")
    return found


def found(search: str) -> dict[str, list[Entry]]:
    """The entries in which every word of the search stands, by subject; all without a word."""
    wanted = search.casefold().split()
    entries = [each for each in map(entry, ALL) if all(word in each.text for word in wanted)]
    by_subject = {name: [each for each in entries if each.subject == name] for name in SUBJECTS}
    return {name: listed for name, listed in by_subject.items() if listed}


def table_title(table: str) -> str:
    """A table's name as it is read: "Case victim survivors"."""
    spoken = table.replace("victim_survivors", "victim-survivors").replace("_", " ")
    return _NAMES.get(table, spoken[:1].upper() + spoken[1:])


def titled(rows: pl.LazyFrame) -> pl.LazyFrame:
    """The rows with their `table` named as it is read; few rows, so they are collected here."""
    known = rows.collect()
    return known.with_columns(
        table=pl.Series([table_title(name) for name in known["table"]], dtype=pl.String)
    ).lazy()


_NAMES = {
    "marac_referrals": "MARAC referrals",
    "case_victim_survivors": "Victim-survivors of cases",
    "case_managers": "Case managers",
    "case_areas": "Cases that moved",
    "case_manager_areas": "Areas of case managers",
    "case_manager_hours": "Hours of case managers",
}


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
