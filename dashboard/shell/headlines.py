"""The row of headline numbers: value, change, and a small line with its target."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl
import streamlit as st

from dashboard.draw.again import again
from dashboard.draw.escape import for_markdown, plain
from dashboard.draw.lettering import width
from dashboard.draw.spark import Tone, spark
from dashboard.draw.theme import FULL
from dashboard.draw.values import number, percent
from dashboard.shell.brand import mode
from dashboard.shell.clicks import show_chart
from dashboard.shell.heard import heard
from dashboard.shell.narrow import METRIC

LABEL, GAP = 14, 32  # pixels: type of a label, space between two numbers

_DELTA: dict[Tone, Literal["green", "red", "gray"]] = {
    "good": "green",
    "bad": "red",
    "neutral": "gray",
}


@dataclass(frozen=True)
class Headline:
    """One number and what stands around it; all texts are ready for the screen.

    `n` is how many a share is of ("n = 85"), beside the label where there is room, else beneath;
    `suffix` follows the value in small type ("of 420 funded"); `change` has no sign,
    `arrow` has; `previous` is said after it ("from 340"). `tone` is whether the change is an
    improvement. `points` (columns x, value) is the small line by month, `target` its dashed one;
    `percent` when they are shares.
    `opens` names the records behind the number ("395 referrals"); empty where none may be seen.
    """

    key: str
    label: str
    value: str
    suffix: str = ""
    change: str = ""
    arrow: Literal["up", "down", "off"] = "off"
    tone: Tone = "neutral"
    previous: str = ""
    points: pl.DataFrame | None = None
    target: float | None = None
    definition: str = ""
    opens: str = ""
    percent: bool = False
    n: str = ""


@dataclass(frozen=True)
class Asked:
    """The number whose records are asked for: of the whole period, or of a month of its line."""

    key: str
    month: date | None = None


def headline_row(headlines: Sequence[Headline]) -> Asked | None:
    """Show the numbers beside each other; which of them leads on, if one was clicked."""
    asked, many = None, len(headlines)
    room = (FULL - GAP * (many - 1)) / many
    for column, headline in zip(st.columns(many, gap="medium"), headlines, strict=True):
        with column:
            asked = _headline(headline, room) or asked
    return asked


def _headline(headline: Headline, room: float) -> Asked | None:
    # Where the label is broken in a narrow window, "n = 85" stays in one piece.
    n = headline.n.replace(" ", "\N{NO-BREAK SPACE}")
    label = f"{headline.label}, {n}" if n else headline.label
    fits = width(label, LABEL) <= room
    with st.container(gap=None):
        _number(headline, label if fits else headline.label)
        month = _line(headline)
        if _behind(headline, "" if fits else headline.n):
            return Asked(headline.key)
    return Asked(headline.key, month) if month else None


def _number(headline: Headline, label: str) -> None:
    suffix = f" :gray[:small[{for_markdown(headline.suffix)}]]" if headline.suffix else ""
    st.metric(
        for_markdown(label),
        for_markdown(headline.value) + suffix,
        delta=for_markdown(headline.change) if headline.change else None,
        delta_color=_DELTA[headline.tone],
        delta_arrow=headline.arrow,
        delta_description=headline.previous or None,
        height=METRIC,
    )


def _line(headline: Headline) -> date | None:
    """The small line by month; the month whose records a click asks for.

    Without a mouse the same is had by choosing the month as the period.
    """
    points = headline.points
    if points is None or points.is_empty():
        return None
    how = (headline.target, headline.tone, mode(), headline.percent)
    line = again(points, how, lambda: spark(points, *how[:3], percent=headline.percent))
    key, alt = f"spark-{headline.key}", _alt(headline, points)
    clicked = show_chart(line, alt, key, clicks=bool(headline.opens))
    months = points.filter(pl.col("value").is_not_null())["x"]
    return months[clicked[0]] if clicked and clicked[0] < len(months) else None


def _behind(headline: Headline, n: str) -> bool:
    """What the number counts, and the way to its records; whether that was taken.

    `n` is said here where it had no room above; the way to the records says how many as well.
    """
    with st.container(
        key=f"behind-{headline.key}",
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        gap="small",
    ):
        if headline.definition:
            name = heard("Definition", headline.label)
            with st.popover(name, type="tertiary", key=f"definition-{headline.key}"):
                st.markdown(f"**{for_markdown(headline.label)}**")
                st.markdown(for_markdown(headline.definition))
        if n and not headline.opens:
            st.caption(n, width="content")
        if headline.opens:
            return st.button(
                heard(headline.opens, headline.label),
                type="tertiary",
                key=f"open-{headline.key}",
            )
    return False


def _alt(headline: Headline, points: pl.DataFrame) -> str:
    known = points.filter(pl.col("value").is_not_null())["value"]
    if known.is_empty():
        return plain(f"{headline.label}: no earlier values are known.")
    said = percent if headline.percent else number
    line = f"from {said(known[0])} to {said(known[-1])} over {len(points)} months"
    target = f"; target {said(headline.target)}" if headline.target is not None else ""
    return plain(f"{headline.label}: {line}{target}.")
