"""Rows on the screen: small tables for the eye, long ones to sort and search, lists of records."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from zlib import crc32

import polars as pl
import streamlit as st

from dashboard.access.trail import What
from dashboard.draw.again import again
from dashboard.draw.escape import for_csv, for_markdown, plain
from dashboard.draw.lettering import width
from dashboard.draw.table import headed, to_csv
from dashboard.draw.values import decimals, number, percent, printed
from dashboard.shell.leaving import download_button
from dashboard.shell.looking import tell
from dashboard.shell.signed_in import look_again
from queries.released import TOO_FEW
from queries.released_changes import CHANGED
from queries.words import NOT_KNOWN, counted

SMALL = 15  # rows that a table shows all at once
ROW_HEIGHT = 34
UNKNOWN = "–"
CELL, PADDING, WIDEST = 14, 20, 560  # pixels: type in a long table, space beside it, a column
# With its unit, what it is of, or how it changed: 1,234, 82%, 64–100%, −2 points, 19 (n = 225),
# above, 5 more, up 3 points.
_NUMBER = (
    r"^(up |down |[−+])?\d[\d,.]*%?( points?| days?| more| fewer|(–| to )[−+]?\d[\d,.]*%?)?"
    r"( \(n = [\d,]+\))?(, (above|below))?$"
)
_NO_NUMBER = (UNKNOWN, NOT_KNOWN, TOO_FEW, *CHANGED)  # said where there is no number to say
NARROW = 4  # columns that a dialog of medium width has room for
WRITTEN = 2_000  # rows of which each number is written here: it takes pandas a while
RIGHT = "text-align: right !important"  # Streamlit writes another way on each cell
SHORT = 20  # characters of entries that stand on one line in a small table: days, "68% (n = 65)"
ON_ONE_LINE = "white-space: nowrap !important"


def small_table(
    frame: pl.DataFrame, headings: Mapping[str, str], alt: str, shares: Sequence[str] = ()
) -> None:
    """A plain table for up to `SMALL` rows. Its cells read Markdown, so texts are escaped."""
    rows = headed(frame, headings)
    shown = rows.rename({name: for_markdown(name) for name in rows.columns})
    texts = shown.with_columns(
        # Days and yes or no become words; numbers stay numbers, which aligns them at the right.
        pl.Series(name, [_cell(value) for value in shown[name]], pl.String)
        for name, kind in shown.schema.items()
        if not kind.is_numeric()
    )
    forms: dict[str, Callable[[Any], str]] = {}
    styles: list[Any] = []
    for place, (name, heading) in enumerate(headings.items(), 1):
        if frame.schema[name].is_numeric():
            places = decimals(frame[name])
            forms[for_markdown(heading)] = (
                percent if name in shares else partial(number, places=places)
            )
            continue
        if _are_numbers(frame[name]):
            styles += [{"selector": f"tr > :nth-child({place})", "props": RIGHT}]
        if all(len(text) <= SHORT for text in texts[for_markdown(heading)]):
            styles += [{"selector": f"td:nth-child({place}) *", "props": ON_ONE_LINE}]
    styled = _styled(texts, forms, alt).set_table_styles(styles)
    st.table(styled, border="horizontal", hide_index=True, alt=alt)


def _styled(rows: pl.DataFrame, forms: Mapping[str, Callable[[Any], str]], alt: str) -> Any:
    """The rows with their numbers written out. The same rows are the same table, not drawn anew:
    pandas would give it a new name each time.
    """
    name = f"{crc32(alt.encode()):08x}"
    return rows.to_pandas().style.format(dict(forms), na_rep=UNKNOWN).set_uuid(name)


def _cell(value: Any) -> str:
    return for_markdown(printed(value)) if value is not None else UNKNOWN


def long_table(
    frame: pl.DataFrame,
    headings: Mapping[str, str],
    alt: str,
    shares: Sequence[str] = (),
    key: str | None = None,
    selectable: bool = False,
    height: int | str = "auto",
    on_cell: Callable[[int, str], None] | None = None,
) -> int | None:
    """A table to sort and search. `selectable`: one row can be chosen; its index is given back.

    The first row is chosen to begin with, so that what depends on it is never empty. `on_cell` is
    told row and column of an entry that is clicked; both need a `key`.
    """
    rows = again(frame, ("rows", tuple(headings.items())), lambda: _rows(frame, headings))
    columns: dict[str, Any] = {}
    forms: dict[str, Callable[[Any], str]] = {}
    for name, heading in headings.items():
        kind = frame.schema[name]
        if kind == pl.Date:
            columns[heading] = st.column_config.DateColumn(format="D MMM YYYY")
        elif kind == pl.Datetime:
            columns[heading] = st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm")
        elif (
            kind.is_numeric()
            and frame.height <= WRITTEN
            and (name in shares or (frame[name] < 0).any())
        ):
            # Written here, for Streamlit writes a hyphen and shares with decimals in some rows; it
            # is sorted by the number all the same.
            places = _places(frame[name])
            forms[heading] = percent if name in shares else partial(number, places=places)
        elif kind.is_numeric():
            columns[heading] = st.column_config.NumberColumn(
                format="percent" if name in shares else _form(frame[name])
            )
        elif kind.base_type() in (pl.String, pl.Enum, pl.Categorical):
            columns[heading] = st.column_config.Column(
                width=again(frame, ("wide", name, heading), partial(_wide, frame[name], heading)),
                alignment="right" if _are_numbers(frame[name]) else "left",
            )
    show = partial(
        st.dataframe,
        _styled(rows, forms, alt) if forms else rows,
        hide_index=True,
        column_config=columns,
        row_height=ROW_HEIGHT,
        height=height,
        placeholder=UNKNOWN,
        alt=alt,
        key=key,
    )
    if key is not None and on_cell is not None:
        show(on_select=partial(_tell_cell, key, headings, on_cell), selection_mode="single-cell")
        return None
    if not selectable:
        show()
        return None
    state: Any = show(
        on_select="rerun",
        selection_mode="single-row-required",
        selection_default={"selection": {"rows": [0]}},
    )
    chosen = [index for index in state["selection"]["rows"] if index < rows.height]
    return chosen[0] if chosen else 0


def _rows(frame: pl.DataFrame, headings: Mapping[str, str]) -> pl.DataFrame:
    """What a long table is sent: its texts made harmless, also for spreadsheets."""
    # The list that a column's names come from would go along, with names that are in no row.
    rows = headed(frame, headings).with_columns(pl.selectors.enum().cast(pl.String))
    # The table has a download of its own, where a text could be taken for a formula.
    return rows.with_columns(
        pl.Series(name, [for_csv(value) for value in rows[name]], pl.String)
        for name, kind in rows.schema.items()
        if kind == pl.String
    )


def _tell_cell(key: str, headings: Mapping[str, str], on_cell: Callable[[int, str], None]) -> None:
    columns = {heading: name for name, heading in headings.items()}
    for row, heading in st.session_state[key]["selection"]["cells"]:
        on_cell(row, columns[heading])


def _form(numbers: pl.Series) -> str:
    places = _places(numbers)
    return f"%.{places}f" if places else "localized"


def _places(numbers: pl.Series) -> int:
    """Decimals that all numbers of a column are written with: two at most."""
    fractions = numbers.drop_nulls().cast(pl.Float64)
    return next((n for n in (0, 1) if (fractions == fractions.round(n)).all()), 2)


def _are_numbers(texts: pl.Series) -> bool:
    """Whether what was written out as text is to be read down a column as numbers are."""
    if texts.dtype.base_type() not in (pl.String, pl.Enum, pl.Categorical):
        return False
    known = texts.cast(pl.String).drop_nulls()
    said = known.filter(~known.is_in(_NO_NUMBER))
    return not said.is_empty() and said.str.contains(_NUMBER).all()


def _wide(texts: pl.Series, heading: str) -> int:
    """Pixels in which the longest text of a column, and its heading, can be read whole."""
    longest = max((width(str(text), CELL) for text in texts.unique().drop_nulls()), default=0)
    return int(min(max(longest, width(heading, CELL)) + PADDING, WIDEST))


def table(
    frame: pl.DataFrame, headings: Mapping[str, str], alt: str, shares: Sequence[str] = ()
) -> None:
    """The rows, as a small or a long table by their number."""
    if frame.height <= SMALL:
        small_table(frame, headings, alt, shares)
    else:
        long_table(frame, headings, alt, shares, height=ROW_HEIGHT * 11)


def named(name: str, frame: pl.DataFrame) -> str:
    """The text alternative of a table that is no panel's: its name, and how long it is."""
    return plain(f"{name}: a table of {counted(frame.height, 'row')}.")


