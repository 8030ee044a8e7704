"""Made-up Thames Valley records: an invented service, to show, to test and to learn with.

fill(url)                    # the default size, up to today
fill(url, cases=200_000)     # a larger service of the same age
"""

from dashboard.demo.recipe import Summary, fill
from dashboard.demo.stories import STORIES, Story

__all__ = ["STORIES", "Story", "Summary", "fill"]
