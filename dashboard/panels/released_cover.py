"""What a release covers, and how much of it is hidden: the data page of protected numbers."""

from dashboard.drawings import Table
from dashboard.panel import Panel
from dashboard.panels.released import SOURCE
from queries import released_cover
from queries.released import RULES

COVER = Panel(
    "released-cover",
    question="Which periods have been released?",
    result=released_cover.cover,
    reading=released_cover.what_is_covered,
    caption=lambda _: "Periods by area; a period is released once it is complete and closed",
    drawn_as=Table(),
    headings={
        "level": "Area",
        "kind": "By",
        "periods": "Periods",
        "first": "From",
        "last": "To",
        "measures": "Measures",
    },
    definition="A period that has been released stays as it is, also where a late record would "
    f"change it. {RULES}",
    source=SOURCE,
)

HIDDEN = Panel(
    "released-hidden",
    question="How much is hidden?",
    result=released_cover.hidden,
    reading=released_cover.how_much_is_hidden,
    caption=lambda _: "Share of the numbers of each measure that are too few to show, out of n",
    drawn_as=Table(sortable=True),
    headings={
        "measure": "Measure",
        "whole": "The whole area",
        "whole_n": "n, the whole area",
        "county": "Counties",
        "county_n": "n, counties",
        "district": "Districts",
        "district_n": "n, districts",
    },
    percent=("whole", "county", "district"),
    definition=RULES,
    source=SOURCE,
)
