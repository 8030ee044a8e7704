"""Whatever stands outside a lens may change: nothing that the lens shows changes with it."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from dashboard.access import Role, Viewer
from dashboard.panels import (
    caseload,
    data,
    outcomes,
    partners,
    referrals,
    risk,
    rollout,
    victim_survivors,
)
from dashboard.snapshot import Lens, Snapshot
from queries.behind import COLUMNS, behind
from queries.evaluate import evaluate
from queries.follow_up import Rules
from queries.headlines import headline_frames, headline_numbers
from queries.measures import ALL
from queries.periods import months, one
from queries.timeline import timeline

# About the service and its tables, and not about any person.
OF_ALL = ("targets", "annotations", "tables", "imports")
BERKSHIRE = frozenset(
    {"E06000036", "E06000037", "E06000038", "E06000039", "E06000040", "E06000041"}
)


def scrambled(snapshot: Snapshot, lens: Lens) -> Snapshot:
    """The snapshot with every row outside the lens put through a mixer."""
    own_cases = set(lens.records("caseload").select(pl.col("case").cast(str)).collect()["case"])
    facts = {}
    for name, frame in snapshot._facts.items():
        if "area" not in frame.columns or name == "areas":
            facts[name] = frame
            continue
        inside = pl.col("area").cast(str).is_in(list(lens.areas))
        if lens.viewer.role is Role.CASE_MANAGER and "case_manager" in frame.columns:
            inside &= (pl.col("case_manager").cast(str) == lens.viewer.case_manager).fill_null(
                value=False
            )
        if "case" in frame.columns:
            inside |= pl.col("case").cast(str).is_in(own_cases).fill_null(value=False)
        marked = frame.with_columns(inside.alias("_inside"))
        kept = marked.filter("_inside").drop("_inside")
        rest = marked.filter(~pl.col("_inside")).drop("_inside")
        fixed = {"area", "county", "case_manager", "case", "on"}
        mixed = rest.sample(fraction=0.5, seed=7).with_columns(
            pl.col(column).shuffle(seed=index)
            for index, column in enumerate(rest.columns)
            if column not in fixed
        )
        facts[name] = pl.concat([kept, mixed]).sort("on", maintain_order=True)
    return replace(snapshot, _facts=facts)


def everything(lens: Lens, panels: tuple) -> list[bytes]:
    """All that could be shown: panels with their sentences, headlines, measures, lists."""
    period = one(lens.start, lens.end)
    shown: list[pl.DataFrame] = []
    said = []
    for panel in panels:
        frame = panel.result(lens).collect()
        shown.append(frame)
        said.append(panel.reading(frame) if frame.height else panel.without)
        said.append(panel.caption(lens) + (panel.note(frame) if frame.height else ""))
    keys = list(dict.fromkeys([*rollout.HEADLINES, *caseload.HEADLINES]))
    frames = pl.collect_all(headline_frames(keys, lens))
    said.append(repr(headline_numbers(keys, lens, frames, lens.start)))
    shown += [
        evaluate(ALL, lens, period, by).collect()
        for by in ([], ["area"], ["county"], ["case_manager"])
    ]
    shown.append(evaluate(ALL, lens, months(lens.start, lens.end)).collect())
    shown += [behind(m, lens, period).collect() for m in ALL if m.facts in COLUMNS]
    case = lens.records("caseload").select(pl.col("case").cast(str).min()).collect().item()
    shown.append(timeline(lens, case).collect())
    return [frame.write_ndjson().encode() for frame in shown] + [each.encode() for each in said]


OF_PEOPLE = (
    victim_survivors.standings(14),
    *victim_survivors.ALL,
    *outcomes.panels(Rules(least=5)).all,
)


OF_AREAS = (
    *referrals.ALL,
    *referrals.BY.values(),
    *referrals.OVER_TIME.values(),
    *partners.ALL,
    *partners.AREAS.values(),
)
OF_CASES = (*referrals.OWN, *referrals.TRENDS.values(), *partners.OWN, *partners.MARAC_BY.values())


def of_all(panels: tuple) -> tuple:
    return (*rollout.ALL, *risk.ALL, *OF_PEOPLE, *OF_AREAS, *OF_CASES, *panels)


@pytest.mark.parametrize(
    ("viewer", "panels"),
    [
        (
            Viewer(Role.MANAGER, BERKSHIRE),
            of_all((caseload.WORKERS, caseload.WAITING, caseload.ATTENTION, *data.ALL)),
        ),
        (Viewer(Role.REGIONAL_LEAD, frozenset({"E07000178"})), of_all((caseload.DISTRICTS,))),
        (
            Viewer(Role.CASE_MANAGER, None, "FULLEST"),
            (*risk.ALL, *OF_PEOPLE, *OF_CASES, caseload.WORKERS, caseload.ATTENTION),
        ),
    ],
    ids=["manager of a county", "regional lead of a district", "case manager"],
)
def test_scrambling_what_is_outside_changes_nothing(made_up, viewer, panels):
    if viewer.case_manager:
        viewer = replace(viewer, case_manager=made_up.fullest_worker())
    lens = made_up.lens(viewer)
    other = scrambled(made_up, lens)
    changed = evaluate(ALL, other.lens(Viewer(Role.MANAGER, None)), one(lens.start, lens.end))
    truly = evaluate(ALL, made_up.lens(Viewer(Role.MANAGER, None)), one(lens.start, lens.end))
    assert not changed.collect().equals(truly.collect()), "the mixer mixed nothing"
    assert everything(other.lens(viewer), panels) == everything(lens, panels)


def test_no_areas_is_nothing_and_never_all(made_up):
    lens = made_up.lens(Viewer(Role.MANAGER, frozenset()))
    for name in made_up._facts:
        if name not in (*OF_ALL, "case_managers"):
            assert lens.numbers(name).collect().is_empty()
            assert lens.records(name).collect().is_empty()


def test_areas_of_others_are_not_had_by_asking(made_up):
    lens = made_up.lens(Viewer(Role.MANAGER, BERKSHIRE), frozenset({"E07000178", "E06000039"}))
    assert lens.areas == ("E06000039",)


def test_a_case_manager_without_cases_sees_none(made_up):
    assert made_up.lens(Viewer(Role.CASE_MANAGER, None)).numbers("caseload").collect().is_empty()


@pytest.mark.parametrize("role", [Role.OPCC, Role.MEETING])
def test_protected_roles_get_no_lens_on_facts(made_up, role):
    with pytest.raises(PermissionError, match="released numbers only"):
        made_up.lens(Viewer(role, None))


def test_nothing_after_as_at_shows(made_up):
    day = date(2025, 3, 31)
    lens = made_up.lens(Viewer(Role.MANAGER, None), as_at=day)
    for name, frame in made_up._facts.items():
        if name in (*OF_ALL, "agencies", "areas", "case_managers"):
            continue
        rows = lens.numbers(name).collect()
        for column, kind in frame.schema.items():
            if kind == pl.Date and column not in ("due_on", "planned_end_on") and rows.height:
                latest = rows[column].max()
                assert latest is None or latest <= day, (name, column)
