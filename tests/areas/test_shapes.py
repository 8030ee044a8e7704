"""The shapes that come along: every made-up district, small, whole, and owed to somebody."""

import json
from itertools import pairwise

import pytest

from dashboard.areas.shapes import SHAPES, VARIABLE, ShapesNotReadable, shapes


def rings(geometry: dict) -> list[list[list[float]]]:
    parts = geometry["coordinates"]
    return parts if geometry["type"] == "Polygon" else [ring for part in parts for ring in part]


def inside(x: float, y: float, ring: list[list[float]]) -> bool:
    """Whether a point lies in a ring: how often a ray to the right crosses it."""
    crossings = 0
    for (x0, y0), (x1, y1) in pairwise(ring):
        if (y0 > y) != (y1 > y) and x < x0 + (x1 - x0) * (y - y0) / (y1 - y0):
            crossings += 1
    return crossings % 2 == 1


def test_every_district_of_the_made_up_service_has_a_shape(made_up):
    assert set(made_up.areas["area"].cast(str)) == set(shapes().by_area)


def test_the_file_is_small_and_says_whom_it_is_owed_to():
    assert SHAPES.stat().st_size < 60_000
    made = json.loads(SHAPES.read_text("utf-8"))
    assert "Open Government Licence v.3.0" in made["attribution"]
    assert "Contains OS data © Crown copyright" in made["attribution"]


@pytest.mark.parametrize("shape", shapes().by_area.values(), ids=lambda shape: shape.area)
def test_a_shape_is_closed_and_its_label_lies_in_it(shape):
    outer = rings(shape.geometry)[0]
    assert outer[0] == outer[-1]
    assert inside(*shape.label, outer)
    west, south, east, north = shape.bounds
    assert -1.73 < west < east < -0.47
    assert 51.32 < south < north < 52.21


def test_a_narrow_districts_label_stands_outside_all_districts():
    asides = {shape.area: shape.aside for shape in shapes().by_area.values() if shape.aside}
    assert set(asides) == {"E06000039"}  # Slough
    for shape in shapes().by_area.values():
        assert not any(inside(*asides["E06000039"], ring) for ring in rings(shape.geometry))


def test_another_file_can_be_named(monkeypatch, tmp_path):
    made = json.loads(SHAPES.read_text("utf-8"))
    made["features"] = made["features"][:1]
    file = tmp_path / "others.geojson"
    file.write_text(json.dumps(made), "utf-8")
    monkeypatch.setenv(VARIABLE, str(file))
    assert set(shapes().by_area) == {"E06000036"}


@pytest.mark.parametrize("text", [None, "", "{}", '{"features": [{}], "attribution": ""}', "[1]"])
def test_a_file_that_cannot_be_read_is_said_in_words(monkeypatch, tmp_path, text):
    file = tmp_path / "broken.geojson"
    if text is not None:
        file.write_text(text, "utf-8")
    monkeypatch.setenv(VARIABLE, str(file))
    with pytest.raises(ShapesNotReadable, match=r"broken\.geojson"):
        shapes()
