"""The data page: each role its part; files tried and loaded by the data steward alone."""

import shutil
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard.access import Role, Viewer
from dashboard.access.sign_in import WITHOUT_SIGN_IN
from dashboard.database import connect, database_url
from dashboard.intake import Upload, load_uploads, run_import
from dashboard.shell import visit
from dashboard.shell.rejected import rejected_of
from dashboard.snapshot import read_snapshot
from dashboard.snapshot.snapshot import LONDON

TODAY = date(2025, 6, 30)
SERVICE = {
    "areas.csv": "area_code,name,county\nA1,Reading,berkshire\nA2,Oxford,oxfordshire\n",
    "service_users.csv": "service_user_id\nS1\nS2\n",
    "referrals.csv": (
        "referral_id,service_user_id,area_code,received_on\n"
        "R1,S1,A1,2025-01-10\nR2,S2,A2,2025-02-10\n"
    ),
    "cases.csv": "case_id,referral_id,allocated_on\nC1,R1,2025-01-20\nC2,R2,2025-02-20\n",
    "reviews.csv": "review_id,case_id,due_on\nV1,C7,2025-03-01\n",
}
APP = str(Path(dashboard.__file__).parent / "app.py")
CASES = b"case_id,referral_id,allocated_on\nC1,R1,2025-01-21\nC9,R9,2025-02-20\n"


@pytest.fixture
def url(tmp_path, monkeypatch) -> str:
    """A database of real records with a rejected row."""
    folder = tmp_path / "files"
    folder.mkdir()
    for name, content in SERVICE.items():
        (folder / name).write_text(content)
    address = f"sqlite:///{tmp_path}/cases.sqlite"
    assert run_import(address, [folder], today=TODAY).exit_code == 1
    return address


@pytest.fixture
def opened(monkeypatch):
    def run(url: str, role: Role) -> AppTest:
        monkeypatch.setenv("DRIVE_DATABASE_URL", url)
        monkeypatch.setenv(WITHOUT_SIGN_IN, role.value)
        visit.store.clear()
        app = AppTest.from_file(APP, default_timeout=60).run()
        return app.switch_page("../pages/data.py").run()

    return run


def headers(app: AppTest) -> list[str]:
    return [header.value for header in app.header]


def rows(url: str, facts: str) -> int:
    lens = read_snapshot(connect(database_url(url))).lens(Viewer(Role.MANAGER, None))
    return lens.numbers(facts).collect().height


def button(app: AppTest, label: str):
    return next(each for each in app.button if each.label.startswith(label))


def test_a_regional_lead_sees_how_fresh_the_tables_are_and_no_more(opened, url):
    app = opened(url, Role.REGIONAL_LEAD)
    assert not app.exception
    # Records of 2025: feeds that have all stopped are said before all else.
    days = (datetime.now(LONDON).date() - date(2025, 2, 20)).days
    old = f"Records run to 20 Feb 2025, {days:,} days ago; the limit is eight days"
    assert app.title[0].value == old
    assert headers(app) == [f"No record of the last {days:,} days; 22 tables are empty"]
    assert not app.get("file_uploader")
    assert len(app.dataframe) == 1


def test_a_manager_sees_what_is_amiss_and_rejected_and_loads_nothing(opened, url):
    app = opened(url, Role.MANAGER)
    assert not app.exception
    assert "The last import was on" in " ".join(headers(app))
    assert app.subheader[0].value == "One row rejected by import 1"
    said = " ".join(each.value for each in app.caption)
    assert "Mend the downloaded file and load it again under its name" in said
    assert [each.proto.label for each in app.get("download_button")][-1] == "Download rejected rows"
    assert not app.get("file_uploader")


def test_rejected_rows_come_as_one_file_or_several_in_one(opened, url, tmp_path, monkeypatch):
    monkeypatch.setenv("DRIVE_DATABASE_URL", url)
    one = rejected_of(1, 10)
    assert one.file_name == "reviews.csv"
    assert one.rows["value"].to_list() == ["C7"]
    assert b"rejected_reason" in one.as_download()
    again = load_uploads(url, [Upload(one.file_name, one.as_download())], dry_run=True, today=TODAY)
    assert [each.value for each in again.rejections] == ["C7"], "it is known as it was downloaded"
    for name in ("cases", "assignments"):
        (tmp_path / f"{name}.csv").write_text(
            "case_id,referral_id,case_manager_id,allocated_on,from_on\nC9,R9,M9,2025-03-01,2025-03-01\n"
        )
    run_import(url, [tmp_path / "cases.csv", tmp_path / "assignments.csv"], today=TODAY)
    two = rejected_of(2, 10)
    assert two.file_name == "rejected-by-import-2.zip"
    with ZipFile(BytesIO(two.as_download())) as packed:
        files = [Upload(name, packed.read(name)) for name in packed.namelist()]
    assert sorted(each.name for each in files) == ["assignments.csv", "cases.csv"]
    unpacked = load_uploads(url, files, dry_run=True, today=TODAY)
    assert {each.file for each in unpacked.rejections} == {"cases.csv", "assignments.csv"}


