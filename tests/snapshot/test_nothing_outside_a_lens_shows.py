"""Whatever stands outside a lens may change: nothing that the lens shows changes with it."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from scrambling import BERKSHIRE, scrambled

from dashboard.access import Role, Viewer
from dashboard.draw.table import to_csv
from dashboard.export.measures import BY, measure_rows, measures_document
from dashboard.export.pages import pages
from dashboard.facts.contradictions import RULES
from dashboard.panel import Panel
from dashboard.panels import caseload, data, partners, referrals, risk
from dashboard.snapshot import Lens, Snapshot
from queries.behind import COLUMNS, behind
from queries.evaluate import evaluate
from queries.fields import FIELDS
from queries.headlines import headline_numbers, headline_questions
from queries.measures import ALL
from queries.periods import one

# About the service and its tables, and not about any person.
OF_ALL = ("targets", "annotations", "tables", "imports")


def every_panel(snapshot: Snapshot, lens: Lens) -> list[Panel]:
    """Those of all pages of the role, however their switches stand, and what their rows open."""
    role = lens.viewer.role
    found = [panel for page in pages(role, snapshot.settings, lens) for panel in page.panels]
    found += [*risk.CHARTS.values(), *partners.MARAC_BY.values()]
    if role.sees_referrals:
        found += [*referrals.BY.values(), *referrals.OVER_TIME.values(), *partners.AREAS.values()]
        found += referrals.TRENDS.values()
    if role.sees_data_quality:
        found += [data.field_by_area(field, cases=True) for field in FIELDS]
        found += [data.records_of(rule) for rule in RULES]
    if role.sees_cases:
        active = lens.records("caseload").select(pl.col("case").cast(str).min())
        found.append(caseload.case_timeline(active.collect().item()))
    return list({named(panel): panel for panel in found}.values())


def named(panel: Panel) -> str:
    """What tells a panel from all others."""
    return f"{panel.key}: {panel.question}"


def everything(snapshot: Snapshot, lens: Lens) -> dict[str, Any]:
    """All that could be shown or saved: panels, sentences, headline numbers, lists, CSV, JSON.

    Workbooks and slides, which are made of these, are compared page by page in
    `tests/shell/test_nothing_outside_shows_on_any_page.py`.
    """
    role, period = lens.viewer.role, one(lens.start, lens.end)
    panels = every_panel(snapshot, lens)
    frames = pl.collect_all([panel.result(lens) for panel in panels])
    rows = {named(panel): frame for panel, frame in zip(panels, frames, strict=True)}
    out: dict[str, Any] = {}
    for panel, frame in zip(panels, frames, strict=True):
        said = [panel.reading(frame), panel.note(frame)] if frame.height else [panel.without]
        csv = to_csv(frame, panel.headings, made_up=True)
        out[named(panel)] = (frame.write_ndjson(), said, panel.caption(lens), csv)
    for page in pages(role, snapshot.settings, lens):
        own = {panel.key: rows[named(panel)] for panel in page.panels}
        out[page.path] = page.sentence(own)
        if page.headlines:
            numbers = lens.answers(headline_questions(tuple(page.headlines)))
            out[page.path] += repr(headline_numbers(page.headlines, lens, numbers, lens.start))
    for by in (None, *BY):
        if by != "case_manager" or role.sees_workers:
            document = measures_document(lens, measure_rows(lens, by), made_up=True)
            out[f"measures by {by}"] = json.dumps(document, default=str)
    if role.sees_cases:
        lists = [measure for measure in ALL if measure.facts in COLUMNS]
        found = pl.collect_all([behind(measure, lens, period) for measure in lists])
        out |= {f"list of {m.key}": r.write_ndjson() for m, r in zip(lists, found, strict=True)}
    return out


VIEWERS = {
    "manager of a county": Viewer(Role.MANAGER, BERKSHIRE),
    "regional lead of a district": Viewer(Role.REGIONAL_LEAD, frozenset({"E07000178"})),
    "case manager": Viewer(Role.CASE_MANAGER, None, "FULLEST"),
}


def differing(made_up: Snapshot, viewer: Viewer, seed: int) -> list[str]:
    """What is otherwise for the viewer once everything outside their lens is."""
    if viewer.case_manager:
        viewer = replace(viewer, case_manager=made_up.fullest_worker())
    lens = made_up.lens(viewer)
    other = scrambled(made_up, lens, seed)
    of_all = Viewer(Role.MANAGER, None)
    truly = evaluate(ALL, made_up.lens(of_all), one(lens.start, lens.end)).collect()
    changed = evaluate(ALL, other.lens(of_all), one(lens.start, lens.end)).collect()
    assert not changed.equals(truly), "the mixer mixed nothing"
    before, after = everything(made_up, lens), everything(other, other.lens(viewer))
    assert before.keys() == after.keys()
    return [name for name, shown in before.items() if shown != after[name]]


@pytest.mark.parametrize("name", ["manager of a county", "case manager"])
def test_scrambling_what_is_outside_changes_nothing(made_up, name):
    assert differing(made_up, VIEWERS[name], seed=7) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("viewer", VIEWERS.values(), ids=VIEWERS)
def test_however_it_is_scrambled(made_up, viewer, seed):
    assert differing(made_up, viewer, seed) == []


@pytest.mark.parametrize("outside", ["targets", "annotations", "tables", "imports"])
def test_what_is_said_of_other_areas_is_scrambled_too(made_up, outside):
    lens = made_up.lens(VIEWERS["manager of a county"])
    assert not scrambled(made_up, lens)._facts[outside].equals(made_up._facts[outside])


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
