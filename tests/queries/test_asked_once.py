"""A question to a view is worked out once for each view and arguments, and goes with the view."""

import gc
import weakref

from queries import once
from queries.once import once_a_view
from queries.view import View


class AView:
    """Some view; only which one it is matters here."""


def test_each_view_and_each_argument_is_asked_once() -> None:
    asked: list[tuple[object, int, str]] = []

    @once_a_view
    def question(view: View, number: int, *, word: str = "") -> int:
        asked.append((view, number, word))
        return number + 1

    one, other = AView(), AView()
    for view in (one, other):
        for number in (1, 2, 1):
            assert question(view, number) == number + 1  # type: ignore[arg-type]
        question(view, 1, word="x")  # type: ignore[arg-type]
    expected = [(view, *rest) for view in (one, other) for rest in ((1, ""), (2, ""), (1, "x"))]
    assert asked == expected


def test_answers_go_with_their_view() -> None:
    @once_a_view
    def question(view: View) -> set[int]:
        return {1}

    view = AView()
    answer = weakref.ref(question(view))  # type: ignore[arg-type]
    assert answer() == {1}
    del view
    gc.collect()
    assert answer() is None


def test_of_one_view_the_last_answers_are_kept(monkeypatch) -> None:
    monkeypatch.setattr(once, "MOST", 2)
    asked: list[int] = []

    @once.once_a_view
    def question(view: View, number: int) -> None:
        asked.append(number)

    view = AView()
    for number in (1, 2, 3, 3, 1):
        question(view, number)  # type: ignore[arg-type]
    assert asked == [1, 2, 3, 1]
