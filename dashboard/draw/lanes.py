"""The timeline of one case: lanes on one time axis."""

from collections.abc import Iterator

import plotly.graph_objects as go
import polars as pl

from dashboard.draw.axes import day_ticks, label_x
from dashboard.draw.base import blank, figure, key_values
from dashboard.draw.escape import for_plotly, plain
from dashboard.draw.lane_events import MEANING, Axis, Event, Words, hover, words_of
from dashboard.draw.lettering import shortened, width, wrapped
from dashboard.draw.theme import COLOURS, FULL, LINE, TEXT, Mode
from dashboard.drawings import Lanes
from queries.words import day

GAP = 20
FOOT = 30
ROW = 38
OVER = 22  # from a lane up to the middle of its name, where it has no room at its left
THICK = 0.23  # of a row that a state is high to either side of its lane
BESIDE = 420  # pixels from which the lanes' names stand at their left
EDGE = 8  # room at the right, so that a mark on the last day is not cut

# Symbol, size, thickness of its line, and whether it asks for attention.
SYMBOLS: dict[str, tuple[str, int, float, bool]] = {
    "kept": ("line-ns", 16, 2, False),
    "missed": ("x-thin", 9, 2.2, True),
    "held": ("diamond", 12, 0, False),
    "open": ("diamond-open", 12, 2, True),
    "step": ("square", 11, 0, False),
    "event": ("circle", 11, 0, False),
    "event_pale": ("circle-open", 11, 2, False),
}
# Marks whose own text is printed; of the others there are too many, so the hover box says it.
PRINTED = ("step", "event", "event_pale", "open")


@figure.register
def lanes(drawing: Lanes, frame: pl.DataFrame, mode: Mode, width: int = FULL) -> go.Figure:
    """Lanes from top to bottom; the axis runs from the first day to the last one named.

    On a phone each lane's name stands over it, so that the days have the whole width.
    """
    events = frame.filter(pl.col("on").is_not_null()).sort("on", maintain_order=True).to_dicts()
    over = width < BESIDE
    margin = EDGE if over else _margin(drawing, width)
    axis = Axis(events, float(width - margin - EDGE))
    notes = list(_notes(events, axis, margin))
    top = LINE * max((level + len(lines) for *_, lines, level in notes), default=0) + 12
    row = ROW + OVER if over else ROW
    chart = blank(
        mode,
        max(drawing.height, top + FOOT + row * len(drawing.lanes)),
        margin={"l": margin, "r": EDGE, "t": top, "b": FOOT, "pad": 0},
        xaxis={"range": [axis.start, axis.end]},
        yaxis={
            "range": [len(drawing.lanes) - 0.4, -0.5],
            "tickvals": list(range(len(drawing.lanes))),
        },
    )
    ticks = day_ticks(axis.start, axis.end, axis.room)
    label_x(chart, ticks, (axis.start, axis.end), axis.room, mode)
    for index, lane in enumerate(drawing.lanes):
        chart.add_annotation(
            x=0,
            xref="paper",
            xshift=-margin,
            y=index,
            yshift=OVER if over else 0,
            xanchor="left",
            text=for_plotly(shortened(lane, axis.room if over else margin - GAP)),
        )
        here = [event for event in events if event["lane"] == lane]
        for event in here:
            if event["mark"] in ("state", "state_pale"):
                _state(chart, event, index, axis, THICK * ROW / row, mode)
            elif event["mark"] == "late":
                _late(chart, event, here, index, axis, mode)
        _marks(chart, here, index, mode)
        for event, shift, words in _beside(here, axis):
            _write(chart, event, index, shift, words, mode)
    for event, shift, lines, level in notes:
        _note(chart, event, shift, lines, level, mode)
    return chart


@key_values.register
def _(drawing: Lanes, frame: pl.DataFrame) -> list[str]:
    said = []
    for lane in drawing.lanes:
        here = frame.filter(pl.col("lane") == lane).sort("on").to_dicts()
        if here:
            entries = "entries" if len(here) > 1 else "entry"
            latest = f"{' '.join(words_of(here[-1]))} {day(here[-1]['on'])}".strip()
            said.append(plain(f"{lane}: {len(here)} {entries}, the latest {latest}"))
    return said


def _margin(drawing: Lanes, room: int) -> int:
    return round(min(max(map(width, drawing.lanes)), room * 0.3)) + GAP


def _marks(chart: go.Figure, events: list[Event], index: int, mode: Mode) -> None:
    colour = COLOURS[mode]
    for mark, (symbol, size, line, attention) in SYMBOLS.items():
        marked = [event for event in events if event["mark"] == mark]
        if not marked:
            continue
        tint = colour.attention if attention else colour.main
        chart.add_scatter(
            x=[event["on"] for event in marked],
            y=[index] * len(marked),
            mode="markers",
            marker={
                "symbol": symbol,
                "size": size,
                "color": tint,
                "line": {"width": line, "color": tint},
            },
            cliponaxis=False,
            hovertext=[hover(event) for event in marked],
            hoverinfo="text",
        )


