"""A figure that stays plain words until somebody looks into it.

Plotly checks every property that it is given, which takes ten times as long as drawing a chart
does; a browser is sent the words alone. Whoever looks into a sketch as into any other figure, as
tests do, has all of it checked.
"""

from collections.abc import Iterable
from typing import Any

import plotly.graph_objects as go

Words = dict[str, Any]


class Sketch(go.Figure):  # type: ignore[misc]
    """A Plotly figure of traces, shapes and annotations, unchecked while it is being drawn."""

    def __init__(self, data: Iterable[Words] = (), **layout: Any) -> None:
        self._words: Words
        kept: Words = {"shapes": [], "annotations": []} | _told(layout)
        object.__setattr__(self, "_words", {"data": list(data), "layout": kept})

    def add_scatter(self, **trace: Any) -> "Sketch":
        return self._trace("scatter", trace)

    def add_bar(self, **trace: Any) -> "Sketch":
        return self._trace("bar", trace)

    def add_heatmap(self, **trace: Any) -> "Sketch":
        return self._trace("heatmap", trace)

    def add_shape(self, **shape: Any) -> "Sketch":
        self.words["shapes"].append(_told(shape))
        return self

    def add_annotation(self, **annotation: Any) -> "Sketch":
        self.words["annotations"].append(_told(annotation))
        return self

    def add_hline(self, y: Any, **shape: Any) -> "Sketch":
        """A line across the plot at a height."""
        return self.add_shape(
            type="line", xref="x domain", yref="y", x0=0, x1=1, y0=y, y1=y, **shape
        )

    def add_vline(self, x: Any, **shape: Any) -> "Sketch":
        """A line up the plot at a place."""
        return self.add_shape(
            type="line", xref="x", yref="y domain", y0=0, y1=1, x0=x, x1=x, **shape
        )

    @property
    def words(self) -> Words:
        """The layout as it was said so far; an axis of it by its name ("xaxis2")."""
        layout: Words = self._words["layout"]
        return layout

    def to_dict(self) -> Words:
        layout = {name: said for name, said in self.words.items() if said != []}
        return {"data": list(self._words["data"]), "layout": layout}

    @property
    def data(self) -> Any:
        return self._looked_into().data

    @property
    def layout(self) -> Any:
        return self._looked_into().layout

    def __getattr__(self, name: str) -> Any:
        """Whatever else a figure has is only there once it was looked into."""
        if name == "_words" or name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._looked_into(), name)

    def _trace(self, kind: str, trace: Words) -> "Sketch":
        self._words["data"].append({"type": kind} | _told(trace))
        return self

    def _looked_into(self) -> go.Figure:
        """The same object, as Plotly's own from here on."""
        words = self.__dict__.pop("_words")
        self.__class__ = go.Figure
        go.Figure.__init__(self, words)
        return self


def _told(words: Words) -> Words:
    """The words without what they leave open."""
    return {
        name: _told(said) if isinstance(said, dict) else said
        for name, said in words.items()
        if said is not None
    }
