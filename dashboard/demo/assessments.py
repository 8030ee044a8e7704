"""Reviews, and the assessments of risk and abuse at intake, at reviews and at exit."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import ndtr, ndtri

from dashboard.demo import profile
from dashboard.demo.cases import Cases
from dashboard.demo.chance import (
    NEVER,
    Bools,
    Floats,
    Ints,
    between,
    coded,
    happened,
    ids,
    on,
    pick,
    working_day,
    working_day_before,
    yes,
)
from dashboard.demo.stories import RISING_SCORES
from dashboard.demo.victim_survivors import Links
from dashboard.demo.writing import Numbered

LEVELS = ("standard", "medium", "high")
HIGH, MEDIUM = 14, 10
BY_SCORE, BY_JUDGEMENT, BY_ESCALATION = 0, 1, 2
JUDGEMENTS = ("score", "professional_judgement", "escalation")
CHANGES = (*profile.IDVA_CHANGES, "not_known")
NOT_RATED, NOT_KNOWN = -1, len(CHANGES) - 1
STAGES = ("intake", "review", "exit")
SEVERITIES = ("none", "standard", "moderate", "high")


@dataclass(frozen=True)
class Reviews:
    """Reviews of a block: a row for each case, a column for each review; NEVER where none."""

    due: Ints
    held: Ints


@dataclass(frozen=True)
class Assessed:
    """Assessments of a block: a row for each case, a column for each that may be made.

    The first column is intake, the last exit; between them one before and one at each review.
    `on` is NEVER where none was made by today. `progress` runs from 0 at intake to 1 at exit.
    `lasting` is between 0 and 1 for each case: how much of the harm lasts.
    """

    on: Ints
    progress: Floats
    score: Ints
    level: Ints
    judgement: Ints
    lasting: Floats


def reviews(rng: np.random.Generator, block: Cases, today: int) -> Reviews:
    """A review is due every three months; the one to come is in the record too."""
    longest = int((block.closed - block.allocated).max(initial=0)) // profile.REVIEW_DAYS + 1
    nth = np.arange(1, longest + 1)
    due = working_day(block.allocated[:, None] + nth * profile.REVIEW_DAYS)
    due = np.where(due < np.minimum(block.closed, today + profile.REVIEW_DAYS)[:, None], due, NEVER)
    shape, size = due.shape, due.size
    late = yes(rng, profile.REVIEW_LATE, shape)
    lateness = 1 + np.floor(rng.exponential(14, shape)).astype(np.int64)
    early = between(rng, 0, 9, size).reshape(shape)
    held = np.where(late, working_day(due + lateness), working_day_before(due - early))
    held = np.where(block.rising[:, None], working_day_before(due), held)
    never = yes(rng, profile.REVIEW_NEVER, shape) & ~block.rising[:, None]
    held = np.where(never | (due >= NEVER), NEVER, held)
    return Reviews(due, np.where(held < block.last_day(today)[:, None], held, NEVER))


def review_table(block: Cases, made: Reviews, today: int, width: int) -> pl.DataFrame:
    """The table `reviews` of a block, its ids still to be given."""
    case, nth = np.nonzero(made.due < NEVER)
    return pl.DataFrame(
        {
            "case_id": ids("C", block.number[case], width),
            "due_on": on(made.due[case, nth]),
            "held_on": happened(made.held[case, nth], today),
        }
    )


def assessed(rng: np.random.Generator, block: Cases, made: Reviews, today: int) -> Assessed:
    """When each case was assessed, with which score, level and judgement."""
    size = len(block)
    intake = np.minimum(block.allocated + between(rng, 0, 9, size), block.closed)
    last_review = np.where(made.held < NEVER, made.held, 0).max(axis=1, initial=0)
    leaving = np.maximum(block.closed - between(rng, 0, 6, size), np.maximum(intake, last_review))
    not_made = yes(rng, profile.EXIT_NOT_ASSESSED, size) | (block.closed > today)
    reviewed = np.stack([_between_reviews(rng, block, made), made.held], axis=2)
    reviewed = reviewed.reshape(size, -1)
    days = np.column_stack([intake, reviewed, np.where(not_made, NEVER, leaving)])
    days = np.where(days <= today, days, NEVER)
    length = np.maximum(block.closed - intake, 1)[:, None]
    progress = np.clip((days - intake[:, None]) / length, 0, 1)

    lasting = rng.random(size)
    shares = np.cumsum(list(profile.IDVA_CHANGES.values()))
    fall = np.array(profile.DASH_FALL)[np.searchsorted(shares, lasting * shares[-1])]
    mean, spread = profile.DASH_AT_INTAKE
    first = np.clip(rng.normal(mean, spread, size), profile.DASH_LEAST, profile.DASH_MOST)
    noise = rng.normal(0, 1, days.shape) * (progress > 0)
    score = np.clip(np.rint(first[:, None] - fall[:, None] * progress + noise), 0, 24)
    risen = np.where(np.arange(days.shape[1]) == 0, *RISING_SCORES)
    score = np.where(block.rising[:, None], risen, score).astype(np.int64)
    score = np.where((block.quiet_from < NEVER)[:, None], np.maximum(score, HIGH + 2), score)

    judged_high = yes(rng, profile.HIGH_BY_JUDGEMENT * (1 - 0.7 * progress), days.shape)
    judged_high &= score < HIGH
    escalates = yes(rng, 0.3, days.shape)
    level = np.where((score >= HIGH) | judged_high, 2, (score >= MEDIUM).astype(np.int64))
    judgement = np.where(judged_high, np.where(escalates, BY_ESCALATION, BY_JUDGEMENT), BY_SCORE)
    return Assessed(days, progress, score, level, judgement, lasting)


def risk_table(
    rng: np.random.Generator,
    block: Cases,
    made: Assessed,
    linked: Links,
    width: Numbered,
) -> pl.DataFrame:
    """The table `risk_assessments` of a block, its ids still to be given.

    The second adult of a case is assessed on the same days, at a score no higher.
    """
    second = linked.second_adult(len(block))
    first_rows = np.nonzero(made.on < NEVER)
    second_rows = np.nonzero((made.on < NEVER) & (second > 0)[:, None])
    case = np.concatenate([first_rows[0], second_rows[0]])
    nth = np.concatenate([first_rows[1], second_rows[1]])
    of_second = np.repeat([False, True], [len(first_rows[0]), len(second_rows[0])])
    order = np.lexsort((of_second, nth, case))
    case, nth, of_second = case[order], nth[order], of_second[order]

    lower = np.where(of_second & ~block.storied[case], between(rng, 0, 4, len(case)), 0)
    score = np.maximum(made.score[case, nth] - lower, 0)
    level, judgement = made.level[case, nth], made.judgement[case, nth]
    drops = of_second & (judgement == BY_SCORE)
    level = np.where(drops, (score >= HIGH).astype(np.int64) + (score >= MEDIUM), level)
    stage = _stage(made, nth)
    mistaken = yes(rng, profile.LEVEL_AGAINST_SCORE, len(case)) & (score >= HIGH)
    mistaken &= ~block.rising[case]
    return pl.DataFrame(
        {
            "case_id": ids("C", block.number[case], width.main),
            "victim_survivor_id": ids(
                "V", np.where(of_second, second[case], linked.first_adult()[case]), width.people
            ),
            "assessed_on": on(made.on[case, nth]),
            "stage": coded(STAGES, stage),
            "dash_score": score,
            "risk_level": coded(LEVELS, np.where(mistaken, 1, level)),
            "judgement": coded(JUDGEMENTS, judgement),
            "idva_change": coded(CHANGES, _changes(rng, made, case, stage, of_second)),
        }
    )


def abuse_table(
    rng: np.random.Generator, block: Cases, made: Assessed, linked: Links, width: Numbered
) -> pl.DataFrame:
    """The table `abuse_assessments` of a block, its ids still to be given.

    Who stops using a type of abuse stops at some time between intake and exit; the shares are
    such that the published fall is met at exit.
    """
    types = tuple(profile.ABUSE_AT_INTAKE)
    severity = np.zeros((*made.on.shape, len(types)), dtype=np.int64)
    lasting = ndtri(np.clip(made.lasting, 1e-9, 1 - 1e-9))
    for position, kind in enumerate(types):
        used = profile.ABUSE_AT_INTAKE[kind]
        begins = profile.BEGINS_ABUSE
        lasts = 1 - profile.ABUSE_FALL[kind] - begins * (1 - used) / used
        # Cases in which risk does not fall are the likelier ones in which abuse lasts.
        mixed = ndtr(0.6 * lasting + 0.8 * rng.normal(size=len(block)))
        uses = yes(rng, used, len(block))
        stops = np.where(mixed > 1 - lasts, 2.0, rng.random(len(block)))
        starts = yes(rng, begins, len(block)) & ~uses
        using = np.where(uses[:, None], made.progress < stops[:, None], False)
        using |= starts[:, None] & (made.progress >= 0.9)
        using[:, 0] = uses
        using[:, -1] = (uses & (stops > 1)) | starts
        drawn = 1 + pick(rng, [0.3, 0.4, 0.3], using.size).reshape(using.shape)
        milder = np.maximum(drawn - (made.progress > 0.4), 1)
        severity[:, :, position] = np.where(using, milder, 0)
    with_abuse = np.arange(made.on.shape[1]) % 2 == 0
    with_abuse[-1] = True
    rows, nth = np.nonzero((made.on < NEVER) & with_abuse)
    case, column = np.repeat(rows, len(types)), np.repeat(nth, len(types))
    kinds = np.tile(np.arange(len(types)), len(rows))
    return pl.DataFrame(
        {
            "case_id": ids("C", block.number[case], width.main),
            "victim_survivor_id": ids("V", linked.first_adult()[case], width.people),
            "assessed_on": on(made.on[case, column]),
            "stage": coded(STAGES, _stage(made, column)),
            "abuse_type": coded(types, kinds),
            "severity": coded(SEVERITIES, severity[case, column, kinds]),
        }
    )


def level_on(made: Assessed, days: Ints, cases: Ints) -> Ints:
    """The risk level of these cases on these days; before the first assessment, high."""
    level = np.full(len(cases), len(LEVELS) - 1)
    for column in range(made.on.shape[1]):
        known = made.on[cases, column] <= days
        level = np.where(known, made.level[cases, column], level)
    return level


def _between_reviews(rng: np.random.Generator, block: Cases, made: Reviews) -> Ints:
    """Days on which risk is assessed again without a review, where something has happened."""
    day = working_day(made.due - profile.REVIEW_DAYS // 2)
    happens = yes(rng, profile.ASSESSED_BETWEEN_REVIEWS, day.shape) & ~block.rising[:, None]
    return np.where(happens & (day < block.closed[:, None]), day, NEVER)


def _stage(made: Assessed, nth: Ints) -> Ints:
    return np.select([nth == 0, nth == made.on.shape[1] - 1], [0, 2], 1)


def _changes(
    rng: np.random.Generator, made: Assessed, case: Ints, stage: Ints, of_second: Bools
) -> Ints:
    """The IDVA's rating: at exit nearly always, at reviews half the time, at intake never."""
    shares = np.cumsum(list(profile.IDVA_CHANGES.values()))
    rating = np.searchsorted(shares, made.lasting[case] * shares[-1])
    differs = of_second & yes(rng, 0.2, len(case))
    rating = np.where(differs, pick(rng, list(profile.IDVA_CHANGES.values()), len(case)), rating)
    not_known = yes(rng, profile.CHANGE_NOT_KNOWN, len(case))
    rated = (stage == 2) & ~yes(rng, profile.CHANGE_MISSING, len(case))
    rated |= (stage == 1) & yes(rng, 0.5, len(case))
    return np.where(rated, np.where(not_known, NOT_KNOWN, rating), NOT_RATED)
