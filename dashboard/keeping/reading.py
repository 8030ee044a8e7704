"""What is kept now, for the people who may change it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from dashboard.access import Viewer
from dashboard.database.code_lists import COUNTY
from dashboard.database.codes import counties_told_apart, read_code_lists
from dashboard.database.tables import (
    Annotation,
    Area,
    CaseManager,
    CaseManagerArea,
    CaseManagerHours,
    Target,
)
from dashboard.keeping.changes import NotKept

EVERYWHERE = "all"


@dataclass(frozen=True)
class Places:
    """The areas that a viewer may change things for: keys and names, the widest first.

    `counties`: their own names, which a district may have too.
    """

    names: dict[str, str]
    counties: dict[str, str]

    def name(self, key: str) -> str:
        return self.names.get(key, key)

    def find(self, said: str) -> str:
        """The key of an area by its key or name. Raises NotKept where it is none or several."""
        if said in self.names:
            return said
        wanted = said.strip().casefold()
        found = [
            key
            for key, name in self.names.items()
            if wanted in (name.casefold(), self.counties.get(key, "").casefold())
        ]
        if len(found) != 1:
            known = ", ".join(self.names)
            raise NotKept(
                f"“{said}” is not one area. Give a district's code, a county's key or all: {known}."
            )
        return found[0]


def places(connection: Connection, viewer: Viewer, whole: str) -> Places:
    """All, the counties and the districts that lie within the viewer's areas."""
    rows = connection.execute(select(Area.area_code, Area.name, Area.county).order_by(Area.name))
    districts = [tuple(row) for row in rows]
    own = [row for row in districts if viewer.areas is None or row[0] in viewer.areas]
    counties = read_code_lists(connection)[COUNTY.name]
    called = counties_told_apart((name, key, counties.label(key)) for _, name, key in districts)
    names = {EVERYWHERE: f"All {whole}"} if viewer.areas is None else {}
    for county in counties.values:
        members = [row for row in districts if row[2] == county]
        if members and all(row in own for row in members):
            names[county] = called[county]
    labels = {key: counties.label(key) for key in names if key in called}
    return Places(names | {code: name for code, name, _ in own}, labels)


def targets(connection: Connection, within: Places) -> list[dict[str, Any]]:
    """`measure`, `area`, `from_on`, `to_on`, `value`, by measure and area, the latest first."""
    rows = connection.execute(select(Target.__table__)).mappings()
    found = [dict(row) for row in rows if row["area"] in within.names]
    order = list(within.names)
    found.sort(key=lambda row: row["from_on"], reverse=True)
    return sorted(found, key=lambda row: (row["measure"], order.index(row["area"])))


def annotations(connection: Connection, within: Places) -> list[dict[str, Any]]:
    """`on`, `area`, `text`, the latest first."""
    rows = connection.execute(select(Annotation.__table__).order_by(Annotation.on.desc()))
    return [dict(row) for row in rows.mappings() if row["area"] in within.names]


def workers(connection: Connection, viewer: Viewer, day: date) -> dict[str, str]:
    """Ids and names of those case managers who work now, in the viewer's areas alone."""
    covers: dict[str, set[str]] = {}
    for worker, area in connection.execute(
        select(CaseManagerArea.case_manager_id, CaseManagerArea.area_code)
    ):
        covers.setdefault(worker, set()).add(area)
    there = select(CaseManager.case_manager_id, CaseManager.name).where(
        CaseManager.left_on.is_(None) | (CaseManager.left_on > day)
    )
    return {
        worker: name
        for worker, name in connection.execute(there.order_by(CaseManager.name))
        if viewer.areas is None or (covers.get(worker) and covers[worker] <= viewer.areas)
    }


def capacities(connection: Connection, of: dict[str, str]) -> list[dict[str, Any]]:
    """`case_manager_id`, `from_on`, `to_on`, `fte`, `caseload_target`; by worker, latest first."""
    rows = connection.execute(
        select(CaseManagerHours.__table__).order_by(CaseManagerHours.from_on.desc())
    )
    found = [dict(row) for row in rows.mappings() if row["case_manager_id"] in of]
    order = list(of)
    return sorted(found, key=lambda row: order.index(row["case_manager_id"]))
