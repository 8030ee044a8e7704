"""Where things stand on a printed figure: the plot’s place, its axes, and plain marks on it."""

from collections.abc import Iterator, Sequence
from typing import Any

from dashboard.export.axes import Axis, at

Mark = dict[str, Any]


class Canvas:
    """The plot's place on the picture, and its axes by the names that marks call them by."""

    def __init__(self, layout: dict[str, Any], usual: dict[str, Any], width: float) -> None:
        margin = {**usual["margin"], **layout.get("margin", {})}
        self.height = float(layout["height"])
        self.left, self.top = float(margin["l"]), float(margin["t"])
        self.across = width - self.left - margin["r"]
        self.down = self.height - self.top - margin["b"]
        self.font = float(usual["font"]["size"])
        self.ink = usual["font"]["color"]
        self.axes: dict[str, Axis] = {}
        for side, start, length in (("x", self.left, self.across), ("y", self.top, self.down)):
            for name in {f"{side}axis"} | {key for key in layout if key.startswith(f"{side}axis")}:
                given = {**usual[f"{side}axis"], **layout.get(name, {})}
                self.axes[name.replace("axis", "")] = Axis(side, start, length, given)

    def spot(self, value: Any, ref: str, side: str) -> float:
        """The pixel of a value on an axis, of a share of its length, or of the whole plot’s."""
        if ref != "paper":
            name, _, domain = ref.partition(" ")
            axis = self.axes[name]
            return axis.share(float(value)) if domain else axis.pixel(at(value))
        if side == "x":
            return float(self.left + self.across * value)
        return float(self.top + self.down * (1 - value))

    def grid(self) -> Iterator[Mark]:
        for name, axis in self.axes.items():
            if not axis.given.get("showgrid") or axis.given.get("visible") is False:
                continue
            for tick in axis.given.get("tickvals") or ():
                middle = axis.pixel(at(tick))
                yield self._crossing(name, axis, middle, axis.given["gridcolor"])

    def lines(self) -> Iterator[Mark]:
        """The lines under the plots."""
        for name, axis in self.axes.items():
            shown = axis.given.get("showline") and axis.given.get("visible") is not False
            if axis.side == "x" and shown:
                other = self._partner(name, axis)
                ends = [axis.share(0), other.share(0)], [axis.share(1), other.share(0)]
                yield line_mark(ends, axis.given["linecolor"], axis.given.get("linewidth", 1))

    def _partner(self, name: str, axis: Axis) -> Axis:
        other = "y" if axis.side == "x" else "x"
        return self.axes.get(axis.given.get("anchor") or other + name[1:], self.axes[other])

    def _crossing(self, name: str, axis: Axis, middle: float, colour: str) -> Mark:
        other = self._partner(name, axis)
        ends = [(other.share(each), middle) for each in (0, 1)]
        if axis.side == "x":
            ends = [(y, x) for x, y in ends]
        return line_mark([list(end) for end in ends], colour, axis.given.get("gridwidth", 1))


def line_mark(points: Sequence[Sequence[float]], colour: str, width: float, dash: str = "") -> Mark:
    return {
        "kind": "line",
        "points": [[round(x, 2), round(y, 2)] for x, y in points],
        "colour": colour,
        "width": width,
        "dash": [float(part.removesuffix("px")) for part in dash.split(",")]
        if dash and dash != "solid"
        else [],
    }


def box(x: float, y: float, right: float, bottom: float, fill: str | None, **edge: Any) -> Mark:
    left, top = min(x, right), min(y, bottom)
    return {
        "kind": "box",
        "x": round(left, 2),
        "y": round(top, 2),
        "width": round(abs(right - x), 2),
        "height": round(abs(bottom - y), 2),
        "fill": fill,
        "edge": edge.get("edge"),
        "edge_width": edge.get("edge_width", 0),
        "hatch": edge.get("hatch", False),
    }


def each_of(value: Any, index: int) -> Any:
    return value[index] if isinstance(value, list | tuple) else value
