"""What each screen of released numbers asks: its measures, their splits, and what is its own."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.panel import Panel
from dashboard.panels.released_outcomes import beside_published
from dashboard.panels.released_partners import actions_by_agency, places_by_county
from dashboard.panels.released_rollout import course, live
from queries import released_course
from queries.released import COUNTY, DISTRICT, WHOLE, Slice
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


def _partners(view: View, slice_: Slice, least: int) -> tuple[Panel, ...]:  # noqa: ARG001
    return (actions_by_agency(slice_),)


def _outcomes(view: View, slice_: Slice, least: int) -> tuple[Panel, ...]:
    return (beside_published(view, slice_, least),)


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
