"""The viewer's choice from page to page: in the session, and in the address of every page.

Streamlit drops the address's parameters when the page changes; they are written back from the
session. Parameters that were not written here come from a link, or from going back, and win.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.shell.asked import address_asks
from dashboard.shell.filters import KEYS, Area, Filters, from_query, to_query

_CHOSEN = "filters"  # the choice, only while it differs from the defaults
_WRITTEN = "filters_in_address"  # the parameters as last written


def current(
    allowed: Sequence[Area], defaults: Filters, last: Mapping[str, Sequence[str]] | None = None
) -> tuple[Filters, list[str]]:
    """The choice that holds for this run, and what was wrong with the address, in words.

    `last`: what the person had chosen when they left, for the first run of a session; a link wins.
    """
    given = {key: st.query_params.get_all(key) for key in KEYS if key in st.query_params}
    if address_asks(given, st.session_state.get(_WRITTEN, {})):
        filters, problems = from_query(given, allowed, defaults)
    elif _CHOSEN in st.session_state:
        # Read again, because the viewer's areas or the last day may have changed meanwhile.
        kept = to_query(st.session_state[_CHOSEN], defaults)
        filters, problems = from_query(kept, allowed, defaults)
    else:
        filters, problems = from_query(last or {}, allowed, defaults)
    choose(filters, defaults)
    written = to_query(filters, defaults)
    for key in KEYS:
        if key in written and st.query_params.get_all(key) != written[key]:
            st.query_params[key] = written[key]
        elif key not in written and key in st.query_params:
            del st.query_params[key]
    st.session_state[_WRITTEN] = written
    return filters, problems


def choose(filters: Filters, defaults: Filters) -> None:
    """Keep a choice for this session; the defaults are kept by keeping nothing."""
    if filters == defaults:
        st.session_state.pop(_CHOSEN, None)
    else:
        st.session_state[_CHOSEN] = filters
