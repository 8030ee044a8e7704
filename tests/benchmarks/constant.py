"""Pages whose numbers are held constant: drawing, sending and showing is left in them.

    python tests/benchmarks/constant.py --port PORT

serves the database of DRIVE_DATABASE_URL so, each page with the numbers that it showed first.
"""

import sys
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any

from dashboard.shell.page_now import page_now
from dashboard.shell.screen import Screen


@contextmanager
def read_once(key: Callable[[], Hashable], kept: dict[Hashable, Any]) -> Iterator[None]:
    """Within it, a page reads its numbers once for each key, and draws the same ones after that."""
    read, any_records = Screen._read, Screen._any_records

    def once(screen: Screen, *asked: Any) -> None:
        if key() not in kept:
            read(screen, *asked)
            kept[key()] = dict(screen.frames), screen._headlines, screen._sentence
        frames, screen._headlines, screen._sentence = kept[key()]
        # Copies, so that nothing is taken that was drawn of them before.
        screen.frames = {name: frame.clone() for name, frame in frames.items()}

    Screen._read = once  # type: ignore[method-assign]
    Screen._any_records = lambda screen: key() in kept or any_records(screen)  # type: ignore[method-assign]
    try:
        yield
    finally:
        Screen._read, Screen._any_records = read, any_records  # type: ignore[method-assign]


if __name__ == "__main__":
    from dashboard.access import Role
    from dashboard.serve import start

    with read_once(page_now, {}):
        start("127.0.0.1", int(sys.argv[2]), Role.MANAGER)
