"""Names come from other people's systems: what a place would read as markup is made harmless.

One function for each place: Plotly's labels read a little HTML, Streamlit's texts read Markdown,
spreadsheets read formulas.
"""

import html
import re
from typing import Any

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
# What Markdown and Streamlit's directives (:red[...], :material/...:, $...$) give a meaning to
# anywhere in a line, and what opens a list or a link. A backslash makes it the sign itself.
_MARKDOWN = re.compile(
    r"([\\`*_{}\[\]<>#|~$^@]|:(?=[A-Za-z/])|&(?=[#A-Za-z])"
    r"|^[+=-]|(?<=^\d)[.)]|(?<=^\d\d)[.)]|(?<=www)\.)"
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def plain(text: Any) -> str:
    """One line of text: line breaks and signs that steer the direction of writing become spaces.

    A word that was broken at its hyphen is joined again.
    """
    return _CONTROL.sub(" ", str(text).replace("-\n", "-")).strip()


def for_plotly(text: Any) -> str:
    """Text for a Plotly label, title, annotation or hover box."""
    return html.escape(plain(text), quote=False)


def for_markdown(text: Any) -> str:
    """Text for any Streamlit element that reads Markdown: titles, captions, buttons, st.table."""
    return _MARKDOWN.sub(r"\\\1", plain(text))


def for_csv(value: Any) -> Any:
    """A value for a CSV cell; a text that a spreadsheet would calculate gets an apostrophe."""
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA):
        return "'" + value
    return value
