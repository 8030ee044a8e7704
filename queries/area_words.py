"""What the districts side by side say, in words."""

import polars as pl

from queries import words
from queries.areas import Form, counts_things
from queries.measure import Measure

RANKED = 54  # characters of a finding over the ranked list


def written(value: float | None, measure: Measure, form: Form) -> str:
    """A value of this form in a sentence: 8.6, 45%, up 12%, down three points."""
    if value is None:
        return words.NOT_KNOWN
    if form == "change":
        way = "up" if value > 0 else "down"
        size = abs(value)
        if counts_things(measure):
            said = words.share(size)
        else:
            said = words.figure(size, 0 if measure.is_fraction else 1)
            said += " points" if measure.is_fraction else ""
        return "unchanged" if words.rounded(size, 2) == 0 else f"{way} {said}"
    if measure.is_fraction:
        return words.share(value)
    if form == "rate" or measure.unit == "score":
        return words.figure(value, 1)
    return words.figure(value)


def who_is_highest(rows: pl.DataFrame) -> str:
    """The highest districts by name, as many as fit; only where it means something."""
    known = rows.filter(pl.col("value").is_not_null())
    if known.is_empty():
        return "Nothing is known for these districts"
    if known.height == 1:
        return (
            f"Only {known['name'][0]} is in view" if rows.height == 1 else "One district is known"
        )
    if known["value"].n_unique() == 1:
        return "All districts are alike" if known["value"][0] else "None in any district"
    first = known.filter(pl.col("rank") == 1)
    if first.height > 3:
        return f"{words.sentence(words.number(first.height))} districts are highest alike"
    names = list(known["name"])
    top = max(first.height, 3) if known.height > 3 else first.height
    return words.fit(
        *(
            f"{words.listed(names[:count])} {'is' if count == 1 else 'are'} highest"
            for count in range(top, 0, -1)
            if count >= first.height
        ),
        f"{words.sentence(words.number(first.height))} districts are highest",
        limit=words.NARROW,
    )


def who_rose_most(rows: pl.DataFrame) -> str:
    """Of changes, the district that has risen most."""
    known = rows.filter(pl.col("value").is_not_null())
    if known.is_empty():
        return "No earlier period to compare with"
    first = known.filter(pl.col("rank") == 1)
    if first["value"][0] <= 0:
        return "No district has risen" if rows.height > 1 else f"{first['name'][0]} has not risen"
    if first.height > 1:
        return f"{words.sentence(words.number(first.height))} districts have risen most"
    return words.fit(f"{first['name'][0]} has risen most", "One rose most", limit=words.NARROW)


def how_many_rose(rows: pl.DataFrame) -> str:
    """How many districts have more than before, and how many less, over the table of all forms."""
    known = rows.filter(pl.col("now").is_not_null(), pl.col("before").is_not_null())
    if known.is_empty():
        return "No earlier period to compare with"
    ways = (
        (known.filter(pl.col("now") > pl.col("before")).height, "risen"),
        (known.filter(pl.col("now") < pl.col("before")).height, "fallen"),
    )
    (many, way), *other = [each for each in ways if each[0]] or [(0, "changed")]
    has = "have" if many > 1 else "has"
    first = f"{words.counted(many, 'district') if many else 'no district'} {has} {way}"
    rest = "".join(f", {words.number(count)} {way}" for count, way in other)
    return words.sentence(f"{first}{rest}")


def who_differs(rows: pl.DataFrame) -> str:
    """How many districts lie above and below the whole, their 95% intervals apart from it."""
    if rows["value"].null_count() == rows.height:
        return "Nothing is known for these districts"
    name = rows["whole_name"][0]
    if rows.height == 1:
        return f"{name} alone is in view: nothing to compare"
    compared = rows.filter(pl.all_horizontal("lower", "upper", "whole").is_not_null())
    if compared.is_empty():
        known = rows.filter(pl.col("value").is_not_null())
        return words.fit(
            f"From {known['name'][-1]}, lowest, to {known['name'][0]}, highest",
            f"{known['name'][0]} is highest",
            limit=RANKED,
        )
    above = compared.filter(pl.col("lower") > pl.col("whole")).height
    below = compared.filter(pl.col("upper") < pl.col("whole")).height
    if not above and not below:
        return words.fit(
            f"No district stands clearly apart from {name}",
            "No district stands clearly apart",
            limit=RANKED,
        )
    first, other = ((above, "above"), (below, "below"))[:: 1 if above else -1]
    stand = f"{words.counted(first[0], 'district')} stand{'s' if first[0] == 1 else ''} {first[1]}"
    rest = f", {words.number(other[0])} {other[1]}" if other[0] else ""
    return words.fit(
        *(words.sentence(f"{stand} {of}{rest}") for of in (name, "the whole")), limit=RANKED
    )


def what_the_line_is(rows: pl.DataFrame, measure: Measure, form: Form) -> str:
    """What the whole's line stands for, what it leaves out, and where districts add up to more."""
    said = []
    first = rows.row(0, named=True)
    if first["whole"] is not None and rows.height > 1:
        said.append(f"The line is {first['whole_name']}: all that is in view.")
    total, once = float(rows["now"].sum()), first["whole_now"]
    if measure.fold == "people" and counts_things(measure) and once is not None and total > once:
        said.append(
            f"Districts add up to {words.figure(total)}; {words.figure(once)} people in all, "
            "each counted once."
        )
    if first["not_placed"]:
        rate = form == "rate" and measure.fold == "sum"
        nowhere = int(first["not_placed"])
        said.append(
            f"{words.sentence(words.counted(nowhere, 'record'))} of no known district "
            f"{'is' if nowhere == 1 else 'are'} in {'no rate' if rate else 'the whole only'}."
        )
    unknown = list(rows.filter(pl.col("population").is_null())["name"])
    if unknown and counts_things(measure):
        said.append(f"No population is recorded for {words.listed(unknown)}, so no rate.")
    return " ".join(said)
