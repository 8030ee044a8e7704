"""Can the records be trusted: how fresh, how complete, where do they contradict each other?"""

from collections.abc import Mapping
from functools import partial

import polars as pl

from dashboard.drawings import Bars, Column, Table
from dashboard.panel import Panel
from queries import completeness, contradictions, freshness, words
from queries.completeness import weakened
from queries.fields import Field
from queries.view import View

WHOLE = "The whole database as it is now, whatever areas and period are chosen"


def _in_period(view: View) -> str:
    return f"Records of {words.period(view.start, view.end)}; states on its last day"


FRESHNESS = Panel(
    "freshness",
    question="How fresh is each table?",
    result=freshness.freshness,
    reading=freshness.how_fresh,
    caption=lambda _: WHOLE,
    drawn_as=Table(sortable=True),
    headings={
        "table": "Table",
        "rows": "Rows",
        "first_day": "First day",
        "last_day": "Last day",
        "behind": "Days behind the newest",
        "import": "Last import",
        "loaded": "Imported at",
    },
    definition="First and last day: those on which something happened, up to today; planned and "
    "due days are not in it. Tables of people, hours, areas and targets have no such day. Last "
    "import: the latest that had rows of the table, changed or not. Rows are told to those who "
    "see all areas.",
    note=lambda frame: f"{frame.height} tables. Times are London’s.",
)

COMPLETENESS = Panel(
    "completeness",
    question="What do the measures need that is not filled in?",
    result=completeness.completeness,
    reading=completeness.thinnest,
    caption=lambda view: f"Share filled in. {_in_period(view)}. Choose a field to see it by area",
    drawn_as=Table(selectable=True),
    headings={
        "field": "Field",
        "table": "Table",
        "n": "Should have it",
        "missing": "Missing",
        "share": "Filled in",
        "weakens": "Weakens",
    },
    percent=("share",),
    definition="A field is asked only of the records that should have it: the reason of a closure "
    "only of closed cases. Weakens: how many measures are less sure, or their cut by area, agency "
    "or kind, while anything is missing; they are named below the chosen field. Records of those "
    "who died are not asked for an assessment at exit.",
    note=lambda frame: f"{frame.height} fields, the thinnest first.",
)

CONTRADICTIONS = Panel(
    "contradictions",
    question="Which records contradict each other?",
    result=contradictions.contradictions,
    reading=contradictions.most_broken,
    caption=lambda view: (
        f"{contradictions.rules_checked(view)} rules checked, those that are broken shown. "
        f"{_in_period(view)}. Choose one to see its records"
    ),
    drawn_as=Table(selectable=True),
    headings={
        "rule": "Rule",
        "table": "Table",
        "records": "Records",
        "areas": "Districts",
        "last": "Latest",
    },
    definition="Each rule is one that cannot be broken by what happened, only by what was "
    "entered. A record counts on the day from which it contradicts. Nothing is left out of the "
    "numbers for it. A high-risk case with a DASH score under 14 is no contradiction: judgement "
    "and escalation make a case high-risk too.",
    note=lambda frame: f"{words.n_of(int(frame['records'].sum()), 'record')}.",
    without="No record contradicts another",
)

IMPORTS = Panel(
    "imports",
    question="What came in, and what was rejected?",
    result=freshness.imports,
    reading=freshness.last_import,
    caption=lambda _: f"{WHOLE}. Choose an import to see its rejected rows",
    drawn_as=Table(selectable=True),
    headings={
        "at": "Imported at",
        "import": "Number",
        "outcome": "Outcome",
        "inserted": "New",
        "updated": "Changed",
        "unchanged": "As before",
        "removed": "Removed",
        "refused": "Rejected",
        "files": "Files",
    },
    definition="New, changed, as before and removed count rows of tables; one row of a file may "
    "feed several. Rejected counts rows of files. A file of rejected rows can be mended and "
    "loaded again, with the same mapping. The others are told to those who see all areas.",
    note=lambda frame: words.sentence(
        f"{words.counted(frame.height, 'import')}, the latest first."
    ),
    without="Nothing was ever imported",
)

