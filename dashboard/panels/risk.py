"""Is risk falling, for whom is it rising, and what do IDVAs say?"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import polars as pl

from dashboard.drawings import Bars, Column, ControlChart, Grids, Table
from dashboard.panel import Panel
from dashboard.panels import trends
from queries import abuse, chart_told, judged, rising, risk_change, trend, words
from queries.measures import MEASURES
from queries.special_causes import Cause
from queries.special_causes import special_causes as causes_of
from queries.view import View

# The measures of the chart: what it says on the switch, under the title, and what it counts.
CHOICES = {
    "mean_dash_score": "Mean DASH score",
    "high_risk_rate": "High-risk share",
    "risk_reduced_rate": "Risk reduced at exit",
    "marac_repeat_rate": "MARAC repeats",
}
_CAPTIONS = {
    "mean_dash_score": "Mean of the latest DASH scores (of 24; lower is better) of active cases "
    "on each month’s last day",
    "high_risk_rate": "High-risk cases as a share of active cases assessed, on each month’s last "
    "day",
    "risk_reduced_rate": "Closed cases whose risk the IDVA rated reduced at exit, as a share of "
    "those rated in the month",
    "marac_repeat_rate": "Hearings of a pair referred within the 12 months before, as a share of "
    "the month’s hearings",
}
_COUNTED = {"marac_repeat_rate": "hearings", "risk_reduced_rate": "rated cases"}


def _chart(key: str) -> Panel:
    # Of some 200 cases a decimal tells a value from a limit; of 20 it would pretend to.
    places = int(MEASURES[key].reads == "state")
    return replace(
        trends.of(key, words.FULL),
        drawn_as=ControlChart(percent=MEASURES[key].is_fraction, places=places),
        caption=lambda view: f"{_CAPTIONS[key]}; {trend.months_in_words(view)}",
    )


CHARTS = {key: _chart(key) for key in CHOICES}
SCORE = CHARTS["mean_dash_score"]


def remarks(key: str, rows: pl.DataFrame) -> dict[str, str]:
    """What changed, what it does not say and what to ask, of one chart."""
    measure = MEASURES[key]
    said = partial(trend.said_of, measure)
    return {
        "What changed": chart_told.what_changed(rows, said),
        "What it does not say": chart_told.what_it_does_not_say(
            rows, measure.beware, state=measure.reads == "state"
        ),
        "What to ask": chart_told.what_to_ask(rows, said, _COUNTED.get(key, "cases")),
    }


def _on_the_day(view: View) -> str:
    return words.day(view.as_at)


CHANGE = Panel(
    "change",
    question="How far have the scores of cases moved since intake?",
    result=risk_change.by_step,
    reading=risk_change.how_many_fell,
    caption=lambda view: f"Latest DASH score less intake, active cases on {_on_the_day(view)}",
    drawn_as=Bars(
        "step",
        {"cases": "cases"},
        columns=(
            Column("cases", "cases", bold=True, opens=True),
            Column("share", "share", percent=True, opens=True, of="cases"),
        ),
    ),
    headings={"step": "Change in score", "cases": "Cases", "share": "Share"},
    percent=("share",),
    definition="Active cases scored at intake and again since. The score of a case is the highest "
    "of its victim-survivors’, at intake and in their latest assessments.",
    note=lambda rows: f"{words.n_of(int(rows['cases'].sum()), 'case')} scored twice.",
    without="No case has been scored twice",
)

COHORTS = Panel(
    "cohorts",
    question="Do scores fall with time in the programme?",
    result=risk_change.by_cohort,
    reading=risk_change.where_scores_fall,
    caption=lambda view: (
        f"Latest score against intake by time since allocation, on {_on_the_day(view)}"
    ),
    drawn_as=Bars(
        "cohort",
        {"lower": "lower", "same": "the same", "higher": "higher"},
        columns=(
            Column("cases", "cases", bold=True, opens=True),
            Column("intake", "mean at\nintake", opens=True, of="cases", places=1),
            Column("latest", "mean\nlatest", opens=True, of="cases", places=1),
            Column("change", "change", opens=True, of="cases", places=1),
        ),
    ),
    headings={
        "cohort": "Time since allocation",
        "cases": "Cases",
        "lower": "Lower",
        "same": "The same",
        "higher": "Higher",
        "intake": "Mean at intake",
        "latest": "Mean latest",
        "change": "Change",
    },
    definition="Active cases scored at intake and again since, by whole months since allocation. "
    "Each cohort holds other people: cases that closed early are in none.",
    note=lambda rows: f"{words.n_of(int(rows['cases'].sum()), 'case')} scored twice.",
    without="No case has been scored at intake and again",
)

GROUNDS = Panel(
    "grounds",
    question="Which high-risk cases score under 14?",
    result=judged.by_ground,
    reading=judged.how_many_judged,
    caption=lambda view: (
        f"Active high-risk cases on {_on_the_day(view)}, by what made them high-risk"
    ),
    drawn_as=Bars(
        "ground",
        {"cases": "cases"},
        columns=(
            Column("cases", "cases", bold=True, opens=True),
            Column("lowest", "lowest\nscore", opens=True, of="cases"),
            Column("highest", "highest\nscore", opens=True, of="cases"),
        ),
    ),
    headings={
        "ground": "Ground",
        "cases": "Cases",
        "lowest": "Lowest score",
        "highest": "Highest score",
    },
    measures=("high_risk_active_cases",),
    definition="14 or more ticks of 24 make a case high-risk; so do professional judgement and "
    "escalation at any score. A high-risk case under 14 is not a data error.",
    note=lambda rows: f"{words.n_of(int(rows['cases'].sum()), 'high-risk case')}.",
    without="No active case is known to be high-risk",
)

RATINGS = Panel(
    "ratings",
    question="How do IDVAs say that risk has changed?",
    result=risk_change.by_rating,
    reading=risk_change.how_idvas_rate,
    caption=lambda view: f"Cases closed {words.period(view.start, view.end)}, rating at exit",
    drawn_as=Bars(
        "rating",
        {"rated": "rated"},
        columns=(
            Column("cases", "cases", bold=True, opens=True),
            Column("share", "of rated", percent=True, opens=True, of="cases"),
        ),
    ),
    headings={"rating": "IDVA’s rating", "cases": "Cases", "share": "Share of rated"},
    percent=("share",),
    measures=("risk_reduced_rate",),
    definition="Without a rating: cases closed in the period that no IDVA rated, or whose "
    "rating was “not known”. They are kept apart and in no share.",
    note=lambda rows: f"n = {words.figure(int(rows['rated'].sum()))} rated.",
    without="No case was closed in this period",
)

STAGES = Panel(
    "stages",
    question="How severe is each type of abuse at intake, at reviews and at exit?",
    result=abuse.by_stage,
    reading=abuse.what_is_worst,
    caption=lambda view: (
        f"Cases assessed {words.period(view.start, view.end)}: share by severity at each stage"
    ),
    drawn_as=Grids("abuse_type", "stage", "severity", "share", text="said"),
    headings={
        "abuse_type": "Abuse",
        "stage": "Stage",
        "severity": "Severity",
        "cases": "Cases",
        "assessed": "Cases assessed",
        "share": "Share",
    },
    percent=("share",),
    definition="Each case counts once at a stage, with its last assessment of that stage in the "
    "period and the worst severity towards any of its victim-survivors. The stages hold other "
    "cases: those assessed at exit are not those assessed at intake in the period.",
    note=lambda rows: f"n = {_assessed(rows)}.",
    without="No abuse was assessed in this period",
)

FLOWS = Panel(
    "flows",
    question="How does severity go from intake to exit?",
    result=abuse.flows,
    reading=abuse.what_eases_least,
    caption=lambda view: (
        "The same cases at intake (down) and at exit (across), the second assessed "
        f"{words.period(view.start, view.end)}"
    ),
    drawn_as=Grids(
        "abuse_type",
        "at_intake",
        "at_exit",
        "cases",
        headings="heading",
        rows_heading="at intake",
        across_heading="at exit",
    ),
    headings={
        "abuse_type": "Abuse",
        "at_intake": "At intake",
        "at_exit": "At exit",
        "cases": "Cases",
    },
    measures=(
        "physical_abuse_reduction",
        "sexual_abuse_reduction",
        "harassment_stalking_reduction",
        "jealous_controlling_reduction",
    ),
    definition="Left of the diagonal is milder, right of it worse; “began” is abuse at exit "
    "without any at intake. The worst severity towards any victim-survivor counts.",
    note=lambda rows: f"{words.n_of(int(rows['cases'].sum()), 'pair')} of case and type of abuse.",
    without="No case has been assessed at intake and at exit",
)

RULES = Panel(
    "rules",
    question="How many cases show a sign that risk rose?",
    result=rising.by_rule,
    reading=rising.what_flags_most,
    caption=lambda view: f"Active cases on {_on_the_day(view)}, by the rule that flags them",
    drawn_as=Bars(
        "words", {"cases": "cases"}, columns=(Column("cases", "cases", bold=True, opens=True),)
    ),
    headings={"words": "Rule", "cases": "Cases"},
    definition=rising.EXPLAINED,
    note=lambda _: "A case may be flagged by several rules.",
)

RISING = Panel(
    "rising",
    question="Which cases’ risk rose, and by which rule?",
    result=rising.rising,
    reading=rising.whose_risk_rose,
    caption=lambda view: f"Active cases on {_on_the_day(view)}. Choose one to see its timeline",
    drawn_as=Table(selectable=True),
    headings={
        "case": "Case",
        "name": "Case manager",
        "area_name": "Area",
        "at_intake": "At intake",
        "now": "Now",
        "assessed_on": "Last assessed",
        "crime_on": "Police crime",
        "rise": "DASH change",
        "dash_score": "DASH (of 24)",
        "why": "Flagged by",
    },
    definition=rising.EXPLAINED,
    without="No case is flagged by a rule",
)


def _assessed(rows: pl.DataFrame) -> str:
    """How many cases were assessed at each stage, at most of the types."""
    most = rows.group_by("stage", maintain_order=True).agg(pl.col("assessed").max())
    return words.listed([f"{n} at {stage.lower()}" for stage, n in most.iter_rows()])


def headline(frames: Mapping[str, pl.DataFrame]) -> str:
    """The page in a sentence: what the mean score does, and how many cases are flagged."""
    rows = frames[SCORE.key]
    flagged = frames[RULES.key]["flagged"][0]
    cases = ""
    if flagged is not None:
        cases = f"; {words.counted(flagged, 'case')} {'is' if flagged == 1 else 'are'} flagged"
    if rows.is_empty():
        return f"No DASH score is recorded yet{cases}"
    if rows["value"].count() < 2:
        return f"It is too early to see a trend in risk{cases}"
    recent = [cause for cause in causes_of(rows) if cause.recent]
    if recent and recent[-1].running:
        return _running(recent[-1])
    scores = "are back within chance" if recent else "show no change beyond chance"
    return words.fit(f"Risk scores {scores}{cases}", f"Risk scores {scores}", limit=words.TITLE)


def _running(cause: Cause) -> str:
    first = words.month(cause.first)
    if cause.rule == "shift":
        way = "above" if cause.high else "below"
        return f"Risk scores have stayed {way} their mean since {first}"
    if cause.rule == "trend":
        return f"Risk scores have {'risen' if cause.high else 'fallen'} every month since {first}"
    way = "higher" if cause.high else "lower"
    return f"Risk scores in {words.month(cause.last)} are {way} than chance explains"


# Read with every visit; the chart that the switch chooses is read when it is shown.
SUMMED = (SCORE, CHANGE, COHORTS, GROUNDS, RATINGS, STAGES, FLOWS, RULES)
ALL = (*CHARTS.values(), *SUMMED[1:], RISING)


def panels(*, cases: bool) -> tuple[Panel, ...]:
    """The panels of the page, for those who may see single cases with the list of them."""
    return (*SUMMED, RISING) if cases else SUMMED