def file_name(name: str, made_up: bool) -> str:
    """The name of a downloaded table; one of made-up records says so."""
    stem = "".join(c if c.isalnum() else "-" for c in name.lower()).strip("-")
    return f"{'made-up-' if made_up else ''}{stem}.csv"


def download(
    frame: pl.DataFrame, headings: Mapping[str, str], name: str, key: str, *, made_up: bool
) -> None:
    """A button that saves exactly these rows, made when it is pressed."""
    download_button(
        "Download as CSV",
        partial(to_csv, frame, headings, made_up=made_up),
        file_name(name, made_up),
        mime="text/csv",
        key=key,
        rows=frame.height,
    )


def records_dialog(
    title: str,
    frame: pl.DataFrame,
    headings: Mapping[str, str],
    name: str,
    *,
    made_up: bool,
    one: str = "record",
    many: str | None = None,
    note: str = "",
    beneath: Callable[[int], None] | None = None,
) -> None:
    """Open a list of records over the page; it says how many there are.

    `one` and `many` name them ("case", "cases"); `note` says what the list is cut to. `beneath`
    shows more about the chosen row, given by its index, under the list.
    """
    wide = beneath is not None or len(headings) > NARROW
    dialog = st.dialog(for_markdown(title), width="large" if wide else "medium")
    tell(What.RECORDS, {"list": name}, frame.height)
    dialog(partial(_records, frame, headings, name, made_up, one, many, note, beneath))()


def _records(
    frame: pl.DataFrame,
    headings: Mapping[str, str],
    name: str,
    made_up: bool,
    one: str,
    many: str | None,
    note: str,
    beneath: Callable[[int], None] | None,
) -> None:
    look_again()  # a dialog runs without its page
    number = counted(frame.height, one, many)
    st.markdown(for_markdown(f"{number[:1].upper()}{number[1:]}. {note}".strip()))
    if frame.is_empty():
        return
    rows = 8 if beneath else 14
    chosen = long_table(
        frame,
        headings,
        plain(f"{name}: {number}"),
        key=f"rows-{name}",
        selectable=beneath is not None,
        height=min(frame.height, rows) * ROW_HEIGHT + 40,
    )
    download(frame, headings, name, f"download-{name}", made_up=made_up)
    if beneath and chosen is not None:
        beneath(chosen)
