"""The map and what stands beside it: round classes, no outside request, no text on another."""

import json

import polars as pl
import pytest
from boxes import cut, overlaps, text_boxes
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.areas.shapes import Shapes, shapes
from dashboard.draw import choices, figure
from dashboard.draw.base import NARROWEST, key_values
from dashboard.draw.classes import Classes, saying
from dashboard.draw.map import LAYER, deck, swatches, swatches_in_words, without_shape
from dashboard.draw.slide_map import slide_map
from dashboard.draw.theme import COLOURS, HALF, SEVEN_TWELFTHS
from dashboard.drawings import AreaMap, Funnel, Ranked
from queries import words

MAP = AreaMap("area", "name", "value", "rank", unit="per 10,000 people")
RANKED = Ranked("name", "rank", "value", "lower", "upper", "n", "whole", "whole_name", "rate", "n")
BESIDE_MAP = 584

values = st.lists(
    st.one_of(st.none(), st.floats(-1e6, 1e6).map(lambda x: round(x, 3))), min_size=1, max_size=20
)


@given(values)
@example([2.9, 3.1, 8.6])
@example([0, 1])
def test_classes_are_four_at_most_and_hold_every_value(found) -> None:
    classes = Classes.of(found, percent=False)
    known = [value for value in found if value is not None]
    assert len(classes.bounds) <= 3
    assert list(classes.bounds) == sorted(set(classes.bounds))
    assert len(classes.in_words(percent=False, signed=False)) == len(classes.colours("light"))
    for value in known:
        index, written = classes.index(value), float(words.rounded(value, classes.places))
        assert index == 0 or written >= classes.bounds[index - 1] - 1e-9
        assert index == len(classes.bounds) or written < classes.bounds[index] + 1e-9


def test_a_value_is_in_the_class_of_the_number_written_for_it() -> None:
    rates = Classes.of([5.97, 4.1, 9.8, 3.0], percent=False)  # 5.97 is written as 6.0
    assert rates.bounds == (4, 6, 8)
    assert rates.index(5.97) == 2
    assert rates.index(5.94) == 1
    shares = Classes.of([0.396, 0.21, 0.78], percent=True)  # 39.6% is written as 40%
    assert shares.bounds == (0.4, 0.6)
    assert shares.index(0.396) == 1


def test_classes_are_round_and_said_in_words() -> None:
    classes = Classes.of([2.9, 3.1, 5.2, 8.6, None], percent=False)
    assert classes.bounds == (4, 6, 8)
    assert classes.in_words(percent=False, signed=False) == [
        "under 4",
        "4 to under 6",
        "6 to under 8",
        "8 or more",
    ]
    changes = Classes.of([-0.45, 0.0, 0.54], percent=True)
    assert changes.in_words(percent=True, signed=True) == [
        "under 0%",
        "0% to under +50%",
        "+50% or more",
    ]
    assert Classes.of([7, 7], percent=False).in_words(percent=False, signed=False) == ["7"]


@pytest.mark.parametrize(
    ("value", "percent", "signed", "said"),
    [
        (0.45, True, True, "+45%"),
        (-0.45, True, True, "−45%"),
        (0.0, True, True, "0%"),
        (-0.001, True, True, "under 1%"),
        (138.0, False, False, "138"),
        (1.99, False, False, "1.99"),
        (8.64, False, False, "8.6"),
        (None, False, False, ""),
    ],
)
def test_values_are_written_with_sign_and_unit(value, percent, signed, said) -> None:
    assert saying([value], percent=percent, signed=signed)(value) == said


def districts(count: int = 13, **columns: object) -> pl.DataFrame:
    codes = list(shapes().by_area)[:count]
    return pl.DataFrame(
        {
            "area": codes,
            "name": [f"District {i} and its neighbours" for i in range(count)],
            "rank": list(range(1, count + 1)),
            "value": [9.0 - i / 2 for i in range(count)],
            "lower": [8.0 - i / 2 for i in range(count)],
            "upper": [11.0 - i / 2 for i in range(count)],
            "n": [1200.0 - i for i in range(count)],
            "whole": [4.9] * count,
            "whole_name": ["Thames Valley"] * count,
        }
    ).with_columns(**columns)


def drawn(frame: pl.DataFrame, **others: str) -> dict:
    return json.loads(deck(MAP, frame, others, shapes(), "light", 472).to_json())


def layer(made: dict, name: str) -> dict:
    return next(each for each in made["layers"] if each["id"] == name)


def test_the_map_asks_nobody_for_anything() -> None:
    text = deck(MAP, districts(), {}, shapes(), "dark", 472).to_json()
    assert "http" not in text
    assert json.loads(text)["mapStyle"].startswith("data:")


