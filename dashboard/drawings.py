"""How a panel may be drawn: one small record a kind of drawing, with no drawing in it.

`dashboard.draw` turns a record and a result into a figure, and an export into a native chart.
Fields that name columns hold names of the result's columns. Nulls are unknown: they are left out
of a drawing, never drawn as zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column of numbers or words printed beside the marks, right-aligned, with its heading.

    A line break in `heading` breaks it. Fractions are printed as percentages where `percent`.
    Where the boolean column `attention` is true the entry is bold and in the colour of attention.
    `opens`: a click on the entry asks for the records it is made of: as many as it says, or, where
    it is no count but a share, mean, median or the like, as many as the column `of` says.
    `places` are the decimals of numbers, without which each has those that it needs.
    """

    name: str
    heading: str
    bold: bool = False
    percent: bool = False
    attention: str | None = None
    opens: bool = False
    of: str | None = None
    places: int | None = None


@dataclass(frozen=True)
class Bars:
    """Horizontal bars, one a row, in the frame's order.

    `parts` are stacked (one column each, with headings; three at most); `of` is a column up to
    which the bar goes on in pale, `of_heading` what it counts, and `rest_heading` what the pale
    part alone does; `mark` a short vertical line at that column's value, named `mark_heading`.
    `strong`: a boolean column, rows in bold.
    `without` stands where a row has no bar. The parts are shares where `percent`.
    """

    category: str
    parts: Mapping[str, str]
    columns: tuple[Column, ...] = ()
    of: str | None = None
    of_heading: str = ""
    rest_heading: str = ""
    mark: str | None = None
    mark_heading: str = ""
    strong: str | None = None
    without: str = "not known"
    percent: bool = False
    height: int = 300

    @property
    def rest(self) -> str:
        """What the pale part is called."""
        whole = f"{self.of_heading}, the rest" if self.of_heading else "the rest"
        return self.rest_heading or whole


@dataclass(frozen=True)
class Courses:
    """Small charts of a running total against its course, one for each value of `group`.

    `x` is a date or a number (of weeks, say, which `x_title` names); `lines` the columns drawn,
    main one first, with the words at their ends; `course` the dashed line. `headings` is a column
    with what is said after the group's name over each small chart ("15 behind the course"; the
    same on all its rows), in the colour of attention where the boolean column `attention` is true.
    Where `notes`, a dotted rule stands at each `note_on`, and its `note` with that row's values.
    """

    group: str
    x: str
    lines: Mapping[str, str]
    course: str | None
    headings: str
    attention: str
    x_title: str = ""
    notes: bool = False
    height: int = 280


@dataclass(frozen=True)
class Lines:
    """One line for each column of `lines`, or of its one column for each value of `group`.

    Each is labelled at its end: last value and heading, or last value and group. `target` is a
    dashed line. Shares are drawn as percentages where `percent`. `said` names for each of `lines`
    the column that has its values in words, where they are not to be written as they are drawn.
    """

    x: str
    lines: Mapping[str, str]
    group: str | None = None
    target: str | None = None
    percent: bool = False
    said: Mapping[str, str] | None = None
    x_title: str = ""
    height: int = 280


@dataclass(frozen=True)
class Fans:
    """Small charts, one a `group`: what was (`value`), then a fan from `lower` to `upper`.

    `limit` is the capacity, a rule with its value. `met_on` is a column with the day from which
    the words of `headings` say that it may be reached (the same on all rows of a group, or null):
    a diamond stands there. `value_heading` and `limit_heading` follow the numbers ("45 active",
    "48 places"). `headings`, `attention` and `notes` as in Courses.
    """

    group: str
    x: str
    value: str
    middle: str
    lower: str
    upper: str
    limit: str
    headings: str
    attention: str
    met_on: str | None = None
    value_heading: str = ""
    limit_heading: str = ""
    notes: bool = False
    height: int = 300


@dataclass(frozen=True)
class Matrix:
    """Numbers in a grid, shaded by size: `rows` down, `across` along the top, in frame order.

    `text` is a column printed in place of the number (a date, "none"). None is a dot, a null is
    left empty.
    Where the boolean column `partial` is true, the heading says that the period still runs; where
    the column `note` has words, it has a dagger.
    """

    rows: str
    across: str
    value: str
    text: str | None = None
    partial: str | None = None
    note: str | None = None
    height: int = 320


@dataclass(frozen=True)
class Lanes:
    """One case on one time axis: rows of (lane, on, to, mark, text), in the order of `lanes`.

    `mark` is one of
    - `state`, `state_pale`: a bar from `on` to `to`, with its text inside;
    - `kept`, `missed`, `held`, `open` (due, not held), `step`, `event`, `event_pale` (of less
      weight): a mark on the day `on`, with its text beside it where there is room;
    - `score`: a number, printed in bold at its day; what follows a "|" is printed beside it;
    - `late`: a line of attention from `on` to `to` that ends in its text ("quiet 23 days");
    - `note`: a line through all lanes (its lane is null) with its text on top.
    A null `to` of a state or a late line is the last day of the axis.
    """

    lanes: tuple[str, ...]
    height: int = 330


