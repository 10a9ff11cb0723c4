"""Questions to a value that are answered once, however many ask."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar


class Asked(Protocol):
    """A value that nobody changes, with what `once` remembers about it."""

    @property
    def answers(self) -> dict[Any, Any]:
        """The answers, by the question."""


_V = TypeVar("_V", bound=Asked)
_P = ParamSpec("_P")
_R = TypeVar("_R")


def once(read: Callable[Concatenate[_V, _P], _R]) -> Callable[Concatenate[_V, _P], _R]:
    """Let a function of a value do its work once for each value; what else it is given must be hashable."""

    @wraps(read)
    def remembered(value: _V, /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        question = (read, args, *kwargs.items())
        if question not in value.answers:
            value.answers[question] = read(value, *args, **kwargs)
        answer: _R = value.answers[question]
        return answer

    return remembered
