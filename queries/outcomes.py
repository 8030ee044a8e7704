"""What changed for service users and victim-survivors, beside the published results.

Everything is read over all cases up to the end of the view's period, since an outcome takes long
and its numbers are small; the period's own figure stands beside it. Below the least number that
the service set nothing is said but how many are still to come.
"""

from datetime import date
from typing import Any

import polars as pl

from queries import words
from queries.benchmarks import PUBLISHED
from queries.evaluate import evaluate, rows_behind
from queries.follow_up import KINDS, Change, Rules, changes, ended, in_months, per_case
from queries.measures import MEASURES
from queries.periods import one
from queries.statistics import difference_of
from queries.view import View

LONG_AGO = date(1900, 1, 1)
ABUSE = {
    "physical_abuse_reduction": "Physical abuse",
    "sexual_abuse_reduction": "Sexual abuse",
    "harassment_stalking_reduction": "Harassment and stalking",
    "jealous_controlling_reduction": "Jealous and controlling",
}
RISK = "risk_reduced_rate"
NAMES = {**ABUSE, RISK: "Cases with risk reduced"}
TOO_EARLY = "too early to say"
NOT_RECORDED = "not recorded"


def results(view: View, rules: Rules) -> pl.LazyFrame:
    """A row a published result, in their order.

    `key`, `measure`; `value` (share that is fewer, or of cases with less risk; null below the
    least number), `lower`, `upper` (95%), `between` (the interval in words), `note` (what stands
    in place of a value), `n`, `to_come` (cases that may yet count), `in_period` (the period's
    own value in words), `published`, `published_words`, `unrated` (closed cases without a
    rating; null but for the risk).
    """
    keys = [*ABUSE, RISK]
    measures = [MEASURES[key] for key in keys]
    ever, now, counts = pl.collect_all(
        [
            evaluate(measures, view, one(LONG_AGO, view.end)),
            evaluate(measures, view, one(view.start, view.end)),
            _counts(view, rules),
        ]
    )
    found, period, left = _by_key(ever), _by_key(now), counts.row(0, named=True)
    rows = [
        {
            "key": key,
            "measure": NAMES[key],
            "to_come": left["open" if key == RISK else "without_exit"],
            "unrated": left["closed"] - int(found[key]["denominator"] or 0)
            if key == RISK
            else None,
            "in_period": _in_words(period[key]["value"], period[key]["denominator"], rules),
            **_said(
                found[key]["value"],
                found[key]["lower"],
                found[key]["upper"],
                found[key]["denominator"],
                rules,
            ),
        }
        for key in keys
    ]
    ever_changed, now_changed = changes(view, rules), changes(view, rules, since=view.start)
    for key, kind in KINDS.items():
        changed, recent = ever_changed[key], now_changed[key]
        rows.append(
            {
                "key": key,
                "measure": f"{kind.title}, {in_months(kind.days(rules))}",
                "to_come": left["open"] + left["recent"],
                "unrated": None,
                "in_period": _in_words(recent.fewer, recent.n, rules),
                **_of_change(changed, rules),
            }
        )
    for row in rows:
        if row["note"] and row["note"].startswith(TOO_EARLY):
            row["note"] += f", {words.figure(row['to_come'])} to come"
        row["published"] = PUBLISHED[row["key"]].value
        row["published_words"] = PUBLISHED[row["key"]].words
    return pl.LazyFrame(rows, schema=_RESULTS)


def what_differs_from_published(rows: pl.DataFrame) -> str:
    """Which local results differ from the published ones, if any do."""
    above, below, known = _against(rows)
    if not known:
        return "Nothing can be put beside the published results yet"
    if not above and not below:
        return "Every published result lies within the local interval"
    sides = {"above": above, "below": below}
    named = [f"{words.listed(names)} {side}" for side, names in sides.items() if names]
    counted = [f"{words.number(len(names))} {side}" for side, names in sides.items() if names]
    return words.fit(
        f"{words.listed(named)} the published result",
        words.sentence(f"{words.listed(counted)} the published results"),
        limit=words.WIDE,
    )


def headline(rows: pl.DataFrame) -> str:
    """The page in a sentence."""
    above, below, known = _against(rows)
    if not known:
        return "It is too early to say what has changed"
    alike = known - len(above) - len(below)
    of = words.counted(known, "result")
    if alike == known:
        return words.sentence(f"{of} so far, all in line with the published evaluation")
    return f"{words.sentence(words.number(alike))} of {of} in line with the published evaluation"


