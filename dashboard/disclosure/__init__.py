"""Small numbers: the release, and the rules it is made by.

What leaves for protected roles is a release: a fixed list of periods and areas (`cuts.py`),
counted (`counts.py`), small counts hidden and the others rounded (`protection.py`), attacked as an
outsider could (`attack.py`, over `system.py`), with what does not hold withheld (`making.py`).
"""

from dashboard.disclosure.release import NoRelease, Release
from dashboard.disclosure.rules import Rules
from dashboard.disclosure.view import ReleasedView

__all__ = ["NoRelease", "Release", "ReleasedView", "Rules"]
