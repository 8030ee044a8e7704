"""What changed, beside the published results, and beside comparison people where there are any."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial

import polars as pl

from dashboard.drawings import Bars, Benchmarks, Column
from dashboard.panel import Panel
from queries import abuse_reductions, compared_people, outcomes, phases, words
from queries.benchmarks import OF_CONTROL, SOURCE
from queries.follow_up import Rules, in_months
from queries.view import View

LOCAL = (
    "Local results are monitoring without a control group of their own; people are referred when "
    "things are at their worst, so that part of any fall would come by itself."
)


@dataclass(frozen=True)
class Panels:
    """The panels of this subject, by the rules that the service set."""

    results: Panel
    by_type: Panel
    police: Panel
    hearings: Panel
    compared: Panel

    @property
    def all(self) -> tuple[Panel, ...]:
        return (self.results, self.by_type, self.police, self.hearings, self.compared)

    def headline(self, frames: Mapping[str, pl.DataFrame]) -> str:
        """The page in a sentence."""
        return outcomes.headline(frames[self.results.key])


@cache
def panels(rules: Rules) -> Panels:
    """The panels, with the least number and the lengths of follow-up of `rules`."""
    return Panels(
        _results(rules), _by_type(rules), _police(rules), _hearings(rules), _compared(rules)
    )


def _so_far(view: View) -> str:
    return f"all cases since launch, to {words.day(view.end)}"


def _least(rules: Rules) -> str:
    return (
        f"Nothing is said below {rules.least} cases (n), nor of cases closed less than "
        f"{rules.least_days} days ago; both are set by your service."
    )


def _followed(rules: Rules) -> str:
    return (
        f"Follow-up: {in_months(rules.police_days)} for police, {in_months(rules.marac_days)} for "
        "MARAC. Of a case closed more recently the days since closure are put beside as many days "
        "before allocation. Those who died are left out."
    )


def _results(rules: Rules) -> Panel:
    return Panel(
        "outcome-results",
        question="How do local results stand beside the published ones?",
        result=partial(outcomes.results, rules=rules),
        reading=outcomes.what_differs_from_published,
        caption=lambda view: (
            f"Share that is fewer at exit than at intake, or after than before; {_so_far(view)}"
        ),
        drawn_as=Benchmarks(
            "measure",
            "value",
            "lower",
            "upper",
            "note",
            columns=(
                Column("value", "local", bold=True, percent=True, opens=True, of="n"),
                Column("between", "95%\ninterval", opens=True, of="n"),
                Column("n", "cases\n(n)", opens=True),
                Column("in_period", "this\nperiod", opens=True),
                Column("published_words", "published"),
            ),
            published="published",
            x_title="right of zero: fewer than before; left: more",
            height=400,
        ),
        headings={
            "measure": "Result",
            "value": "Local",
            "lower": "Lower (95%)",
            "upper": "Upper (95%)",
            "note": "In place of a value",
            "n": "Cases (n)",
            "to_come": "Cases still to come",
            "in_period": "This period",
            "published_words": "Published",
        },
        percent=("value", "lower", "upper"),
        measures=(*abuse_reductions.ABUSE, outcomes.RISK),
        definition=f"Published: {SOURCE}. {OF_CONTROL} In line: the published value lies within "
        f"the local 95% interval. {LOCAL} {_followed(rules)} Still to come: cases open, or closed "
        f"too recently, that may yet count. {_least(rules)}",
        note=_unrated,
    )


def _unrated(frame: pl.DataFrame) -> str:
    unrated = frame.filter(pl.col("key") == outcomes.RISK)["unrated"][0]
    published = "Published: Bristol, 2016-2019."
    if not unrated:
        return published
    closed = words.counted(unrated, "closed case")
    verb = "has" if unrated == 1 else "have"
    return f"{words.sentence(closed)} {verb} no IDVA rating at exit. {published}"


def _by_type(rules: Rules) -> Panel:
    return Panel(
        "abuse-by-type",
        question="How many used each type of abuse at intake, and at exit?",
        result=partial(abuse_reductions.by_type, rules=rules),
        reading=abuse_reductions.which_fell_most,
        caption=lambda view: f"Service users using it; {_so_far(view)}",
        drawn_as=Bars(
            "type",
            {"at_exit": "at exit"},
            columns=(
                Column("at_intake", "at\nintake", opens=True),
                Column("at_exit", "at\nexit", bold=True, opens=True),
                Column("stopped", "stopped", opens=True),
                Column("began", "began", opens=True),
                Column("fewer", "fewer", percent=True, opens=True, of="at_intake"),
            ),
            of="at_intake",
            of_heading="at intake",
            rest_heading="fewer",
            height=280,
        ),
        headings={
            "type": "Type",
            "pairs": "Cases with both assessments",
            "at_intake": "Using it at intake",
            "at_exit": "Using it at exit",
            "stopped": "Stopped",
            "began": "Began",
            "fewer": "Fewer",
        },
        percent=("fewer",),
        measures=tuple(abuse_reductions.ABUSE),
        definition="Stopped: at intake and not at exit. Began: at exit and not at intake. "
        f"{_least(rules)}",
        note=lambda frame: f"{words.n_of(int(frame['pairs'].max()), 'case')} at most.",  # type: ignore[arg-type]
        without="No case has an assessment of abuse at intake and at exit",
    )


def _police(rules: Rules) -> Panel:
    return Panel(
        "police-before-after",
        question="Are there fewer crimes after than before?",
        result=partial(compared_people.police, rules=rules),
        reading=compared_people.how_crimes_changed,
        caption=lambda view: f"Crimes for 100 people a year, to {words.day(view.end)}",
        drawn_as=Bars(
            "window",
            {"rate": "rate"},
            columns=(
                Column("rate", "rate", bold=True, opens=True, of="cases", places=0),
                Column("crimes", "crimes", opens=True),
                Column("cases", "cases", opens=True),
            ),
            mark="comparison",
            mark_heading="comparison",
            height=200,
        ),
        headings={
            "window": "Window",
            "crimes": "Criminal incidents",
            "years": "Person-years",
            "rate": "For 100 people a year",
            "comparison": "Comparison people",
            "cases": "Cases followed up",
            "complete": "Of them for the whole length",
        },
        measures=("police_incidents_change",),
        definition=f"Criminal domestic abuse incidents. {_followed(rules)} {_least(rules)} The "
        "measure named above takes only cases followed up for the whole length.",
        note=lambda frame: (
            f"n = {words.figure(frame['cases'][0])}, {words.figure(frame['complete'][0])} of them "
            f"for the whole length. {_of_comparison(frame)}"
        ),
        without="No police incidents are recorded",
    )


def _of_comparison(frame: pl.DataFrame) -> str:
    """The rates of the marks, for which the columns have no room."""
    before, after = frame["comparison"][0], frame["comparison"][-1]
    if before is None or after is None:
        return ""
    return f"Comparison people: {words.figure(before)} before, {words.figure(after)} after."


def _hearings(rules: Rules) -> Panel:
    return Panel(
        "marac-phases",
        question="How often were people heard at MARAC before, during and after?",
        result=partial(phases.phases, rules=rules),
        reading=phases.how_it_went,
        caption=lambda view: (
            f"MARAC hearings for each 100 years that people were observed; {_so_far(view)}"
        ),
        drawn_as=Bars(
            "named",
            {"rate": "rate"},
            columns=(
                Column("rate", "rate", bold=True, opens=True, of="people", places=0),
                Column("between", "95%\ninterval", opens=True, of="people"),
                Column("comparison", "comparison\npeople", places=0),
                Column("hearings", "hearings", opens=True),
                Column("repeats", "of them\nrepeats", opens=True),
                Column("people", "people", opens=True),
                Column("years", "person-\nyears", opens=True, of="people"),
            ),
            mark="comparison",
            mark_heading="comparison people",
            height=240,
        ),
        headings={
            "named": "Time",
            "rate": "For 100 people a year",
            "lower": "Lower (95%)",
            "upper": "Upper (95%)",
            "hearings": "Hearings",
            "repeats": "Of them repeats",
            "people": "People",
            "years": "Person-years",
            "comparison": "Comparison people",
        },
        measures=("marac_heard", "marac_repeat_rate"),
        definition="Before: up to allocation. After: from closure, as far as time has come; those "
        "who died are left out of it. The people differ: all allocated stand before and during, "
        "those closed after. A person is counted once; one with two cases brings the years of "
        "both, so that there may be more years than people. A repeat before counts only if the "
        f"earlier referral of the pair is recorded too. {OF_CONTROL}",
        note=lambda frame: (
            f"{words.n_of(frame['people'][0], 'person', 'people')}, each once, however many cases "
            "they have. Before has all who were allocated, after only those closed: no change of "
            f"the same people. {_taken_over(frame)}“MARAC hearings” above compares the same, over "
            "as many days."
        ),
        without="No MARAC hearings are recorded",
    )


def _taken_over(frame: pl.DataFrame) -> str:
    """Why more people may stand during a case than before: those were of somebody else then."""
    before, during = frame["people"][0], frame["people"][1]
    if during is None or before is None or during <= before:
        return ""
    return (
        f"During has {words.figure(during - before)} more, whose case came from another area or "
        "case manager. "
    )


def _compared(rules: Rules) -> Panel:
    return Panel(
        "outcomes-compared",
        question="Did service users change more than comparison people?",
        result=partial(compared_people.compared, rules=rules),
        reading=compared_people.what_differs,
        caption=lambda view: (
            f"Share that is fewer after than before, and its difference; {_so_far(view)}"
        ),
        drawn_as=Benchmarks(
            "measure",
            "value",
            "lower",
            "upper",
            "note",
            columns=(
                Column("said", "fewer", bold=True, opens=True, of="n"),
                Column("between", "95% interval", opens=True, of="n"),
                Column("n", "n", opens=True),
            ),
            value_heading="with 95% interval",
            x_title="right of zero: fewer than before; left: more. Difference: in points",
            strong="is_difference",
            height=400,
        ),
        headings={
            "measure": "Result",
            "value": "Fewer, or difference",
            "lower": "Lower (95%)",
            "upper": "Upper (95%)",
            "note": "In place of a value",
            "n": "People (n)",
        },
        percent=("value", "lower", "upper"),
        definition="Comparison people are people like service users who were not allocated; the "
        "first day they are observed stands for allocation, the last for closure. They are in no "
        "other number of this dashboard. Difference: service users less comparison people, in "
        f"percentage points. How alike they are is not shown here. {_followed(rules)} "
        f"{_least(rules)}",
        note=lambda _: "A difference whose interval includes zero may be chance.",
        without="No comparison people in this view: a change, not an effect",
    )
