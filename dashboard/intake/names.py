"""Names and words compared as people mean them."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from dashboard.database.tables import RECORDS


def plain(text: str) -> str:
    """Letters and digits only, in lower case and without accents.

    "Case ID", "case_id" and "CASE-ID" are the same name; "Children’s" and "childrens" too.
    """
    if text.isascii():
        return _NOT_ASCII_WORD.sub("", text.lower())
    spread = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in spread if sign.isalnum())


_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """A code made of a name: "West Midlands" becomes "west-midlands"."""
    spread = unicodedata.normalize("NFKD", text).casefold()
    words = re.findall(r"[^\W_]+", "".join(sign for sign in spread if not _is_accent(sign)))
    return "-".join(words)


def _is_accent(sign: str) -> bool:
    return unicodedata.combining(sign) > 0


def table_named(name: str) -> str | None:
    """The table that a file or sheet of this name holds, if any."""
    return _TABLES.get(plain(name))


_TABLES = {plain(table): table for table in RECORDS}


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that this one looks like a slip of: `recieved_on` is `received_on`."""
    plainly = {plain(each): each for each in known}
    found = get_close_matches(plain(name), plainly, n=1, cutoff=0.85)
    return plainly[found[0]] if found else None


def listing(words: list[str], most: int = 12) -> str:
    """A few words in a row, for a message."""
    shown = ", ".join(words[:most])
    return f"{shown} and {len(words) - most} more" if len(words) > most else shown