def by_type(view: View, rules: Rules) -> pl.LazyFrame:
    """A row a type of abuse: service users using it at intake and at exit, of those with both.

    `key`, `type`, `at_intake`, `at_exit`, `stopped` (of those using it at intake), `began` (at
    exit and not at intake), `fewer` (null below the least number), `said` (it in words), `pairs`.
    """
    pairs = view.numbers("abuse_pairs").filter(pl.col("on") <= view.end)
    rows = []
    for key, name in ABUSE.items():
        first, last = pl.col(f"{_column(key)}_intake"), pl.col(f"{_column(key)}_exit")
        rows.append(
            pairs.filter(first.is_not_null()).select(
                key=pl.lit(key),
                type=pl.lit(name),
                at_intake=(first == 1).sum().cast(pl.Int64),
                at_exit=(last == 1).sum().cast(pl.Int64),
                stopped=((first == 1) & (last == 0)).sum().cast(pl.Int64),
                began=((first == 0) & (last == 1)).sum().cast(pl.Int64),
                pairs=pl.len().cast(pl.Int64),
            )
        )
    enough = pl.col("at_intake") >= rules.least
    return (
        pl.concat(rows)
        .filter(pl.col("pairs") > 0)
        .with_columns(fewer=pl.when(enough).then(1 - pl.col("at_exit") / pl.col("at_intake")))
    )


def which_fell_most(rows: pl.DataFrame) -> str:
    """The type of abuse that fell most and least."""
    known = rows.drop_nulls("fewer").sort("fewer", descending=True, maintain_order=True)
    if known.is_empty():
        return "It is too early to say which abuse fell"
    most, least = known.row(0, named=True), known.row(-1, named=True)
    if known.height == 1 or most["fewer"] == least["fewer"]:
        return f"{most['type']}: {words.share(most['fewer'])} fewer at exit"
    return f"{most['type']} fell most, {least['type'].lower()} least"


def police(view: View, rules: Rules) -> pl.LazyFrame:
    """A row for before and one for after: police incidents of the cases followed up.

    `window`, `rate` (crimes for 100 person-years; null below the least number), `crimes`,
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
    the difference: `kind`, `who`, `measure`, `value`, `lower`, `upper`, `said` and `between` (the
    value and its interval in words), `note`, `n`, `is_difference`.
    """
    if view.numbers("comparison_people").head(1).collect().is_empty():
        return pl.LazyFrame(schema=_COMPARED)
    own, others = changes(view, rules), changes(view, rules, comparison=True)
    rows: list[dict[str, Any]] = []
    for key, kind in KINDS.items():
        sides = {"service users": own[key], "comparison people": others[key]}
        said = [_of_change(each, rules) for each in sides.values()]
        for who, change in zip(sides, said, strict=True):
            rows.append({"who": who, "is_difference": False, **change})
        rows.append({"who": "difference", "is_difference": True, **_difference(said[0], said[1])})
        for row in rows[-3:]:
            row["kind"] = kind.name
            row["measure"] = f"{kind.title}, {row['who']}"
            row["said"] = _said_as(row["value"], " points" if row["is_difference"] else "%")
    return pl.LazyFrame(rows, schema=_COMPARED)


def what_differs(rows: pl.DataFrame) -> str:
    """What fell more among service users than among comparison people, by more than chance."""
    gaps = rows.filter("is_difference")
    if gaps["value"].null_count() == gaps.height:
        return "It is too early to compare with others"
    more = list(gaps.filter(pl.col("lower") > 0)["kind"])
    less = list(gaps.filter(pl.col("upper") < 0)["kind"])
    if more:
        named = words.sentence(words.listed(more))
        return words.fit(
            f"{named} fell more than among comparison people",
            f"{named} fell more than in the comparison",
            f"{words.sentence(words.number(len(more)))} of {gaps.height} fell more than among "
            "comparison people",
            limit=words.WIDE,
        )
    if less:
        return f"{words.sentence(less[0])} fell less than among comparison people"
    return "No clear difference from comparison people"


def behind_type(view: View, key: str, part: str | None) -> pl.LazyFrame:
    """The cases behind a bar of `by_type`: using it at exit, or at intake."""
    side = "exit" if part == "at_exit" else "intake"
    pairs = view.numbers("abuse_pairs").filter(pl.col("on") <= view.end)
    known = pl.col(f"{_column(key)}_intake").is_not_null()
    used = pl.col(f"{_column(key)}_{side}") == 1
    return pairs.filter(known & used).with_columns(contribution=MEASURES[key].counts)


def name_of(key: str) -> str:
    """What a result is called."""
    return MEASURES[key].title if key in MEASURES else KINDS[key].title


def behind_result(view: View, rules: Rules, key: str) -> tuple[pl.LazyFrame, str]:
    """The rows that a result's n counts, and the facts whose list they are."""
    if key in MEASURES:
        measure = MEASURES[key]
        return rows_behind(measure, view, one(LONG_AGO, view.end)), measure.facts
    rows = per_case(view, key, rules).with_columns(
        on=pl.min_horizontal(
            pl.col("ended_on") + pl.duration(days=KINDS[key].days(rules)), pl.lit(view.end)
        )
    )
    return rows, "followups"


