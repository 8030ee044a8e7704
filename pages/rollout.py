"""Rollout: is Drive live everywhere, and are referrals and places on course?"""

from dashboard.panels import rollout
from dashboard.shell.screen import Screen

screen = Screen(rollout.headline, rollout.ALL, rollout.HEADLINES)
if screen.head():
    screen.show(rollout.COURSE)

    left, right = screen.row(7, 5)
    with left:
        screen.show(rollout.PATHWAY, 7 / 12)
    with right:
        screen.show(rollout.SOURCES, 5 / 12)

    screen.show(rollout.RUNWAY)

    left, right = screen.row(7, 5)
    with left:
        screen.show(rollout.OUTLOOK, 7 / 12)
    with right:
        screen.show(rollout.SINCE_OWN_LAUNCH, 5 / 12)

    screen.show(rollout.BY_MONTH)
    screen.show(rollout.FIRST_REFERRALS)
