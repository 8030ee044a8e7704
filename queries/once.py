"""What several panels of a page ask of the same view is worked out once."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from queries.view import View

V = TypeVar("V", bound=View)
P = ParamSpec("P")
T = TypeVar("T")

MOST = 100  # answers of one question for one view


def once_a_view(ask: Callable[Concatenate[V, P], T]) -> Callable[Concatenate[V, P], T]:
    """A question to a view that is answered once for each view and arguments.

    A view never changes, and when it goes its answers go with it; of a view that stays the last
    `MOST` are kept. They are shared: whoever gets one leaves it as it is.
    """
    answers: WeakKeyDictionary[V, dict[Hashable, Any]] = WeakKeyDictionary()

    @wraps(ask)
    def asked(view: V, /, *args: P.args, **kwargs: P.kwargs) -> T:
        known = answers.setdefault(view, {})
        key = (args, tuple(sorted(kwargs.items())))
        if key not in known:
            known[key] = ask(view, *args, **kwargs)
            for oldest in list(known)[:-MOST]:
                known.pop(oldest, None)
        found: T = known[key]
        return found

    return asked
