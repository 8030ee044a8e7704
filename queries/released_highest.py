"""Which areas are highest, as far as rounded numbers can say.

A released number stands for all that it could have been before it was rounded. Where areas could
be in another order than the one shown, all that could be first are named, or none is.
"""

from collections.abc import Sequence

import polars as pl

from queries import released, words

APART = "stands clearly apart"
_ALIKE = "All that can be shown are alike"


def may_be_highest(known: pl.DataFrame) -> pl.DataFrame:
    """Of areas with a value, those that no other is surely above (`least` and `most` of each)."""
    surely = known["least"].max()
    return known.filter((pl.col("most") > surely) | (pl.col("least") == surely))


def may_be_lowest(known: pl.DataFrame) -> pl.DataFrame:
    """Of areas with a value, those that no other is surely below."""
    surely = known["most"].min()
    return known.filter((pl.col("least") < surely) | (pl.col("most") == surely))


def either(names: Sequence[str]) -> str:
    """ "a", "a or b", "a, b or c": one of them, and the numbers cannot say which."""
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def who_is_highest(
    rows: pl.DataFrame, limit: int = words.NARROW, *, as_written: bool = True
) -> str:
    """The areas that are or may be highest, of those with a shown value, for a narrow title.

    Areas whose value is written alike (`now`) share their place, unless not `as_written`: rates of
    which `now` is the count.
    """
    known = rows.filter(pl.col("value").is_not_null())
    if known.is_empty():
        return words.sentence(released.TOO_FEW)
    if known.height == 1:
        return words.fit(f"Only {known['name'][0]} can be shown", "One can be shown", limit=limit)
    if known["value"].n_unique() == 1:
        return _ALIKE
    first, alike = _first(known, as_written=as_written)
    names, many = list(first["name"]), words.sentence(words.number(first.height))
    if first.height == known.height:
        return f"None {APART}"
    if alike:
        return words.fit(
            f"{words.listed(names)} {_is(names)} highest", f"{many} are highest alike", limit=limit
        )
    short = f"{many} may be highest" if _are_some(first, known) else f"None {APART}"
    return words.fit(f"{either(names)} is highest", short, limit=limit)


def from_highest(rows: pl.DataFrame) -> str:
    """From the highest to the lowest that can be shown, for half the page."""
    known = rows.filter(pl.col("value").is_not_null())
    if known.height < 2:
        return who_is_highest(rows, words.HALF)
    if known["now"].n_unique() == 1:
        return _ALIKE
    first, alike = _first(known)
    if not alike:
        return who_is_highest(rows, words.HALF)
    top, low = known["now"][0], known["now"][-1]
    names = list(first["name"])
    highest = f"{words.listed(names)} {_is(names)} highest"
    candidates = [f"{highest} at {top}", highest]
    if may_be_lowest(known)["now"].n_unique() == 1:
        lowest = words.listed(list(known.filter(pl.col("now") == low)["name"]))
        candidates.insert(0, f"{highest} at {top}, {lowest} lowest at {low}")
    if len(names) > 1:
        candidates.append(f"{words.sentence(words.number(len(names)))} are highest alike")
    return words.fit(*candidates, limit=words.HALF)


def in_a_sentence(rows: pl.DataFrame, title: str, per: str) -> str:
    """Where a measure is highest, as the sentence of a page of districts.

    `per`: "per 10,000 people" where `value` is a rate, else "" and the value is said as written.
    """
    known = rows.filter(pl.col("value").is_not_null())
    name = words.within(title)
    if known.is_empty():
        return f"{title}: {released.TOO_FEW} by district"
    if known["value"].n_unique() == 1 and known.height > 1:
        return words.fit(
            f"All districts that can be shown are alike in {name}", _ALIKE, limit=words.TITLE
        )
    first, alike = _first(known, as_written=not per)
    named = [] if first.height == known.height > 1 else _named(first, name, per, alike=alike)
    if _are_some(first, known):
        some = f"{words.sentence(words.number(first.height))} districts may"
        have, be = f"{some} have the highest rate of {name}", f"{some} be highest in {name}"
        rest = [have if per else be, f"{some} be highest"]
    else:
        none = f"No district {APART}"
        rest = [f"{none} in {name} {per}".strip(), f"{none} in {name}", none]
    return words.fit(*named, *rest, limit=words.TITLE)


def _named(first: pl.DataFrame, name: str, per: str, *, alike: bool) -> list[str]:
    """Sentences that name all that may be highest, the longest first."""
    names = list(first["name"])
    where = words.listed(names) if alike else either(names)
    several = alike and len(names) > 1
    if per:
        have = f"{where} {'have' if several else 'has'} the"
        return [f"{have} most {name} {per}", f"{have} highest rate of {name}"]
    said = f"{where} {'are' if several else 'is'} highest in {name}"
    return [f"{said}, {first['now'][0]}", said] if alike else [said]


def _first(known: pl.DataFrame, *, as_written: bool = True) -> tuple[pl.DataFrame, bool]:
    """The areas that may be highest, and whether they are shown alike."""
    first = may_be_highest(known)
    if not as_written:
        return first, first["value"].n_unique() == 1
    written = first["now"].unique()
    return known.filter(pl.col("now").is_in(written.implode())), written.len() == 1


def _are_some(first: pl.DataFrame, known: pl.DataFrame) -> bool:
    """Whether those that may be highest are no more than half of all."""
    return 2 * first.height <= known.height


def _is(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"