@dataclass(frozen=True)
class ControlChart:
    """An XmR chart: rows of (month, value, least, most, mean, lower, upper, since,
    variation, cause, note_on, note).

    Rows in order of `month`. `least` and `most`, null where it is not rounded, are what a value
    could be before it was: a thin line. `since` is the first month of those that made its limits.
    `variation` is `common`, `improvement`, `concern` or `neutral`; `cause` says a special cause in
    words, on the last of its months; `note` is an annotation of the day `note_on`; a limit that is
    null is not drawn. Where `trial` is true the limits are called so. Shares are printed as
    percentages where `percent`, other values with `places`.
    """

    percent: bool = False
    places: int = 0
    height: int = 410


@dataclass(frozen=True)
class Grids:
    """Small grids of numbers, one for each value of `group`, all shaded on one scale.

    `rows` down, `across` along the top, in frame order; `text` is printed in place of the number.
    `headings` is a column of what is said after the group's name (the same on all its rows);
    `rows_heading` and `across_heading` say what the two sides are ("at intake", "at exit").
    """

    group: str
    rows: str
    across: str
    value: str
    text: str | None = None
    headings: str | None = None
    rows_heading: str = ""
    across_heading: str = ""


@dataclass(frozen=True)
class Columns:
    """Upright columns from zero over time, one a row: a month or week that begins at `x`.

    `parts` as in Bars; `total` is printed above each column. `mark` is a short level line on each
    (the same month a year earlier, say). Where the boolean column `partial` is true the period
    still runs: its column is hatched. `note` is what was noted in the period, null without.
    Shares are printed as percentages where `percent`; `without` stands where there is no total.
    """

    x: str
    parts: Mapping[str, str]
    total: str
    mark: str | None = None
    mark_heading: str = ""
    partial: str = "partial"
    note: str = "note"
    percent: bool = False
    without: str = ""
    height: int = 300


@dataclass(frozen=True)
class Histogram:
    """How many took how long: one upright bar a row, from `start` to `end` (both included).

    A null `end` is the last bar, of all that took longer. `median` and `slow` are the same on all
    rows: a rule each, at the middle value and where the slowest tenth begins.
    """

    start: str
    end: str
    count: str
    median: str
    slow: str
    unit: str = "days"
    height: int = 300


@dataclass(frozen=True)
class AreaMap:
    """Districts on a map, each coloured by its `value` in four classes and named by its `rank`.

    `area` is the district's code, `name` its name. `percent`: values are fractions; `signed`:
    they are changes, with a plus or minus. `unit` follows the value where it is said. `without` is
    said of a district that has no value.
    """

    area: str
    name: str
    value: str
    rank: str
    unit: str = ""
    percent: bool = False
    signed: bool = False
    without: str = "not known"
    height: int = 530


@dataclass(frozen=True)
class Ranked:
    """A ranked list: a dot with its interval, one a row, beside rank, name, value and `n`.

    `lower`, `upper` and `whole` may be null; `whole` is a line through all rows, named by the
    column `whole_name`. Dots have the colours that `AreaMap` gives the same values; `without` is
    printed where there is none.
    """

    category: str
    rank: str
    value: str
    lower: str
    upper: str
    n: str
    whole: str
    whole_name: str
    value_heading: str = ""
    n_heading: str = "n"
    unit: str = ""
    percent: bool = False
    signed: bool = False
    without: str = "not known"
    height: int = 600


@dataclass(frozen=True)
class Multiples:
    """Small charts of one line each on one scale: a `group` each, a line of charts for each `row`.

    The last value stands beside its dot; gaps stay gaps. `note` is a column of words for the
    days that are annotated: a rule is drawn there.
    """

    row: str
    group: str
    x: str
    value: str
    note: str | None = None
    unit: str = ""
    percent: bool = False
    height: int = 150


@dataclass(frozen=True)
class Funnel:
    """A funnel: `value` by `n`, one point a row, with 95% and 99.8% limits around `centre`.

    Points outside are named by the column `says`, those outside 99.8% (`far`) in the colour of
    attention. `whole_name` is a column with the name of what the centre is the value of. Values
    are fractions, or rates where `scale` is more than 1 (10,000 people).
    """

    name: str
    n: str
    value: str
    centre: str
    says: str
    far: str
    scale: int = 1
    n_heading: str = ""
    whole_name: str | None = None
    height: int = 400


@dataclass(frozen=True)
class Benchmarks:
    """Local results beside published ones, one row a measure, on one axis of shares with zero.

    `value` is a point, `lower` to `upper` a line through it, `published` a short upright mark; all
    are fractions. Where there is no value the words of `note` stand in place of all. `x_title` says
    what the two sides of zero mean. `strong`: a boolean column, rows in bold.
    """

    category: str
    value: str
    lower: str
    upper: str
    note: str
    columns: tuple[Column, ...] = ()
    published: str | None = None
    value_heading: str = "local, 95% interval"
    published_heading: str = "published"
    x_title: str = ""
    strong: str | None = None
    height: int = 380


@dataclass(frozen=True)
class Table:
    """The rows themselves; `selectable` when a row opens something, `sortable` by any column.

    `columns` are those whose entries ask for their records; `named` is the column that a row is
    called by.
    """

    selectable: bool = False
    sortable: bool = False
    named: str = ""
    columns: tuple[Column, ...] = ()


Drawing = (
    Bars
    | Courses
    | Lines
    | Fans
    | Matrix
    | Lanes
    | ControlChart
    | Grids
    | Columns
    | Histogram
    | AreaMap
    | Ranked
    | Multiples
    | Funnel
    | Benchmarks
    | Table
)
