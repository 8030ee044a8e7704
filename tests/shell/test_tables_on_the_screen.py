"""Numbers in tables: the house's minus sign, and right-aligned where they were written as text."""

import io

import polars as pl
import pyarrow as pa
from streamlit.testing.v1 import AppTest


def page() -> None:
    import polars as pl

    from dashboard.shell.tables import long_table, small_table

    long_table(
        pl.DataFrame({"name": ["Slough", "Oxford"], "change": [-0.6, 1.3], "n": [4, 1234]}),
        {"name": "District", "change": "Change", "n": "n"},
        "Districts",
        ("change",),
    )
    small_table(
        pl.DataFrame(
            {
                "title": ["Active cases", "On time", "Risk reduced"],
                "now": ["1,234", "82% (n = 19), above", "too few to show"],
                "change": ["5 more", "as many", None],
                "open": ["64–100%", "−12% to 3%", None],
            }
        ),
        {"title": "Measure", "now": "Now", "change": "Change", "open": "Range"},
        "Changes",
    )


def displayed(proto: object) -> pl.DataFrame:
    written = proto.arrow_data.styler.display_values  # type: ignore[attr-defined]
    return pl.from_arrow(pa.ipc.open_stream(io.BytesIO(written)).read_all())  # type: ignore[return-value]


def test_less_than_nothing_has_a_minus_and_is_sorted_as_a_number() -> None:
    table = AppTest.from_function(page).run().dataframe[0]
    assert table.value["Change"].to_list() == [-0.6, 1.3]
    assert displayed(table.proto)["Change"].to_list() == ["−60%", "130%"]


def test_columns_of_numbers_in_words_stand_at_the_right() -> None:
    styles = AppTest.from_function(page).run().table[0].proto.arrow_data.styler.styles
    right = [line for line in styles.splitlines() if "text-align: right" in line]
    # All but the names; "as many" stands where there is no number to say.
    assert [line.split("nth-child(")[1][0] for line in right] == ["2", "3", "4"]


def test_the_same_rows_are_sent_the_same_twice() -> None:
    def page() -> None:
        import polars as pl

        from dashboard.shell.tables import long_table, small_table

        rows = pl.DataFrame({"change": [-0.6, 0.25]})
        small_table(rows, {"change": "Change"}, "Changes")
        long_table(rows, {"change": "Change"}, "Changes")

    def sent(shown: AppTest) -> list[bytes]:
        return [each[0].proto.SerializeToString() for each in (shown.table, shown.dataframe)]

    shown = AppTest.from_function(page).run()
    assert not shown.exception
    first = sent(shown)
    assert sent(shown.run()) == first
