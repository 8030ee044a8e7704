"""Every measure, once: what it counts, out of what, how it is read and what it is called.

`counts` and `out_of` are expressions over single rows of the named facts, never aggregates; the
value is fold(counts) / fold(out_of). So the same record gives the headline, the trend, the map,
the definitions page and the list of rows behind a number.
"""

from dataclasses import dataclass
from typing import Literal

import polars as pl

Fold = Literal["sum", "people", "median"]
Interval = Literal["wilson", "ratio"]


@dataclass(frozen=True, eq=False)
class Measure:
    """One measure.

    `definition` has one of the forms that `queries.definitions` takes apart. `facts`: the rows it
    is made from. `reads`: "events" are counted on their day within the period; a "state" is read
    on the period's last day; "during" takes any row that touches the period. `each`: the column of
    people counted once each (fold "people"). `unit`: what the value is; shares and changes are
    fractions. `better`: the direction that is good. `interval`: how its 95% interval is made;
    "ratio" is linearised and clustered by `cluster`. `source`: the tables of the case database.
    `target`: a "total" adds up over a period, a "level" does not. `beware`: what it must not be
    read as.
    """

    key: str
    title: str
    definition: str
    facts: str
    counts: pl.Expr
    unit: str
    source: tuple[str, ...]
    out_of: pl.Expr | None = None
    each: str | None = None
    fold: Fold = "sum"
    reads: Literal["events", "state", "during"] = "events"
    better: Literal["higher", "lower", "neutral"] = "neutral"
    interval: Interval | None = None
    cluster: str = "service_user"
    target: Literal["total", "level"] | None = None
    beware: str = ""

    @property
    def is_fraction(self) -> bool:
        return self.unit in ("share", "change")


def _yes(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.Int32)


def _known(column: str) -> pl.Expr:
    return pl.col(column).is_not_null().cast(pl.Int32)


EACH = _known("on")  # every row counts one


def _reduction(key: str, title: str, column: str, kind: str) -> Measure:
    """The published form: (using it at intake - using it at exit) / using it at intake."""
    at_intake, at_exit = pl.col(f"{column}_intake"), pl.col(f"{column}_exit")
    return Measure(
        key,
        title,
        f"Service users using {kind} at intake less those using it at exit, as a share of those "
        "using it at intake; closed or not, over cases with both assessments. A case counts on "
        "the day the second of the two exists. Using means above none towards any of the "
        "case’s victim-survivors.",
        facts="abuse_pairs",
        counts=(at_intake - at_exit).cast(pl.Int32),
        out_of=at_intake.cast(pl.Int32),
        unit="change",
        source=("abuse_assessments", "cases"),
        better="higher",
        interval="ratio",
        beware="It counts people using a type of abuse, not incidents, and has no control group: "
        "it is a change, not an effect.",
    )


