"""How the counts of the list hang together.

Months make quarters, quarters years; districts make counties and counties the whole; the values
of a split make its total. Measures over the same rows lie within each other, as those worked
directly lie within the active. And the field's own sums: active now is active before, plus
allocated, less closed; nobody is accepted who was not received; an action that is overdue was
overdue before, or fell due since and was late.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.disclosure.system import System, Unknown, What
from queries.periods import DAY

Span = tuple[date, date]
Where = dict[str, list[Span]]

# A state, what comes to it and what leaves it.
FLOWS = (
    ("active_cases", ("cases_allocated",), ("cases_closed",)),
    ("unallocated_cases", ("referrals_accepted",), ("cases_allocated",)),
)
_REDUCTIONS = (
    "physical_abuse_reduction",
    "sexual_abuse_reduction",
    "harassment_stalking_reduction",
    "jealous_controlling_reduction",
)
# Up to any day there are at least as many of the first as of the second. What was assessed at exit
# was closed; of police incidents and MARAC hearings a person may have any number, so nothing
# follows for them from the cases.
FOLLOW = (
    ("referrals_received", "days_referral_to_decision.out_of"),
    ("referrals_received", "referrals_accepted"),
    ("referrals_accepted", "cases_allocated"),
    ("cases_allocated", "cases_closed"),
    ("cases_closed", "risk_reduced_rate.out_of"),
    *(("cases_closed", f"{each}.{side}") for each in _REDUCTIONS for side in ("out_of", "after")),
    ("partner_actions_raised", "partner_actions_on_time_rate.out_of"),
)
# A state that nothing comes to but what fell due and was not done: the state, due, done.
LATE = (
    "partner_actions_overdue",
    "partner_actions_on_time_rate.out_of",
    "partner_actions_on_time_rate",
)


@dataclass(frozen=True)
class Shape:
    """What must be known of the parts and the areas.

    `states`: the parts that are read on a day. `people`: those that count people once each, who
    do not add up. `alike`: groups of parts over the same rows. `counties`: each district's county.
    """

    states: frozenset[str]
    people: frozenset[str]
    alike: Sequence[Sequence[str]]
    counties: Mapping[str, str]


def tied(counts: Mapping[Unknown, int], shape: Shape) -> System:
    """The system of these counts with all its ties."""
    system = System(counts)
    found: dict[What, Where] = {}
    for what, area, start, end in counts:
        found.setdefault(what, {}).setdefault(area, []).append((start, end))
    for what, where in found.items():
        for spans in where.values():
            spans.sort()
        add_up = what[0] not in shape.people
        if what[0] not in shape.states:
            for area, spans in where.items():
                _times(system, what, area, spans, add_up=add_up)
        _areas(system, what, where, shape.counties, add_up=add_up)
    # The whole measures first, then each value of each split.
    for split, value in sorted({what[1:] for what in found}, key=str):
        for alike in shape.alike:
            _within(system, [(part, split, value) for part in alike], found)
        _late(system, found, *((part, split, value) for part in LATE))
    _splits(system, found)
    for state, into, out_of in FLOWS:
        _flow(
            system,
            found,
            _plain(state),
            [_plain(each) for each in into],
            [_plain(each) for each in out_of],
        )
    for first, second in FOLLOW:
        _follow(system, found, _plain(first), _plain(second))
    return system


def _times(system: System, what: What, area: str, spans: list[Span], *, add_up: bool) -> None:
    """A period is the sum of those within it; of people, at least any and at most all of them."""
    for span in spans:
        within = _longest_within(span, spans)
        if within:
            _sum(
                system, (what, area, *span), [(what, area, *each) for each in within], add_up=add_up
            )


def _longest_within(span: Span, spans: list[Span]) -> list[Span]:
    """Shorter periods that lie within one and do not overlap, the longest first."""
    chosen: list[Span] = []
    for start, end in sorted(spans, key=lambda each: (each[0] - each[1], each[0])):
        inside = span[0] <= start and end <= span[1] and (start, end) != span
        if (
            inside
            and _length((start, end)) != "launch"
            and all(end < first or last < start for first, last in chosen)
        ):
            chosen.append((start, end))
    return chosen


def _areas(
    system: System, what: What, where: Where, counties: Mapping[str, str], *, add_up: bool
) -> None:
    """The whole is the sum of its counties, a county of its districts, and of those not known."""
    keys = sorted({*counties.values(), "unknown"})
    for area, spans in where.items():
        if area and area not in keys:
            continue
        parts = keys if not area else [code for code, key in counties.items() if key == area]
        for span in spans:
            found = [(what, part, *span) for part in parts if span in where.get(part, ())]
            if found:
                _sum(system, (what, area, *span), found, add_up=add_up)


def _sum(system: System, total: Unknown, parts: Sequence[Unknown], *, add_up: bool) -> None:
    row = [(total, 1), *((part, -1) for part in parts)]
    if system.equal(*row):
        return
    if add_up:
        system.at_least(*row)
        return
    system.at_least(*((unknown, -sign) for unknown, sign in row))
    for part in parts:
        system.at_least((total, 1), (part, -1))


def _within(system: System, alike: Sequence[What], found: Mapping[What, Where]) -> None:
    """Of measures over the same rows: which are the same, and which lie within which."""
    present = [what for what in alike if what in found]
    cells = {
        what: {(a, *span) for a, spans in found[what].items() for span in spans} for what in present
    }
    inside: dict[What, set[What]] = {what: set() for what in present}
    for number, first in enumerate(present):
        for second in present[number + 1 :]:
            both = sorted(cells[first] & cells[second])
            gaps = [system.counts[first, *cell] - system.counts[second, *cell] for cell in both]
            if not any(gaps):
                for cell in both:
                    system.equal(((first, *cell), 1), ((second, *cell), -1))
            elif min(gaps) >= 0:
                inside[first].add(second)
            elif max(gaps) <= 0:
                inside[second].add(first)
    for outer, inner in inside.items():
        # Only next neighbours: what lies further in is tied through them.
        for what in sorted(inner - {far for near in inner for far in inside[near]}, key=str):
            for cell in sorted(cells[outer] & cells[what]):
                system.at_least(((outer, *cell), 1), ((what, *cell), -1))
                system.differ((outer, *cell), (what, *cell))


def _splits(system: System, found: Mapping[What, Where]) -> None:
    """The values of a split make its total.

    One that is always as many as a measure is the same, and one that is always the rest is the
    rest: those who died are the closed less those who could complete.
    """
    plain = [what for what in found if what[1] is None]
    for what in found:
        part, split, value = what
        if split is None:
            continue
        cells = [(area, *span) for area, spans in found[what].items() for span in spans]
        values = [each for each in found if each[:2] == (part, split)]
        if value == values[0][2]:
            for cell in cells:
                if system.knows((_plain(part), *cell)):
                    parts = [(each, *cell) for each in values if system.knows((each, *cell))]
                    _sum(system, (_plain(part), *cell), parts, add_up=True)
        for other in plain:
            pairs = [
                ((what, *cell), (other, *cell)) for cell in cells if system.knows((other, *cell))
            ]
            if pairs and all(system.counts[one] == system.counts[two] for one, two in pairs):
                for one, two in pairs:
                    system.equal((one, 1), (two, -1))
            rests = [
                ((total, 1), (one, -1), (two, -1))
                for one, two in pairs
                if system.knows(total := (_plain(part), *one[1:]))
            ]
            if rests and all(system.sums_to_nought(*rest) for rest in rests):
                for rest in rests:
                    system.equal(*rest)


def _flow(
    system: System,
    found: Mapping[What, Where],
    state: What,
    into: Iterable[What],
    out_of: Iterable[What],
) -> None:
    """From one day to another a state changes by what came to it and what left it."""
    for area, days in found.get(state, {}).items():
        for start, end in _steps(found, into, area):
            then: Unknown = (state, area, start - DAY, start - DAY)
            came = [((each, area, start, end), 1) for each in into]
            left = [((each, area, start, end), -1) for each in out_of]
            if not system.knows(*(unknown for unknown, _ in (*came, *left))):
                continue
            before = [(then, 1)] if system.knows(then) else []
            for day, _ in days:
                now: Unknown = (state, area, day, day)
                if day == end and not system.equal(*before, *came, *left, (now, -1)):
                    system.at_least(*before, *came, (now, -1))
                elif start <= day < end and before:
                    system.at_least(*before, *came, (now, -1))
                    system.at_least((now, 1), (then, -1), *((each, -sign) for each, sign in left))


def _late(system: System, found: Mapping[What, Where], state: What, due: What, done: What) -> None:
    """From one day to another a state grows by no more than what fell due and was not done."""
    for area in found.get(state, {}):
        for start, end in _steps(found, [due], area):
            now, then = ((state, area, day, day) for day in (end, start - DAY))
            came: Unknown = (due, area, start, end)
            left: Unknown = (done, area, start, end)
            if system.knows(now, came, left):
                before = [(then, 1)] if system.knows(then) else []
                system.at_least(*before, (came, 1), (left, -1), (now, -1))


def _steps(found: Mapping[What, Where], into: Iterable[What], area: str) -> list[Span]:
    """The shortest periods that are counted here: months, else quarters."""
    spans = {span for what in into for span in found.get(what, {}).get(area, ())}
    by_month = [span for span in spans if _length(span) == "month"]
    return sorted(by_month or (span for span in spans if _length(span) == "quarter"))


def _follow(system: System, found: Mapping[What, Where], first: What, second: What) -> None:
    """What follows from something never outruns it, counted from the beginning."""
    for area in found.get(first, {}):
        so_far: list[tuple[Unknown, int]] = []
        for span in _steps(found, [first], area):
            if not system.knows((first, area, *span), (second, area, *span)):
                break
            so_far += [((first, area, *span), 1), ((second, area, *span), -1)]
            system.at_least(*so_far)


def _plain(part: str) -> What:
    return (part, None, None)


def _length(span: Span) -> str:
    """What kind of period a span is, by its days."""
    start, end = span
    days = (end - start).days + 1
    for most, name in ((31, "month"), (92, "quarter"), (366, "year")):
        if days <= most and (end + DAY).day == 1 and start.day == 1:
            return name
    return "launch"
