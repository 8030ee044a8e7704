"""Small writes that nobody waits for: one after the other, beside the pages."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

log = logging.getLogger(__name__)
_WRITER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="aside")


def aside(write: Callable[[], object]) -> None:
    """Write soon. A failure is logged and stops nothing."""
    _WRITER.submit(_try, write)


def settled() -> None:
    """Wait until all that was asked for so far is written or has failed."""
    _WRITER.submit(lambda: None).result()


def _try(write: Callable[[], object]) -> None:
    try:
        write()
    except Exception:
        log.exception("A line of the trail, or when somebody was last seen, could not be written.")
