"""Records become events and spells; every rule about time, pairs and follow-up lives here.

**Events** happen on a day, `on`. **Spells** last from `on` until `to`, half open, `to` empty
while they last. Every row carries the `area` (district), `county` and `case_manager` it belonged
to on its day, so that a case that moved belongs to each area for its own time. Codes have become
labels in the order of their list, or plain yes and no.

Rules that need a longer history (a repeat, a contact on time) are applied here, before anybody's
cut, or they would come out wrong for one area or one worker.
"""

from dashboard.facts.build import build_facts

__all__ = ["build_facts"]
