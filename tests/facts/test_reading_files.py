"""Reading a SQLite file for a snapshot: every text as it is, and nobody's lock is let go."""

import subprocess
import sys

from sqlalchemy import insert, make_url
from three_cases import PEOPLE

from dashboard.database import connect
from dashboard.database.tables import RECORDS, ServiceUser
from dashboard.facts.reading import read_columns
from dashboard.intake.opening import take_turn

# Another program that wants to write meanwhile.
OTHER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=0)
try:
    connection.execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError as refused:
    print(refused)
else:
    print("may write")
"""


def may_write(file):
    asked = [sys.executable, "-c", OTHER, file]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


def test_an_import_keeps_its_lock_while_a_snapshot_is_read(given, tmp_path):
    given(PEOPLE)
    file = f"{tmp_path}/given-0.sqlite"
    importing, reading = (connect(make_url(f"sqlite:///{file}")) for _ in range(2))
    with importing.begin() as connection:
        take_turn(connection)
        assert may_write(file) == "database is locked"
        with reading.connect() as other:
            read_columns(other, RECORDS.values())
        assert may_write(file) == "database is locked"
    assert may_write(file) == "may write"


def test_texts_with_signs_in_them(given, tmp_path):
    given(PEOPLE)
    odd = ["a\x1eb", "a\x1fb", "\x1e\x1f", 'quo"ted', "two\nlines", " spaces ", "Ünal", "7"]
    engine = connect(make_url(f"sqlite:///{tmp_path}/given-0.sqlite"))
    with engine.begin() as connection:
        connection.execute(insert(ServiceUser), [{"service_user_id": each} for each in odd])
    with engine.connect() as connection:
        read = read_columns(connection, [RECORDS["service_users"]])["service_users"]
    plain = [each.replace("\x1e", " ").replace("\x1f", " ") for each in odd]
    assert sorted(read["service_user_id"]) == sorted([*plain, "S1", "S2", "S3"])
    assert read["year_of_birth"].null_count() == read.height