def test_a_steward_tries_files_and_loads_them_by_a_second_press(opened, url):
    app = opened(url, Role.DATA_STEWARD)
    assert not app.exception
    imports = rows(url, "imports")
    app.file_uploader[0].set_value(("cases.csv", CASES, "text/csv")).run()
    assert not [each for each in app.button if each.label.startswith("Load")]
    button(app, "Try these files").click().run()
    assert not app.exception
    assert app.warning[0].value == (
        "This was a trial: nothing is loaded yet. Rows would be: 0 new, 1 changed, 0 as before "
        "and 1 rejected."
    )
    assert rows(url, "imports") == imports, "a trial leaves nothing behind"
    button(app, "Load one row, leave out 1 rejected").click().run()
    assert not app.exception
    assert app.warning[0].value.startswith("Loaded, as import 2. Rows were: 0 new, 1 changed")
    assert rows(url, "imports") == imports + 1
    # Shown at once, and the files are let go of.
    assert app.subheader[0].value == "One row rejected by import 2"
    assert not [each for each in app.button if each.label.startswith(("Load", "Try"))]


def test_other_files_than_those_tried_are_not_offered_for_loading(opened, url):
    app = opened(url, Role.DATA_STEWARD)
    app.file_uploader[0].set_value(("cases.csv", CASES, "text/csv")).run()
    button(app, "Try these files").click().run()
    app.file_uploader[0].set_value(("cases.csv", CASES + b"C3,R2,2025-03-01\n", "text/csv")).run()
    assert not [each for each in app.button if each.label.startswith("Load")]


def test_a_file_that_is_no_table_is_said_in_words(opened, url):
    app = opened(url, Role.DATA_STEWARD)
    app.file_uploader[0].set_value(("cases.csv", b"%PDF-1.7", "text/csv")).run()
    button(app, "Try these files").click().run()
    assert app.error[0].value.startswith("These files cannot be loaded. cases.csv is a PDF")
    assert not [each for each in app.button if each.label.startswith("Load")]


def test_a_made_up_database_takes_no_files(opened, made_up_database):
    app = opened(made_up_database, Role.DATA_STEWARD)
    assert not app.exception
    assert not app.get("file_uploader")
    said = " ".join(each.value for each in app.markdown)
    assert "made-up records, and nothing else can be loaded into it" in said
    assert "is made by loading the first files at the command line" in said


def test_a_steward_of_an_empty_database_can_load_the_first_files(opened, empty_database, tmp_path):
    file = shutil.copy(empty_database, tmp_path / "empty.sqlite")
    app = opened(f"sqlite:///{file}", Role.DATA_STEWARD)
    assert app.title[0].value == "No records have been loaded yet"
    assert len(app.get("file_uploader")) == 2
    assert "Nothing was ever imported" in headers(app)
    assert "Choose your files below" in " ".join(each.value for each in app.markdown)


def test_with_areas_alone_a_steward_is_shown_to_the_form(opened, tmp_path):
    (tmp_path / "areas.csv").write_text(SERVICE["areas.csv"])
    address = f"sqlite:///{tmp_path}/areas.sqlite"
    assert run_import(address, [tmp_path / "areas.csv"], today=TODAY).exit_code == 0
    app = opened(address, Role.DATA_STEWARD)
    assert app.title[0].value == "No referrals or cases have been loaded yet"
    assert "Choose your files below" in " ".join(each.value for each in app.markdown)
    assert len(app.get("file_uploader")) == 2
    # Who loads nothing is shown no form.
    app = opened(address, Role.MANAGER)
    assert app.title[0].value == "No records have been loaded yet"


def test_a_steward_sees_no_numbers_about_cases(opened, url):
    app = opened(url, Role.DATA_STEWARD)
    assert not app.metric
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        app.switch_page("../pages/caseload.py").run()
