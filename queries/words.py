"""Numbers, dates and lists in words, for the sentences that read a result. British English."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

TITLE = 65  # characters of a page's sentence that fit on one line
FULL = 80  # ... of a panel's finding over the whole width
WIDE = 60  # ... in the wider column
HALF = 50  # ... in half the page
NARROW = 38  # ... and in the narrower one

NOT_KNOWN, AS_MANY, UNCHANGED = "not known", "as many", "unchanged"
_IN_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SHORT_MONTHS = tuple(name[:3] for name in _MONTHS)
# Fewer than these are said as they are, "7 of 9": a percentage of seven people misleads.
SHARE_FROM = 10


def rounded(value: float, places: int = 0) -> Decimal:
    """Rounded as people expect: a half goes up, away from zero."""
    number = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return abs(number) if number == 0 else number


def figure(value: float | None, places: int = 0) -> str:
    """1,234 or 7.5 or −3 in figures; `places` is the number of decimals."""
    if value is None:
        return NOT_KNOWN
    return f"{rounded(value, places):,}".replace("-", "−")


def number(value: int) -> str:
    """Up to nine in words, from 10 on in figures."""
    return _IN_WORDS[value] if 0 <= value < len(_IN_WORDS) else figure(value)


def counted(value: int, singular: str, plural: str | None = None) -> str:
    """ "no cases", "one case", "two cases", "1,234 cases"."""
    name = singular if value == 1 else plural or f"{singular}s"
    return f"{'no' if value == 0 else number(value)} {name}"


def share(value: float | None, n: int | None = None) -> str:
    """A fraction as a percentage, 0.824 as "82%"; out of fewer than 10, "7 of 9".

    Only nothing is 0% and only all is 100%: what would round to them is "under 1%", "over 99%".
    """
    if value is None or n == 0:
        return NOT_KNOWN
    if n is not None and n < SHARE_FROM:
        return f"{figure(value * n)} of {n}"
    percent = _percent(value)
    if percent == 0 and value > 0:
        return "under 1%"
    if percent == 100 and value < 1:
        return "over 99%"
    return f"{figure(percent)}%"


def between(least: float, most: float) -> str:
    """From one share to another: "64–100%", "−12% to 3%"."""
    low, high = figure(least * 100), figure(most * 100)
    return f"{low}% to {high}%" if least < 0 else f"{low}–{high}%"


def share_of(count: int, n: int, things: str) -> str:
    """ "82% of 505 actions"; out of fewer than 10, "7 of 9 actions", "1 of 1 action"."""
    said = share(count / n, n)
    things = things.removesuffix("s") if n == 1 else things
    return f"{said} {things}" if n < SHARE_FROM else f"{said} of {figure(n)} {things}"


def share_is(count: int, n: int) -> str:
    """ "82% are"; out of fewer than 10, "7 of 9 are", "1 of 9 is"."""
    return (
        f"{share(count / n if n else None, n)} {'is' if n < SHARE_FROM and count == 1 else 'are'}"
    )


def n_of(value: int, singular: str, plural: str | None = None) -> str:
    """How many something is of, beneath it: "n = 1,234 cases", "n = 1 case"."""
    return f"n = {figure(value)} {singular if value == 1 else plural or f'{singular}s'}"


def _percent(value: float) -> int:
    # Rounded before it is multiplied: 0.285 x 100 is 28.499999999999996.
    return int(rounded(value, 2) * 100)


def change(now: int, before: int, say: Callable[[int], str] = number) -> str:
    """ "five fewer", "12 more" or "as many"; in a column of figures `say` writes "5 fewer"."""
    if now == before:
        return AS_MANY
    return f"{say(abs(now - before))} {'more' if now > before else 'fewer'}"


def change_in_points(now: float | None, before: float | None) -> str:
    """Two fractions in percentage points, "up 3 points"; of the rounded ones, as shown."""
    if now is None or before is None:
        return NOT_KNOWN
    points = _percent(now) - _percent(before)
    if points == 0:
        return UNCHANGED
    name = "point" if abs(points) == 1 else "points"
    return f"{'up' if points > 0 else 'down'} {abs(points)} {name}"


def lasting(days: int) -> str:
    """A length of time: "12 days"; from four weeks on in weeks, "six weeks", "about 11 weeks"."""
    if days < 28:
        return counted(days, "day")
    weeks = counted(int(rounded(days / 7)), "week")
    return weeks if days % 7 == 0 else f"about {weeks}"


def day(on: date) -> str:
    """21 March 2024."""
    return f"{on.day} {month(on)}"


def short_day(on: date) -> str:
    """8 Oct 2026, where there is little room."""
    return f"{on.day} {SHORT_MONTHS[on.month - 1]} {on.year}"


def month(on: date) -> str:
    """March 2024."""
    return f"{_MONTHS[on.month - 1]} {on.year}"


def period(start: date, end: date) -> str:
    """1 April to 31 October 2026: month and year stand once where they are the same."""
    if start == end:
        return day(end)
    if start.year != end.year:
        return f"{day(start)} to {day(end)}"
    if start.month != end.month:
        return f"{start.day} {_MONTHS[start.month - 1]} to {day(end)}"
    return f"{start.day} to {day(end)}"


def listed(items: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    *others, last = items
    return f"{', '.join(others)} and {last}" if others else last


def sentence(text: str) -> str:
    """With a capital at its beginning and the rest as it is: names keep theirs."""
    return text[:1].upper() + text[1:]


def within(text: str) -> str:
    """As it stands within a sentence: a small letter first, unless an acronym or a month is."""
    if text[1:2].isupper() or text.startswith(_MONTHS):
        return text
    return text[:1].lower() + text[1:]


def fit(*candidates: str, limit: int) -> str:
    """The first candidate of at most `limit` characters, else the last: longest first."""
    return next((text for text in candidates if len(text) <= limit), candidates[-1])
