"""What a viewer has chosen to look at, and how it is written in the address.

In the address: `area` (district codes and county keys, repeated), `from`, `to` and `as_at`
(2026-10-31). What is wrong or not the viewer's is said in words and left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard.shell.periods import Period, presets, year_to_date
from queries.words import day, listed

KEYS = ("area", "from", "to", "as_at")
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True)
class Area:
    """A district that the viewer may see."""

    code: str
    name: str
    county: str  # its key
    county_name: str


@dataclass(frozen=True)
class Filters:
    """Areas (district codes and county keys; none means all that the viewer may see) and days."""

    areas: tuple[str, ...]
    start: date
    end: date
    as_at: date


def normal(chosen: Iterable[str], allowed: Sequence[Area]) -> tuple[str, ...]:
    """The choice in the order of the areas, each once, districts of chosen counties left out."""
    wanted = set(chosen)
    kept: dict[str, None] = {}
    for area in allowed:
        name = area.county if area.county in wanted else area.code
        if name in wanted:
            kept[name] = None
    return tuple(kept)


def chosen_anew(
    chosen: Iterable[str], before: Iterable[str], allowed: Sequence[Area]
) -> tuple[str, ...]:
    """The choice after a click: a district narrows its chosen county, a county takes in its own."""
    now = list(chosen)
    new = set(now) - set(before)
    county_of = {area.code: area.county for area in allowed}
    narrowed = {county_of[each] for each in new if each in county_of}
    kept = (each for each in now if each not in narrowed and county_of.get(each) not in new)
    return normal(kept, allowed)


def districts(filters: Filters, allowed: Sequence[Area]) -> tuple[str, ...]:
    """Codes of the districts that are looked at: all allowed ones where none is chosen."""
    chosen = set(filters.areas)
    return tuple(a.code for a in allowed if not chosen or chosen & {a.code, a.county})


def county_names(allowed: Iterable[Area]) -> dict[str, str]:
    """Counties by their key."""
    return {area.county: area.county_name for area in allowed}


def areas_in_words(filters: Filters, allowed: Sequence[Area], everywhere: str) -> str:
    """The areas as a short phrase: a name or two, or how many."""
    names = {a.code: a.name for a in allowed} | county_names(allowed)
    chosen = [names[key] for key in filters.areas if key in names]
    if not chosen:
        return allowed[0].name if len(allowed) == 1 else everywhere
    if len(chosen) <= 2:
        return listed(chosen)
    counties = {a.county for a in allowed}
    kinds = {key in counties for key in filters.areas}
    kind = {True: "counties", False: "districts"}[kinds.pop()] if len(kinds) == 1 else "areas"
    return f"{len(chosen)} {kind}"


def reread(filters: Filters, as_at: date, launch: date) -> Filters:
    """The same choice read as at another day; a period with a name keeps its name."""
    period = (filters.start, filters.end)
    for name, days in presets(filters.as_at, launch).items():
        if days == period and name in (moved := presets(as_at, launch)):
            start, end = moved[name]
            return replace(filters, start=max(start, EARLIEST), end=end, as_at=as_at)
    start, end = filters.start, min(filters.end, as_at)
    if start > end:
        start, end = _usual(as_at)
    return replace(filters, start=start, end=end, as_at=as_at)


def _usual(as_at: date) -> Period:
    """The period that is shown where none is asked for: the financial year to the day."""
    start, end = year_to_date(as_at)
    return max(start, EARLIEST), end


def to_query(filters: Filters, defaults: Filters | None = None) -> dict[str, list[str]]:
    """The choice as parameters of the address; what is as by default is left out.

    Days go together: one that differs from the defaults brings the others along, so that an
    address sent to somebody next month still shows the same.
    """
    query: dict[str, list[str]] = {}
    if filters.areas and (defaults is None or filters.areas != defaults.areas):
        query["area"] = list(filters.areas)
    days = (filters.start, filters.end, filters.as_at)
    if defaults is None or days != (defaults.start, defaults.end, defaults.as_at):
        for key, value in zip(("from", "to", "as_at"), days, strict=True):
            query[key] = [value.isoformat()]
    return query


def from_query(
    params: Mapping[str, Sequence[str]], allowed: Sequence[Area], defaults: Filters
) -> tuple[Filters, list[str]]:
    """The choice that an address asks for, as far as it may be had, and what was wrong with it.

    `defaults.as_at` is the last day with records: nothing is read as at a later one.
    """
    problems: list[str] = []
    areas = _areas(params.get("area", ()), allowed, defaults, problems)
    as_at = _day(params, "as_at", problems) or defaults.as_at
    if as_at > defaults.as_at:
        last = day(defaults.as_at)
        problems.append(f"There are no records after {last}; everything is read as at that day.")
        as_at = defaults.as_at
    usual = (defaults.start, defaults.end) if as_at == defaults.as_at else _usual(as_at)
    start = _day(params, "from", problems) or usual[0]
    end = _day(params, "to", problems) or max(usual[1], min(start, as_at))
    if end > as_at:
        problems.append(f"The period would end after the as-at date; it ends on {day(as_at)}.")
        end = as_at
    if start > end:
        problems.append(
            f"The period would begin on {day(start)} and end before, on {day(end)}; "
            "the usual period is shown."
        )
        start, end = usual
    return Filters(areas, start, end, as_at), problems


def _areas(
    asked: Sequence[str], allowed: Sequence[Area], defaults: Filters, problems: list[str]
) -> tuple[str, ...]:
    known = {key for area in allowed for key in (area.code, area.county)}
    strange = sorted({key for key in asked if key not in known})
    if strange:
        names = listed([f"“{key[:40]}”" for key in strange[:5]])
        problems.append(f"The address asks for {names}, which is not among the areas you may see.")
    return normal(asked, allowed) or normal(defaults.areas, allowed)


def _day(params: Mapping[str, Sequence[str]], key: str, problems: list[str]) -> date | None:
    """A day of the address, or nothing where it has none that can be used."""
    given = params.get(key, ())
    if not given:
        return None
    try:
        value = date.fromisoformat(given[-1])
    except ValueError:
        text = given[-1][:40]
        problems.append(
            f"The address gives “{key}” as “{text}”, which is not a day. "
            "Days are written like 2026-04-01."
        )
        return None
    if value < EARLIEST:
        problems.append(f"The address gives “{key}” as {day(value)}, which is too long ago.")
        return None
    return value