def _by_key(rows: pl.DataFrame) -> dict[str, dict[str, Any]]:
    return {row["measure"]: row for row in rows.iter_rows(named=True)}


def _column(key: str) -> str:
    """The columns of `abuse_pairs` that a reduction is made of, without their ends."""
    return key.removesuffix("_reduction").removesuffix("_abuse")


def _against(rows: pl.DataFrame) -> tuple[list[str], list[str], int]:
    """Results above the published one, those below, and how many can be put beside one.

    In line is what has the published value within its interval.
    """
    both = rows.filter(pl.col("value").is_not_null(), pl.col("published").is_not_null())
    low, high = (pl.coalesce(end, "value") for end in ("lower", "upper"))
    above = list(both.filter(low > pl.col("published"))["measure"])
    below = list(both.filter(high < pl.col("published"))["measure"])
    return above, below, both.height


def _counts(view: View, rules: Rules) -> pl.LazyFrame:
    """One row: cases `open`, those of them `without_exit`, `closed`, and closed too `recent`ly."""
    day = view.end
    active = view.numbers("caseload").filter(
        pl.col("on") <= day, pl.col("to").is_null() | (pl.col("to") > day)
    )
    paired = view.numbers("abuse_pairs").filter(pl.col("on") <= day).select("case")
    closed = view.numbers("closures").filter(pl.col("on") <= day)
    counts_on = pl.col("ended_on") + pl.duration(days=rules.least_days)
    return pl.concat(
        [
            active.select(open=pl.len().cast(pl.Int64)),
            active.join(paired, on="case", how="anti").select(without_exit=pl.len().cast(pl.Int64)),
            closed.select(closed=pl.len().cast(pl.Int64)),
            ended(view).filter(counts_on > day).select(recent=pl.len().cast(pl.Int64)),
        ],
        how="horizontal",
    )


def _said(
    value: float | None,
    lower: float | None,
    upper: float | None,
    n: float | None,
    rules: Rules,
) -> dict[str, Any]:
    """A result as it may be shown: nothing but how far it is, below the least number."""
    nothing = {"value": None, "lower": None, "upper": None, "between": None}
    if n is None:
        return {**nothing, "note": NOT_RECORDED, "n": None}
    if n < rules.least:
        return {**nothing, "note": f"{TOO_EARLY}: {int(n)} of {rules.least}", "n": int(n)}
    if value is None:
        return {**nothing, "note": "nothing before to compare with", "n": int(n)}
    upper = None if upper is None else min(upper, 1.0)
    return {
        "value": value,
        "lower": lower,
        "upper": upper,
        "between": _between(lower, upper),
        "note": None,
        "n": int(n),
    }


def _of_change(change: Change, rules: Rules) -> dict[str, Any]:
    n = None if change.before is None and change.n else change.n
    return _said(change.fewer, change.lower, change.upper, n, rules)


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
        "between": _between(lower, upper, " points"),
    }


def _said_as(value: float | None, unit: str) -> str | None:
    return None if value is None else f"{words.figure(value * 100)}{unit}"


def _between(lower: float | None, upper: float | None, unit: str = "%") -> str | None:
    """An interval in words, true minus signs and all."""
    if lower is None or upper is None:
        return None
    return f"{_said_as(lower, '%' if unit == '%' else '')} to {_said_as(upper, unit)}"


def _in_words(value: Any, n: Any, rules: Rules) -> str:
    if n is None:
        return ""
    return words.share(value) if n >= rules.least and value is not None else "too early"


def _rate(change: Change, side: str, rules: Rules) -> float | None:
    """Events for 100 person-years; None below the least number, or where not recorded."""
    events = getattr(change, side)
    if change.n < rules.least or events is None or not change.years:
        return None
    return float(100 * events / change.years)


_RESULTS = {
    "key": pl.String,
    "measure": pl.String,
    "value": pl.Float64,
    "lower": pl.Float64,
    "upper": pl.Float64,
    "between": pl.String,
    "note": pl.String,
    "n": pl.Int64,
    "to_come": pl.Int64,
    "in_period": pl.String,
    "published": pl.Float64,
    "published_words": pl.String,
    "unrated": pl.Int64,
}
_COMPARED = {
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
    "window": pl.String,
    "rate": pl.Float64,
    "crimes": pl.Int64,
    "cases": pl.Int64,
    "complete": pl.Int64,
    "years": pl.Float64,
    "fewer": pl.Float64,
    "comparison": pl.Float64,
}
