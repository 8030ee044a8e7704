"""Local outcomes beside the published ones, in protected numbers."""

from dashboard.drawings import Benchmarks, Column
from dashboard.panel import Panel
from dashboard.panels.released import SOURCE
from queries import released_outcomes
from queries.benchmarks import SOURCE as PUBLISHED
from queries.released import RULES, Slice
from queries.view import View


def beside_published(view: View, slice_: Slice, least: int) -> Panel:
    """Each published result beside the local one; nothing is said below `least` cases."""
    when = released_outcomes.period_of(view, slice_)
    return Panel(
        "released-outcomes",
        question="How do local results stand beside the published ones?",
        result=lambda v: released_outcomes.beside_published(v, when, least),
        reading=released_outcomes.how_they_compare,
        caption=lambda _: (
            "How far the use of each type of abuse and crimes fell, and the share of cases "
            f"with less risk; {when.period}"
        ),
        drawn_as=Benchmarks(
            "measure",
            "value",
            "lower",
            "upper",
            "note",
            columns=(
                Column("value", "local", bold=True, percent=True),
                Column("n", "cases\n(n)"),
                Column("published_words", "published"),
            ),
            published="published",
            x_title="right of zero: fewer than before; left: more",
            height=360,
        ),
        headings={
            "measure": "Result",
            "value": "Local",
            "lower": "Lower (95%)",
            "upper": "Upper (95%)",
            "note": "In place of a value",
            "n": "Cases (n)",
            "published_words": "Published",
        },
        percent=("value", "lower", "upper"),
        measures=tuple(released_outcomes.BESIDE),
        definition=f"Published: {PUBLISHED}. Local results are monitoring without a control "
        f"group: a change, not an effect. Nothing is said below {least} cases, which is set by "
        f"your service. {RULES}",
        note=lambda _: "Published: Bristol, 2016-2019.",
        source=SOURCE,
    )
