"""What can go wrong with an import as a whole, and with one row."""

from dataclasses import dataclass, field


class NotLoadable(Exception):
    """Nothing can be loaded; the message says in words why, and what to do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with one row: `source` and `row` say where it stands.

    `column` is the heading in the file, or the table's column where no heading feeds it.
    """

    source: int
    row: int
    column: str | None
    value: str | None
    reason: str


# What parts the reasons of a row, and what says in one that another row is the root of it.
ALSO, FELL = "; also ", ", which was rejected ("
# How a reason ends that a row was refused for having the key of another. It is read again from
# a file of refused rows.
CLASH = " with other content"


@dataclass(slots=True)
class Rejection:
    """A refused row: its first problem, with any others said after it in words."""

    source: int
    row: int
    column: str | None
    value: str | None
    reasons: list[str] = field(default_factory=list)

    @property
    def reason(self) -> str:
        return ALSO.join(self.reasons)

    @property
    def follows(self) -> bool:
        """Nothing is wrong with the row but that it refers to a refused one."""
        return len(self.reasons) == 1 and FELL in self.reason


class Rejections:
    """The refused rows of an import, one entry each."""

    def __init__(self) -> None:
        self._by_place: dict[tuple[int, int], Rejection] = {}

    def add(self, finding: Finding) -> None:
        place = (finding.source, finding.row)
        known = self._by_place.get(place)
        if known is None:
            self._by_place[place] = Rejection(
                finding.source, finding.row, finding.column, finding.value, [finding.reason]
            )
        else:
            other = finding.reason
            if finding.column and finding.column != known.column:
                other = f"{finding.column}: {other}"
            if other not in known.reasons:
                known.reasons.append(other)

    def of_source(self, source: int) -> dict[int, Rejection]:
        """The refused rows of one file, by row number."""
        return {row: each for (of, row), each in self._by_place.items() if of == source}

    def in_order(self) -> list[Rejection]:
        """In the order of the files; last those that only follow from another."""
        placed = [self._by_place[place] for place in sorted(self._by_place)]
        return sorted(placed, key=lambda each: each.follows)

    def __len__(self) -> int:
        return len(self._by_place)
