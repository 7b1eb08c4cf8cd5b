"""Calls to the core: each with a deadline, and again where the core died."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from typing import Any, Callable

from ._core import Buffer, CoreEnded, Request
from ._errors import CoreError, InvalidValue

_attempts = 3


def call(method: str, arguments: Any) -> tuple[Any, list[bytearray]]:
    """Asks for what can be asked twice: nothing is written by it."""
    until = deadline()
    for attempt in range(1, _attempts + 1):
        request = Request(method, arguments)
        if not request.wait(until - time.monotonic()):
            request.give_up()
            raise took_too_long("nothing was changed")
        try:
            return request.answer()
        except CoreEnded as ended:
            if attempt == _attempts:
                raise CoreError(f"{ended}; it was started {_attempts} times", "CORE_ENDED") from ended
    raise AssertionError


def call_once(
    method: str, arguments: Any, arrays: Sequence[Buffer], find_done: Callable[[], Any], key: str
) -> Any:
    """Asks for what must not be done twice.

    Where the core died before it answered, `find_done` says whether it had done it: its result, or None. `key` is what
    the user can look for where even that is not to be found out.
    """
    until = deadline()
    for attempt in range(_attempts):
        if attempt > 0:
            done = find_done()
            if done is not None:
                return done
        request = Request(method, arguments, arrays)
        if not _wait(request, until, key):
            request.give_up()
            done = find_done()
            if done is not None:
                return done
            raise took_too_long("nothing was logged")
        try:
            return request.answer()[0]
        except CoreEnded as ended:
            last = ended
    done = find_done()
    if done is not None:
        return done
    raise CoreError(f"{last}, {_attempts} times; nothing was logged", "CORE_ENDED") from last


def _wait(request: Request, until: float, key: str) -> bool:
    """Waits for the answer. Ctrl-C does not stop what is being written, so what became of it is waited for first."""
    try:
        return request.wait(until - time.monotonic())
    except KeyboardInterrupt:
        try:
            came = request.wait(min(5, until - time.monotonic()))
        except KeyboardInterrupt:
            came = False
        raise KeyboardInterrupt(_fate(request, key) if came else _unknown(key)) from None


def _fate(request: Request, key: str) -> str:
    try:
        request.answer()
    except CoreEnded:
        return _unknown(key)
    except Exception as error:
        return f"nothing was logged: {error}"
    return f"the experiment was logged all the same, as {key}"


def _unknown(key: str) -> str:
    return f"whether the experiment was logged is not known; read_experiment({key!r}) tells"


def deadline() -> float:
    """When a call that starts now is given up, by time.monotonic()."""
    given = os.environ.get("ML_TRACKING_TIMEOUT", "600")
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0
    if not 0 < seconds <= 1e6:
        raise InvalidValue(
            f"the environment variable ML_TRACKING_TIMEOUT is {given!r}; give seconds, such as 600",
            "INVALID_ARGUMENT",
        )
    return time.monotonic() + seconds


def took_too_long(outcome: str) -> CoreError:
    given = os.environ.get("ML_TRACKING_TIMEOUT", "600")
    return CoreError(
        f"the call took over {given} seconds and was given up; {outcome}. "
        "Is the store reachable? ML_TRACKING_TIMEOUT=SECONDS gives it more time",
        "CORE_TIMEOUT",
    )