FRESH_ONLY = (FRESHNESS,)
ALL = (FRESHNESS, COMPLETENESS, CONTRADICTIONS, IMPORTS)


def field_by_area(field: Field, *, cases: bool) -> Panel:
    """How complete one field is in each area.

    What is missing leads to the records to mend; to those that are whole only where `cases` are
    seen.
    """
    return Panel(
        f"field-{field.key}",
        question=f"Where is it missing? {field.title}",
        result=partial(completeness.by_area, field=field),
        reading=completeness.where_missing,
        caption=lambda view: f"{field.title}: number missing, by area. {_in_period(view)}",
        drawn_as=Bars(
            "name",
            {"missing": "missing"},
            columns=(
                Column("missing", "missing", bold=True, opens=True),
                Column("n", "should\nhave it", opens=cases),
                Column("share", "filled\nin", percent=True, opens=cases, of="n"),
            ),
        ),
        headings={
            "name": "Area",
            "missing": "Missing",
            "n": "Should have it",
            "share": "Filled in",
        },
        percent=("share",),
        note=lambda frame: (
            f"n = {words.figure(int(frame['n'].sum()))}. Less sure while any is missing: "
            f"{weakened(field)}."
        ),
    )


def records_of(rule: str) -> Panel:
    """The records that break one rule."""
    return Panel(
        "contradicting",
        question=f"Which records are these? {rule}",
        result=partial(contradictions.breaking, rule=rule),
        reading=contradictions.what_breaks,
        caption=lambda view: f"{rule}. {_in_period(view)}",
        drawn_as=Table(sortable=True),
        headings={
            "record": "Record",
            "case": "Case",
            "area_name": "Area",
            "on": "Day",
            "found": "What it says",
        },
        note=lambda frame: f"n = {frame.height}. Mend them in the case system and import again.",
    )


def corrected(changed: pl.DataFrame) -> Panel:
    """What late records changed in periods whose protected numbers stay as they were released."""
    return Panel(
        "corrected",
        question="What did late records change in released periods?",
        result=lambda _: changed.lazy(),
        reading=lambda frame: words.sentence(
            f"{words.counted(frame.height, 'count')} of released periods "
            f"{'is' if frame.height == 1 else 'are'} no longer as released"
        ),
        caption=lambda _: (
            "True counts as they were released, and as the records have them now. "
            "Months of the whole, quarters of counties and districts"
        ),
        drawn_as=Table(sortable=True),
        headings={
            "title": "Measure",
            "part": "Count",
            "area_name": "Area",
            "start": "From",
            "end": "To",
            "released": "As released",
            "now": "Now",
        },
        definition="A released period stays as it was: a late record that moved a protected "
        "number from 10 to 15 would give both away. Here is what has changed since, for those who "
        "see true counts.",
        without="No released period has been changed by a later record.",
    )


def headline(frames: Mapping[str, pl.DataFrame]) -> str:
    """The page's sentence: what is wrong with the records, or how far they reach."""
    fresh = freshness.how_fresh(frames[FRESHNESS.key])
    if COMPLETENESS.key not in frames:
        return words.fit(fresh, fresh.split(";")[0].split(",")[0], limit=words.TITLE)
    thin = frames[COMPLETENESS.key].filter(pl.col("share") < completeness.THIN).height
    wrong = int(frames[CONTRADICTIONS.key]["records"].sum())
    if not thin and not wrong:
        return words.fit(f"{fresh}; nothing is amiss", fresh, limit=words.TITLE)
    fields = f"{words.counted(thin, 'field is', 'fields are')} too often empty"
    records = f"{words.counted(wrong, 'record contradicts', 'records contradict')} another"
    return words.fit(
        words.sentence(f"{fields}, and {records}"),
        words.sentence(f"{fields}; {words.figure(wrong)} records contradict another"),
        limit=words.TITLE,
    )
