"""What the areas page shows: a measure in a form, as its switches are set, and how it is said."""

from dataclasses import dataclass

from queries import area_funnel, words
from queries.areas import Form, counts_things, is_percent, unit
from queries.measure import Measure
from queries.measures import ALL, MEASURES
from queries.periods import Period, before
from queries.view import View

USUAL = "referrals_received"
USUAL_FUNNEL = "planned_completion_rate"
REST = {
    "people": "Districts may add up to more than the whole, which counts each person once. ",
    "rate": "Rates are for each 10,000 people who live there (Office for National Statistics); "
    "intervals are Poisson: exact below ten, Byar’s from ten on. ",
    "change": "Change is against the period before; its interval is exact for counts of events "
    "and Newcombe’s for shares, and is left out where the same cases stand in both. ",
}


@dataclass(frozen=True)
class Shown:
    """What the switches of the page are set to."""

    measure: Measure
    form: Form
    funnel: Measure
    everywhere: str

    @property
    def said(self) -> str:
        """Measure and unit: "Referrals received per 10,000 people"."""
        if self.form == "change":
            return f"{self.measure.title}, change in {unit(self.measure, self.form)}".replace(
                "change in change", "change"
            )
        if self.form == "rate":
            return f"{self.measure.title} {unit(self.measure, self.form)}"
        return self.measure.title

    @property
    def heading(self) -> str:
        """A short heading for a column of values."""
        if self.form == "change":
            return "points" if self.measure.is_fraction else "change"
        if self.form == "rate":
            return "rate"
        return self.measure.unit if not counts_things(self.measure) else "number"


FUNNELS = tuple(measure for measure in ALL if area_funnel.has_funnel(measure))


def form_title(measure: Measure, form: Form) -> str:
    """What a form of the measure is called on the switch."""
    if form == "value":
        return "Number" if counts_things(measure) else "Value"
    return {"rate": "Per 10,000 people", "change": "Change"}[form]


def usual_funnel(measure: Measure) -> Measure:
    """The measure of the funnel where none is chosen: the page's own if it is a share."""
    own = area_funnel.has_funnel(measure) and not counts_things(measure)
    return measure if own else MEASURES[USUAL_FUNNEL]


def period_of(view: View, measure: Measure) -> str:
    if measure.reads == "state":
        return f"on {words.day(view.end)}"
    return words.period(view.start, view.end)


def against(shown: Shown, view: View) -> str:
    return f", against {period_before(view, shown.measure)}" if shown.form == "change" else ""


def period_before(view: View, measure: Measure) -> str:
    last = before(Period(view.start, view.end))
    return words.day(last.end) if measure.reads == "state" else words.period(last.start, last.end)


def definition_of(shown: Shown) -> str:
    said = REST["people"] if shown.measure.fold == "people" else ""
    return (said + REST.get(shown.form, "")).strip()


def printed_unit(shown: Shown) -> str:
    return "" if is_percent(shown.measure, shown.form) else unit(shown.measure, shown.form)
