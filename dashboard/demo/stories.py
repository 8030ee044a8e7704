"""The stories planted in the made-up records: what a viewer should be able to find.

Each is listed once, in `STORIES`, with a sentence; which case, worker or agency it fell to in one
database is in the summary that `fill` returns. The parts of the records honour what is set here.
"""

from dataclasses import dataclass

DRIED_UP_DISTRICT = "E07000177"
DRIED_UP_DAYS = 98
COUNTY_BEHIND = "buckinghamshire-mk"
NEVER_REFERRED = "A-11"
OVERDUE_PARTNER = "A-06"
OVERDUE_SINCE = 150  # days before today from which it hardly completes an action
OVERLOADED_COUNTY = "berkshire"
OVERLOADED_SHARE = 1.45  # of what a colleague with the same hours would hold
VACANT_COUNTY = "oxfordshire"
VACANT_DAYS = 63
QUIET_DAYS = 40
QUIET_AGE = (120, 260)  # days since allocation
RISING_AGE = (100, 170)
RISING_SCORES = (11, 19)  # DASH at intake and at each review since


@dataclass(frozen=True)
class Story:
    """Something planted in the records, and where to see it."""

    key: str
    sentence: str


STORIES = (
    Story(
        "worker_over_target",
        "One case manager in Berkshire holds more active cases than their own target, "
        "while colleagues have room.",
    ),
    Story(
        "case_gone_quiet",
        f"One high-risk case has had no contact kept for {QUIET_DAYS} days or more, "
        "and none recorded at all.",
    ),
    Story(
        "risk_risen",
        f"One active case stood at a DASH score of {RISING_SCORES[0]} at intake "
        f"and stands at {RISING_SCORES[1]} since its review.",
    ),
    Story(
        "referrals_dried_up",
        f"Cherwell, which referred steadily, has sent nothing for {DRIED_UP_DAYS // 7} weeks.",
    ),
    Story(
        "waiting_times_shifted",
        "From the month in which the referral panel began to meet every week, "
        "the days from referral to allocation fell and stayed lower.",
    ),
    Story(
        "county_behind_course",
        "Buckinghamshire is well behind its funded course, counted since launch; "
        "the other two counties are near theirs or ahead.",
    ),
    Story(
        "agency_never_referred",
        "Education safeguarding, Berkshire joined at launch and has never referred.",
    ),
    Story(
        "partner_overdue",
        "Housing, Reading has more actions open past their day than any other partner; "
        "it kept up until five months ago.",
    ),
    Story(
        "post_vacant",
        "A case manager’s post in Oxfordshire has been vacant for nine weeks: "
        "the cases were handed over and nobody has started.",
    ),
)
