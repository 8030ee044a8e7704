"""Abuse by type and severity: at intake, at reviews and at exit, and from one to the other."""

import polars as pl

from queries import words
from queries.view import View

CELL = ("abuse_type", "stage", "severity")
FLOW = ("abuse_type", "at_intake", "at_exit")


def assessed(view: View) -> pl.LazyFrame:
    """A row a case, type and stage assessed in the period: the worst severity of the last day.

    A case has several reviews: the last one in the period counts.
    """
    within = pl.col("on").is_between(view.start, view.end)
    one = ["case", "abuse_type", "stage"]
    return (
        view.numbers("abuse")
        .filter(within)
        .drop_nulls(["severity", "stage", "abuse_type"])
        .sort("on", "severity")
        .unique(one, keep="last", maintain_order=True)
    )


def by_stage(view: View) -> pl.LazyFrame:
    """A row a type, stage and severity, in the order of their lists.

    `abuse_type`, `stage`, `severity`, `cases`, `assessed` (cases of that type and stage), `share`
    (null without any), `said` (the share in words), `cell` (the three that name the row).
    """
    rows = _counted(assessed(view), view, "abuse", CELL)
    total = pl.col("cases").sum().over("abuse_type", "stage")
    share = pl.when(total > 0).then(pl.col("cases") / total)
    shared = rows.with_columns(assessed=total, share=share, cell=pl.struct(CELL)).collect()
    said = ["–" if each is None else words.share(each) for each in shared["share"]]
    return shared.with_columns(said=pl.Series(said, dtype=pl.String)).lazy()


def at(rows: pl.LazyFrame, cell: dict[str, str]) -> pl.LazyFrame:
    """The rows of one cell of a grid, named by its columns' values."""
    return rows.filter(pl.col(name).cast(pl.String) == value for name, value in cell.items())


def what_is_worst(rows: pl.DataFrame) -> str:
    """The type most often at its most severe at intake, and how often it is at exit."""
    first, last = _ends(rows["stage"])
    worst = _ends(rows["severity"])[1]
    at = rows.filter(pl.col("severity") == worst, pl.col("assessed") > 0)
    begun = at.filter(pl.col("stage") == first).sort("share", descending=True, maintain_order=True)
    if begun.is_empty():
        cases = int(rows["assessed"].max() or 0)  # type: ignore[arg-type]
        return f"Abuse was assessed in up to {words.counted(cases, 'case')}, none at intake"
    top = begun.row(0, named=True)
    ended = at.filter(pl.col("stage") == last, pl.col("abuse_type") == top["abuse_type"])
    now = words.share(ended["share"][0], int(ended["assessed"][0])) if ended.height else ""
    then = words.share(top["share"], int(top["assessed"]))
    start = f"{top['abuse_type']}: {worst.lower()} in {then} at intake"
    others = f"{start}; of others at exit {now}" if now else start
    return words.fit(others, start, limit=words.WIDE)


def pairs(view: View) -> pl.LazyFrame:
    """Cases and types with both assessments, the second of them in the period."""
    return view.numbers("severity_pairs").filter(pl.col("on").is_between(view.start, view.end))


def flows(view: View) -> pl.LazyFrame:
    """The cases of `*_reduction` in the period by severity at intake and at exit, for each type.

    A row a type and pair of severities, also where no case is: `abuse_type`, `at_intake`,
    `at_exit`, `cases`; of the type, `used` (cases with abuse at intake), of these `milder` and
    `worse` at exit, `began` (abuse at exit only), and `heading` (these in words); `cell`.
    """
    before, after = (pl.col(name).to_physical() for name in ("at_intake", "at_exit"))
    cases = pl.col("cases")
    return (
        _counted(pairs(view), view, "severity_pairs", FLOW)
        .with_columns(
            used=cases.filter(before > 0).sum().over("abuse_type"),
            milder=cases.filter(after < before).sum().over("abuse_type"),
            worse=cases.filter(after > before, before > 0).sum().over("abuse_type"),
            began=cases.filter(after > before, before == 0).sum().over("abuse_type"),
        )
        .with_columns(
            heading=pl.format(
                "{} used it: {} milder, {} worse; {} began", "used", "milder", "worse", "began"
            ),
            cell=pl.struct(FLOW),
        )
    )


def what_eases_least(rows: pl.DataFrame) -> str:
    """The type that is milder at exit in the smallest share of the cases that used it."""
    types = rows.unique("abuse_type", maintain_order=True).filter(pl.col("used") > 0)
    if types.is_empty():
        return "No case with both assessments had abuse at intake"
    ranked = types.with_columns(share=pl.col("milder") / pl.col("used")).sort(
        "share", maintain_order=True
    )
    least = ranked.row(0, named=True)
    if least["share"] == 1:
        return "Every type is milder at exit wherever it was used at intake"
    share = words.share(least["share"], int(least["used"]))
    kind = least["abuse_type"] if " " in least["abuse_type"] else f"{least['abuse_type']} abuse"
    return words.fit(
        f"{kind} eases least: milder at exit in {share}",
        f"{kind} eases least: {share} milder at exit",
        f"{kind} eases least: {share}",
        limit=words.WIDE,
    )


def _counted(
    rows: pl.LazyFrame, view: View, facts: str, keys: tuple[str, str, str]
) -> pl.LazyFrame:
    """`cases` for every combination of the keys' values, in their lists' order; none if no row."""
    schema = view.numbers(facts).select(keys).collect_schema()
    grid = pl.LazyFrame({"_": [0]})
    for key in keys:
        kind = schema[key]
        values = pl.LazyFrame({key: kind.categories}, schema={key: kind})  # type: ignore[attr-defined]
        grid = grid.join(values, how="cross", maintain_order="left_right")
    counted = rows.group_by(keys).agg(cases=pl.len().cast(pl.Int64))
    return (
        grid.drop("_")
        .join(counted, on=list(keys), how="left", maintain_order="left")
        .with_columns(pl.col("cases").fill_null(0))
        .filter(pl.col("cases").sum() > 0)
    )


def _ends(column: pl.Series) -> tuple[str, str]:
    """The first and the last value of a column in its order."""
    values = column.unique(maintain_order=True)
    return str(values[0]), str(values[-1])
