"""A figure as marks for print: every mark at its place, in pixels from the top left corner."""

import plotly.graph_objects as go
import pytest

from dashboard.draw.base import blank
from dashboard.export.vector import picture


def chart(**layout) -> go.Figure:
    usual = {
        "margin": {"l": 100, "r": 0, "t": 20, "b": 30},
        "xaxis": {"range": [0, 10], "showline": False},
        "yaxis": {"range": [0, 5], "showgrid": False},
    }
    return blank("light", 150, **(usual | layout))


def marks(figure: go.Figure, kind: str) -> list[dict]:
    return [mark for mark in picture(figure, 300).marks if mark["kind"] == kind]


def test_a_level_bar_stands_at_its_row_from_zero_to_its_value():
    figure = chart()
    figure.add_bar(x=[4, None], y=[1, 2], orientation="h", width=0.5, marker={"color": "#123456"})
    (bar,) = marks(figure, "box")
    # 200 pixels for 10, 100 for 5: 4 is 80 wide, and half a row 10 high around 1, 80 from the roof.
    assert (bar["x"], bar["width"], bar["y"], bar["height"]) == (100, 80, 95, 10)
    assert bar["fill"] == "#123456"


def test_columns_of_one_day_are_piled_up_in_their_order():
    figure = chart(barmode="stack", xaxis={"range": ["2026-01-01", "2026-01-11"]})
    for value in (1, 2):
        figure.add_bar(x=["2026-01-06"], y=[value], width=[86_400_000], marker={"color": "#000000"})
    first, second = marks(figure, "box")
    assert (first["x"], first["width"], first["y"], first["height"]) == (190, 20, 100, 20)
    assert (second["x"], second["width"], second["y"], second["height"]) == (190, 20, 60, 40)


def test_cells_of_unequal_width_stand_between_their_edges():
    figure = chart(yaxis={"range": [0.5, -0.5]})
    figure.add_heatmap(
        x=[0, 2, 10], z=[[1, 1]], zmin=0, zmax=1, colorscale=[[0, "#000000"], [1, "#ffffff"]]
    )
    narrow, wide = marks(figure, "box")
    assert (narrow["x"], narrow["width"], wide["x"], wide["width"]) == (100, 40, 140, 160)


def test_a_gap_in_a_line_stays_a_gap():
    figure = chart()
    figure.add_scatter(
        x=[0, 1, 2, 3, 4], y=[0, 5, None, 5, 0], mode="lines", line={"color": "#000000"}
    )
    lines = marks(figure, "line")
    assert [line["points"] for line in lines] == [
        [[100, 120], [120, 20]],
        [[160, 20], [180, 120]],
    ]


def test_grid_lines_stand_under_the_marks_and_the_axis_over_them():
    figure = chart(
        xaxis={"range": [0, 10], "showline": True},
        yaxis={"range": [0, 5], "tickvals": [2.5], "showgrid": True},
    )
    figure.add_bar(x=[4], y=[1], orientation="h", width=0.5, marker={"color": "#000000"})
    found = [(mark["kind"], mark.get("points")) for mark in picture(figure, 300).marks]
    assert found == [
        ("line", [[100, 70], [300, 70]]),
        ("box", None),
        ("line", [[100, 120], [300, 120]]),
    ]


def test_words_keep_their_weight_size_and_signs():
    figure = chart()
    figure.add_annotation(
        x=0, xref="paper", xanchor="left", y=5, yanchor="top", align="left",
        text='<span style="font-size:18px"><b>12</b></span> R&amp;D<br>two',
    )  # fmt: skip
    first, second = marks(figure, "text")
    assert [(run["text"], run["bold"], run["size"]) for run in first["runs"]] == [
        ("12", True, 18),
        (" R&D", False, 16),
    ]
    assert second["runs"][0]["text"] == "two"
    assert first["x"] == second["x"] == 100
    assert second["y"] > first["y"] > 20


def test_what_is_not_known_is_an_error_and_never_left_out():
    figure = chart()
    figure.add_pie(values=[1])
    with pytest.raises(TypeError, match="pie"):
        picture(figure, 300)
