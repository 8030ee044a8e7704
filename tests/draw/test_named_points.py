"""A name on a funnel stands at its own point: beside it, or led to it by a line, or not at all."""

from math import hypot

import plotly.graph_objects as go
import polars as pl
from boxes import Box, cut, overlaps, place, text_boxes
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.draw import figure
from dashboard.draw.theme import FULL, SEVEN_TWELFTHS
from dashboard.drawings import Funnel
from queries.area_funnel import placed

RATES = Funnel(
    *("name", "n", "value", "centre", "says", "far"),
    scale=10_000,
    n_heading="people living there",
    whole_name="whole_name",
)
# People and referrals of districts much alike in size.
CROWDED = {
    "Slough": (158_500, 54),
    "Cherwell": (161_000, 43),
    "Oxford": (162_000, 39),
    "Reading": (174_200, 44),
    "West Berkshire": (161_400, 25),
    "South Oxfordshire": (149_100, 15),
    "Windsor and Maidenhead": (153_500, 15),
    "Wokingham": (177_500, 9),
    "Buckinghamshire": (553_100, 63),
}
LINE = 1.7 / 10_000  # of the whole


def districts(found: dict[str, tuple[int, int]], whole: str = "Thames Valley") -> pl.DataFrame:
    rows = [(name, float(n), count) for name, (n, count) in found.items()]
    frame = pl.DataFrame(rows, schema=["name", "n", "count"], orient="row")
    return placed(frame, LINE, whole, by_head=True)


def names_and_points(
    chart: go.Figure, frame: pl.DataFrame, width: int
) -> tuple[dict[str, Box], dict[str, tuple[float, float]]]:
    """The names drawn, and the places of all points, by what is said of them."""
    said = frame["says"].fill_null(frame["name"])
    points = {
        name: place(chart, n, value, width)
        for name, n, value in zip(said, frame["n"], frame["value"], strict=True)
    }
    return {box.text: box for box in text_boxes(chart, width) if box.text in points}, points


def far(box: Box, at: tuple[float, float]) -> float:
    x, y = at
    return hypot(max(box.left - x, x - box.right, 0), max(box.top - y, y - box.bottom, 0))


def led(chart: go.Figure, width: int) -> list[tuple[float, float]]:
    """The places of points to which lines lead."""
    free = [each for each in chart.layout.shapes if "domain" not in f"{each.xref} {each.yref}"]
    return [place(chart, each.x0, each.y0, width) for each in free]


def strays(chart: go.Figure, frame: pl.DataFrame, width: int) -> list[str]:
    """Names that are nearer to another point than to their own, or far from it, with no line."""
    names, points = names_and_points(chart, frame, width)
    lines = led(chart, width)
    return [
        name
        for name, box in names.items()
        if points[name] not in lines
        and (
            far(box, points[name]) > 14
            or any(
                far(box, at) <= far(box, points[name])
                for other, at in points.items()
                if other != name
            )
        )
    ]


def test_each_name_in_a_crowd_is_nearest_to_its_own_point() -> None:
    frame = districts(CROWDED)
    for width in (FULL, SEVEN_TWELFTHS):
        chart = figure(RATES, frame, "light", width)
        names, _ = names_and_points(chart, frame, width)
        assert strays(chart, frame, width) == []
        assert {"Slough 3.4", "Wokingham 0.5", "Buckinghamshire 1.1"} <= set(names)


def test_a_name_without_a_place_of_its_own_is_left_out() -> None:
    frame = districts(CROWDED)
    chart = figure(RATES, frame, "light", SEVEN_TWELFTHS)
    names, points = names_and_points(chart, frame, SEVEN_TWELFTHS)
    assert "Windsor and Maidenhead 1.0" in points
    assert "Windsor and Maidenhead 1.0" not in names
    spoken = " ".join(chart.data[-1].hovertext)
    assert "Windsor and Maidenhead: 1.0" in spoken


def test_a_point_far_outside_is_named_by_a_line_where_no_place_is_free() -> None:
    alike = {f"District {i}": (150_000 + 1500 * i, 50 + i % 3) for i in range(9)}
    frame = districts(alike)
    chart = figure(RATES, frame, "light", FULL)
    names, points = names_and_points(chart, frame, FULL)
    lines = led(chart, FULL)
    assert len(lines) > 2
    assert all(any(hypot(x - a, y - b) < 1 for a, b in points.values()) for x, y in lines)
    assert strays(chart, frame, FULL) == []
    assert len(names) > 3


def test_the_centre_has_the_name_of_the_whole() -> None:
    frame = districts(CROWDED)
    texts = [box.text for box in text_boxes(figure(RATES, frame, "light", FULL), FULL)]
    assert "Thames Valley 1.7" in texts
    long = districts(CROWDED, "Buckinghamshire, Oxfordshire, Reading and West Berkshire")
    chart = figure(RATES, long, "light", SEVEN_TWELFTHS)
    (named,) = [each.text for each in chart.layout.annotations if each.text.endswith("1.7")]
    assert named.startswith("Buckinghamshire")
    assert "…" in named
    assert cut(text_boxes(chart, SEVEN_TWELFTHS), chart, SEVEN_TWELFTHS) == []


@settings(max_examples=5)
@given(
    st.lists(st.tuples(st.integers(90_000, 200_000), st.integers(0, 90)), min_size=2, max_size=14),
    st.sampled_from([FULL, SEVEN_TWELFTHS]),
)
def test_no_name_stands_nearer_to_another_point(found, width) -> None:
    # Two districts at the same place have no nearer one.
    frame = districts({f"District {i}": each for i, each in enumerate(dict(found).items())})
    chart = figure(RATES, frame, "light", width)
    assert strays(chart, frame, width) == []
    assert overlaps(text_boxes(chart, width)) == []
