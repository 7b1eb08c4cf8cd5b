"""What an object of the caller's raises when it is read, as an error of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ._errors import InvalidValue, TrackingError
from ._plain import shown


@contextmanager
def reading(name: str, value: Any, way_out: str) -> Iterator[None]:
    """Everything that is raised inside comes out as a TrackingError that names the argument, and keeps its cause."""
    try:
        yield
    except TrackingError:
        raise
    except Exception as error:
        raise InvalidValue(
            f"{name} is {shown(value)}, which cannot be read ({complaint(error)}); {way_out}", "INVALID_ARGUMENT"
        ) from error


def complaint(error: BaseException) -> str:
    """An error in a few words on one line."""
    try:
        text = " ".join(str(error).split())
    except Exception:  # an error whose own text raises
        text = ""
    name = type(error).__name__
    text = text if len(text) <= 200 else text[:200] + "..."
    return f"{name}: {text}" if text else name
