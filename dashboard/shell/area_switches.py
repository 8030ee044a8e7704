"""The switches of the areas page: which measure, and in which form."""

import streamlit as st

from dashboard.draw.escape import for_markdown
from dashboard.panels.area_shown import FUNNELS, USUAL, Shown, form_title, usual_funnel
from dashboard.shell.visit import current
from queries.areas import Form, forms
from queries.measure import Measure
from queries.measures import MEASURES

_MEASURE, _FORM, _FUNNEL = "area-measure", "area-form", "area-funnel-measure"


def shown() -> Shown:
    """What the switches are set to; they are drawn later on the page."""
    state = st.session_state
    measure = MEASURES[state.get(_MEASURE, USUAL)]
    form: Form = state.get(_form_key(measure)) or forms(measure)[0]
    funnel = MEASURES[state.get(_funnel_key(measure), usual_funnel(measure).key)]
    return Shown(measure, form, funnel, current().snapshot.settings.whole_name)


def measure_switch(now: Shown) -> None:
    """The measure and its form, for all panels but the funnel."""
    left, right = st.container(key="named-area-switches").columns([5, 7], gap="medium")
    left.selectbox(
        "Measure",
        list(MEASURES),
        index=list(MEASURES).index(now.measure.key),
        format_func=lambda key: for_markdown(MEASURES[key].title),
        key=_MEASURE,
    )
    right.segmented_control(
        "Shown as",
        list(forms(now.measure)),
        default=now.form,
        required=True,
        format_func=lambda form: form_title(now.measure, form),
        key=_form_key(now.measure),
    )


def funnel_switch(now: Shown) -> None:
    """The measure of the funnel: one that chance limits can be drawn for."""
    keys = [measure.key for measure in FUNNELS]
    st.selectbox(
        "Measure of the funnel",
        keys,
        index=keys.index(now.funnel.key),
        format_func=lambda key: for_markdown(MEASURES[key].title),
        key=_funnel_key(now.measure),
    )


def _form_key(measure: Measure) -> str:
    # Each measure has forms of its own.
    return f"{_FORM}-{measure.key}"


def _funnel_key(measure: Measure) -> str:
    return f"{_FUNNEL}-{measure.key}"
