"""How each page is read: what it answers, how its charts are read, what to do next.

The words of the field that a page uses are explained once, in WORDS.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Guide:
    """How a page is read. `words`: the terms it uses, keys of WORDS."""

    answers: str
    charts: tuple[str, ...]
    then: str
    words: tuple[str, ...] = ()


WORDS: Mapping[str, str] = {
    "As at": "the day up to which the records are read; what was recorded later is left out.",
    "DASH": "a risk checklist of 24 items; 14 ticks or more are high, 10 to 13 medium. "
    "Professional judgement can make a case high-risk below 14.",
    "Direct": "work one-to-one with the service user.",
    "Disrupt only": "work through other agencies, where the service user does not engage. It is a "
    "way of working, and no failure.",
    "IDVA": "Independent Domestic Violence Advisor, on the side of the victim-survivor.",
    "MARAC": "Multi-Agency Risk Assessment Conference, where high-risk cases are heard.",
    "MARAC repeat": "the same pair of people heard again within the time that the service set, "
    "usually 12 months.",
    "Referral panel": "the multi-agency meeting that accepts, declines or defers referrals.",
    "Service user": "the person causing harm who is allocated to Drive.",
    "Victim-survivor": "an adult or child who is harmed; counted once, however many cases they "
    "are linked to.",
}

_BARS = (
    "The numbers beside the bars are those to quote; the bars show them at a glance. An outlined "
    "pale bar is what the filled one is out of."
)
_CONTROL = (
    "In a control chart the band is how far the months move by themselves. A diamond is an "
    "improvement beyond that, a square a concern; a grey circle is the usual up and down."
)
_INTERVAL = "A thin line through a dot is its 95% interval: the fewer the people, the longer."
_SHARE = (
    "A darker cell is a higher number. The number stands in the cell; where there is no number, "
    "nothing is known."
)
_UNFINISHED = "A hatched column is a month or week that is not over: do not read it as a fall."

GUIDES: Mapping[str, Guide] = {
    "rollout": Guide(
        "Is Drive live everywhere, and are referrals and places on the course that was funded?",
        (
            "In each county the line is what has happened, the dashed line what was funded. "
            "“Behind” is the gap on the as-at day.",
            "The fan shows when places may be full. It says “not before” and “by”, or “may be "
            "full from”; never one date. It assumes that referrals go on as in the last half-year.",
            _BARS,
        ),
        "Where a county is behind, see below which agencies there refer little or not yet.",
        ("Service user", "Referral panel", "As at"),
    ),
    "referrals": Guide(
        "Who is referred, what becomes of the referrals, and how long does each step take?",
        (
            _BARS,
            "Waiting times: half waited no longer than the median; one in ten waited longer than "
            "where the slowest tenth begins.",
            _CONTROL,
            _UNFINISHED,
        ),
        "Begin with who waits longest, then with the reasons that decline or defer most.",
        ("Referral panel", "Service user", "As at"),
    ),
    "caseload": Guide(
        "Who is full, who has room, who waits, and which case has gone quiet?",
        (
            "The upright mark in each row is the target: cases for the hours that are worked. A "
            "bar past it is over.",
            "A case’s timeline has one row for each kind of event. The orange line runs from the "
            "last contact to the as-at day.",
        ),
        "Open the first case in the list. It is the one that most needs somebody to look.",
        ("Service user", "DASH", "Direct", "Disrupt only", "IDVA"),
    ),
    "risk": Guide(
        "Is risk falling, for whom is it rising, and what do IDVAs say?",
        (_CONTROL, _BARS, _SHARE),
        "Look at the marked points first. Between the limits a month that is up or down needs no "
        "reason; a sign that risk rose needs somebody to look today.",
        ("DASH", "IDVA", "MARAC", "Service user"),
    ),
    "victim-survivors": Guide(
        "Who is harmed, and is the IDVA in touch with them?",
        (
            "People are counted once each, adults and children apart, on the as-at day.",
            _BARS,
            _UNFINISHED,
        ),
        "Begin with adults who had no contact in time or have no IDVA yet.",
        ("Victim-survivor", "IDVA", "Service user"),
    ),
    "areas": Guide(
        "Where is the chosen number highest, where does it change, and which districts differ?",
        (
            "The number on a district in the map is its row in the list beside it.",
            _INTERVAL,
            "In the funnel a district inside the limits does not differ from the whole by more "
            "than chance. The fewer its cases, the wider the limits.",
        ),
        "Ask about districts outside the limits only. A rank by itself says little.",
        ("Service user", "As at"),
    ),
    "outcomes": Guide(
        "What has changed for service users, beside the published results?",
        (
            "The upright mark is the published result, from the evaluation of 2016 to 2019; the "
            "dot is ours. " + _INTERVAL,
            "A change is not an effect: without comparison people nobody can say what would have "
            "happened anyway.",
            _BARS,
        ),
        "Quote no result without its number of people. Where that is too few, wait.",
        ("Service user", "IDVA", "MARAC"),
    ),
    "partners": Guide(
        "What do agencies send and do, where are they late, and what does MARAC hear?",
        (_BARS, _CONTROL, _SHARE),
        "Take the agency and area that are latest to your next conversation with that agency.",
        ("MARAC", "MARAC repeat", "Referral panel"),
    ),
    "meeting": Guide(
        "What should the partnership meeting know this week?",
        ("Each slide has one sentence and one chart. Move with the arrow keys.",),
        "Protected numbers only, so that the screen can be shared.",
    ),
    "data": Guide(
        "How fresh and complete are the records, where do they contradict, and what came in?",
        (
            "A bar is the share of records in which a field is filled in. Choose a row to see "
            "where it is missing.",
            "“Not recorded” means that no such record was ever loaded. It is not zero.",
        ),
        "Mend the contradictions first: numbers are wrong by them, while gaps only leave them "
        "empty.",
        ("As at", "Service user"),
    ),
    "definitions": Guide(
        "What does each number mean, how is it worked out, and what is it not?",
        ("Type any words to search: the name of a number, a method, a table.",),
        "The same definition stands under each chart, in “Data and definition”.",
        tuple(WORDS),
    ),
    "people": Guide(
        "Who may sign in, as what, where, until when and why?",
        ("One line is one role that a person holds for a time in an area.",),
        "Withdraw what is no longer needed. Whoever loses their last role is out within a minute.",
    ),
    "settings": Guide(
        "What has this service set for itself?",
        (
            "“Suggestion” is what the program came with; it holds until the service sets its own.",
            "Targets and capacity hold from a day on: earlier numbers keep the target of their "
            "time.",
        ),
        "Each change is written down, with who made it and what it was before.",
    ),
    "audit": Guide(
        "Who signed in, opened, saved, loaded or granted what, and when?",
        ("One line is one thing that somebody did. It holds no content of cases.",),
        "Narrow it by day, by person or by kind, then take the list away.",
    ),
}

# What a reader of released numbers needs to know in place of how charts of true counts are read,
# and what to do next where that is not in their hands.
PROTECTED: tuple[str, ...] = (
    "Numbers are protected, so that nobody can be recognised: small counts are hidden and the "
    "others rounded. Two numbers may therefore not add up to their total.",
    "“Too few to show” is not zero; a zero is shown as 0.",
    "Only finished periods are shown. They are released some days after they end, and stay as "
    "they were released.",
)

_NEXT: Mapping[str, str] = {
    "rollout": "Where a county is behind, ask its regional lead what holds referrals back. Which "
    "kinds of agency refer least stands below.",
    "referrals": "Where days to allocation rise or more wait, ask what holds allocation up.",
    "risk": "Look at the marked points first. Between the limits a month that is up or down needs "
    "no reason.",
    "victim-survivors": "Where fewer are engaged with an IDVA, or contacts come late, ask what "
    "the IDVA service needs.",
    "data": "Where much is hidden, look at a longer period or at the whole area.",
}
_ANSWERS = {"data": "Which numbers have been released, and how many are too few to show?"}


def _released(page: str, guide: Guide) -> Guide:
    """The guide of a page for who sees released numbers: of finished periods, as at no day."""
    return replace(
        guide,
        answers=_ANSWERS.get(page, guide.answers),
        charts=PROTECTED,
        then=_NEXT.get(page, guide.then),
        words=tuple(word for word in guide.words if word != "As at" or page == "definitions"),
    )


RELEASED: Mapping[str, Guide] = {page: _released(page, guide) for page, guide in GUIDES.items()}
