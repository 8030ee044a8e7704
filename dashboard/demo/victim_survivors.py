"""Victim-survivors: adults and children of each case, IDVA engagement, safety contacts."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from dashboard.demo import profile
from dashboard.demo.cases import Cases
from dashboard.demo.chance import (
    NEVER,
    Bools,
    Ints,
    after,
    between,
    coded,
    happened,
    ids,
    on,
    pick,
    running_number,
    working_day,
    yes,
)
from dashboard.demo.writing import Numbered


@dataclass(frozen=True)
class Links:
    """Links of victim-survivors to the cases of a block, an array for each thing known.

    `case` is a position in the block, `victim` a number from 1 over all blocks. `new` marks the
    link with which a person first appears. `engaged` is NEVER without an IDVA.
    """

    case: Ints
    victim: Ints
    adult: Bools
    new: Bools
    linked: Ints
    unlinked: Ints
    engaged: Ints

    def first_adult(self) -> Ints:
        """The number of the first adult of each case; every case has one."""
        return self.victim[np.flatnonzero(self.adult & (self._ordinal() == 0))]

    def second_adult(self, cases: int) -> Ints:
        """The number of the second adult of each case, 0 without one."""
        second = np.zeros(cases, dtype=np.int64)
        rows = self.adult & (self._ordinal() == 1)
        second[self.case[rows]] = self.victim[rows]
        return second

    def _ordinal(self) -> Ints:
        return running_number(np.bincount(self.case))


def links(rng: np.random.Generator, block: Cases, last_number: int, today: int) -> Links:
    """The links of a block; new people are numbered on from `last_number`.

    A few cases share their people with the case before them in the same district.
    """
    size = len(block)
    adults = 1 + pick(rng, list(profile.ADULTS_OF_A_CASE.values()), size)
    children = pick(rng, list(profile.CHILDREN_OF_A_CASE.values()), size)
    people = adults + children
    case = np.repeat(np.arange(size), people)
    ordinal = running_number(people)
    adult = ordinal < adults[case]

    before = _case_before(block.district)
    shares = yes(rng, profile.SHARES_FAMILY_WITH_ANOTHER_CASE, size) & (before >= 0)
    shares &= ~shares[before] & (block.person != block.person[before])
    other = before[case]
    same_place = np.where(adult, ordinal, adults[other] + ordinal - adults[case])
    known = np.where(adult, ordinal < adults[other], same_place < people[other])
    shared = shares[case] & known
    victim = np.zeros(len(case), dtype=np.int64)
    victim[~shared] = last_number + 1 + np.arange(int((~shared).sum()))
    starts = np.cumsum(people) - people
    victim[shared] = victim[(starts[other] + same_place)[shared]]

    allocated, last_day = block.allocated[case], block.last_day(today)[case]
    wait = np.where(ordinal == 0, between(rng, 0, 8, len(case)), between(rng, 0, 45, len(case)))
    # Within the days there are, and not all on the last: that would be a leap in the trend.
    linked = allocated + wait % np.maximum(last_day - allocated, 1)
    unlinked = linked + between(rng, 20, 200, len(case))
    leaves = yes(rng, profile.UNLINKED, len(case)) & (unlinked < last_day) & (ordinal > 0)
    engaged = working_day(linked + after(rng, profile.DAYS_TO_IDVA, len(case)))
    engages = adult & yes(rng, profile.IDVA_ENGAGED, len(case)) & (engaged < block.closed[case])
    return Links(
        case=case,
        victim=victim,
        adult=adult,
        new=~shared,
        linked=linked,
        unlinked=np.where(leaves, unlinked, NEVER),
        engaged=np.where(engages, engaged, NEVER),
    )


def victim_survivor_tables(
    rng: np.random.Generator, block: Cases, linked: Links, today: int, width: Numbered
) -> dict[str, pl.DataFrame]:
    """The tables `victim_survivors` and `case_victim_survivors` of a block."""
    new = linked.new
    woman = yes(rng, np.where(linked.adult, profile.ADULTS_WOMEN, 0.49), len(linked.case))
    relationship = np.where(
        linked.adult,
        pick(rng, list(profile.RELATIONSHIPS_OF_ADULTS.values()), len(linked.case)),
        len(profile.RELATIONSHIPS_OF_ADULTS)
        + pick(rng, list(profile.RELATIONSHIPS_OF_CHILDREN.values()), len(linked.case)),
    )
    names = ids("V", linked.victim, width.people)
    return {
        "victim_survivors": pl.DataFrame(
            {
                "victim_survivor_id": names.filter(pl.Series(new)),
                "age_group": coded(["child", "adult"], linked.adult[new].astype(np.int64)),
                "sex": coded(["male", "female"], woman[new].astype(np.int64)),
            }
        ),
        "case_victim_survivors": pl.DataFrame(
            {
                "case_id": ids("C", block.number[linked.case], width.main),
                "victim_survivor_id": names,
                "relationship": coded(
                    [*profile.RELATIONSHIPS_OF_ADULTS, *profile.RELATIONSHIPS_OF_CHILDREN],
                    relationship,
                ),
                "linked_on": on(linked.linked),
                "unlinked_on": happened(linked.unlinked, today),
                "idva_engaged_on": happened(linked.engaged, today),
                "lives_with": yes(rng, profile.LIVES_WITH, len(linked.case)),
            }
        ),
    }


def safety_contacts(
    rng: np.random.Generator, block: Cases, linked: Links, today: int, width: Numbered
) -> pl.DataFrame:
    """The table `safety_contacts` of a block, its ids still to be given.

    The IDVA reaches the adults who are engaged every few weeks.
    """
    least, most = profile.DAYS_BETWEEN_SAFETY_CONTACTS
    last_day = np.minimum(block.last_day(today)[linked.case], linked.unlinked)
    chosen, day = np.flatnonzero(linked.engaged <= today), linked.engaged[linked.engaged <= today]
    links_found, days_found = [chosen[:0]], [day[:0]]
    while len(chosen):
        open_ = day < last_day[chosen]
        chosen, day = chosen[open_], day[open_]
        links_found.append(chosen)
        days_found.append(day)
        day = working_day(day + between(rng, least, most, len(day)))
    link, on_day = np.concatenate(links_found), np.concatenate(days_found)
    order = np.lexsort((on_day, link))
    link, on_day = link[order], on_day[order]
    outcomes = profile.SAFETY_CONTACT_OUTCOMES
    return pl.DataFrame(
        {
            "case_id": ids("C", block.number[linked.case[link]], width.main),
            "victim_survivor_id": ids("V", linked.victim[link], width.people),
            "contacted_on": on(on_day),
            "outcome": coded(outcomes, pick(rng, list(outcomes.values()), len(link))),
        }
    )


def _case_before(district: Ints) -> Ints:
    """The position of the case before each in the same district, -1 for the first."""
    order = np.argsort(district, kind="stable")
    before = np.full(len(district), -1)
    same = district[order][1:] == district[order][:-1]
    before[order[1:][same]] = order[:-1][same]
    return before
