"""What goes wrong, as exceptions. The core's code and message are kept; the class says what Python programs expect."""

from __future__ import annotations

import unicodedata

from ._error_table import class_names


class TrackingError(Exception):
    """Every error of ml-tracking. `code` is stable; docs/errors.md lists all codes."""

    def __init__(self, message: str, code: str = "INTERNAL_ERROR") -> None:
        super().__init__(message)
        self.code = code

    def __reduce__(self) -> tuple[type[TrackingError], tuple[str, str]]:
        return type(self), (str(self), self.code)


class InvalidValue(TrackingError, ValueError):
    """An argument has a value that it cannot have. Nothing was written."""


class InvalidType(TrackingError, TypeError):
    """An argument is missing, or something of another kind. Nothing was written."""


class StoreError(TrackingError, OSError):
    """The store cannot be read or written."""


class CoreError(TrackingError, RuntimeError):
    """The core process cannot be started, or ended and did not come back."""


class TrackingWarning(UserWarning):
    """Something about an experiment that was logged, such as a score that is undefined."""


def visible(text: str) -> str:
    """A text that may hold what anybody wrote, for a screen: what would speak to the terminal is shown as U+FFFD."""
    return "".join("\ufffd" if _speaks(character) else character for character in text)


def _speaks(character: str) -> bool:
    if character in "\n\t":
        return False
    return character in _turns or unicodedata.category(character) in ("Cc", "Zl", "Zp")


_turns = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_classes = {each.__name__: each for each in (TrackingError, InvalidValue, InvalidType, StoreError)}


def error_of(code: str, message: str) -> TrackingError:
    """The exception for an error that the core answered with."""
    return _classes[class_names.get(code, "TrackingError")](message, code)
