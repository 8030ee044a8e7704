"""What changed for service users and victim-survivors, beside the published results.

Everything is read over all cases up to the end of the view's period, since an outcome takes long
and its numbers are small; the period's own figure stands beside it. Below the least number that
the service set nothing is said but how many are still to come.
"""

from datetime import date
from typing import Any

import polars as pl

from queries import words
from queries.abuse_reductions import ABUSE
from queries.benchmarks import PUBLISHED
from queries.evaluate import evaluate
from queries.follow_up import KINDS, Rules, changes, ended, followed_until, in_months, per_case
from queries.measures import MEASURES
from queries.outcome_words import TOO_EARLY, as_said, in_words, of_change
from queries.periods import one
from queries.row_sums import rows_behind
from queries.view import View

LONG_AGO = date(1900, 1, 1)
RISK = "risk_reduced_rate"
NAMES = {**ABUSE, RISK: "Cases with risk reduced"}


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
            "in_period": in_words(period[key]["value"], period[key]["denominator"], rules),
            **as_said(
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
                "in_period": in_words(recent.fewer, recent.n, rules),
                **of_change(changed, rules),
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
        return "Every published figure lies within its local interval"
    # Most results are reductions: "abuse is below" would sound as if there were less of it.
    sides = {"smaller": below, "larger": above}
    named = [f"{side}: {words.within(words.listed(n))}" for side, n in sides.items() if n]
    counted = [f"{words.number(len(n))} {side}" for side, n in sides.items() if n]
    return words.sentence(
        words.fit(
            "; ".join(named).replace(": ", " results than published: ", 1),
            f"{words.listed(counted)} than published",
            limit=words.WIDE,
        )
    )


def headline(rows: pl.DataFrame) -> str:
    """The page in a sentence."""
    above, below, known = _against(rows)
    if not known:
        return "It is too early to say what has changed"
    alike = known - len(above) - len(below)
    of = f"{words.number(alike)} of {words.number(known)}"
    if alike == known:
        of = "both" if known == 2 else f"all {words.number(known)}"
    if known == 1:
        of = "the one result" if alike else "no result"
    elif not alike:
        of = f"none of {words.number(known)}"
    results = "" if known == 1 else " results"
    verb = "is" if 1 in (alike, known) else "are"
    more = _without_a_figure(rows)
    return words.sentence(
        words.fit(
            f"{of}{results} {verb} about as published{more}",
            f"{of} {verb} about as published{more}",
            f"{of}{results} {verb} about as published",
            limit=words.TITLE,
        )
    )


def _without_a_figure(rows: pl.DataFrame) -> str:
    """What became of hearings, which were published without a figure: fewer than the control."""
    known = rows.filter(
        pl.col("key") == "hearings", pl.col("value").is_not_null(), pl.col("published").is_null()
    )
    if known.is_empty():
        return ""
    low, high = known["lower"][0], known["upper"][0]
    if low is not None and low > 0:
        return "; fewer MARAC hearings"
    return "; more MARAC hearings" if high is not None and high < 0 else "; MARAC not clear"


def name_of(key: str) -> str:
    """What a result is called."""
    return MEASURES[key].title if key in MEASURES else KINDS[key].title


def behind_result(
    view: View, rules: Rules, key: str, part: str | None = None
) -> tuple[pl.LazyFrame, str]:
    """The rows that a result's n counts, ever or `in_period`, and the facts they are listed as."""
    recent = part == "in_period"
    if key in MEASURES:
        measure = MEASURES[key]
        since = view.start if recent else LONG_AGO
        return rows_behind(measure, view, one(since, view.end)), measure.facts
    rows = per_case(view, key, rules, since=view.start if recent else None)
    return followed_until(view, key, rules, rows), "followups"


def _by_key(rows: pl.DataFrame) -> dict[str, dict[str, Any]]:
    return {row["measure"]: row for row in rows.iter_rows(named=True)}


def _against(rows: pl.DataFrame) -> tuple[list[str], list[str], int]:
    """Results above the published one, those below, and how many can be put beside one.

    About as published is what has the published value within its interval.
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
