"""The shapes of districts, as `dashboard.areas.make_shapes` makes them."""

import json
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

VARIABLE = "DRIVE_AREA_SHAPES"
SHAPES = Path(__file__).with_name("districts.geojson")

Place = tuple[float, float]  # longitude and latitude


class ShapesNotReadable(Exception):
    """The file of shapes cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Shape:
    """A district: its polygons, and where its label stands.

    `aside` is where the label of a narrow district stands instead, joined to `label` by a line.
    """

    area: str
    geometry: dict[str, Any]
    label: Place
    aside: Place | None

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north, the label with it."""
        places = [*_places(self.geometry["coordinates"]), self.label, self.aside or self.label]
        x, y = zip(*places, strict=True)
        return min(x), min(y), max(x), max(y)


@dataclass(frozen=True)
class Shapes:
    """The shapes there are, by the district's code, and whom they are owed to."""

    by_area: dict[str, Shape]
    attribution: str


def shapes() -> Shapes:
    """The shapes of the file that DRIVE_AREA_SHAPES names, or else of the one that comes along."""
    file = Path(os.environ.get(VARIABLE) or SHAPES)
    try:
        return _read(file, file.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise ShapesNotReadable(
            f"The shapes of the districts cannot be read from {file.name} "
            f"({type(problem).__name__}). Make the file with dashboard.areas.make_shapes and name "
            f"it in {VARIABLE}."
        ) from problem


@lru_cache(maxsize=4)
def _read(file: Path, changed: int) -> Shapes:  # noqa: ARG001 - a changed file is read again
    made = json.loads(file.read_text("utf-8"))
    found = {}
    for each in made["features"]:
        own = each["properties"]
        label, aside = own["label"], own["aside"]
        found[own["area"]] = Shape(
            own["area"],
            each["geometry"],
            (label[0], label[1]),
            (aside[0], aside[1]) if aside else None,
        )
    return Shapes(found, made["attribution"])


def _places(coordinates: list[Any]) -> list[Place]:
    """All corners of a polygon or of several, however deep they are nested."""
    if isinstance(coordinates[0], (int, float)):
        return [(coordinates[0], coordinates[1])]
    return [place for each in coordinates for place in _places(each)]
