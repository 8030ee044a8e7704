"""Names of sheets: such as spreadsheets take, each once, and words stay whole."""

from collections.abc import Sequence

from dashboard.export.about import Taken
from dashboard.panel import Panel
from queries import words

LONGEST = 31  # characters of a sheet's name
COVER, DEFINITIONS, HEADLINES = "Cover", "Definitions", "Headline numbers"
_SIGNS = " ,-’"  # that may stand in a name beside letters and figures
# Panels of one measure each, by how their keys begin: what follows the measure's name.
_KINDS = {"trend": "trend", "areas": "areas", "split": ""}


def sheet_names(shown: Sequence[Taken]) -> list[str]:
    """A name for each panel; where another page has the same, the page's is added, or a number."""
    given = {name.lower() for name in (COVER, DEFINITIONS, HEADLINES, "history")}
    found = []
    for taken in shown:
        stem = _stem(taken.panel)
        name, number = stem, 1
        if name.lower() in given and taken.page:
            with_page = _plain(f"{stem}, {taken.page}")
            name = with_page if len(with_page) <= LONGEST else stem
        while name.lower() in given:
            number += 1
            name = f"{_cut(stem, LONGEST - len(str(number)) - 1)} {number}"
        given.add(name.lower())
        found.append(name)
    return found


def _stem(panel: Panel) -> str:
    """ "since-own-launch" is "Since own launch", "trend-active_cases" is "Active cases, trend"."""
    key = panel.key.removeprefix("released-")
    kind = _KINDS.get(key.split("-")[0])
    thing, colon, _ = panel.question.partition(": ")
    if kind is None or not colon:
        return _cut(_plain(key.replace("-", " ").replace("_", " ").capitalize()))
    thing = _plain(thing)
    return _cut(words.fit(f"{thing}, {kind}".removesuffix(", "), f"{thing} {kind}", limit=LONGEST))


def _plain(text: str) -> str:
    known = "".join(sign if sign.isalnum() or sign in _SIGNS else " " for sign in text)
    return " ".join(known.split()).strip(_SIGNS) or "Sheet"


def _cut(text: str, longest: int = LONGEST) -> str:
    """As many whole words as there is room for."""
    if len(text) <= longest:
        return text
    whole, _, _ = text[: longest + 1].rpartition(" ")
    return whole.rstrip(_SIGNS) or text[:longest]
