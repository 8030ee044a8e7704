"""What late records have changed in periods that were released and stay as they were."""

from datetime import date

import polars as pl

from dashboard.disclosure.counts import CELL, counted
from dashboard.disclosure.cuts import Cut
from dashboard.disclosure.parts import BY_KEY
from dashboard.disclosure.release import Made
from queries.kept import line
from queries.view import View

# Months and quarters say when; longer periods would say the same again.
_SHORTEST = {"whole": "month", "county": "quarter", "district": "quarter"}


def corrections(made: Made, view: View) -> pl.DataFrame:
    """Counts of released months and quarters that the records now have otherwise.

    `title`, `part` ("counted", "out of" or "after"), `level`, `start`, `end`, `area`, `released`
    (the true count of that day), `now`; newest first. For those with true counts only. Where
    records were reduced to counts, nothing can be compared any more.
    """
    begun = line(view) or date.min
    cuts = [
        cut
        for cut in made.release.cuts()
        if cut.kind == _SHORTEST[cut.level] and begun <= cut.start and cut.end <= view.as_at
    ]
    now = counted(view, [Cut(cut.level, cut.kind, cut.start, cut.end) for cut in cuts])
    titles = {key: measure.title for key, measure in BY_KEY.items()}
    key = pl.col("part").str.split(".")
    return (
        made.counted.join(now, on=CELL, nulls_equal=True, suffix="_now")
        .filter(pl.col("count") != pl.col("count_now"))
        .select(
            key.list.first().replace_strict(titles, default=None).alias("title"),
            key.list.get(1, null_on_oob=True)
            .fill_null("counted")
            .str.replace("_", " ")
            .alias("part"),
            "level",
            "start",
            "end",
            "area",
            released="count",
            now="count_now",
        )
        .sort("end", "title", "level", "area", descending=[True, False, False, False])
    )
