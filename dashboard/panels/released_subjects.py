"""What each screen of released numbers asks: its measures, their splits, and what is its own."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.drawings import Benchmarks, Column, Courses, Table
from dashboard.panel import Panel
from dashboard.panels.released import SOURCE
from dashboard.panels.released_partners import actions_by_agency, places_by_county
from queries import released_course, released_outcomes, words
from queries.benchmarks import SOURCE as PUBLISHED
from queries.released import COUNTY, DISTRICT, RULES, TOO_FEW, WHOLE, Slice
from queries.released_headlines import in_a_sentence
from queries.view import View

Own = Callable[[View, Slice, int], tuple[Panel, ...]]


@dataclass(frozen=True)
class Subject:
    """A screen of released numbers.

    `lead` is the measure of its sentence; `headlines` stand over it, `measures` in its table of
    changes, `trends` are charted over time and `compared` by area. `splits`: name in the release,
    title, what is counted. `own` makes the panels that only this screen has, from the view, what
    is looked at, and the least number that an outcome is shown for; `sentence` says of the whole
    what is more than its leading measure.
    """

    path: str
    lead: str
    headlines: tuple[str, ...]
    measures: tuple[str, ...]
    trends: tuple[str, ...]
    compared: tuple[str, ...]
    splits: tuple[tuple[str, str, str], ...] = ()
    own: Own = lambda *_: ()
    sentence: Callable[[View, Slice], str] | None = None

    def says(self, view: View, slice_: Slice) -> str:
        """The sentence over the page."""
        if self.sentence and slice_.level == WHOLE:
            return self.sentence(view, slice_)
        return in_a_sentence(view, (self.lead, *self.headlines), slice_)


def _rollout(view: View, slice_: Slice, least: int) -> tuple[Panel, ...]:  # noqa: ARG001
    if slice_.level == DISTRICT:
        return ()
    if slice_.level == COUNTY:
        return (course(slice_),)
    return course(slice_), live(slice_), places_by_county(slice_, slice_.name)


def course(slice_: Slice) -> Panel:
    """Referrals and allocations of each county against the course that it is funded for."""
    county = slice_.area if slice_.level == COUNTY else ""
    return Panel(
        "released-course",
        question="Are referrals on the funded course in every county?",
        result=lambda view: released_course.course(view, slice_.end, county),
        reading=released_course.who_is_behind,
        caption=lambda view: (
            f"Running totals by quarter, {released_course.drawn(view, slice_.end, county)}; "
            "dashed: course"
        ),
        drawn_as=Courses(
            group="county",
            x="on",
            lines={"referrals": "referred", "allocations": "allocated"},
            course="course",
            headings="heading",
            attention="is_behind",
        ),
        headings={
            "county": "County",
            "on": "To",
            "referrals": "Referrals",
            "allocations": "Allocations",
            "course": "Funded course",
        },
        measures=("referrals_received", "cases_allocated"),
        definition="Sums of released quarters, so that they may be some way off; they begin after "
        f"the last quarter that is {TOO_FEW} in any county. The funded course spreads each target "
        f"evenly over its days. {RULES}",
        note=released_course.what_is_left_out,
        source=SOURCE,
        without=f"The quarters are {TOO_FEW}",
    )


def live(slice_: Slice) -> Panel:
    """The first quarter of each district with enough referrals to show."""

    def caption(view: View) -> str:
        last = released_course.last_day(view, slice_.end)
        until = f", to {words.day(last)}" if last else ""
        return f"Districts by their first quarter with enough referrals to be shown{until}"

    return Panel(
        "released-live",
        question="Since when has each district had enough referrals to be shown?",
        result=lambda view: released_course.live(view, slice_.end),
        reading=released_course.how_many_refer,
        caption=caption,
        drawn_as=Table(),
        headings={
            "name": "District",
            "county_name": "County",
            "first": "First quarter with enough to be shown",
            "last": "Referrals in the last quarter",
        },
        measures=("referrals_received",),
        definition="A district may have had a few referrals in a quarter before, and may "
        f"have been live before any. {RULES}",
        source=SOURCE,
        without="No quarter has been released yet",
    )


def _partners(view: View, slice_: Slice, least: int) -> tuple[Panel, ...]:  # noqa: ARG001
    return (actions_by_agency(slice_),)


def _outcomes(view: View, slice_: Slice, least: int) -> tuple[Panel, ...]:
    when = released_outcomes.period_of(view, slice_)
    return (
        Panel(
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
        ),
    )


SUBJECTS: dict[str, Subject] = {
    subject.path: subject
    for subject in (
        Subject(
            "rollout",
            lead="referrals_received",
            headlines=(
                "referrals_received",
                "cases_allocated",
                "active_cases",
                "risk_reduced_rate",
                "child_victim_survivors",
            ),
            measures=(
                "referrals_received",
                "referrals_accepted",
                "cases_allocated",
                "active_cases",
                "cases_closed",
                "high_risk_active_cases",
                "adult_victim_survivors",
                "child_victim_survivors",
            ),
            trends=("referrals_received", "active_cases"),
            compared=("referrals_received", "active_cases"),
            splits=(("sector", "Referrals by sector", "referrals"),),
            own=_rollout,
            sentence=lambda view, slice_: released_course.how_far(view, slice_.end),
        ),
        Subject(
            "referrals",
            lead="referrals_received",
            headlines=(
                "referrals_received",
                "referrals_accepted",
                "unallocated_cases",
                "days_referral_to_decision",
                "days_referral_to_allocation",
            ),
            measures=(
                "referrals_received",
                "referrals_accepted",
                "cases_allocated",
                "unallocated_cases",
                "days_referral_to_decision",
                "days_referral_to_allocation",
            ),
            trends=("referrals_received", "days_referral_to_allocation"),
            compared=("referrals_received", "days_referral_to_allocation"),
            splits=(
                ("sector", "Referrals by sector", "referrals"),
                ("route", "Referrals by route", "referrals"),
                ("decision", "Decisions of the panel", "decisions"),
            ),
        ),
        Subject(
            "risk",
            lead="high_risk_active_cases",
            headlines=(
                "active_cases",
                "high_risk_active_cases",
                "high_risk_rate",
                "mean_dash_score",
                "risk_reduced_rate",
            ),
            measures=(
                "active_cases",
                "high_risk_active_cases",
                "high_risk_rate",
                "mean_dash_score",
                "risk_reduced_rate",
                "direct_engagement_rate",
                "contacts_on_time_rate",
                "reviews_on_time_rate",
            ),
            trends=("mean_dash_score", "high_risk_rate"),
            compared=("high_risk_active_cases", "high_risk_rate"),
            splits=(("engagement", "Active cases by engagement", "cases"),),
        ),
        Subject(
            "victim-survivors",
            lead="adult_victim_survivors",
            headlines=(
                "adult_victim_survivors",
                "child_victim_survivors",
                "idva_engaged_rate",
                "days_to_idva",
                "safety_contacts_on_time_rate",
            ),
            measures=(
                "adult_victim_survivors",
                "child_victim_survivors",
                "adult_victim_survivors_in_period",
                "child_victim_survivors_in_period",
                "idva_engaged_rate",
                "days_to_idva",
                "safety_contacts_on_time_rate",
            ),
            trends=("idva_engaged_rate", "safety_contacts_on_time_rate"),
            compared=("adult_victim_survivors", "child_victim_survivors"),
        ),
        Subject(
            "outcomes",
            lead="cases_closed",
            headlines=(
                "cases_closed",
                "planned_completion_rate",
                "risk_reduced_rate",
                "physical_abuse_reduction",
                "marac_heard",
            ),
            measures=(
                "cases_closed",
                "planned_completion_rate",
                "risk_reduced_rate",
                "physical_abuse_reduction",
                "sexual_abuse_reduction",
                "harassment_stalking_reduction",
                "jealous_controlling_reduction",
                "police_incidents_change",
                "marac_heard",
                "marac_repeat_rate",
            ),
            trends=("cases_closed", "planned_completion_rate"),
            compared=("cases_closed", "planned_completion_rate"),
            splits=(("reason", "Cases closed by reason", "cases"),),
            own=_outcomes,
        ),
        Subject(
            "partners",
            lead="partner_actions_raised",
            headlines=(
                "partner_actions_raised",
                "partner_actions_overdue",
                "partner_actions_on_time_rate",
                "marac_heard",
                "days_marac_to_hearing",
            ),
            measures=(
                "partner_actions_raised",
                "partner_actions_overdue",
                "partner_actions_on_time_rate",
                "marac_heard",
                "marac_repeat_rate",
                "days_marac_to_hearing",
            ),
            trends=("partner_actions_on_time_rate", "marac_heard"),
            compared=("partner_actions_raised", "marac_heard"),
            splits=(("sector", "Referrals by sector", "referrals"),),
            own=_partners,
        ),
    )
}
