"""Areas: where Drive is used most, where that changes, and which districts differ."""

from functools import partial

from dashboard.panels import areas
from dashboard.panels.area_funnel import HOW_TO_READ
from dashboard.shell.area_records import open_beside, open_district, opens
from dashboard.shell.area_switches import funnel_switch, measure_switch, shown
from dashboard.shell.reading import how_to_read
from dashboard.shell.screen import Screen
from dashboard.shell.visit import current
from queries.area_funnel import how_many_vary
from queries.measures import MEASURES
from queries.side_by_side import WHOLE

now = shown()
panels = areas.panels(now, current().lens)
screen = Screen(partial(areas.headline, now), panels.all)
if screen.head():
    measure_switch(now)
    by_area = "area" if opens(now.measure) else None

    left, right = screen.row(9, 11)
    with left:
        screen.show(panels.map, 9 / 20)
    with right:
        if row := screen.show(panels.ranked, 11 / 20, chooses=by_area, records="records"):
            open_district(screen, now.measure, row.value)

    month = "key" if opens(now.measure) else None
    if point := screen.show(panels.trend, chooses=month, records="records"):
        open_district(screen, now.measure, point.value)

    left, right = screen.row(7, 5)
    with left:
        by_area = "area" if opens(now.funnel) else None
        if dot := screen.show(panels.funnel, 7 / 12, chooses=by_area, records="records"):
            open_district(screen, now.funnel, dot.value)
    with right:
        how_to_read(how_many_vary(screen.frames[panels.funnel.key]), HOW_TO_READ)
        funnel_switch(now)

    if cell := screen.show(panels.sides, chooses="key", records="records"):
        open_beside(screen, MEASURES[cell.value], cell.part or WHOLE)
    by_area = "area" if opens(now.measure) else None
    if cell := screen.show(panels.table, chooses=by_area, records="records"):
        open_district(screen, now.measure, cell.value, cell.part)
