"""The IDVA's safety contacts: when one was due, whether it was in time, and how each link stands.

The clock of a victim-survivor runs while they are linked to an active case. A contact is due a
set number of days after that begins, and after each time they were reached; one with them counts
for all their cases. Declining support meets what was due, and nothing more is due until they are
reached again. A child counts as reached, too, when an adult linked to the same case is.
"""

import polars as pl

from dashboard.database.code_lists import AGE_GROUP, SAFETY_CONTACT_OUTCOME
from dashboard.facts.belonging import Belonging
from dashboard.facts.records import Records
from dashboard.facts.time import by_day, crossed, last_of_each, looked_up, moment, spells_of

ADULT = AGE_GROUP.label("adult")
REACHED = SAFETY_CONTACT_OUTCOME.label("reached")
DECLINED = SAFETY_CONTACT_OUTCOME.label("declined")
ANSWERS = pl.Enum([DECLINED, REACHED])

IN_TIME, NOT_YET, OVERDUE = "Reached in time", "First contact not yet due", "Contact overdue"
NEVER, NO_SUPPORT = "Never reached", "Declined support"
STANDINGS = pl.Enum([IN_TIME, NOT_YET, OVERDUE, NEVER, NO_SUPPORT])


def safety_contacts(records: Records, belonging: Belonging) -> pl.DataFrame:
    """Each safety contact, or attempt, on its day; `reached` is null where it is not recorded."""
    outcome = records.label("outcome", SAFETY_CONTACT_OUTCOME)
    rows = looked_up(records["safety_contacts"], _people(records), "victim_survivor").select(
        "case",
        "victim_survivor",
        "adult",
        outcome,
        (outcome == REACHED).alias("reached"),
        on="contacted_on",
    )
    return by_day(belonging.of_case(rows), "case")


def clock(records: Records, made: pl.DataFrame, cases: pl.DataFrame) -> pl.DataFrame:
    """For each start of the clock of a link its `due_on`, and `next_on`, the next answer.

    A start is the link's own, or an answer: reached, or support declined (then nothing is due).
    `from_on`, `until_on`: the time within which the link and the case both last.
    """
    linked = _links(records, cases)
    starts = pl.concat(
        [
            linked.select("link", on="from_on", answer=pl.lit(None, ANSWERS)),
            _own(linked, made),
            _through_adults(linked, made),
        ]
    )
    # Of one day the best answer counts: reached before declined before none.
    best = last_of_each(
        starts.with_columns(_moment=moment("link", "on")),
        rank=(pl.col("answer").to_physical() + 1).fill_null(0),
    )
    return looked_up(best, linked, "link").with_columns(
        next_on=pl.when(pl.col("link").shift(-1) == pl.col("link")).then(pl.col("on").shift(-1)),
        due_on=pl.when(pl.col("answer").ne_missing(DECLINED)).then(
            pl.col("on") + pl.duration(days=records.settings.safety_contact_days)
        ),
    )


def safety_contacts_due(clocked: pl.DataFrame, belonging: Belonging) -> pl.DataFrame:
    """A row a safety contact that was due with an adult, on the day it was due."""
    rows = clocked.filter(
        pl.col("adult"),
        pl.col("due_on").is_not_null(),
        pl.col("until_on").is_null() | (pl.col("due_on") < pl.col("until_on")),
    ).select(
        "case",
        "victim_survivor",
        pl.col("due_on").alias("on"),
        (pl.col("next_on") <= pl.col("due_on")).fill_null(value=False).alias("on_time"),
    )
    return by_day(belonging.of_case(rows), "case")


