"""From a panel's drawing and its rows to native charts: the same numbers as on the screen.

`charts` gives one chart, several small ones for a drawing of small charts, or none where the rows
themselves say it best (grids of numbers, timelines, tables). Its kinds register by being imported.
"""

from dashboard.export.charts import bars, funnel, lines
from dashboard.export.charts.base import NOT_KNOWN, charts

__all__ = ["NOT_KNOWN", "bars", "charts", "funnel", "lines"]
