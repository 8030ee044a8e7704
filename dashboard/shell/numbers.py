"""Headline numbers as they are written: value, target, change, and what stands beside them."""

from typing import Literal

from dashboard.draw.spark import Tone
from dashboard.shell.headlines import Headline
from queries.headlines import HeadlineNumber
from queries.trend import said_of
from queries.words import change_in_points, figure, rounded

DAYS_A_MONTH = 365.25 / 12
_ARROWS: dict[int, Literal["up", "down", "off"]] = {1: "up", -1: "down", 0: "off"}
_TONES: dict[int, Tone] = {1: "good", -1: "bad", 0: "neutral"}


def headline(number: HeadlineNumber, opens: bool) -> Headline:
    """The number ready for the screen. `opens`: the viewer may see the records behind it."""
    measure = number.measure
    beware = f" {measure.beware}" if measure.beware else ""
    return Headline(
        key=measure.key,
        label=measure.title,
        value=number.said or written(number, number.value),
        n=f"n = {figure(number.n)}" if measure.is_fraction and number.n is not None else "",
        suffix=_suffix(number),
        change=_change(number),
        arrow=_arrow(number),
        tone=_tone(number),
        previous=_previous(number),
        points=number.points,
        target=_monthly_target(number),
        percent=measure.is_fraction,
        definition=f"{measure.definition}{beware}",
        opens=_opens(number) if opens else "",
    )


def written(number: HeadlineNumber, value: float | None) -> str:
    """A value of this measure with its unit; unknown is said so."""
    return "Not known" if value is None else said_of(number.measure, value)


def _suffix(number: HeadlineNumber) -> str:
    """What the number is out of, aimed at, or a mean of: of these what matters most."""
    measure, target = number.measure, number.target
    if number.said:  # which takes all the room; the line of months has the target
        return ""
    if measure.key == "active_cases" and target is not None:
        return f"of {figure(target)} places"
    if measure.target == "total" and target is not None:
        return f"course {figure(target)}"
    if measure.unit == "score":
        return "of 24"
    if target is not None:
        return f"target {written(number, target)}"
    return measure.unit if measure.unit == "people" and number.value is not None else ""


def _change(number: HeadlineNumber) -> str:
    if number.value is None or number.previous is None:
        return ""
    if _direction(number) == 0:
        open_ = number.said or number.previously or _differs(number)
        return "no clear change" if number.unclear and open_ else "no change"
    if number.said or number.previously:
        return "higher" if _direction(number) > 0 else "lower"
    if number.measure.is_fraction:
        return (
            change_in_points(number.value, number.previous)
            .removeprefix("up ")
            .removeprefix("down ")
        )
    places = 1 if number.measure.unit == "score" else 0
    gap = rounded(number.value, places) - rounded(number.previous, places)  # of what is shown
    return figure(abs(float(gap)), places)


def _direction(number: HeadlineNumber) -> int:
    """1 up, -1 down, 0 as before, of the values as they are shown; 0 where that is not clear."""
    if number.value is None or number.previous is None:
        return 0
    if number.unclear or not _differs(number):
        return 0
    return 1 if number.value > number.previous else -1


def _differs(number: HeadlineNumber) -> bool:
    return written(number, number.value) != written(number, number.previous)


def _arrow(number: HeadlineNumber) -> Literal["up", "down", "off"]:
    return _ARROWS[_direction(number)]


def _tone(number: HeadlineNumber) -> Tone:
    better = {"higher": 1, "lower": -1, "neutral": 0}[number.measure.better]
    return _TONES[better * _direction(number)]


def _previous(number: HeadlineNumber) -> str:
    if number.previous is None:
        return ""
    if number.unclear and (number.said or number.previously):  # neither says from where
        return ""
    was = number.previously or written(number, number.previous)
    return f"from {was}" if _differs(number) else ""


def _monthly_target(number: HeadlineNumber) -> float | None:
    """The dashed line of the months: a total's target spread over them, a level's as it is."""
    if number.target is None or number.measure.target != "total":
        return number.target
    return number.target / (number.days / DAYS_A_MONTH)


def _opens(number: HeadlineNumber) -> str:
    """The words on the button that opens the records behind the number."""
    if number.measure.is_fraction or number.measure.fold == "median":
        count = number.n
    else:
        count = number.value
    return f"List {figure(count)}" if count else ""
