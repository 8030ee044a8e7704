"""A control chart of a measure told: what changed, what that does not say, and what to ask."""

from datetime import date
from typing import Protocol

import polars as pl

from queries import words
from queries.special_causes import RECENT, Cause, recent_causes


class Said(Protocol):
    """A value of the measure in figures; `finer` with a decimal more, to tell it from a limit."""

    def __call__(self, value: float | None, *, finer: bool = False) -> str: ...


def what_changed(rows: pl.DataFrame, said: Said) -> str:
    """The last month beside the month before and the year before, and each recent cause."""
    known = rows.filter(pl.col("value").is_not_null())
    last = known.row(-1, named=True)
    recent = recent_causes(rows)
    # A month of a run beside the mean would read as on it.
    running = any(cause.rule == "shift" and cause.running for cause in recent)
    finer = running and said(last["value"]) == said(last["mean"])
    now = said(last["value"], finer=finer)
    sentences = [f"{words.month(last['month'])} is {now}{_before(known, said)}."]
    earlier = known.filter(pl.col("since") < last["since"])
    if not earlier.is_empty():
        since = f"Since {words.month(last['since'])}, after a noted change,"
        sentences.append(
            f"{since} the mean is {said(last['mean'])}; {said(earlier['mean'][-1])} before."
        )
    sentences += [
        _told(cause, rows.row(cause.row, named=True), said) for cause in reversed(recent[-3:])
    ]
    if not recent and last["lower"] is not None:
        sentences.append(
            f"Every month of the last {words.number(min(known.height, RECENT))} is what chance "
            f"alone would bring around the mean of {said(last['mean'])}."
        )
    return " ".join(sentences)


def _before(known: pl.DataFrame, said: Said) -> str:
    by_month = dict(zip(known["month"], known["value"], strict=True))
    last: date = known["month"][-1]
    earlier = date(last.year - (last.month == 1), (last.month - 2) % 12 + 1, 1)
    year = date(last.year - 1, last.month, 1)
    parts = [
        f"{words.month(day)} was {said(by_month[day])}"
        for day in (earlier, year)
        if day in by_month
    ]
    return f"; {words.listed(parts)}" if parts else ""


def _told(cause: Cause, last: dict[str, float], said: Said) -> str:
    """A cause beside the limits that its `last` month has."""
    many = words.sentence(words.number(cause.months))
    first, end = words.month(cause.first), words.month(cause.last)
    side, limit = ("above", "upper") if cause.high else ("below", "lower")
    if cause.rule == "outside":
        edge = said(last[limit], finer=True)  # or a value just beyond it would read as on it
        if cause.months == 1:
            value = said(cause.value, finer=True)
            return f"{first}, at {value}, is {side} the {limit} limit of {edge}."
        return f"{first} to {end} are {side} the {limit} limit of {edge}."
    if cause.rule == "two_in_three":
        return f"Two of three months up to {end} are near the {limit} limit of {said(last[limit])}."
    if cause.rule == "trend":
        way = "rose" if cause.high else "fell"
        return f"It {way} every month up to {end}. {many} in a row is a trend."
    mean = said(last["mean"], finer=True)
    if cause.running:
        return f"From {first} every month is {side} the mean of {mean}. {many} in a row is a shift."
    return f"{first} to {end} are {side} the mean of {mean}. {many} in a row is a shift."


def what_it_does_not_say(rows: pl.DataFrame, beware: str, *, state: bool) -> str:
    """What must not be read into it: the measure's own warning, and what a chart cannot tell.

    `state`: the months are read on their last days and share most of their cases.
    """
    parts = [beware] if beware else []
    if state:
        parts.append(
            "One month shares most of its cases with the next: runs come more easily than the "
            "rules suppose."
        )
    if "control group" not in beware:
        parts.append("There is no control group, so this is a change and not an effect of Drive.")
    if recent_causes(rows):
        parts.append("More than chance does not say why.")
    else:
        parts.append("A rise or fall from one month to the next within the limits says nothing.")
    if rows["trial"][-1]:
        months = words.number(int(rows["points"][-1]))
        parts.append(f"With {months} months the limits are trial limits and will move.")
    return " ".join(parts)


def what_to_ask(rows: pl.DataFrame, said: Said, counted: str) -> str:
    """Questions that the data put: of each recent cause, of notes, of how many were counted.

    `counted` names what the denominators count ("cases").
    """
    known = rows.filter(pl.col("value").is_not_null())
    recent = recent_causes(rows)
    noted = [
        (row["month"], row["note"])
        for row in known.tail(RECENT + 2).iter_rows(named=True)
        if row["note"]
    ]
    asked = []
    for cause in reversed(recent[-2:]):
        near = [note for month, note in noted if -1 <= _months(month, cause.first) <= 2]
        if near:
            asked.append(f"Did “{near[-1]}” have a part in it?")
        if cause.rule == "outside":
            n = known.filter(pl.col("month") == cause.last)["denominator"][0]
            of = f"its {words.figure(n)} {counted}" if n is not None else "that month"
            asked.append(f"{words.month(cause.last)} stands out: what happened in {of}?")
        elif not near:
            asked.append(f"What changed around {words.month(cause.first)}?")
    if not recent:
        asked.append(
            f"Is {said(known['mean'][-1])} where it should be? If not, what would have to change?"
        )
        asked += [f"Should “{note}” have shown here? It has not." for _, note in noted[-1:]]
    past = known.tail(RECENT + 1)["denominator"]
    if len(past) > 1 and past[0] is not None and past[-1] is not None:
        first, last = int(past[0]), int(past[-1])
        if abs(last - first) * 10 >= max(first, 1):
            asked.append(
                f"{words.figure(last)} {counted} are counted now, {words.figure(first)} a year "
                "before: are the new ones different?"
                if len(past) > RECENT
                else f"{words.figure(last)} {counted} are counted now, {words.figure(first)} at "
                "first: are the new ones different?"
            )
    return " ".join(dict.fromkeys(asked))


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month
