"""Which places lie on lines or words, against exact geometry by another way."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dashboard.draw.crossing import boxes_of, covered, crossed, crossings
from dashboard.draw.plot import Plot

places = st.integers(-40, 40)
points = st.tuples(places, places)
lines = st.lists(st.lists(points, min_size=2, max_size=5), max_size=4)
sizes = st.integers(1, 30)
boxes = st.lists(
    st.builds(lambda x, y, w, h: (x, x + w, y, y + h), places, places, sizes, sizes), max_size=5
)


def meets(line, box, more: Fraction) -> bool:
    """Whether a line meets a box that is so much larger: what is left of it, cut at each side."""
    left, right, low, high = box
    sides = ((0, left - more, right + more), (1, low - more, high + more))
    for start, end in pairwise(line):
        first, last = Fraction(0), Fraction(1)
        for axis, least, most in sides:
            step = end[axis] - start[axis]
            if step:
                cuts = sorted(Fraction(edge - start[axis]) / step for edge in (least, most))
                first, last = max(first, cuts[0]), min(last, cuts[1])
            elif not least <= start[axis] <= most:
                last = Fraction(-1)
        if first <= last:
            return True
    return False


@given(lines, boxes)
def test_a_line_crosses_a_box_where_they_meet(lines, boxes) -> None:
    hair = Fraction(1, 10**6)
    for box, crosses in zip(boxes, crossed(lines, boxes_of(boxes)), strict=True):
        if crosses:
            assert any(meets(line, box, hair) for line in lines)
        else:
            assert not any(meets(line, box, -hair) for line in lines)


@given(boxes, boxes)
def test_a_box_covers_another_where_they_share_more_than_an_edge(others, boxes) -> None:
    def inside(box) -> set[tuple[int, int]]:
        left, right, low, high = box
        return {(x, y) for x in range(left, right) for y in range(low, high)}

    for box, on in zip(boxes, covered(others, boxes_of(boxes)), strict=True):
        assert on == any(inside(box) & inside(other) for other in others)


def test_each_piece_of_a_line_is_told_apart() -> None:
    line = [(0.0, 0.0), (10.0, 0.0), (10.0, 20.0), (0.0, 20.0)]
    found = crossings([line], boxes_of([(4.0, 6.0, -1.0, 1.0), (9.0, 11.0, 5.0, 30.0)]))
    assert found.tolist() == [[True, False, False], [False, True, True]]


def test_free_places_lie_within_the_plot_and_on_nothing() -> None:
    plot = Plot(
        "", 100.0, 50.0, lines=[[(0.0, 25.0), (100.0, 25.0)]], taken=[(0.0, 10.0, 2.0, 9.0)]
    )
    asked = [
        (0.0, 20.0, 2.0, 12.0),  # on words
        (10.0, 30.0, 2.0, 12.0),  # beside them
        (40.0, 60.0, 20.0, 30.0),  # on the line
        (90.0, 110.0, 2.0, 12.0),  # beyond the right edge
        (40.0, 60.0, 0.0, 10.0),  # too near to the lower edge
        (40.0, 60.0, 50.0, 62.0),  # in the room over the plot
        (40.0, 60.0, 50.0, 63.0),  # over that
    ]
    free = [False, True, False, False, False, True, False]
    assert plot.free(boxes_of(asked)).tolist() == free
    assert plot.free(boxes_of(asked), over_lines=True).tolist() == [
        *(False, True, True, False),
        *(False, True, False),
    ]
    assert plot.first_free(boxes_of(asked)) == 1
    assert plot.first_free(boxes_of(asked * 20)[2:5]) is None


def test_lines_are_kept_away_from() -> None:
    plot = Plot("", 100.0, 50.0, lines=[[(0.0, 25.0), (100.0, 25.0)]])
    above = boxes_of([(10.0, 20.0, 28.0, 40.0)])
    assert plot.free(above).all()
    assert plot.free(above, apart=2.0).all()
    assert not plot.free(above, apart=4.0).any()


def test_the_first_free_place_is_found_among_many() -> None:
    plot = Plot("", 1000.0, 50.0, taken=[(0.0, 700.0, 0.0, 50.0)])
    places = np.array([(x, x + 10.0, 5.0, 15.0) for x in np.arange(0.0, 900.0, 5.0)])
    assert plot.first_free(places) == 140  # from 700 on
