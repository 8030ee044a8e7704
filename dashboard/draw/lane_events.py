"""The events of a case's timeline: their words, and days in pixels."""

from datetime import date, timedelta
from typing import Any

from dashboard.draw.axes import share
from dashboard.draw.escape import for_plotly, plain
from queries.words import day

# What a mark says where it has no text of its own, and colour and shape are not seen.
MEANING = {"kept": "kept", "missed": "missed", "held": "held", "open": "due, not held"}

Event = dict[str, Any]
Words = tuple[str, str]  # in bold, then quiet


class Axis:
    """Days to pixels."""

    def __init__(self, events: list[Event], room: float) -> None:
        days = [event["on"] for event in events]
        days += [event["to"] for event in events if event["to"] is not None]
        self.start: date = min(days)
        self.end: date = max(*days, self.start + timedelta(days=1))
        self.room = room

    def at(self, on: date) -> float:
        return share(on, self.start, self.end) * self.room


def words_of(event: Event) -> Words:
    """What the event says: a score in bold, all else quiet."""
    text = plain(event["text"] or MEANING.get(event["mark"], ""))
    if event["mark"] != "score":
        return "", text
    number, _, words = text.partition("|")
    return number, words


def hover(event: Event) -> str:
    until = f" to {day(event['to'])}" if event["to"] and event["to"] != event["on"] else ""
    head = f"<b>{for_plotly(event['lane'])}</b><br>" if event["lane"] else ""
    words = " ".join(filter(None, words_of(event)))
    return f"{head}{day(event['on'])}{until}<br>{for_plotly(words)}"
