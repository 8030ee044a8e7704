"""Districts given by name where their code belongs: taken, if just one district has the name."""

from collections import defaultdict

from sqlalchemy import select, update

from dashboard.database.tables import RECORDS
from dashboard.intake.names import listing, plain
from dashboard.intake.shape import references
from dashboard.intake.stage import Stage

_DISTRICT = ("areas", "area_code")


def take_names(stage: Stage, counties: tuple[str, ...]) -> list[str]:
    """Put codes in place of names in all staged rows; says in words which were taken.

    Districts are those of the files and of the database. A code, a county's key where one may
    stand, and a name of two districts stay as they are.
    """
    codes = _codes(stage)
    known = {code for named in codes.values() for code in named} | {"all", *counties}
    taken: dict[str, str] = {}
    for name, table in stage.real.items():
        staged = stage.staged[name]
        for reference in references(table):
            if _DISTRICT not in reference.to:
                continue
            column = staged.c[reference.column]
            for value in stage.connection.scalars(select(column).distinct()).all():
                named = codes.get(plain(value or ""), set())
                if value is None or value in known or len(named) != 1:
                    continue
                (code,) = named
                taken[code] = value
                stage.connection.execute(
                    update(staged).where(column == value).values({column.name: code})
                )
    if not taken:
        return []
    said = [f"{name} ({code})" for code, name in sorted(taken.items())]
    return [f"Districts given by name were taken by their codes: {listing(said)}."]


def _codes(stage: Stage) -> dict[str, set[str]]:
    """The codes of the districts of each name; a file's row goes before the database's."""
    areas = RECORDS["areas"]
    found = stage.connection.execute(select(areas.c.area_code, areas.c.name))
    names = dict(found.all())
    staged = stage.staged.get("areas")
    if staged is not None:
        rows = select(staged.c.area_code, staged.c.name).where(staged.c.rejected == 0)
        names |= dict(stage.connection.execute(rows).all())
    codes: dict[str, set[str]] = defaultdict(set)
    for code, name in names.items():
        codes[plain(name)].add(code)
    return codes