ALL: tuple[Measure, ...] = (
    Measure(
        "referrals_received",
        "Referrals received",
        "Referrals with a received date in the period. Each referral counts once.",
        facts="referrals",
        counts=EACH,
        unit="referrals",
        source=("referrals",),
        better="higher",
        target="total",
        beware="More referrals mean that more is sent, not that more abuse takes place.",
    ),
    Measure(
        "referrals_accepted",
        "Referrals accepted",
        "Referrals first accepted by the referral panel in the period.",
        facts="acceptances",
        counts=EACH,
        unit="referrals",
        source=("referral_decisions", "referrals"),
        better="higher",
        target="total",
        beware="Those received in the period may be decided after it: this is not a share of them.",
    ),
    Measure(
        "days_referral_to_decision",
        "Median days to decision",
        "Days from a referral’s receipt to the referral panel’s first decision, a deferral "
        "included; the middle value of the referrals first decided in the period.",
        facts="decisions",
        counts=pl.when("first").then("days"),
        unit="days",
        source=("referrals", "referral_decisions"),
        fold="median",
        better="lower",
        target="level",
        beware="Those not yet decided are not in it.",
    ),
    Measure(
        "days_referral_to_allocation",
        "Median days to allocation",
        "Days from a referral’s receipt to its allocation to a case manager; the middle value "
        "of the cases allocated in the period.",
        facts="allocations",
        counts=pl.col("days"),
        unit="days",
        source=("referrals", "cases"),
        fold="median",
        better="lower",
        target="level",
        beware="Those who still wait are not in it.",
    ),
    Measure(
        "cases_allocated",
        "Cases allocated",
        "Cases allocated to a case manager in the period.",
        facts="allocations",
        counts=EACH,
        unit="cases",
        source=("cases",),
        better="higher",
        target="total",
        beware="It counts cases, not people: somebody referred again has another case.",
    ),
    Measure(
        "active_cases",
        "Active cases",
        "Cases allocated on or before the last day of the period and not closed on or before it.",
        facts="caseload",
        counts=EACH,
        unit="cases",
        source=("cases",),
        reads="state",
        target="level",
        beware="It is a count on one day: cases that opened and closed within the period are not "
        "in it.",
    ),
    Measure(
        "unallocated_cases",
        "Waiting for allocation",
        "Referrals accepted on or before the last day of the period and by then neither "
        "allocated, withdrawn nor declined.",
        facts="waiting",
        counts=EACH,
        unit="referrals",
        source=("referral_decisions", "cases", "referrals"),
        reads="state",
        better="lower",
        target="level",
        beware="Those who wait for the panel’s decision are not in it.",
    ),
    Measure(
        "cases_closed",
        "Cases closed",
        "Cases with a closing date in the period, whatever the reason.",
        facts="closures",
        counts=EACH,
        unit="cases",
        source=("cases",),
        target="total",
        beware="Closed is not completed: every reason for closing is in it.",
    ),
    Measure(
        "planned_completion_rate",
        "Planned completion",
        "Cases closed in the period as a planned completion, as a share of all closed in it; "
        "those who died are left out.",
        facts="closures",
        counts=_yes("planned") * (1 - _yes("deceased")),
        out_of=(1 - _yes("deceased")) * _known("planned"),
        unit="share",
        source=("cases",),
        better="higher",
        interval="wilson",
        target="level",
        beware="Custody or a move away is not a failure of the work.",
    ),
    Measure(
        "direct_engagement_rate",
        "Direct engagement",
        "Active cases worked directly with the service user on the last day of the period, as a "
        "share of active cases whose engagement is recorded. The others are worked by disruption "
        "only.",
        facts="caseload",
        counts=_yes("direct"),
        out_of=_known("direct"),
        unit="share",
        source=("cases", "engagement"),
        reads="state",
        interval="wilson",
        target="level",
        beware="Direct and disrupt only are two states of a case, never success and failure.",
    ),
    Measure(
        "high_risk_active_cases",
        "High-risk cases",
        "Active cases on the last day of the period whose latest assessment is high-risk: a DASH "
        "score of 14 or more, or high by professional judgement or escalation.",
        facts="caseload",
        counts=_yes("high_risk"),
        unit="cases",
        source=("cases", "risk_assessments"),
        reads="state",
        better="lower",
        beware="Cases not yet assessed are not in it.",
    ),
    Measure(
        "high_risk_rate",
        "High-risk share",
        "Active cases on the last day of the period whose latest assessment is high-risk, as a "
        "share of the active cases assessed by then: a DASH score of 14 or more, or high by "
        "professional judgement or escalation.",
        facts="caseload",
        counts=_yes("high_risk"),
        out_of=_known("high_risk"),
        unit="share",
        source=("cases", "risk_assessments"),
        reads="state",
        better="lower",
        interval="wilson",
        beware="It moves as cases open and close, not only as risk changes.",
    ),
    Measure(
        "mean_dash_score",
        "Mean DASH score",
        "Mean of the latest DASH scores (of 24) of the cases active on the last day of the "
        "period; with several victim-survivors, the highest of theirs.",
        facts="caseload",
        counts=pl.col("dash_score").cast(pl.Int32),
        out_of=_known("dash_score"),
        unit="score",
        source=("cases", "risk_assessments"),
        reads="state",
        better="lower",
        interval="ratio",
        beware="It moves as cases open and close, not only as risk changes.",
    ),
    Measure(
        "risk_reduced_rate",
        "Risk reduced at exit",
        "Closed cases whose risk the IDVA rated moderately or significantly reduced at exit, as a "
        "share of closed cases with a rating; the least favourable rating of a case’s "
        "victim-survivors decides. A case counts on the day it is closed and rated.",
        facts="exit_ratings",
        counts=_yes("reduced"),
        out_of=_known("reduced"),
        unit="share",
        source=("cases", "risk_assessments"),
        better="higher",
        interval="wilson",
        target="level",
        beware="Cases without a rating are not in it, and there is no control group: it is a "
        "change, not an effect.",
    ),
    Measure(
        "adult_victim_survivors",
        "Adult victim-survivors",
        "Adults linked to an active case on the last day of the period, each counted once, "
        "however many cases they are linked to.",
        facts="links",
        counts=_yes("adult"),
        unit="people",
        source=("case_victim_survivors", "victim_survivors", "cases"),
        each="victim_survivor",
        fold="people",
        reads="state",
        beware="Districts may add up to more than the whole: one person may have cases in two.",
    ),
    Measure(
        "child_victim_survivors",
        "Child victim-survivors",
        "Children linked to an active case on the last day of the period, each counted once, "
        "however many cases they are linked to.",
        facts="links",
        counts=_yes("child"),
        unit="people",
        source=("case_victim_survivors", "victim_survivors", "cases"),
        each="victim_survivor",
        fold="people",
        reads="state",
        beware="Districts may add up to more than the whole: one person may have cases in two.",
    ),
    Measure(
        "adult_victim_survivors_in_period",
        "Adult victim-survivors in the period",
        "Adults linked to an active case on any day of the period, each counted once.",
        facts="links",
        counts=_yes("adult"),
        unit="people",
        source=("case_victim_survivors", "victim_survivors", "cases"),
        each="victim_survivor",
        fold="people",
        reads="during",
        beware="Districts may add up to more than the whole: one person may have cases in two.",
    ),
    Measure(
        "child_victim_survivors_in_period",
        "Child victim-survivors in the period",
        "Children linked to an active case on any day of the period, each counted once.",
        facts="links",
        counts=_yes("child"),
        unit="people",
        source=("case_victim_survivors", "victim_survivors", "cases"),
        each="victim_survivor",
        fold="people",
        reads="during",
        beware="Districts may add up to more than the whole: one person may have cases in two.",
    ),
    Measure(
        "idva_engaged_rate",
        "Engaged with an IDVA",
        "Adults linked to an active case on the last day of the period who had taken up an "
        "IDVA’s support by then, as a share of all adults so linked; each counted once.",
        facts="links",
        counts=_yes("adult") * _yes("idva_engaged"),
        out_of=_yes("adult"),
        unit="share",
        source=("case_victim_survivors", "victim_survivors", "cases"),
        each="victim_survivor",
        fold="people",
        reads="state",
        better="higher",
        interval="wilson",
        target="level",
        beware="Not taking up support is the victim-survivor’s own choice, and no failure of "
        "theirs.",
    ),
    Measure(
        "days_to_idva",
        "Median days to an IDVA",
        "Days from an adult’s being linked to an active case to taking up an IDVA’s support; the "
        "middle value of those who took it up in the period, counted by case.",
        facts="idva_engagements",
        counts=pl.col("days"),
        unit="days",
        source=("case_victim_survivors", "victim_survivors", "cases"),
        fold="median",
        better="lower",
        target="level",
        beware="Those who have not taken it up are not in it.",
    ),
    Measure(
        "safety_contacts_on_time_rate",
        "Safety contacts in time",
        "Safety contacts with adults that were due in the period, while they were linked to an "
        "active case, and were made by their day, as a share of all due. One is due a set number "
        "of days after they are linked and after each time they were reached; declining support "
        "meets it, and nothing more is due until they are reached again.",
        facts="safety_contacts_due",
        counts=_yes("on_time"),
        out_of=EACH,
        unit="share",
        source=("safety_contacts", "case_victim_survivors", "cases"),
        better="higher",
        interval="wilson",
        target="level",
        beware="An attempt that did not reach the person does not count as made.",
    ),
    Measure(
        "contacts_on_time_rate",
        "Contacts on time",
        "Contacts that were due in the period while the case was active and were kept by their "
        "day, as a share of all due. One is due a set number of days, by the risk of the case, "
        "after allocation and after each kept contact.",
        facts="contacts_due",
        counts=_yes("on_time"),
        out_of=EACH,
        unit="share",
        source=("contacts", "cases", "risk_assessments"),
        better="higher",
        interval="wilson",
        target="level",
        beware="A long silence makes one late contact; the list of quiet cases shows its length.",
    ),
    Measure(
        "reviews_on_time_rate",
        "Reviews on time",
        "Reviews due in the period while the case was active and held by their day, as a share "
        "of all due.",
        facts="reviews_due",
        counts=_yes("on_time"),
        out_of=EACH,
        unit="share",
        source=("reviews", "cases"),
        better="higher",
        interval="wilson",
        target="level",
        beware="It says when reviews were held, not how good they were.",
    ),
    _reduction(
        "physical_abuse_reduction", "Fewer using physical abuse", "physical", "physical abuse"
    ),
    _reduction("sexual_abuse_reduction", "Fewer using sexual abuse", "sexual", "sexual abuse"),
    _reduction(
        "harassment_stalking_reduction",
        "Fewer using harassment and stalking",
        "harassment_stalking",
        "harassment and stalking",
    ),
    _reduction(
        "jealous_controlling_reduction",
        "Fewer using jealous and controlling behaviour",
        "jealous_controlling",
        "jealous and controlling behaviour",
    ),
    Measure(
        "marac_heard",
        "Heard at MARAC",
        "MARAC referrals of service users that were heard in the period.",
        facts="marac",
        counts=EACH,
        unit="hearings",
        source=("marac_referrals",),
        better="neutral",
        beware="It counts hearings, not people; more may mean more harm, or harm better seen.",
    ),
    Measure(
        "marac_repeat_rate",
        "MARAC repeats",
        "Hearings in the period in which the same pair (victim-survivor, service user) had been "
        "referred to MARAC within the 12 months before, as a share of hearings with the "
        "victim-survivor named. Any abuse makes a repeat (current SafeLives definition).",
        facts="marac",
        counts=_yes("repeat"),
        out_of=_known("repeat"),
        unit="share",
        source=("marac_referrals",),
        better="lower",
        interval="wilson",
        beware="A repeat may mean that abuse went on, or that it was reported sooner.",
    ),
    Measure(
        "days_marac_to_hearing",
        "Median days to hearing",
        "Days from a service user’s referral to MARAC to its hearing; the middle value of those "
        "heard in the period.",
        facts="marac",
        counts=(pl.col("on") - pl.col("referred_on")).dt.total_days(),
        unit="days",
        source=("marac_referrals",),
        fold="median",
        better="lower",
        beware="Those still to be heard are not in it.",
    ),
    Measure(
        "police_incidents_change",
        "Change in criminal incidents",
        "Criminal domestic abuse incidents in the six months after closure less those in the six "
        "months before allocation, as a share of those before; over closed cases whose six "
        "months after are complete. Those who died are left out.",
        facts="followups",
        counts=(pl.col("after") - pl.col("before")).cast(pl.Int32),
        out_of=pl.col("before").cast(pl.Int32),
        unit="change",
        source=("police_incidents", "cases"),
        better="lower",
        interval="ratio",
        beware="Without comparison people it is a change, not an effect.",
    ),
    Measure(
        "partner_actions_raised",
        "Actions asked of partners",
        "Actions that partner agencies were asked for in the period, whatever came of them.",
        facts="actions",
        counts=EACH,
        unit="actions",
        source=("partner_actions",),
        beware="More actions are more requests, not more safety.",
    ),
    Measure(
        "partner_actions_overdue",
        "Partners’ actions overdue",
        "Actions of partner agencies that were due before the last day of the period and by then "
        "not completed, while the case was active.",
        facts="actions_overdue",
        counts=EACH,
        unit="actions",
        source=("partner_actions", "cases"),
        reads="state",
        better="lower",
        beware="An action that was done but not recorded counts as overdue.",
    ),
    Measure(
        "partner_actions_on_time_rate",
        "Partners’ actions on time",
        "Actions asked of partner agencies that were due in the period and completed by their "
        "day, as a share of all due.",
        facts="actions_due",
        counts=_yes("on_time"),
        out_of=EACH,
        unit="share",
        source=("partner_actions",),
        better="higher",
        interval="wilson",
        target="level",
        beware="Actions without a due day are not in it; it says when they were done, not what "
        "came of them.",
    ),
)
MEASURES: dict[str, Measure] = {measure.key: measure for measure in ALL}
