"""Old closed cases become counts: the numbers stay, the people and their lists go."""

from datetime import date

import polars as pl
import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner

from dashboard.access import Role, Viewer
from dashboard.cli import app
from dashboard.database import connect
from dashboard.database import database_url as parsed
from dashboard.database.tables import AuditEntry, Case, KeptCount
from dashboard.demo import fill
from dashboard.export.measures import measure_rows
from dashboard.snapshot import read_snapshot
from dashboard.upkeep.retention import retain
from queries import kept, notes
from queries.evaluate import evaluate
from queries.measures import ALL, MEASURES
from queries.periods import months, one
from queries.trend import by_month

TODAY, LINE = date(2026, 10, 31), date(2026, 8, 1)
START = date(2024, 3, 1)
MANAGER = Viewer(Role.MANAGER, None)
run = CliRunner()


def numbers(snapshot, by, periods=None, viewer=MANAGER, areas=None, measures=ALL):
    lens = snapshot.lens(viewer, areas, START, TODAY, TODAY)
    found = evaluate(measures, lens, periods or months(START, TODAY), by).collect()
    rows = found.with_columns(pl.col(pl.Enum).cast(pl.String)).sort("measure", "period", *by)
    # What nothing happened in and what was never there are told apart elsewhere.
    return rows.with_columns(pl.col(pl.Float64).round(9))


@pytest.fixture(scope="module")
def kept_and_whole(tmp_path_factory):
    """The service before and after it was reduced to counts, and what was done."""
    url = f"sqlite:///{tmp_path_factory.mktemp('kept') / 'one.sqlite'}"
    fill(url, cases=60, seed=7, today=TODAY)
    engine = connect(parsed(url))
    before = read_snapshot(engine)
    trial = retain(engine, 2, "a tester", TODAY, dry_run=True)
    assert read_snapshot(engine).state == before.state
    done = retain(engine, 2, "a tester", TODAY)
    assert done == trial
    return before, read_snapshot(engine), done, engine


def test_people_go_and_counts_stay(kept_and_whole):
    before, after, done, engine = kept_and_whole
    assert done.line == LINE
    assert done.rows["cases"] > 0
    assert done.rows["service_users"] > 0
    with engine.connect() as connection:
        left = connection.scalar(select(func.count()).select_from(Case))
        assert left == before._facts["allocations"].height - done.rows["cases"]
        assert connection.scalar(select(func.count()).select_from(KeptCount)) == done.counts
        entry = connection.execute(select(AuditEntry).where(AuditEntry.what == "erasure")).one()
    assert entry.details["kind"] == "retention"
    still = after._facts["allocations"]["case"].cast(pl.String)
    assert (
        before._facts["closures"]
        .filter(~pl.col("case").cast(pl.String).is_in(still.implode()))["on"]
        .max()
        < LINE
    )


@pytest.mark.parametrize("by", [[], ["county"], ["area"]], ids=["whole", "county", "area"])
def test_every_month_says_what_it_said(kept_and_whole, by):
    before, after, *_ = kept_and_whole
    columns = ["measure", "start", *by, "numerator", "denominator", "value"]
    one_, other = (numbers(each, by).select(columns) for each in (before, after))
    keys = ["measure", "start", *by]
    both = one_.join(other, on=keys, suffix="_after", nulls_equal=True)
    for name in ("numerator", "denominator", "value"):
        changed = both.filter(pl.col(name).ne_missing(pl.col(f"{name}_after")))
        assert changed.is_empty(), changed


def test_counts_of_events_add_up_across_the_line(kept_and_whole):
    before, after, *_ = kept_and_whole
    for start in (START, date(2025, 6, 1)):
        one_, other = (
            numbers(each, [], one(start, TODAY), measures=[m for m in ALL if m.fold == "sum"])
            for each in (before, after)
        )
        assert one_.select("measure", "value").equals(other.select("measure", "value"))


def test_what_counts_cannot_answer_is_not_known(kept_and_whole):
    _, after, *_ = kept_and_whole
    half = numbers(after, [], one(date(2025, 3, 10), date(2025, 3, 31)))
    states = [measure.key for measure in ALL if measure.reads == "state"]
    assert set(half.drop_nulls("value")["measure"]) <= set(states)
    assert half.filter(pl.col("measure") == "active_cases")["value"][0] > 0
    across = numbers(after, [], one(START, TODAY)).filter(
        pl.col("measure").is_in([m.key for m in ALL if m.fold == "median"])
    )
    assert across["value"].null_count() == across.height
    workers = numbers(after, ["case_manager"], one(date(2025, 3, 1), date(2025, 3, 31)))
    assert workers["value"].null_count() == workers.height


def test_charts_over_time_mark_where_records_begin(kept_and_whole):
    before, after, *_ = kept_and_whole
    asked = [each.lens(MANAGER, None, START, TODAY, TODAY) for each in (before, after)]
    marked = [notes.notes(view).filter(pl.col("text") == notes.KEPT).collect() for view in asked]
    assert [rows["on"].to_list() for rows in marked] == [[], [LINE]]
    chart = by_month(MEASURES["referrals_received"], asked[1]).collect()
    noted = chart.filter(pl.col("note").str.contains(notes.KEPT, literal=True))
    assert noted["month"].to_list() == [LINE]
    assert kept.in_words(asked[0]) == ""
    assert kept.in_words(asked[1]).startswith("Closed cases from before 1 August 2026 were reduced")
    assert kept.in_words(after.lens(MANAGER, None, LINE, TODAY, TODAY)) == ""


def test_printed_measures_say_which_rest_on_kept_counts(kept_and_whole):
    before, after, *_ = kept_and_whole
    rows = measure_rows(after.lens(MANAGER, None, START, TODAY, TODAY), "month")
    assert {row["month"] for row in rows if row["kept"]} == {
        row["month"] for row in rows if row["month"] < "2026-08"
    }
    assert not any(row["kept"] for row in measure_rows(before.lens(MANAGER)))


def test_a_lens_shows_only_what_was_kept_of_its_areas(kept_and_whole):
    _, after, *_ = kept_and_whole
    some = frozenset(after.areas["area"].cast(pl.String).to_list()[:1])
    lens = after.lens(Viewer(Role.REGIONAL_LEAD, some), None, START, TODAY, TODAY)
    assert set(lens.numbers("kept").collect()["area"].cast(pl.String)) <= some
    assert lens.numbers("kept_wider").collect().drop_nulls("county").is_empty()
    own = after.lens(Viewer(Role.CASE_MANAGER, None, after.fullest_worker()), None, START, TODAY)
    assert own.numbers("kept").collect().is_empty()
    assert own.numbers("kept_wider").collect().is_empty()


def test_again_keeps_what_was_kept(kept_and_whole):
    *_, engine = kept_and_whole
    again = retain(engine, 2, "a tester", TODAY, dry_run=True)
    assert again.rows == {}
    later = retain(engine, 1, "a tester", TODAY, dry_run=True)
    assert later.months in (0, 1)


def test_on_the_command_line(database_url, monkeypatch):
    fill(database_url, cases=30, seed=7, today=TODAY)
    monkeypatch.setenv("DRIVE_DATABASE_URL", database_url)
    trial = run.invoke(app, ["retain", "--older-than", "2", "--dry-run"])
    assert trial.exit_code == 0, trial.output
    assert "This was a dry run" in trial.stdout
    done = run.invoke(app, ["retain", "--older-than", "2"])
    assert done.exit_code == 0, done.output
    assert "are kept for what lies before it" in done.stdout
