"""Labels of controls that a page repeats: who only hears them is told which is which."""

from dashboard.draw.escape import for_markdown

# One clear pixel. A label may hold a picture, and the picture's words are part of its name.
_CLEAR = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA7"


def heard(label: str, of: str) -> str:
    """The label as Markdown, and after it, for screen readers, what the control belongs to.

    A control is known by its label: `of` must not change with the records, or it closes.
    """
    return f"{for_markdown(label)} ![({for_markdown(of)})]({_CLEAR})"
