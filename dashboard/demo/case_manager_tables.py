"""The tables of case managers: who they are, their districts and hours, the cases they held."""

import numpy as np
import polars as pl

from dashboard.demo import profile
from dashboard.demo.case_managers import Team, Worker
from dashboard.demo.cases import Cases
from dashboard.demo.chance import happened, ids, on

FIRST_NAMES = """
Priya Tom Amara Leanne Sam Farah Jo Daniel Grace Imran Beth Kwame Nina
Owen Zoe Luca Mei Rhys Asha Callum Dina Ewan Freya Gita Hugo Ines
Joel Kezia Liam Maya Noah Olive Petra Quinn Rosa Seth Tara Umar Vera
Will Yusuf Alma Bram Cleo Dev Esme Finn Gwen Hana Ivo Jess Kit
Lena Milo Nell Otis Pia Ravi Suki Theo Uma Vik Wren Yara
"""
INITIALS = "NBOWKMHRTADSFGLPCEJ"


def case_manager_tables(
    made: list[Team], held: Cases, today: int, width: int
) -> dict[str, pl.DataFrame]:
    """The tables of case managers, their districts and hours, and `assignments`."""
    workers = [(team, n) for team in made for n in range(len(team.workers))]
    workers.sort(key=lambda each: each[0].workers[each[1]].started)
    number_of = {(id(team), n): number for number, (team, n) in enumerate(workers, start=1)}
    posts = [team.workers[n] for team, n in workers]
    names = ids("CM", np.arange(1, len(posts) + 1), max(2, len(str(len(posts)))))
    return {
        "case_managers": pl.DataFrame(
            {
                "case_manager_id": names,
                "name": [_name(number) for number in range(len(posts))],
                "started_on": on(np.array([each.started for each in posts])),
                "left_on": on(np.array([each.left for each in posts])),
            }
        ),
        "case_manager_areas": _areas(posts, names),
        "case_manager_hours": _hours(posts, names),
        "assignments": _assignments(made, number_of, names, held, today, width),
    }


def _name(number: int) -> str:
    """First name and initial; further initials where the first ones are used up."""
    names = FIRST_NAMES.split()
    first = names[number % len(names)]
    again, number_of_name = divmod(number // len(names), len(INITIALS))
    initial = INITIALS[(7 * number + number_of_name) % len(INITIALS)]
    return f"{first} {initial}.{_further_initials(again)}"


def _further_initials(again: int) -> str:
    """Nothing, then each letter, then each two letters, and so on."""
    further = ""
    while again:
        again, letter = divmod(again - 1, len(INITIALS))
        further = f" {INITIALS[letter]}.{further}"
    return further


def _areas(posts: list[Worker], names: pl.Series) -> pl.DataFrame:
    rows = [
        (number, profile.DISTRICTS[district].code, each.started, each.left)
        for number, each in enumerate(posts)
        for district in sorted(each.districts)
    ]
    worker, codes, started, left = (list(column) for column in zip(*rows, strict=True))
    return pl.DataFrame(
        {
            "case_manager_id": names.gather(worker),
            "area_code": codes,
            "from_on": on(np.array(started)),
            "to_on": on(np.array(left)),
        }
    )


def _hours(posts: list[Worker], names: pl.Series) -> pl.DataFrame:
    rows = []
    for number, each in enumerate(posts):
        ends = [since for since, _ in each.hours[1:]] + [each.left]
        for (since, fte), until in zip(each.hours, ends, strict=True):
            rows.append((number, since, until, fte, float(each.target)))
    worker, since_days, until_days, fte_values, targets = (
        list(column) for column in zip(*rows, strict=True)
    )
    return pl.DataFrame(
        {
            "case_manager_id": names.gather(worker),
            "from_on": on(np.array(since_days)),
            "to_on": on(np.array(until_days)),
            "fte": fte_values,
            "caseload_target": targets,
        }
    )


def _assignments(
    made: list[Team],
    number_of: dict[tuple[int, int], int],
    names: pl.Series,
    held: Cases,
    today: int,
    width: int,
) -> pl.DataFrame:
    rows = sorted(
        (case, since, until, number_of[id(team), worker])
        for team in made
        for case, worker, since, until in team.spells
    )
    case, since, until, worker = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return pl.DataFrame(
        {
            "case_id": ids("C", held.number[case], width),
            "case_manager_id": names.gather(worker - 1),
            "from_on": on(since),
            "to_on": happened(until, today),
        }
    )