def safety_states(clocked: pl.DataFrame, caseload: pl.DataFrame) -> pl.DataFrame:
    """How each linked victim-survivor stands with the IDVA, cut where that or whose it is changes.

    `standing` is one of `STANDINGS`; `none`: overdue or never reached; `last_reached_on`: the
    last answer before what is overdue, null otherwise.
    """
    answer = pl.col("answer")
    at_start = clocked.select(
        "link",
        "on",
        standing=pl.when(answer == REACHED)
        .then(pl.lit(IN_TIME))
        .when(answer == DECLINED)
        .then(pl.lit(NO_SUPPORT))
        .otherwise(pl.lit(NOT_YET))
        .cast(STANDINGS),
        last_reached_on=pl.lit(None, pl.Date),
    )
    missed = clocked.filter(
        pl.col("due_on").is_not_null(),
        pl.col("next_on").is_null() | (pl.col("next_on") > pl.col("due_on")),
    ).select(
        "link",
        on=pl.col("due_on") + pl.duration(days=1),
        standing=pl.when(answer == REACHED)
        .then(pl.lit(OVERDUE))
        .otherwise(pl.lit(NEVER))
        .cast(STANDINGS),
        last_reached_on=pl.when(answer == REACHED).then("on"),
    )
    # The next answer on the very day after its due day stands; the day before it does not.
    both = pl.concat([missed.with_columns(rank=0), at_start.with_columns(rank=1)])
    another = pl.col("link").ne_missing(pl.col("link").shift(1))
    changes = (
        last_of_each(both.with_columns(_moment=moment("link", "on")), rank=pl.col("rank"))
        .drop("rank")
        .filter(another | pl.col("standing").ne_missing(pl.col("standing").shift(1)))
    )
    links = clocked.filter(another)
    lives = links.select("link", on="from_on", to="until_on")
    people = links.select("link", "case", "victim_survivor", "adult")
    rows = (
        looked_up(spells_of(lives, [changes], by="link"), people, "link")
        .with_columns(
            child=~pl.col("adult"),
            none=pl.col("standing").is_in([OVERDUE, NEVER]),
        )
        .drop("link")
    )
    whose = caseload.select("case", "on", "to", "area", "county", "case_manager")
    return by_day(crossed(rows, whose, by="case"), "case")


def link_starts(records: Records, cases: pl.DataFrame, belonging: Belonging) -> pl.DataFrame:
    """A row a victim-survivor linked to an active case, on the first day of that.

    `engaged_on`: the day they took up the IDVA's support within that time, the first day of the
    link where they had it already.
    """
    engaged = pl.max_horizontal("idva_engaged_on", "from_on")
    in_time = pl.col("idva_engaged_on").is_not_null() & (
        pl.col("until_on").is_null() | (engaged < pl.col("until_on"))
    )
    rows = _links(records, cases).select(
        "case",
        "victim_survivor",
        "adult",
        on="from_on",
        engaged_on=pl.when(in_time).then(engaged),
    )
    return by_day(belonging.of_case(rows), "case")


def idva_engagements(started: pl.DataFrame, belonging: Belonging) -> pl.DataFrame:
    """A row an adult who took up an IDVA's support, on that day; `days` since they were linked."""
    rows = started.filter(pl.col("adult"), pl.col("engaged_on").is_not_null()).select(
        "case",
        "victim_survivor",
        linked_on="on",
        on="engaged_on",
        days=(pl.col("engaged_on") - pl.col("on")).dt.total_days(),
    )
    return by_day(belonging.of_case(rows), "case")


def _people(records: Records) -> pl.DataFrame:
    adult = records.label("age_group", AGE_GROUP) == ADULT
    return records["victim_survivors"].select("victim_survivor", adult.alias("adult"))


def _links(records: Records, cases: pl.DataFrame) -> pl.DataFrame:
    """Each link while its case is active: `link`, `from_on`, `until_on` and who is linked."""
    return (
        records["case_victim_survivors"]
        .join(cases.select("case", start="on", end="to"), on="case")
        .join(_people(records), on="victim_survivor")
        .select(
            "case",
            "victim_survivor",
            "adult",
            "idva_engaged_on",
            from_on=pl.max_horizontal("linked_on", "start"),
            until_on=pl.min_horizontal("unlinked_on", "end"),
        )
        .filter(pl.col("until_on").is_null() | (pl.col("from_on") < pl.col("until_on")))
        .with_row_index("link")
    )


def _own(linked: pl.DataFrame, made: pl.DataFrame) -> pl.DataFrame:
    """The answers of each linked person, whichever of their cases they are recorded with."""
    answered = made.filter(pl.col("outcome").is_in([REACHED, DECLINED]))
    return _within(
        linked.join(answered.select("victim_survivor", "on", "outcome"), on="victim_survivor")
    )


def _through_adults(linked: pl.DataFrame, made: pl.DataFrame) -> pl.DataFrame:
    """For each linked child, the days on which an adult linked to the same case was reached."""
    adults = linked.filter(pl.col("adult"))
    reached = _within(
        adults.join(
            made.filter(pl.col("reached")).select("victim_survivor", "on", "outcome"),
            on="victim_survivor",
        )
    ).join(adults.select("link", "case"), on="link")
    return _within(
        linked.filter(~pl.col("adult")).join(
            reached.select("case", "on", outcome="answer"), on="case"
        )
    )


def _within(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter(
        pl.col("on") >= pl.col("from_on"),
        pl.col("until_on").is_null() | (pl.col("on") < pl.col("until_on")),
    ).select("link", "on", answer=pl.col("outcome").cast(ANSWERS))
