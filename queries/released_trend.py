"""A released measure over time: as a control chart of months, or by quarter or year."""

import polars as pl

from queries import released, trend, words
from queries.measure import Measure
from queries.notes import of_areas
from queries.periods import months_before
from queries.released import Slice
from queries.view import View

_COUNTED = ("month", "quarter", "year")  # of which a trend is made, the finest first


def kind_of(view: View, key: str, slice_: Slice) -> str:
    """The finest of months, quarters and years that the release has of a measure in an area."""
    cells = released.unsplit(view).filter(slice_.place, pl.col("measure") == key)
    there = set(cells["cut"])
    return next((kind for kind in _COUNTED if kind in there), "year")


def control_chart(view: View, measure: Measure, slice_: Slice) -> pl.LazyFrame:
    """The 24 months up to the slice's end, as `queries.trend` charts them; hidden ones are gaps.

    What is out of the ordinary is so however the numbers were rounded.
    """
    rows = released.series(released.unsplit(view), measure.key, slice_, "month")
    rows = rows.filter(pl.col("start") >= months_before(slice_.end, trend.MONTHS - 1))
    return trend.charted(_until(rows, slice_), measure, notes(view, slice_), rounded=True).lazy()


def by_period(view: View, measure: Measure, slice_: Slice, kind: str) -> pl.LazyFrame:
    """A row a quarter or year up to the slice's end.

    `start`, `end`, `value`, `least` and `most` (what it could be before rounding), `denominator`,
    `hidden` (words), `note` (what was noted in it) and `partial`, which is always false: only
    complete periods are released.
    """
    rows = _until(released.series(released.unsplit(view), measure.key, slice_, kind), slice_)
    noted = notes(view, slice_)
    texts = [
        "; ".join(noted.filter(pl.col("on").is_between(start, end))["text"]) or None
        for start, end in rows.select("start", "end").iter_rows()
    ]
    return (
        rows.with_columns(pl.Series("note", texts, pl.String), partial=pl.lit(value=False))
        .select(
            *("start", "end", "value", "least", "most", "denominator"),
            *("hidden", "note", "partial"),
        )
        .lazy()
    )


def notes(view: View, slice_: Slice) -> pl.DataFrame:
    """`on`, `text`: what was noted of the whole and of this area, up to the slice's end."""
    known = view.numbers("areas").filter(pl.col("known")).collect()
    covering = [slice_.area]
    if slice_.level == released.DISTRICT:
        own = known.filter(pl.col("area").cast(pl.String) == slice_.area)
        covering += list(own["county"].cast(pl.String))
    return of_areas(view, covering, slice_.end).collect()


def _until(rows: pl.DataFrame, slice_: Slice) -> pl.DataFrame:
    return rows.filter(pl.col("end") <= slice_.end)


def gaps(rows: pl.DataFrame, column: str = "value", places: str = "period") -> str:
    """How many of the periods shown are gaps, for the line under a chart."""
    hidden = rows[column].null_count()
    if not hidden:
        return ""
    verb = "is a gap" if hidden == 1 else "are gaps"
    return f"{words.sentence(words.counted(hidden, places))} {verb}: {released.TOO_FEW}."


def how_open(rows: pl.DataFrame, measure: Measure) -> str:
    """By how much rounding may have moved a share, for the line under a chart."""
    if not measure.is_fraction:
        return ""
    value = pl.col("value")
    far = pl.max_horizontal(value - pl.col("least"), pl.col("most") - value)
    most = rows.select(far.max()).item()
    if most is None:
        return ""
    return f"Rounding may have moved a value by up to {words.figure(most * 100)} points."


def left_unmarked(rows: pl.DataFrame) -> str:
    """How many months are beyond a limit and no special cause, for the line under a chart."""
    value, limits = pl.col("value"), (pl.col("lower"), pl.col("upper"))
    many = rows.filter(pl.col("rule").is_null(), (value < limits[0]) | (value > limits[1])).height
    if not many:
        return ""
    are, them = ("is", "it") if many == 1 else ("are", "them")
    months = words.sentence(words.counted(many, "month"))
    return f"{months} beyond a limit {are} not marked: rounding alone may have put {them} there."


def how_it_moved(rows: pl.DataFrame, measure: Measure) -> str:
    """The last period beside the one before and the highest, for a title."""
    known = rows.filter(pl.col("value").is_not_null())
    if known.is_empty():
        return f"{measure.title}: {released.TOO_FEW}"
    last = known.row(-1, named=True)
    now = released.written(measure, last["value"], last)
    name = f"{measure.title}: {now}"
    if known.height == 1:
        return name
    then = known.row(-2, named=True)
    way = "as" if last["value"] == then["value"] else _way(last["value"] > then["value"])
    was = released.written(measure, then["value"], then)
    said = f"{name}, {way} before" if way == "as" else f"{name}, {way} {was}"
    return words.fit(said, name, limit=words.WIDE)


def _way(up: bool) -> str:
    return "up from" if up else "down from"
