"""The statistical methods, periods and weeks in plain words; numbers come from where they hold."""

from queries.statistics.control_chart import LIMIT, RUN, SCREEN, TRIAL_BELOW
from queries.statistics.rates import EXACT_BELOW
from queries.statistics.survival import AT_RISK_NEEDED
from queries.steps import RULE as STEPS

# Title and words of each.
METHODS: tuple[tuple[str, str], ...] = (
    (
        "Interval of a share (Wilson)",
        "A share of few people may come out high or low by chance. The 95% interval says between "
        "which values the share would plausibly lie if the same work went on for long: about 95 "
        "of 100 such intervals contain it. Wilson’s interval keeps within 0 and 100% and holds "
        "for small numbers. Source: Wilson 1927; Newcombe, Statistics in Medicine 1998.",
    ),
    (
        "Interval of a reduction, a change or a mean (linearised)",
        "These divide one sum by another, and one person may stand in both sums or with several "
        "rows. The interval is made from how far single persons differ from the whole, so that "
        "two rows of one person are not taken for two people. It needs at least two people. "
        "Source: Cochran, Sampling Techniques 1977; Woodruff 1971.",
    ),
    (
        "Interval of a rate of events",
        f"For events for each 10,000 people: exact for fewer than {EXACT_BELOW} events, Byar’s "
        "approximation from there on. Source: Garwood 1936; Breslow and Day 1987.",
    ),
    (
        "Control chart (XmR)",
        "Every series moves from month to month. The chart’s limits say how far it moves by "
        f"itself: the mean, plus and minus {LIMIT} times the average step from one point to the "
        "next; near-limits lie at two thirds of the way. A special cause is a point that this "
        f"movement does not explain: one outside a limit; {RUN} in a row that rise or fall; two "
        f"of three beyond the same near-limit; {RUN} in a row on one side of the mean. Then, and "
        "only then, look for a reason. "
        f"Steps of {SCREEN} times their average or more are left out once when the limits are "
        f"made. With fewer than {TRIAL_BELOW} points they are called trial limits. {STEPS} Source: "
        "Wheeler, Understanding Variation 2000; NHS England, Making Data Count.",
    ),
    (
        "Comparing areas (funnel)",
        "An area with few cases differs from the whole more easily by chance than one with many. "
        "The funnel’s limits say how far, for each number: 95% of areas that do not differ lie "
        "within the inner ones, 99.8% within the outer. Among 13 areas, one outside the inner "
        "limits is to be expected now and then. A place in the funnel is no rank. Source: "
        "Spiegelhalter, Statistics in Medicine 2005.",
    ),
    (
        "When places will be full (runway)",
        "How long cases stay open is estimated from all cases, those still open included "
        f"(Kaplan-Meier), as far as {AT_RISK_NEEDED} cases have come. From it, and from the "
        "arrivals of the last half-year, 200 possible futures are drawn; the fan holds the middle "
        "80% of them. It says “not before” and “by”, or “may be full from” where many futures "
        "never fill; never one date. It assumes that arrivals go on as they did. Source: Kaplan "
        "and Meier 1958.",
    ),
    (
        "Median and slowest tenth",
        "The median is the middle value: half took less time, half more. One very long wait does "
        "not move it, as it would an average. Nine of ten took no longer than where the slowest "
        "tenth begins.",
    ),
    (
        "Before and after",
        "A change between two times is not the effect of the work: people come when things are "
        "at their worst, and many would have changed without it. Only beside comparison people, "
        "counted in the same way over the same time, can a difference be read, with its interval.",
    ),
)

PERIODS: tuple[tuple[str, str], ...] = (
    (
        "Periods",
        "A period’s first and last day both belong to it. The financial year begins on 1 April. A "
        "period is compared with the one of the same length before it, and with the same one a "
        "year earlier. One that still runs is marked, and never drawn as a fall.",
    ),
    (
        "Weeks",
        "Reporting weeks begin on a Monday and are named by it.",
    ),
    (
        "As at",
        "Everything is read as it stood on that day: what happened later is left out, also from "
        "records that were entered before. A case is active on a day if it was allocated on or "
        "before it and not closed on or before it.",
    ),
    (
        "Areas that changed",
        "What happened counts for the district and the case manager that the case had on that "
        "day, so a case that moved counts in each for its own time; what comes after a case was "
        "closed counts for the last that it had. People counted once each may add up to more over "
        "districts than in the whole.",
    ),
    (
        "Not recorded",
        "Unknown is never zero. A share without anybody to be out of is left empty, and what was "
        "never loaded is “not recorded”.",
    ),
)
