"""Of a column's list of names only those in the rows shown go to the browser."""

from io import BytesIO

import polars as pl
import pyarrow as pa
from streamlit.testing.v1 import AppTest

CASES = pl.Enum(["D-0001", "D-0002", "D-0003"])


def _page() -> None:
    import polars as pl

    from dashboard.shell.tables import long_table, small_table

    cases = pl.Enum(["D-0001", "D-0002", "D-0003"])
    rows = pl.DataFrame({"case": ["D-0002"]}, {"case": cases})
    long_table(rows, {"case": "Case"}, "Cases")
    small_table(rows, {"case": "Case"}, "Cases")


def test_names_that_are_in_no_row_stay_behind() -> None:
    page = AppTest.from_function(_page).run()
    assert not page.exception
    sent = [each[0].proto.SerializeToString() for each in (page.dataframe, page.table)]
    for data in sent:
        assert b"D-0002" in data
        assert b"D-0001" not in data
        assert b"D-0003" not in data


def test_without_that_the_whole_list_would_go() -> None:
    """What the test above would see: Arrow takes the list along."""
    rows = pl.DataFrame({"case": ["D-0002"]}, {"case": CASES}).to_arrow()
    with BytesIO() as kept:
        with pa.ipc.new_stream(kept, rows.schema) as stream:
            stream.write_table(rows)
        assert b"D-0003" in kept.getvalue()
