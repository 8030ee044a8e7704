"""When a page fails: a short number for the person and the same number in the log."""

import logging
import secrets
from collections.abc import Callable

from dashboard.serving import metrics
from dashboard.serving.logs import in_short

log = logging.getLogger(__name__)

# No letter or digit that is taken for another when it is read out on the telephone.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_number() -> str:
    """Four characters that the person can tell, and the log holds."""
    return "".join(secrets.choice(LETTERS) for _ in range(4))


def said(number: str, whom: str) -> str:
    """What the person reads."""
    who = whom or "whoever runs this dashboard"
    return (
        f"Something went wrong. Your records are as they were. Tell {who} the number {number}; "
        "with it they find what happened. Other pages may still work."
    )


def on_error(
    show: Callable[[str], object], page_now: Callable[[], str], whom: Callable[[], str]
) -> Callable[[Exception], bool]:
    """What Streamlit calls when a page fails: note it, show words, and nothing of the error.

    `whom` gives the words for whom to tell; empty where the service has set none.
    """

    def noted(problem: Exception) -> bool:
        number = new_number()
        page = page_now()
        metrics.ERRORS.labels(page=page).inc()
        log.error(
            "A page failed", extra={"number": number, "page": page, "error": in_short(problem)}
        )
        show(said(number, whom()))
        return True

    return noted
