"""CSV files in the shapes that case systems export: one table comes out of all of them."""

from pathlib import Path

import pytest

from dashboard.intake.problems import NotLoadable
from dashboard.intake.sources import find_sources

ROWS = [(2, ["M1", "Zoë"]), (3, ["M2", "Seán, O’Neill"])]
PLAIN = 'case_manager_id,name\nM1,Zoë\nM2,"Seán, O’Neill"\n'


def read(folder: Path, content: bytes) -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:
    file = folder / "case_managers.csv"
    file.write_bytes(content)
    (source,) = find_sources([file], lambda *_: False).sources
    return source.headings, list(source.rows())


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("cp1252"),
        PLAIN.encode("utf-16"),
        PLAIN.encode("utf-16-le"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.rstrip().encode(),
        b"sep=,\n" + PLAIN.encode(),
        b"\n\n" + PLAIN.encode(),
        (PLAIN + ",\n" * 5000).encode(),
    ],
)
def test_encodings_and_line_ends(tmp_path: Path, content: bytes) -> None:
    assert read(tmp_path, content) == (("case_manager_id", "name"), ROWS)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_outside_quotation_marks(tmp_path: Path, delimiter: str) -> None:
    content = f'"a,b;c,d;e,f;g"{delimiter}"name"\n1{delimiter}x\n'
    assert read(tmp_path, content.encode()) == (("a,b;c,d;e,f;g", "name"), [(2, ["1", "x"])])


def test_windows_1252_is_seen_however_late_its_first_accent(tmp_path: Path) -> None:
    content = b"case_manager_id,name\n" + b"M,plain\n" * 200_000 + "M,Zoë\n".encode("cp1252")
    _, rows = read(tmp_path, content)
    assert rows[-1] == (200_002, ["M", "Zoë"])


def test_blank_lines_are_left_out_but_counted(tmp_path: Path) -> None:
    _, rows = read(tmp_path, b"case_manager_id,name\n\nM1,a\n , \n\nM2,b\n")
    assert rows == [(3, ["M1", "a"]), (6, ["M2", "b"])]


def test_a_cell_of_several_lines_is_one_row(tmp_path: Path) -> None:
    _, rows = read(tmp_path, b'case_manager_id,name\nM1,"a\nb"\nM2,c\n')
    assert rows == [(2, ["M1", "a\nb"]), (3, ["M2", "c"])]


def test_a_quotation_mark_that_is_never_closed_is_an_error_not_a_long_cell(tmp_path: Path) -> None:
    with pytest.raises(NotLoadable, match=r"quotation mark opened in line 3 is never closed"):
        read(tmp_path, b'case_manager_id,name\nM1,a\nM2,"b\nM3,c\nM4,d\n')


def test_the_200th_column_is_the_last(tmp_path: Path) -> None:
    def wide(columns: int) -> bytes:
        return ",".join(f"c{i}" for i in range(columns)).encode() + b",,,\n1\n"

    assert len(read(tmp_path, wide(200))[0]) == 200
    with pytest.raises(NotLoadable, match="201 columns"):
        read(tmp_path, wide(201))
