"""Any order of rows and files within one import gives the same database."""

import tempfile
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_service import SERVICE, TODAY, Intake

from dashboard.intake import run_import

# Refused rows, folded ones and sets among them, but no two rows of one id with other content.
FILES = SERVICE | {
    "cases.csv": "case_id,referral_id,allocated_on,closed_on\nC1,R1,2025-01-20,\n"
    "C2,R2,2025-02-20,2025-06-01\nC3,R9,2025-02-20,\nC4,R2,2025-02-20,2025-02-19\n",
    "contacts.csv": "contact_id,case_id,occurred_on\nK1,C1,2025-03-01\nK1,C1,01/03/2025\n"
    "K2,C3,2025-03-01\nK3,C4,2025-03-01\nK4,C2,2025-01-01\nK5,C2,2025-03-01\n",
    "assignments.csv": "case_id,case_manager_id,from_on,to_on\nC1,M1,2025-01-20,2025-03-01\n"
    "C1,M2,2025-02-20,2025-04-01\nC1,M1,2025-03-10,\nC2,M2,2025-02-20,\nC2,M9,2025-06-20,\n",
    "needs.csv": "service_user_id,need\nS1,drugs\nS1,alcohol\nS2,drugs\nS2,dreams\n",
    "police_incidents.csv": "incident_id,person_id,occurred_on\nI1,S1,2024-03-01\n"
    "I2,X1,2024-03-01\nI3,X2,2024-03-01\n",
    "comparison_people.csv": "person_id,index_on\nX1,2025-01-01\n",
    "targets.csv": "measure,area,from_on,value\nactive_cases,narnia,2025-01-01,9\n"
    "active_cases,all,2025-01-01,9\nactive_cases,all,2025-02-01,10\n",
}


def shuffled(content: str, data: Any) -> str:
    heading, *rows = content.splitlines()
    return "\n".join([heading, *data.draw(st.permutations(rows))]) + "\n"


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Any, ...]]]:
    return loaded(tmp_path_factory.mktemp("expected"), list(FILES.items()))


def loaded(folder: Path, files: list[tuple[str, str]]) -> dict[str, list[tuple[Any, ...]]]:
    """What is in a database after one import of the files in this order."""
    paths = []
    numbers = count()
    for name, content in files:
        path = folder / str(next(numbers)) / name
        path.parent.mkdir()
        path.write_text(content)
        paths.append(path)
    url = f"sqlite:///{folder}/case-database.sqlite"
    assert run_import(url, paths, today=TODAY).exit_code == 1
    return Intake(url, folder).everything()


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_of_rows_and_files(expected: dict[str, list[tuple[Any, ...]]], data: Any) -> None:
    names = data.draw(st.permutations(list(FILES)))
    files = [(name, shuffled(FILES[name], data)) for name in names]
    with tempfile.TemporaryDirectory() as folder:
        assert loaded(Path(folder), files) == expected


def test_what_that_database_holds(expected: dict[str, list[tuple[Any, ...]]]) -> None:
    assert [row[0] for row in expected["cases"]] == ["C1", "C2"]
    assert [row[0] for row in expected["contacts"]] == ["K1", "K5"]
    assert [(row[0], row[1]) for row in expected["assignments"]] == [
        ("C1", "M1"),
        ("C1", "M1"),
        ("C2", "M2"),
    ]
    assert [row[0] for row in expected["police_incidents"]] == ["I1", "I2"]
    assert len(expected["targets"]) == 1
