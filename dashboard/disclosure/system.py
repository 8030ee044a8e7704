"""What an outsider knows about the counts, as a system of linear ties over whole numbers.

Every count of the list is an unknown, known only as far as it is shown. A tie that the counts keep
throughout is taken to be known to the outsider; one that they break (a late record, a case that
moved) is not. `ties.py` says which there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

# What a count is of: the part, the split and its value.
What = tuple[str, str | None, str | None]
# Of what, where, and from when to when, both included; of a state, both are its day.
Unknown = tuple[What, str, date, date]
Term = tuple[Unknown, int]
Numbers = npt.NDArray[np.float64]


@dataclass
class System:
    """The unknowns with their true counts, and the rows that tie them.

    `differences`: pairs of unknowns of which the second is part of the first, so that what is
    between them is a count of somebody too.
    """

    counts: Mapping[Unknown, int]
    differences: set[tuple[int, int]] = field(default_factory=set)
    _rows: list[tuple[list[int], list[int], float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.unknowns: Sequence[Unknown] = list(self.counts)
        self.index = {unknown: number for number, unknown in enumerate(self.unknowns)}
        self.truth = np.array([self.counts[each] for each in self.unknowns], np.int64)

    def knows(self, *unknowns: Unknown) -> bool:
        return all(unknown in self.index for unknown in unknowns)

    def sums_to_nought(self, *terms: Term) -> bool:
        return not sum(self.counts[unknown] * sign for unknown, sign in terms)

    def equal(self, *terms: Term) -> bool:
        """Add that the terms sum to nought, if these counts have it so; says if they do."""
        if not self.sums_to_nought(*terms):
            return False
        self._add(terms, 0.0)
        return True

    def at_least(self, *terms: Term) -> bool:
        """Add that the terms do not sum to less than nought, if these counts have it so."""
        if sum(self.counts[unknown] * sign for unknown, sign in terms) < 0:
            return False
        self._add(terms, np.inf)
        return True

    def differ(self, whole: Unknown, part: Unknown) -> None:
        """Say that the second is part of the first."""
        self.differences.add((self.index[whole], self.index[part]))

    def matrix(self) -> tuple[csr_array, Numbers, Numbers]:
        """The ties as rows, with their lower and upper bounds."""
        indptr = np.cumsum([0, *(len(where) for where, _, _ in self._rows)])
        where = [each for found, _, _ in self._rows for each in found]
        signs = [each for _, found, _ in self._rows for each in found]
        shape = (len(self._rows), len(self.unknowns))
        upper = np.array([each for _, _, each in self._rows], np.float64)
        rows = csr_array((np.array(signs, np.float64), np.array(where, np.int32), indptr), shape)
        rows.sum_duplicates()
        return rows, np.zeros(len(self._rows)), upper

    def _add(self, terms: Sequence[Term], upper: float) -> None:
        self._rows.append(
            ([self.index[each] for each, _ in terms], [sign for _, sign in terms], upper)
        )
