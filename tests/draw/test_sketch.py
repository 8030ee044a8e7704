"""A sketch is sent as it was drawn, and is what Plotly would have made of it."""

import json
from datetime import date
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio
import pytest

from dashboard.access import Role, Viewer
from dashboard.draw import figure
from dashboard.draw.base import blank
from dashboard.draw.sketch import Sketch
from dashboard.draw.theme import template
from dashboard.drawings import AreaMap, Table
from dashboard.export.pages import pages
from dashboard.snapshot import Snapshot


def drawn() -> Sketch:
    chart = blank("light", 120, xaxis={"range": [date(2026, 1, 1), date(2026, 2, 1)]}, title=None)
    chart.words["xaxis"]["tickvals"] = [date(2026, 1, 5)]
    chart.add_scatter(x=[date(2026, 1, 5)], y=[3.5], mode="markers", marker={"size": 9})
    chart.add_bar(x=[1, 2], y=[3, None], marker={"color": ["red", "blue"], "line": None})
    chart.add_hline(2, line={"width": 1}, layer="below")
    chart.add_vline(date(2026, 1, 5))
    return chart.add_annotation(x=1, y=2, text="words", bgcolor=None)


def plotlys() -> go.Figure:
    chart = go.Figure(
        layout={
            "template": template("light"),
            "height": 120,
            "xaxis": {
                "range": [date(2026, 1, 1), date(2026, 2, 1)],
                "tickvals": [date(2026, 1, 5)],
            },
        }
    )
    chart.add_scatter(x=[date(2026, 1, 5)], y=[3.5], mode="markers", marker={"size": 9})
    chart.add_bar(x=[1, 2], y=[3, None], marker={"color": ["red", "blue"]})
    chart.add_hline(2, line={"width": 1}, layer="below")
    chart.add_vline(date(2026, 1, 5))
    return chart.add_annotation(x=1, y=2, text="words")


def sent(words: dict[str, Any]) -> Any:
    """What a browser gets."""
    return json.loads(pio.to_json(words, validate=False))


def test_it_says_what_a_figure_would() -> None:
    assert sent(drawn().to_dict()) == sent(plotlys().to_dict())
    assert blank("light", 120).to_dict() == {
        "data": [],
        "layout": {"template": template("light"), "height": 120},
    }


def test_whoever_looks_into_it_sees_it_checked() -> None:
    chart = drawn()
    assert chart.layout.shapes[0].y0 == 2
    assert [trace.type for trace in chart.data] == ["scatter", "bar"]
    assert chart.to_dict()["layout"]["annotations"][0]["text"] == "words"
    with pytest.raises(ValueError, match="colour"):
        blank("light", 10).add_scatter(colour="red").data  # noqa: B018


@pytest.mark.slow
def test_plotly_changes_nothing_in_any_panel(made_up: Snapshot) -> None:
    lens = made_up.lens(Viewer(Role.MANAGER, None))
    panels = [
        panel
        for page in pages(Role.MANAGER, made_up.settings, lens)
        for panel in page.panels
        if not isinstance(panel.drawn_as, Table | AreaMap)
    ]
    frames = lens.answers([panel.result for panel in panels])
    many = 0
    for panel, frame in zip(panels, frames, strict=True):
        if not frame.is_empty():
            chart = figure(panel.drawn_as, frame, "light")
            assert isinstance(chart, Sketch), panel.key
            words = chart.to_dict()
            assert sent(go.Figure(words).to_dict()) == sent(words), panel.key
            many += 1
    assert many > 25
