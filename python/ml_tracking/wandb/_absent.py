"""What is not there: a warning, once, and something harmless in its place, so that a script goes on."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, Callable, TypeVar

from .._foreign import complaint
from .._run_writer import warn_of

Function = TypeVar("Function", bound=Callable[..., Any])

_told: set[str] = set()


def warn_once(text: str) -> None:
    """A TrackingWarning, the first time that it is said in this process."""
    if text not in _told:
        _told.add(text)
        warn_of([text])


def never_raises(answer: Any = None) -> Callable[[Function], Function]:
    """What goes wrong in a function becomes a warning, and it returns `answer`."""

    def of(function: Function) -> Function:
        @functools.wraps(function)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            try:
                return function(*args, **kwargs)
            except Exception as error:
                warn_once(f"{function.__name__} did not record everything: {complaint(error)}")
                return answer

        return guarded  # type: ignore[return-value]

    return of


def absent(name: str, instead: str = "it does nothing here") -> Absent:
    """Stands for a part of W&B that is not here."""
    warn_once(f"ml_tracking.wandb has no {name}; {instead}")
    return Absent()


class Absent:
    """Takes every call, attribute and item, and does nothing."""

    def __call__(self, *_: Any, **__: Any) -> Absent:
        return self

    def __getattr__(self, name: str) -> Absent:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, key: Any) -> Absent:
        return self

    def __setitem__(self, key: Any, value: Any) -> None:
        """Keeps nothing."""

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __enter__(self) -> Absent:
        return self

    def __exit__(self, *_: object) -> None:
        """Lets an exception go on."""
