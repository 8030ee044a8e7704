"""Files that come through the browser: tried, loaded, refused; and gone afterwards."""

import tempfile
from pathlib import Path

import pytest
from small_service import SERVICE, TODAY, Intake
from test_mapping import EXPORT, MAPPING

from dashboard.database.connection import connect
from dashboard.database.connection import database_url as as_url
from dashboard.demo import fill
from dashboard.intake import Report, Upload, load_uploads, read_rejected
from dashboard.intake.uploads import MOST_FILES, MOST_MEGABYTES


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """All that is written on the way goes into a folder that can be looked into."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def uploaded(files: dict[str, str]) -> list[Upload]:
    return [Upload(name, content.encode()) for name, content in files.items()]


def load(url: str, files: dict[str, str], *, dry_run: bool = False) -> Report:
    return load_uploads(url, uploaded(files), dry_run=dry_run, today=TODAY)


def test_a_trial_writes_nothing_and_loading_writes_what_it_said(
    sqlite_intake: Intake, own_temporary_folder: Path
) -> None:
    tried = load(sqlite_intake.url, SERVICE, dry_run=True)
    assert (tried.exit_code, tried.dry_run, tried.import_id) == (0, True, None)
    assert not Path(as_url(sqlite_intake.url).database or "").exists()
    loaded = load(sqlite_intake.url, SERVICE)
    assert loaded.tables == tried.tables
    assert sqlite_intake.rows("cases", "case_id") == [("C1",), ("C2",)]
    assert list(own_temporary_folder.iterdir()) == []


def test_a_mapping_file_comes_with_them(sqlite_intake: Intake) -> None:
    report = load_uploads(
        sqlite_intake.url,
        [Upload("Export.csv", EXPORT.encode())],
        Upload("ours.toml", MAPPING.encode()),
        dry_run=False,
        today=TODAY,
    )
    assert report.exit_code == 1
    assert sqlite_intake.rows("imports", "mapping") == [("ours.toml",)]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([], "No file was chosen"),
        ([Upload(f"{n}.csv", b"") for n in range(MOST_FILES + 1)], f"at most {MOST_FILES} can be"),
        (
            [Upload("cases.csv", b" " * (MOST_MEGABYTES * 1_000_000 + 500_000))],
            f"at most {MOST_MEGABYTES} MB",
        ),
        ([Upload("cases.csv", b"a"), Upload("cases.csv", b"b")], "Two of the files are called"),
        ([Upload("", b"a")], "has no name"),
        ([Upload("scan.csv", b"%PDF-1.7")], "not a table"),
        ([Upload("unknown.csv", b"a,b\n1,2\n")], "is not named after a table"),
    ],
    ids=["none", "too many", "too large", "twice", "nameless", "no table", "no known table"],
)
def test_what_cannot_be_loaded_is_said_and_leaves_nothing(
    sqlite_intake: Intake, own_temporary_folder: Path, files: list[Upload], words: str
) -> None:
    report = load_uploads(sqlite_intake.url, files, dry_run=False, today=TODAY)
    assert report.exit_code == 2
    assert words in (report.message or "")
    assert str(own_temporary_folder) not in (report.message or "")
    assert not Path(as_url(sqlite_intake.url).database or "").exists()
    assert list(own_temporary_folder.iterdir()) == []


@pytest.mark.parametrize("name", ["../areas.csv", "/etc/areas.csv", "C:\\exports\\areas.csv"])
def test_a_name_with_folders_in_it_stays_in_its_own(
    sqlite_intake: Intake, tmp_path: Path, name: str
) -> None:
    before = sorted(tmp_path.iterdir())
    assert load(sqlite_intake.url, {name: SERVICE["areas.csv"]}, dry_run=True).exit_code == 0
    assert sorted(tmp_path.iterdir()) == before


def test_a_number_that_a_browser_gave_is_no_part_of_a_name(sqlite_intake: Intake) -> None:
    report = load(sqlite_intake.url, {"areas (1).csv": SERVICE["areas.csv"]})
    assert report.tables["areas"].inserted == 2
    both = {"areas.csv": SERVICE["areas.csv"], "areas(2).csv": SERVICE["areas.csv"]}
    assert "Two of the files are called areas.csv" in (load(sqlite_intake.url, both).message or "")


def test_made_up_records_take_no_others(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/made-up.sqlite"
    fill(url, cases=5, today=TODAY)
    report = load(url, SERVICE, dry_run=True)
    assert report.exit_code == 2
    assert "made-up records, and nothing else can be imported" in (report.message or "")


def test_rejected_rows_are_read_in_the_order_of_their_files(sqlite_intake: Intake) -> None:
    load(sqlite_intake.url, SERVICE)
    load(
        sqlite_intake.url,
        {
            "cases.csv": "case_id,referral_id,allocated_on\nC8,R9,2025-01-20\nC9,R9,2025-01-20\n",
            "agencies.csv": "agency_id,name\nP9,\n",
        },
    )
    engine = connect(as_url(sqlite_intake.url))
    rows, files = read_rejected(engine, 2, 2)
    engine.dispose()
    assert [(each.file, each.row, each.column) for each in rows] == [
        ("agencies.csv", 2, "name"),
        ("cases.csv", 2, "referral_id"),
    ]
    assert files == ["agencies.csv", "cases.csv"]


@pytest.fixture
def sqlite_intake(tmp_path: Path) -> Intake:
    """An intake into a database that is not there yet."""
    (tmp_path / "files").mkdir()
    return Intake(f"sqlite:///{tmp_path}/case-database.sqlite", tmp_path / "files")
