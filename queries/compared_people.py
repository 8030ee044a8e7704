"""Police incidents before and after, and what changed beside comparison people."""

from typing import Any

import polars as pl

from queries import words
from queries.follow_up import (
    KINDS,
    Change,
    Rules,
    changes,
    events,
    followed_until,
    in_months,
    per_case,
)
from queries.outcome_words import TOO_EARLY, as_text, interval_text, of_change
from queries.statistics import difference_of
from queries.view import View

OTHERS = "comparison people"


def police(view: View, rules: Rules) -> pl.LazyFrame:
    """A row for before and one for after: police incidents of the cases followed up.

    `side`, `window`, `rate` (crimes for 100 person-years; null below the least number), `crimes`,
    `cases`, `complete` (followed up for the whole length), `years`, `fewer`, `comparison` (the
    rate of comparison people, null without enough of them). No rows without police records.
    """
    if not view.recorded("followup_incidents"):
        return pl.LazyFrame(schema=_POLICE)
    own = changes(view, rules)["police"]
    others = changes(view, rules, comparison=True)["police"]
    length = in_months(rules.police_days)
    return pl.LazyFrame(
        [
            {
                "side": side,
                "window": f"{words.sentence(length)} {side}",
                "rate": _rate(own, side, rules),
                "crimes": getattr(own, side),
                "cases": own.n,
                "complete": own.complete,
                "years": own.years,
                "fewer": own.fewer if own.n >= rules.least else None,
                "comparison": _rate(others, side, rules),
            }
            for side in ("before", "after")
        ],
        schema=_POLICE,
    )


def behind_police(
    view: View, rules: Rules, side: str, part: str | None
) -> tuple[pl.LazyFrame, str]:
    """The crimes before or after, or the cases followed up, and the facts they are listed as."""
    if part == "crimes":
        return events(view, "police", rules, side), "followup_incidents"
    return followed_until(view, "police", rules, per_case(view, "police", rules)), "followups"


def how_crimes_changed(rows: pl.DataFrame) -> str:
    """Crimes before and after, and by how much they differ."""
    fewer = rows["fewer"][0]
    if fewer is None:
        return "It is too early to say how crimes changed"
    if fewer == 0:
        return "As many crimes after as before"
    change = words.share(abs(fewer))
    return f"{change} {'fewer' if fewer > 0 else 'more'} crimes after than before"


def compared(view: View, rules: Rules) -> pl.LazyFrame:
    """Service users beside comparison people; no rows where the view holds none of these.

    For each of the followed kinds a row for service users, one for comparison people and one for
    the difference: `key` (of the kind), `kind`, `who`, `row` (key and who), `measure`, `value`,
    `lower`, `upper`, `said` and `between` (the value and its interval in words), `note`, `n`,
    `is_difference`.
    """
    if view.numbers("comparison_people").head(1).collect().is_empty():
        return pl.LazyFrame(schema=_COMPARED)
    own, others = changes(view, rules), changes(view, rules, comparison=True)
    rows: list[dict[str, Any]] = []
    for key, kind in KINDS.items():
        sides = {"service users": own[key], OTHERS: others[key]}
        said = [of_change(each, rules) for each in sides.values()]
        for who, change in zip(sides, said, strict=True):
            rows.append({"who": who, "is_difference": False, **change})
        rows.append({"who": "difference", "is_difference": True, **_difference(said[0], said[1])})
        for row in rows[-3:]:
            row["key"] = key
            row["row"] = {"key": key, "who": row["who"]}
            row["kind"] = kind.name
            row["measure"] = f"{kind.title}, {row['who']}"
            row["said"] = as_text(row["value"], " points" if row["is_difference"] else "%")
    return pl.LazyFrame(rows, schema=_COMPARED)


def behind_compared(view: View, rules: Rules, key: str, who: str) -> tuple[pl.LazyFrame, str]:
    """The cases or comparison people followed up, and the facts they are listed as."""
    others = who == OTHERS
    rows = followed_until(view, key, rules, per_case(view, key, rules, comparison=others))
    return rows, "comparison_people" if others else "followups"


def what_differs(rows: pl.DataFrame) -> str:
    """What changed better among service users than among comparison people, by more than chance."""
    gaps = rows.filter(pl.col("is_difference"))
    if gaps["value"].null_count() == gaps.height:
        return "It is too early to compare with others"
    more = list(gaps.filter(pl.col("lower") > 0)["kind"])
    less = list(gaps.filter(pl.col("upper") < 0)["kind"])
    if more:
        named = words.sentence(words.listed(more))
        return words.fit(
            f"{named} went better than among comparison people",
            f"{named} went better than in the comparison",
            f"{words.sentence(words.number(len(more)))} of {gaps.height} went better than among "
            "comparison people",
            limit=words.WIDE,
        )
    if less:
        return f"{words.sentence(less[0])} went worse than among comparison people"
    return "No clear difference from comparison people"


def _difference(one_side: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Service users less comparison people, in percentage points."""
    if one_side["value"] is None or other["value"] is None:
        early = any((side["note"] or "").startswith(TOO_EARLY) for side in (one_side, other))
        return {"value": None, "note": TOO_EARLY if early else "cannot be compared"}
    lower, upper = difference_of(
        one_side["value"],
        (one_side["lower"], one_side["upper"]),
        other["value"],
        (other["lower"], other["upper"]),
    )
    return {
        "value": one_side["value"] - other["value"],
        "lower": lower,
        "upper": upper,
        "between": interval_text(lower, upper, " points"),
    }


def _rate(change: Change, side: str, rules: Rules) -> float | None:
    """Events for 100 person-years; None below the least number, or where not recorded."""
    events = getattr(change, side)
    if change.n < rules.least or events is None or not change.years:
        return None
    return float(100 * events / change.years)


_COMPARED: dict[str, pl.DataType | type[pl.DataType]] = {
    "key": pl.String,
    "row": pl.Struct({"key": pl.String, "who": pl.String}),
    "kind": pl.String,
    "who": pl.String,
    "measure": pl.String,
    "value": pl.Float64,
    "lower": pl.Float64,
    "upper": pl.Float64,
    "said": pl.String,
    "between": pl.String,
    "note": pl.String,
    "n": pl.Int64,
    "is_difference": pl.Boolean,
}
_POLICE = {
    "side": pl.String,
    "window": pl.String,
    "rate": pl.Float64,
    "crimes": pl.Int64,
    "cases": pl.Int64,
    "complete": pl.Int64,
    "years": pl.Float64,
    "fewer": pl.Float64,
    "comparison": pl.Float64,
}
