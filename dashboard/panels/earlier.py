"""What panels say of the periods that a number is put beside: columns, headings, definition."""

from dataclasses import replace

from dashboard.drawings import Column
from queries.comparisons import BEFORE, YEAR, just_before_in_words
from queries.view import View

EARLIER = (
    Column(BEFORE, "just\nbefore", opens=True),
    Column(YEAR, "year\nearlier", opens=True),
)
SHARES_EARLIER = tuple(replace(column, percent=True, of=f"{column.name}_of") for column in EARLIER)
EARLIER_HEADINGS = {BEFORE: "Just before", YEAR: "A year earlier"}
WHICH = (
    "Just before: as many days, or whole months, that end the day before the period. A year "
    "earlier: the same days of the year before."
)
SAME_AGE = (
    f"{WHICH} What had become of those referrals is read as long after the end of their period as "
    "it is for this one."
)


def compared(caption: str, view: View) -> str:
    """A caption that also says which days stand "just before"."""
    return f"{caption}; {just_before_in_words(view)}"
