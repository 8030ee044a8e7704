"""People, their roles, and areas by the names that administrators read."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection

from dashboard.access import people as known
from dashboard.access.grants import EVERYWHERE
from dashboard.access.people import Given
from dashboard.shell.filters import Area, county_names
from dashboard.shell.writing import writer
from dashboard.snapshot.snapshot import LONDON
from queries.words import counted, day, sentence


class People:
    """Everything that the page shows, read once a run."""

    def __init__(self) -> None:
        self.today = datetime.now(LONDON).date()
        with writer().connect() as connection:
            self.people = known.people(connection)
            self.given = known.given(connection, self.today)
            self.groups = known.given_to_groups(connection)
            self.areas = area_names(connection)
            self.workers = {
                number: f"{name} ({number})"
                for number, name in known.case_managers(connection).items()
            }

    @property
    def sentence(self) -> str:
        """How many people hold a role today."""
        holders = {each.person for each in self.given if each.state == "holds"}
        if not holders:
            return "Nobody may sign in today"
        return sentence(f"{counted(len(holders), 'person', 'people')} may sign in today")

    @property
    def can_be_withdrawn(self) -> dict[int, str]:
        """What each grant of today or later gives, by its number, which tells any two apart."""
        return {
            each.number: f"{each.name} ({each.known_by}): {self._what(each)} (no. {each.number})"
            for each in self.given
            if each.state in ("holds", "not yet")
        }

    def area(self, key: str) -> str:
        """The name of an area; one that is no longer recorded keeps its key."""
        return self.areas.get(key, key)

    def worker(self, number: str | None) -> str | None:
        """The name of a case manager, with their id."""
        return self.workers.get(number, number) if number else None

    def _what(self, each: Given) -> str:
        worker = self.worker(each.case_manager)
        parts = (each.role, worker, self.area(each.area), f"from {day(each.from_on)}")
        return ", ".join([*filter(None, parts), until(each.to_on)])


def until(end: date | None) -> str:
    """How long a role lasts, in words; `end` is the first day without it."""
    return f"until before {day(end)}" if end else "without an end"


def area_names(connection: Connection) -> dict[str, str]:
    """Keys of what can be granted, with names: everywhere, counties, districts."""
    districts = [Area(*row) for row in known.areas(connection)]
    counties = county_names(districts)
    names = {EVERYWHERE: "All areas"} | {key: counties[key] for key in sorted(counties)}
    return _told_apart(names, ((each.code, each.name) for each in districts))


def _told_apart(names: dict[str, str], others: Iterable[tuple[str, str]]) -> dict[str, str]:
    """A name that another area has too is followed by its key: a list resolves words to one."""
    for key, name in others:
        names[key] = f"{name} ({key})" if name in names.values() else name
    return names
