"""Metrics as a training loop holds them, as plain numbers by name."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from ._foreign import complaint
from ._plain import NotPlain, plain_scalar, shown
from ._tensors import on_cpu

_exact = 2**53
_deepest = 20


def plain_metrics(metrics: Any) -> tuple[dict[str, float], dict[str, str]]:
    """Numbers by name, and by name a complaint about what is none. Never raises.

    A mapping in it is flattened: {"train": {"loss": 1}} is "train/loss". Tensors are read now, since training goes on to
    change them.
    """
    found = _quickly(metrics) if type(metrics) is dict else None
    if found is not None:
        return found, {}
    found = {}
    complaints: dict[str, str] = {}
    _flatten(metrics, "", found, complaints, 0)
    return found, complaints


def _quickly(metrics: dict[Any, Any]) -> dict[str, float] | None:
    """The numbers, where all are of usual kinds; else None."""
    found: dict[str, float] = {}
    for name, value in metrics.items():
        kind = type(value)
        if kind in _with_item:
            try:
                value = value.item()
            except Exception:  # of a tensor with several elements
                return None
            kind = type(value)
        if type(name) is not str or not (kind is float or (kind is int and -_exact < value < _exact)):
            return None
        found[name] = value
    return found


_with_item: set[type] = set()
"""The kinds of numpy's numbers and torch's tensors that were met so far."""


def _flatten(given: Any, path: str, found: dict[str, float], complaints: dict[str, str], depth: int) -> None:
    if not isinstance(given, Mapping) or depth > _deepest:
        complaints[path] = f"{shown(given)}, not a mapping of names to numbers"
        return
    try:
        members = list(given.items())
    except Exception as error:
        complaints[path] = f"{shown(given)}, which cannot be read ({complaint(error)})"
        return
    for key, value in members:
        name = path + _name_of(key)
        if isinstance(value, Mapping):
            _flatten(value, f"{name}/", found, complaints, depth + 1)
        elif name in found:
            complaints[name] = "there twice; the first is kept"
        else:
            try:
                found[name] = number_of(value)
            except NotPlain as what:
                complaints[name] = f"{what}, not a number"
            except Exception as error:  # an object of the caller's own
                complaints[name] = f"{shown(value)}, which cannot be read ({complaint(error)})"


def _name_of(key: Any) -> str:
    if isinstance(key, str):
        return str.__str__(key)
    try:
        return str(plain_scalar(key))
    except Exception:
        return shown(key)


def number_of(value: Any) -> float:
    """A single value as a number; True is 1. A tensor or array may have one element.

    Raises NotPlain for what is no number, or whatever an object raises that is read.
    """
    kind = type(value)
    if kind.__module__ in ("numpy", "torch") and kind.__name__ != "ndarray":
        _with_item.add(kind)
    try:
        plain = plain_scalar(value)
    except NotPlain:
        plain = _only_element(value)
    if isinstance(plain, bool):
        return int(plain)
    if isinstance(plain, int) and not -_exact < plain < _exact:
        return float(plain)
    if isinstance(plain, (int, float)):
        return plain
    raise NotPlain(shown(value))


def _only_element(value: Any) -> Any:
    """The element of an array or tensor that has one, whatever its shape."""
    array = on_cpu(value, "the metric")
    if isinstance(getattr(array, "shape", None), tuple) and getattr(array, "size", None) == 1 and hasattr(array, "item"):
        return plain_scalar(array.item())
    raise NotPlain(shown(value))


def whole_step(step: Any) -> int:
    """A step as an integer. Raises ValueError or NotPlain for anything that is not a whole number."""
    number = number_of(step)
    if not (-_exact < number < _exact and int(number) == number):
        raise ValueError
    return int(number)


def seconds_of(time: Any) -> float:
    """A time of the log in seconds since 1970: such seconds, or a datetime, one without a zone in that of this machine.

    Raises ValueError for anything else.
    """
    seconds = time.timestamp() if isinstance(time, datetime.datetime) else float(number_of(time))
    if not 0 <= seconds < 253_402_300_800:  # the year 10000
        raise ValueError
    return seconds


def sent_metric(value: float) -> float | str:
    """A number as events have it: what JSON has no number for is a word."""
    if value - value == 0:
        return value
    return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
