"""Single Python values as JSON, for the core: labels, names, flags."""

from __future__ import annotations

import datetime
import decimal
import enum
import fractions
import math
import os
import uuid
from typing import Any

from ._errors import InvalidType

_exact = 2**53


class NotPlain(Exception):
    """A value that JSON cannot hold; its text says what it is."""


def plain_scalar(value: Any) -> Any:
    """A single value as None, bool, int, float or str; NotPlain where it is none of these and does not stand for one."""
    kind = type(value)
    if value is None or kind is str or kind is int or kind is float or kind is bool:
        return value
    if isinstance(value, enum.Enum):
        return plain_scalar(value.value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, os.PathLike):
        return os.fsdecode(value)
    if isinstance(value, (decimal.Decimal, fractions.Fraction)):
        number = float(value)
        return int(value) if number.is_integer() and value == int(value) else number
    if str(kind.__module__).startswith("pandas") and kind.__name__ in ("NAType", "NaTType"):
        return None
    if getattr(value, "mask", False) is not False and getattr(value, "ndim", None) == 0 and bool(value.mask):
        return None  # masked in numpy, whose item() is what lies below the mask
    if getattr(value, "ndim", None) == 0 and hasattr(value, "item"):
        item = value.item()  # numpy, torch, jax
        if type(item) is not kind:
            return plain_scalar(item)
    raise NotPlain(shown(value))


def digits(value: Any, path: str) -> str:
    """A number as text with the digits that it has: of a float32 the few that tell it from its neighbours."""
    text = str(value)
    try:
        float(text)
    except ValueError:
        return str(single(value, path))
    return text


def shown(value: Any) -> str:
    """What a value is, for a message: short and on one line. An object may raise whatever is asked of it."""
    try:
        return _shown(value)
    except Exception:
        return f"a {type(value).__name__}"


def _shown(value: Any) -> str:
    if isinstance(value, int) and value.bit_length() > 1000:
        return f"an integer of {value.bit_length()} bits"
    if value is None or isinstance(value, (bool, int, float, complex)):
        return repr(value)
    if isinstance(value, (str, bytes)):
        text = repr(value)
        return text if len(text) <= 62 else text[:60] + "..."
    if isinstance(value, type):
        return f"the class {value.__name__}"
    if callable(value) and hasattr(value, "__name__"):
        return f"the function {value.__name__}"
    name = type(value).__qualname__
    shape = getattr(value, "shape", None)
    if shape == () and hasattr(value, "item"):
        return _shown(value.item())
    if isinstance(shape, tuple):
        return f"a {name} of shape {tuple(shape)}"
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        return f"a {name} ({value})"
    try:
        return f"a {name} of {len(value)}"
    except Exception:  # none, or one that fails, as that of an ensemble that is not fitted
        return f"a {name}"


def to_json(value: Any) -> Any:
    """A plain value as the protocol writes it: what JSON has no number for, and mappings that look like that, are tagged."""
    if isinstance(value, float) and not math.isfinite(value):
        return {"$number": "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"}
    if isinstance(value, int) and not isinstance(value, bool) and not -_exact < value < _exact:
        return {"$number": str(value)}
    if isinstance(value, list):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        members = {key: to_json(item) for key, item in value.items()}
        if any(key in members for key in ("$number", "$column", "$mapping")):
            return {"$mapping": [list(pair) for pair in members.items()]}
        return members
    return value


def single(value: Any, name: str) -> Any:
    """An argument that is one value, as the protocol writes it.

    Raises InvalidType.
    """
    try:
        return to_json(plain_scalar(value))
    except NotPlain as what:
        raise InvalidType(f"{name} is {what}; give a single value", "INVALID_ARGUMENT") from None
    except Exception as error:  # an object of the caller's own, or an integer that Python refuses to print
        raise InvalidType(f"{name} is {shown(value)}, which cannot be read; give a single value", "INVALID_ARGUMENT") from error