def test_districts_have_the_colour_of_their_class_and_can_be_picked() -> None:
    made = layer(drawn(districts()), LAYER)
    assert made["pickable"] is True
    fills = [tuple(each["properties"]["fill"]) for each in made["data"]["features"]]
    assert len(fills) == 13
    darkest = COLOURS["light"].ramp[3]
    assert fills[0] == tuple(int(darkest[i : i + 2], 16) for i in (1, 3, 5))
    assert fills[0] != fills[-1]
    assert made["data"]["features"][0]["properties"]["said"] == (
        "District 0 and its neighbours: 9.0 per 10,000 people, rank 1"
    )


def test_a_label_is_a_rank_and_only_slough_needs_a_line() -> None:
    made = drawn(districts())
    labels = layer(made, "ranks")["data"]
    assert [label["text"] for label in labels] == [str(rank) for rank in range(1, 14)]
    assert len(layer(made, "leaders")["data"]) == 1


def test_on_a_slide_without_ranks_the_colours_are_in_the_list() -> None:
    def patches(frame: pl.DataFrame) -> list[str]:
        chart = slide_map(MAP, frame, shapes(), "light", 1184, 441)
        return [each.fillcolor for each in chart.layout.shapes if each.type == "rect"]

    unknown = districts(3, value=pl.Series([5.0, 4.0, None]), rank=pl.Series([None] * 3))
    colour = COLOURS["light"]
    assert patches(unknown)[2] == colour.secondary
    assert patches(unknown)[0] in colour.ramp
    assert patches(districts(3)) == []


def test_unknown_is_not_the_lowest_class() -> None:
    unknown = districts(3, value=pl.Series([5.0, 4.0, None]), rank=pl.Series([1, 2, None]))
    features = layer(drawn(unknown), LAYER)["data"]["features"]
    assert features[2]["properties"]["said"].endswith("not known")
    assert features[2]["properties"]["fill"] == [0xF3, 0xF2, 0xF1]
    texts = [box.text for box in text_boxes(swatches(MAP, unknown, "light", 472), 472)]
    assert texts[-1] == "not known"
    assert swatches_in_words(MAP, unknown) == (
        "The colours of the map, lowest first: under 5 and 5 or more per 10,000 people; not known."
    )


def test_districts_out_of_view_stay_on_the_map_to_be_chosen() -> None:
    made = layer(drawn(districts(1), E06000039="Slough"), LAYER)
    said = [each["properties"]["said"] for each in made["data"]["features"]]
    assert said[1] == "Slough: not shown"


def test_a_district_without_a_shape_is_named() -> None:
    none = Shapes({}, "")
    assert without_shape(MAP, districts(2), none) == [
        "District 0 and its neighbours",
        "District 1 and its neighbours",
    ]
    assert layer(json.loads(deck(MAP, districts(2), {}, none, "light", 472).to_json()), LAYER)


@pytest.mark.parametrize("count", [1, 2, 13, 40])
@pytest.mark.parametrize("scale", [1.0, 1000.0, -1.0])
def test_no_text_of_the_ranked_list_is_cut_or_lies_on_another(count: int, scale: float) -> None:
    frame = pl.DataFrame(
        {
            "name": [f"District {i} and its neighbours" for i in range(count)],
            "rank": list(range(1, count + 1)),
            "value": [scale * (count - i) for i in range(count)],
            "lower": [scale * (count - i) - 1 for i in range(count)],
            "upper": [scale * (count - i) + 1 for i in range(count)],
            "n": [12_345.0] * count,
            "whole": [scale * count / 2] * count,
            "whole_name": ["Buckinghamshire, Oxfordshire and Berkshire"] * count,
        }
    )
    chart = figure(RANKED, frame, "light", BESIDE_MAP)
    boxes = text_boxes(chart, BESIDE_MAP)
    assert overlaps(boxes) == []
    assert cut(boxes, chart, BESIDE_MAP) == []


def test_names_of_districts_stand_in_full_where_the_dots_keep_room() -> None:
    named = districts(
        3, name=pl.Series(["Slough", "Windsor and Maidenhead", "Vale of White Horse"])
    )
    texts = [box.text for box in text_boxes(figure(RANKED, named, "light", HALF), HALF)]
    assert "Windsor and Maidenhead" in texts
    long = districts(
        3,
        name=pl.Series(
            [f"{i} Windsor, Maidenhead, Bray and all the villages around it" for i in "abc"]
        ),
    )
    chart = figure(RANKED, long, "light", HALF)
    assert any("…" in box.text for box in text_boxes(chart, HALF))
    _, end = chart.layout.xaxis.domain
    assert end * (HALF - chart.layout.margin.l) >= 109


def test_on_a_phone_names_of_districts_stand_in_full_on_two_lines() -> None:
    named = districts(
        3, name=pl.Series(["Slough", "Windsor and Maidenhead", "Vale of White Horse"])
    )
    chart = figure(RANKED, named, "light", NARROWEST)
    boxes = text_boxes(chart, NARROWEST)
    assert not any("…" in box.text for box in boxes)
    assert overlaps(boxes) == []
    assert cut(boxes, chart, NARROWEST) == []


