"""Districts on a map, as a pydeck deck of our own shapes: no tiles, no request to anybody."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
import polars as pl
import pydeck as pdk

from dashboard.areas.shapes import Place, Shape, Shapes
from dashboard.draw.base import blank, figure, key_values
from dashboard.draw.classes import Classes, Said, saying
from dashboard.draw.escape import for_plotly, plain
from dashboard.draw.lettering import width as length
from dashboard.draw.theme import COLOURS, FULL, LINE, TEXT, Mode
from dashboard.drawings import AreaMap
from queries.words import listed

LAYER = "districts"
TILE = 512  # pixels of the whole world at zoom 0
SIDE = 14  # of a swatch
BESIDE = 6  # between a swatch and its words
APART = 18  # between the words and the next swatch
MOST_LINES = 2  # of swatches, else their words are shorter
LEADER = 0.86  # of the way to a label that stands beside its district
EDGE = 8  # pixels kept free around the districts
# A style with nothing in it, which the buttons for zooming need; it is in the page itself.
BLANK_STYLE = 'data:application/json,{"version":8,"sources":{},"layers":[]}'


@figure.register
def _(drawing: AreaMap, frame: pl.DataFrame, mode: Mode, width: int = FULL) -> go.Figure:  # noqa: ARG001
    raise TypeError("A map is no Plotly figure; see dashboard.draw.map.deck.")


@key_values.register
def _(drawing: AreaMap, frame: pl.DataFrame) -> list[str]:
    said = _saying(drawing, frame)
    return [plain(_sentence(drawing, row, said(row[drawing.value]))) for row in frame.to_dicts()]


def without_shape(drawing: AreaMap, frame: pl.DataFrame, shapes: Shapes) -> list[str]:
    """The districts that cannot be drawn, by name."""
    return [
        plain(name)
        for area, name in frame.select(drawing.area, drawing.name).iter_rows()
        if area not in shapes.by_area
    ]


def deck(
    drawing: AreaMap,
    frame: pl.DataFrame,
    others: Mapping[str, str],
    shapes: Shapes,
    mode: Mode,
    width: int,
) -> pdk.Deck:
    """The map of the districts that have a shape.

    `others` are districts (code and name) that are not looked at now: outlined, not coloured,
    and to be chosen like the rest. A chosen feature has its district's code as `area`.
    """
    colour = COLOURS[mode]
    classes = Classes.of(frame[drawing.value], percent=drawing.percent)
    fills = classes.colours(mode)
    said = _saying(drawing, frame)
    features, labels = [], []
    for row in frame.to_dicts():
        shape, value = shapes.by_area.get(row[drawing.area]), row[drawing.value]
        if shape is None:
            continue
        if value is None:
            fill, on_fill = colour.secondary, colour.quiet
        else:
            fill, on_fill = fills[classes.index(value)]
        features.append(_feature(shape, _sentence(drawing, row, said(value)), fill))
        if row[drawing.rank] is not None:
            label = colour.text if shape.aside else on_fill
            labels.append(
                {
                    "text": str(row[drawing.rank]),
                    "at": shape.aside or shape.label,
                    "from": shape.label,
                    "to": _short_of(shape.label, shape.aside or shape.label),
                    "colour": _rgb(label),
                    "aside": shape.aside is not None,
                }
            )
    for area, name in others.items():
        if area in shapes.by_area:
            features.append(
                _feature(shapes.by_area[area], f"{plain(name)}: not shown", colour.page)
            )
    edge = _rgb(colour.edge)
    layers = [
        pdk.Layer(
            "GeoJsonLayer",
            {"type": "FeatureCollection", "features": features},
            id=LAYER,
            pickable=True,
            get_fill_color="properties.fill",
            get_line_color=edge,
            get_line_width=1,
            line_width_units=_quoted("pixels"),
            auto_highlight=True,
            highlight_color=[*_rgb(colour.attention), 60],
        ),
        pdk.Layer(
            "LineLayer",
            [label for label in labels if label["aside"]],
            id="leaders",
            get_source_position="from",
            get_target_position="to",
            get_color=_rgb(colour.text),
            get_width=1.5,
        ),
        pdk.Layer(
            "TextLayer",
            labels,
            id="ranks",
            get_position="at",
            get_text="text",
            get_color="colour",
            get_size=TEXT,
            size_units=_quoted("pixels"),
            font_family=_quoted("Open Sans, sans-serif"),
            font_weight=700,
            background=True,
            get_background_color=[0, 0, 0, 0],
        ),
    ]
    drawn = [shapes.by_area[each["properties"]["area"]] for each in features]
    return pdk.Deck(
        layers=layers,
        map_provider=None,
        map_style=BLANK_STYLE,
        initial_view_state=_view(drawn, width, drawing.height),
        tooltip={"text": "{said}", "style": _tooltip(mode)},
    )


def swatches(drawing: AreaMap, frame: pl.DataFrame, mode: Mode, width: int) -> go.Figure:
    """What the colours mean: a line of squares, each with its words beside it."""
    colour = COLOURS[mode]
    classes = Classes.of(frame[drawing.value], percent=drawing.percent)
    fills = [fill for fill, _ in classes.colours(mode)]
    if frame[drawing.value].null_count() == frame.height:
        fills = []
    others = [(colour.secondary, drawing.without)] if frame[drawing.value].null_count() else []
    for exact in (True, False):
        texts = classes.in_words(percent=drawing.percent, signed=drawing.signed, exact=exact)
        shown = [*zip(fills, texts, strict=False), *others]
        places, line = _in_lines([text for _, text in shown], width)
        if line < MOST_LINES:
            break
    chart = blank(
        mode,
        (line + 1) * LINE + 4,
        margin={"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
        xaxis={"range": [0, width], "showline": False},
        yaxis={"range": [(line + 1) * LINE, -4], "showgrid": False},
    )
    for (fill, text), (start, row) in zip(shown, places, strict=True):
        middle = row * LINE + LINE / 2
        chart.add_shape(
            type="rect",
            xsizemode="pixel",
            xanchor=0,
            xref="paper",
            x0=start + 0.5,
            x1=start + SIDE,
            y0=middle - SIDE / 2,
            y1=middle + SIDE / 2,
            fillcolor=fill,
            line={"color": colour.edge, "width": 1},
        )
        chart.add_annotation(
            x=0,
            xref="paper",
            xshift=start + SIDE + BESIDE,
            y=middle,
            xanchor="left",
            yanchor="middle",
            text=for_plotly(text),
        )
    return chart


def _in_lines(texts: Sequence[str], width: int) -> tuple[list[tuple[float, int]], int]:
    """Where each swatch stands (left edge, line), and the last line; on two lines, half on each."""
    wide = [SIDE + BESIDE + length(text) for text in texts]
    each = len(texts) if sum(wide) + APART * (len(wide) - 1) <= width else -(-len(texts) // 2)
    places, left, line = [], 0.0, 0
    for index, long in enumerate(wide):
        if left and (left + long > width or index == each):
            left, line = 0.0, line + 1
        places.append((left, line))
        left += long + APART
    return places, line


def swatches_in_words(drawing: AreaMap, frame: pl.DataFrame) -> str:
    """The same for a screen reader: the classes, lowest first."""
    known = frame[drawing.value].drop_nulls()
    classes = Classes.of(known, percent=drawing.percent).in_words(
        percent=drawing.percent, signed=drawing.signed
    )
    said = f"{listed(classes)} {drawing.unit}".strip() if len(known) else ""
    others = drawing.without if len(known) < frame.height else ""
    said = "; ".join(filter(None, (said, others)))
    return plain(f"The colours of the map, lowest first: {said}.")


def _saying(drawing: AreaMap, frame: pl.DataFrame) -> Said:
    return saying(frame[drawing.value], percent=drawing.percent, signed=drawing.signed)


def _sentence(drawing: AreaMap, row: dict[str, Any], value: str) -> str:
    said = f"{value} {drawing.unit}".strip() if value else drawing.without
    rank = f", rank {row[drawing.rank]}" if row[drawing.rank] is not None else ""
    return f"{plain(row[drawing.name])}: {said}{rank}"


def _feature(shape: Shape, said: str, fill: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": shape.geometry,
        "properties": {"area": shape.area, "said": said, "fill": _rgb(fill)},
    }


def _short_of(start: Place, end: Place) -> Place:
    """Most of the way from start to end, so that a line to a label stops before it."""
    return (
        start[0] + (end[0] - start[0]) * LEADER,
        start[1] + (end[1] - start[1]) * LEADER,
    )


def _view(drawn: Sequence[Shape], width: int, height: int) -> pdk.ViewState:
    """The view that shows all of what is drawn, as large as it goes."""
    bounds = [shape.bounds for shape in drawn] or [(-1.72, 51.33, -0.48, 52.2)]
    west, south = min(each[0] for each in bounds), min(each[1] for each in bounds)
    east, north = max(each[2] for each in bounds), max(each[3] for each in bounds)
    top, bottom = _mercator(north), _mercator(south)
    across, down = (east - west) / 360, top - bottom
    scale = min((width - 2 * EDGE) / max(across, 1e-6), (height - 2 * EDGE) / max(down, 1e-6))
    zoom = math.log2(scale / TILE)
    middle = math.degrees(2 * math.atan(math.exp(math.pi * (top + bottom))) - math.pi / 2)
    return pdk.ViewState(
        longitude=(west + east) / 2,
        latitude=middle,
        zoom=zoom,
        min_zoom=zoom - 0.5,
        max_zoom=zoom + 4,
        pitch=0,
        bearing=0,
    )


def _mercator(latitude: float) -> float:
    """Of the height of the world, how far above the equator."""
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)) / (2 * math.pi)


def _rgb(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _quoted(text: str) -> str:
    """A word for pydeck, which takes bare ones for names of columns."""
    return f'"{text}"'


def _tooltip(mode: Mode) -> dict[str, str]:
    """In the map's corner, where it is read whole: beside the mouse the map's edge would cut it."""
    colour = COLOURS[mode]
    return {
        "transform": "none",
        "maxWidth": "70%",
        "backgroundColor": colour.page,
        "color": colour.text,
        "border": f"1px solid {colour.axis}",
        "fontFamily": "Open Sans, sans-serif",
        "fontSize": "15px",
    }
