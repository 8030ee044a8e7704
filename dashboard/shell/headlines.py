"""The row of headline numbers: value, change, and a small line with its target."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl
import streamlit as st

from dashboard.draw.escape import for_markdown, plain
from dashboard.draw.lettering import width
from dashboard.draw.spark import Tone, spark
from dashboard.draw.theme import CONFIG, FULL
from dashboard.draw.values import number, percent
from dashboard.shell.brand import mode

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


def headline_row(headlines: Sequence[Headline]) -> str | None:
    """Show the numbers beside each other; the key of the one whose records are asked for."""
    asked, many = None, len(headlines)
    room = (FULL - GAP * (many - 1)) / many
    for column, headline in zip(st.columns(many, gap="medium"), headlines, strict=True):
        with column:
            if _headline(headline, room):
                asked = headline.key
    return asked


def _headline(headline: Headline, room: float) -> bool:
    label = f"{headline.label}, {headline.n}" if headline.n else headline.label
    fits = width(label, LABEL) <= room
    with st.container(gap=None):
        _number(headline, label if fits else headline.label)
        return _behind(headline, "" if fits else headline.n)


def _number(headline: Headline, label: str) -> None:
    suffix = f" :gray[:small[{for_markdown(headline.suffix)}]]" if headline.suffix else ""
    st.metric(
        for_markdown(label),
        for_markdown(headline.value) + suffix,
        delta=for_markdown(headline.change) if headline.change else None,
        delta_color=_DELTA[headline.tone],
        delta_arrow=headline.arrow,
        delta_description=headline.previous or None,
    )
    if headline.points is not None and not headline.points.is_empty():
        st.plotly_chart(
            spark(headline.points, headline.target, headline.tone, mode()),
            theme=None,
            config=dict(CONFIG),
            key=f"spark-{headline.key}",
            alt=_alt(headline, headline.points),
        )


def _behind(headline: Headline, n: str) -> bool:
    """What the number counts, and the way to its records; whether that was taken.

    `n` is said here where it had no room above; the way to the records says how many as well.
    """
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"
    ):
        if headline.definition:
            with st.popover("Definition", type="tertiary", key=f"definition-{headline.key}"):
                st.markdown(f"**{for_markdown(headline.label)}**")
                st.markdown(for_markdown(headline.definition))
        if n and not headline.opens:
            st.caption(n, width="content")
        if headline.opens:
            return st.button(
                for_markdown(headline.opens), type="tertiary", key=f"open-{headline.key}"
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
