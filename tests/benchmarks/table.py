"""What the benchmarks found, as a page of tables."""

from collections.abc import Callable, Mapping
from typing import Any

Results = Mapping[int, Mapping[str, Any]]


def page_of(results: Results, machine: str) -> str:
    """The page: the machine, a table of growth, one of pages, and what the ratios are."""
    return "\n".join(
        [
            "# How fast it is",
            "",
            "Made by `make bench`, or `make bench SIZES='2000 1000000'`. How to read it is said",
            "under each table. Beyond these sizes: [growth](growth.md). Where the time of",
            "a page goes: [profile](profile.md).",
            "",
            f"Machine: {machine}.",
            "",
            *_growth(results),
            "",
            *_pages(results),
            "",
            *_crowds(results),
            "",
        ]
    )


def _growth(results: Results) -> list[str]:
    def time(step: str, part: str = "") -> Callable[[Any], str]:
        def say(found: Any) -> str:
            taken = found[step][part] if part else found[step]
            return f"{_seconds(taken['wall'])} ({_seconds(taken['cpu'])})"

        return say

    def ratio(part: str) -> Callable[[Any], str]:
        def say(found: Any) -> str:
            taken = found["queries"]
            return f"{taken[part]['cpu'] / taken['sums of their columns']['cpu']:.1f}"

        return say

    rows: dict[str, Callable[[Any], str]] = {
        "Database, MB": lambda found: f"{found['database']:,.0f}",
        "Rows of facts": lambda found: f"{found['read']['rows']:,}",
        "Their columns, MB": lambda found: f"{found['read']['columns']:,.0f}",
        "Reading the whole database": time("read"),
        "... most memory, MB": lambda found: f"{found['read']['peak']:,.0f}",
        "Refresh after an import of 1,000 rows": time("refresh"),
        "... most memory meanwhile, MB": lambda found: f"{found['refresh']['peak']:,.0f}",
        "Start from the snapshot file, to the first numbers": time("start"),
        "... memory then, MB, of it not shared": lambda found: (
            f"{found['start']['all']:,.0f}, {found['start']['own']:,.0f}"
        ),
        "All measures, ungrouped": time("queries", "ungrouped"),
        "All measures by month": time("queries", "by month"),
        "All measures by month and district": time("queries", "by month and district"),
        "Summing the columns they touch": time("queries", "sums of their columns"),
        "Ungrouped to summing, processor": ratio("ungrouped"),
    }
    head = ["", *(f"{size:,} cases" for size in results)]
    lines = [_line(head), _line(["---"] * len(head))]
    for name, say in rows.items():
        lines.append(_line([name, *(say(found) for found in results.values())]))
    return [
        "## Growth",
        "",
        *lines,
        "",
        "Times on the clock and, in brackets, of the processor; medians of nine where a step is "
        "short. The memory that is not shared is each process's own; the rest is the mapped file.",
    ]


def _pages(results: Results) -> list[str]:
    head = ["Page", *(f"{size:,} cases" for size in results)]
    names = list(dict.fromkeys(name for found in results.values() for name in found["pages"]))
    lines = [_line(head), _line(["---"] * len(head))]
    lines += [
        _line([name, *(_run(found["pages"].get(name)) for found in results.values())])
        for name in names
    ]
    return [
        "## A change of filter, at the server",
        "",
        *lines,
        "",
        "Processor time of one run of the page, and its ratio to the same run with the page's "
        "numbers held constant: only drawing and sending is left in that. First for a choice that "
        "nobody has made since the records were read, then for one that was made before.",
    ]


def _crowds(results: Results) -> list[str]:
    head = ["People at a time", *(f"{size:,} cases" for size in results)]
    crowds = list(dict.fromkeys(people for found in results.values() for people in found["crowd"]))
    lines = [_line(head), _line(["---"] * len(head))]
    for people in crowds:
        taken = [found["crowd"][people] for found in results.values()]
        lines.append(
            _line([people, *(f"{_seconds(t['p50'])}, {_seconds(t['p95'])}" for t in taken)])
        )
    return [
        "## Many people at one server",
        "",
        *lines,
        "",
        "Time on the clock of a change of page and county, the middle one and that which 95 of "
        "100 do not pass; everybody clicks about every three seconds, on the same computer. New: "
        "each from a day that nobody has chosen before. One process of Python runs one page at a "
        "time: more people want more instances.",
    ]


def _run(found: Mapping[str, Any] | None) -> str:
    if not found or "failed" in found:
        return "-"
    constant = found["constant"]["cpu"]
    return "; ".join(
        f"{_seconds(cpu)}, x{cpu / constant:.2f}" for cpu in (found["cpu"], found["again"]["cpu"])
    )


def _seconds(milliseconds: float) -> str:
    return f"{milliseconds / 1000:.1f} s" if milliseconds >= 1000 else f"{milliseconds:.0f} ms"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