def _beside(events: list[Event], axis: Axis) -> Iterator[tuple[Event, float, Words]]:
    """Words and where they begin, from their day: scores first, then texts that meet nothing.

    Where scores are too near each other the latest is kept: it is the one that counts.
    """
    marks = [(event, axis.at(event["on"])) for event in events if event["mark"] in SYMBOLS]
    scores = [(event, axis.at(event["on"])) for event in events if event["mark"] == "score"]
    taken = [(place - 8, place + 8) for _, place in marks]
    # A late line runs in the lane itself; its words stand under it.
    taken += [
        (axis.at(event["on"]), axis.at(event["to"] or axis.end))
        for event in events
        if event["mark"] == "late"
    ]

    def fits(left: float, right: float) -> bool:
        inside = left >= -4 and right <= axis.room + EDGE
        return inside and all(right <= low or left >= high for low, high in taken)

    for event, place in reversed(scores):
        number, words = words_of(event)
        long = width(number, TEXT, bold=True)
        left = min(max(place - long / 2, 0), axis.room - long)
        if fits(left - 3, left + long + 3):
            taken.append((left - 3, left + long + 3))
            yield event, left - place, (number, "")
            after = left + long + 3
            if words and fits(after + 3, after + width(words) + 12):
                taken.append((after, after + width(words) + 12))
                yield event, after + 3 - place, ("", words)
    for event, place in marks:
        words = plain(event["text"] or "")
        if event["mark"] not in PRINTED or not words or words == MEANING.get(event["mark"]):
            continue
        for left in (place + 12, place - 12 - width(words)):
            if fits(left - 2, left + width(words) + 4):
                taken.append((left - 2, left + width(words) + 4))
                yield event, left - place, ("", words)
                break


def _write(
    chart: go.Figure, event: Event, index: int, shift: float, words: Words, mode: Mode
) -> None:
    colour = COLOURS[mode]
    bold, quiet = words
    chart.add_annotation(
        x=event["on"],
        y=index,
        xshift=shift,
        xanchor="left",
        text=f"<b>{for_plotly(bold)}</b>" if bold else for_plotly(quiet),
        font={"color": colour.text if bold else colour.quiet},
        bgcolor=colour.page,
        hovertext=hover(event),
    )


def _state(
    chart: go.Figure, event: Event, index: int, axis: Axis, thick: float, mode: Mode
) -> None:
    colour = COLOURS[mode]
    strong = event["mark"] == "state"
    start, end = event["on"], event["to"] or axis.end
    low, high = index - thick, index + thick
    chart.add_scatter(
        x=[start, end, end, start, start],
        y=[low, low, high, high, low],
        mode="lines",
        fill="toself",
        fillcolor=colour.main if strong else colour.pale,
        line={"width": 1, "color": colour.main if strong else colour.edge},
        cliponaxis=False,
        hoveron="fills",
        text=hover(event),
        hoverinfo="text",
    )
    text = plain(event["text"] or "")
    if text and width(text) + 14 <= axis.at(end) - axis.at(start):
        chart.add_annotation(
            x=start,
            y=index,
            xshift=7,
            xanchor="left",
            text=for_plotly(text),
            font={"color": colour.page if strong else colour.text},
        )


def _late(
    chart: go.Figure, event: Event, lane: list[Event], index: int, axis: Axis, mode: Mode
) -> None:
    colour = COLOURS[mode]
    end = event["to"] or axis.end
    text = plain(event["text"] or "")
    chart.add_scatter(
        x=[event["on"], end],
        y=[index, index],
        mode="lines",
        line={"width": 4, "color": colour.attention},
        cliponaxis=False,
        hovertext=hover(event),
        hoverinfo="text",
    )
    place, long = axis.at(end), width(text, TEXT, bold=True)
    left = place < long
    span = (place, place + long) if left else (place - long, place)
    # Under its line: over it, the words would touch the long marks of the contacts' lane.
    near = any(
        other["mark"] in SYMBOLS and span[0] - 10 < axis.at(other["on"]) < span[1] + 10
        for other in lane
    )
    chart.add_annotation(
        x=end,
        y=index,
        yshift=-7 if near else -3,
        xanchor="left" if left else "right",
        yanchor="top",
        text=f"<b>{for_plotly(text)}</b>",
        font={"color": colour.attention_text},
        bgcolor=colour.page,  # the rule of a note would strike them out
    )


def _notes(
    events: list[Event], axis: Axis, margin: int
) -> Iterator[tuple[Event, float, list[str], int]]:
    """Each note with where its words begin, from its day, their lines, and how high they stand.

    They may reach back over the names of the lanes.
    """
    taken: list[tuple[float, float, int]] = []  # from, to, and the first level that is free
    for event in events:
        if event["mark"] != "note":
            continue
        lines = wrapped(plain(event["text"] or ""), axis.room + margin)
        place, long = axis.at(event["on"]), max(map(width, lines), default=0.0)
        left = min(max(place - long / 2, -margin), axis.room - long)
        level = max(
            (free for low, high, free in taken if left < high + 10 and left + long + 10 > low),
            default=0,
        )
        taken.append((left, left + long, level + len(lines)))
        yield event, left - place, lines, level


def _note(
    chart: go.Figure, event: Event, shift: float, lines: list[str], level: int, mode: Mode
) -> None:
    chart.add_shape(
        type="line",
        x0=event["on"],
        x1=event["on"],
        y0=0,
        y1=1,
        yref="paper",
        line={"width": 1.5, "color": COLOURS[mode].text},
    )
    chart.add_annotation(
        x=event["on"],
        y=1,
        yref="paper",
        xshift=shift,
        yshift=4 + level * LINE,
        xanchor="left",
        yanchor="bottom",
        align="left",
        text="<br>".join(map(for_plotly, lines)),
        hovertext=hover(event),
    )