def test_classes_say_where_they_end_unless_that_takes_a_third_line() -> None:
    frame = districts(4, value=pl.Series([0.93, 0.61, 0.34, None]))
    wide, narrow = (
        [box.text for box in text_boxes(swatches(MAP, frame, "light", width), width)]
        for width in (HALF, 280)
    )
    assert wide == ["under 0.4", "0.4 to under 0.6", "0.6 to under 0.8", "0.8 or more", "not known"]
    assert narrow[1:3] == ["0.4 to 0.6", "0.6 to 0.8"]


def test_dots_have_the_maps_colours_and_the_interval_is_said() -> None:
    chart = figure(RANKED, districts(), "light", BESIDE_MAP)
    assert chart.data[0].marker.color[0] == COLOURS["light"].ramp[3]
    assert key_values(RANKED, districts())[0] == (
        "District 0 and its neighbours: 9.0 (8.0 to 11.0), n = 1,200"
    )


def test_dots_far_from_zero_need_no_axis_from_zero() -> None:
    near = districts(3, value=pl.Series([0.88, 0.86, 0.84]), whole=pl.lit(0.86)).with_columns(
        lower=pl.col("value") - 0.02, upper=pl.col("value") + 0.02
    )
    low, high = figure(RANKED, near, "light", BESIDE_MAP).layout.xaxis.range
    assert 0.8 < low < 0.82
    assert 0.9 < high < 0.92
    assert figure(RANKED, districts(), "light", BESIDE_MAP).layout.xaxis.range[0] == 0


def test_an_unknown_value_has_no_dot_and_says_so() -> None:
    frame = districts(2, value=pl.Series([5.0, None]), rank=pl.Series([1, None]))
    chart = figure(RANKED, frame, "light", BESIDE_MAP)
    assert len(chart.data[0].x) == 1
    assert "not known" in [box.text for box in text_boxes(chart, BESIDE_MAP)]


def test_a_click_on_a_dot_names_its_row() -> None:
    assert [tuple(each) for each in figure(RANKED, districts(2), "light").data[0].customdata] == [
        (0, "n"),
        (1, "n"),
    ]
    assert choices(RANKED, districts(1)) == [(0, "n", "District 0 and its neighbours: 1,200")]


FUNNEL = Funnel("name", "n", "value", "centre", "says", "far", n_heading="cases closed")


def points(*found: tuple[float, float, str | None], centre: float = 0.7) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "name": [f"District {i}" for i in range(len(found))],
            "n": [float(n) for n, _, _ in found],
            "value": [value for _, value, _ in found],
            "centre": [centre] * len(found),
            "says": [says for *_, says in found],
            "far": [says is not None for *_, says in found],
        },
        schema_overrides={"says": pl.String},
    )


def test_only_points_outside_are_named_and_have_a_shape_of_their_own() -> None:
    frame = points((30, 0.7, None), (60, 0.3, "Slough 30%, n = 60"))
    chart = figure(FUNNEL, frame, "light", SEVEN_TWELFTHS)
    texts = [box.text for box in text_boxes(chart, SEVEN_TWELFTHS)]
    assert "Slough 30%, n = 60" in texts
    assert "District 0" not in " ".join(texts)
    assert list(chart.data[-1].marker.symbol) == ["circle", "diamond"]
    assert list(chart.data[-1].marker.color) == [COLOURS["light"].main, COLOURS["light"].attention]
    assert {"all 70%", "95% limit", "99.8% limit"} <= set(texts)


@pytest.mark.parametrize("centre", [0.0, 0.02, 0.5, 0.99, 1.0])
@pytest.mark.parametrize("most", [1, 8, 150, 5000])
def test_no_text_of_a_funnel_is_cut_or_lies_on_another(centre: float, most: int) -> None:
    frame = points(
        (most, centre, None), (max(most // 2, 1), 1.0, "Windsor and Maidenhead 100%"), centre=centre
    )
    chart = figure(FUNNEL, frame, "light", SEVEN_TWELFTHS)
    boxes = text_boxes(chart, SEVEN_TWELFTHS)
    assert overlaps(boxes) == []
    assert cut(boxes, chart, SEVEN_TWELFTHS) == []


def test_a_funnel_without_a_centre_has_points_and_no_limits() -> None:
    frame = points((10, 0.5, None)).with_columns(centre=pl.lit(None, pl.Float64))
    chart = figure(FUNNEL, frame, "light", SEVEN_TWELFTHS)
    assert len(chart.data[-1].x) == 1
    assert "95% limit" not in [box.text for box in text_boxes(chart, SEVEN_TWELFTHS)]
