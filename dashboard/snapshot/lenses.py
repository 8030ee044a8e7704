"""The lenses of a snapshot that were looked through last, for whoever looks at the same.

A view never changes, so what was worked out for one (`queries.once`) is there for the next person
and the next click. They go with their snapshot, or when others were asked for since.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from dashboard.snapshot.lens import Lens

MOST = 32  # of a large service each may keep some megabytes of days


class Lenses:
    """Up to `most` lenses, those asked for last."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Lens] = OrderedDict()
        self._lock = Lock()

    def of(self, seen: Hashable, make: Callable[[], Lens]) -> Lens:
        """The lens that was made before for the same; `seen` is all that decides what it shows."""
        with self._lock:
            lens = self._kept.pop(seen, None) or make()
            self._kept[seen] = lens
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return lens
