"""An outcome as it may be shown: with its interval, or how far it is from being enough."""

from typing import Any

from queries import words
from queries.follow_up import Change, Rules

TOO_EARLY = "too early to say"
NOT_RECORDED = "not recorded"


def as_said(
    value: float | None,
    lower: float | None,
    upper: float | None,
    n: float | None,
    rules: Rules,
) -> dict[str, Any]:
    """A result as it may be shown: nothing but how far it is, below the least number."""
    nothing = {"value": None, "lower": None, "upper": None, "between": None}
    if n is None:
        return {**nothing, "note": NOT_RECORDED, "n": None}
    if n < rules.least:
        return {**nothing, "note": f"{TOO_EARLY}: {int(n)} of {rules.least}", "n": int(n)}
    if value is None:
        return {**nothing, "note": "nothing before to compare with", "n": int(n)}
    upper = None if upper is None else min(upper, 1.0)
    return {
        "value": value,
        "lower": lower,
        "upper": upper,
        "between": interval_text(lower, upper),
        "note": None,
        "n": int(n),
    }


def of_change(change: Change, rules: Rules) -> dict[str, Any]:
    """A follow-up as it may be shown; without its events it is not recorded."""
    n = None if change.before is None and change.n else change.n
    return as_said(change.fewer, change.lower, change.upper, n, rules)


def in_words(value: Any, n: Any, rules: Rules) -> str:
    """A share in a word or two, for a column of few characters."""
    if n is None:
        return ""
    return words.share(value) if n >= rules.least and value is not None else "too early"


def as_text(value: float | None, unit: str) -> str | None:
    """A fraction as whole percent or points, below zero with a true minus sign."""
    return None if value is None else f"{words.figure(value * 100)}{unit}"


def interval_text(lower: float | None, upper: float | None, unit: str = "%") -> str | None:
    """An interval in words, true minus signs and all."""
    if lower is None or upper is None:
        return None
    return f"{as_text(lower, '%' if unit == '%' else '')} to {as_text(upper, unit)}"
