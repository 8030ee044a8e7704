"""Answers to the questions of pages, kept for whoever next has the very same view.

They belong to one snapshot and go with it, so that none is ever older than the records shown.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock

import polars as pl

from queries.view import View

Question = Callable[[View], pl.LazyFrame]

MOST = 64_000_000  # bytes of answers that are kept


class Answers:
    """The answers that were asked for last, up to `most` bytes of them."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, pl.DataFrame] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def to(self, questions: Sequence[Question], view: View, seen: Hashable) -> list[pl.DataFrame]:
        """A frame for each question; those not kept are read in one go.

        `seen` is all that decides which rows the view hands out. A question is known by being the
        same function: one that is made anew on each run is answered anew.
        """
        with self._lock:
            found = {each: self._again((each, seen)) for each in questions}
        new = [each for each, frame in found.items() if frame is None]
        read = dict(zip(new, pl.collect_all([each(view) for each in new]), strict=True))
        with self._lock:
            for each, frame in read.items():
                self._keep((each, seen), frame)
        return [found[each] if each not in read else read[each] for each in questions]  # type: ignore[misc]

    def _again(self, key: Hashable) -> pl.DataFrame | None:
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def _keep(self, key: Hashable, frame: pl.DataFrame) -> None:
        if key in self._kept:  # somebody else asked the same at the same moment
            return
        self._kept[key] = frame
        self._bytes += _size(frame)
        while self._bytes > self._most:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= _size(oldest)


def _size(frame: pl.DataFrame) -> int:
    return int(frame.estimated_size()) + 1000  # of the frame itself, and its key
