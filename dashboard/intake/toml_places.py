"""On which line of a TOML file a key stands, so that a mistake can be shown to its writer."""

import re
import tomllib

_HEADER = re.compile(r"\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=""")
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")

Place = tuple[str | int, ...]


def places(text: str) -> dict[Place, int]:
    """The line of each key and table heading, by its path; `[[feed]]` counts from 0."""
    found: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    inside: Place = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.fullmatch(line):
            inside = _numbered(_parts(header[2]), counts, opens=header[1] == "[[")
            found.setdefault(inside, number)
        elif key := _KEY.match(line):
            found.setdefault(inside + _parts(key[1]), number)
    return found


def line_of(place: Place, known: dict[Place, int]) -> int:
    """The line of the key, or of the nearest one that it stands in; 1 for the file as a whole."""
    for length in range(len(place), 0, -1):
        if place[:length] in known:
            return known[place[:length]]
    return 1


def _parts(dotted: str) -> Place:
    return tuple(a or b or c for a, b, c in _PART.findall(dotted))


def _numbered(parts: Place, counts: dict[Place, int], *, opens: bool) -> Place:
    """The path with the number of each `[[table]]` that it goes through."""
    path: Place = ()
    for index, part in enumerate(parts):
        path += (part,)
        if opens and index == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path += (counts[path],)
    return path


def syntax_mistake(error: tomllib.TOMLDecodeError) -> str:
    """The parser's message, with its line first."""
    found = re.search(r"\(at line (\d+), column \d+\)", str(error))
    what = re.sub(r"\s*\(at .*\)$", "", str(error))
    if what == r"Illegal character '\n'":
        what = "a text is not closed; its second quotation mark is missing"
    return f"line {found[1]}: {what}" if found else f"at the end: {what}"
