"""Calls to the core: each with a deadline, and again where the core died."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from typing import Any, Callable

from ._core import Buffer, CoreEnded, Request
from ._errors import CoreError, InvalidValue, StoreError, TrackingError

_attempts = 3
_longest_search = 30.0

Find = Callable[[float], Any]
"""Says what became of a call, until a time of time.monotonic(): its result, or None where it did nothing."""


def call(
    method: str,
    arguments: Any,
    until: float | None = None,
    arrays: Sequence[Buffer] = (),
    outcome: str = "nothing was changed",
) -> tuple[Any, list[bytearray]]:
    """Asks for what can be asked twice: it writes nothing, or the same again. `outcome` is said where it took too long."""
    until = time.monotonic() + timeout() if until is None else until
    for attempt in range(1, _attempts + 1):
        request = Request(method, arguments, arrays)
        if not request.wait(until - time.monotonic()):
            request.give_up()
            raise _took_too_long(outcome)
        try:
            return request.answer()
        except CoreEnded as ended:
            if attempt == _attempts:
                raise CoreError(f"{ended}; it was started {_attempts} times", "CORE_ENDED") from ended
    raise AssertionError


def call_once(method: str, arguments: Any, arrays: Sequence[Buffer], find_done: Find, key: str) -> Any:
    """Asks for what must not be done twice.

    Where the core died before it answered, or took too long, `find_done` says whether it had done it. The last part of the
    time that a call may take is kept for that. `key` is what the user can look for where even that is not to be found out;
    to the core and to readers two attempts under one key are one.
    """
    until = time.monotonic() + timeout()
    answered_by = until - min(_longest_search, timeout() / 5)
    last: CoreEnded | None = None
    for _ in range(_attempts):
        if last is not None:
            done, failure = _search(find_done, until)
            if done is not None:
                return done
            # Where the store is down, the core keeps it elsewhere; of two attempts one is delivered.
            if failure is not None and not isinstance(failure, StoreError):
                raise CoreError(f"{last}; {_unknown(key)}", "CORE_ENDED") from failure
        request, came = _ask(method, arguments, arrays, answered_by, key)
        if not came:
            is_over = request.give_up()
            done, failure = _search(find_done, until)
            if done is not None:
                return done
            raise _took_too_long(_not_there(key) if is_over and failure is None else _unknown(key)) from failure
        try:
            return request.answer()[0]
        except CoreEnded as ended:
            last = ended
    done, failure = _search(find_done, until)
    if done is not None:
        return done
    fate = _not_there(key) if failure is None else _unknown(key)
    raise CoreError(f"{last}, {_attempts} times; {fate}", "CORE_ENDED") from failure or last


def _search(find_done: Find, until: float) -> tuple[Any, TrackingError | None]:
    """What became of a call that was not answered, or why that cannot be found out."""
    try:
        return find_done(until), None
    except TrackingError as failure:
        if failure.code == "NODE_NOT_FOUND":  # the core that ended was one that is too old to begin
            raise
        return None, failure


def _ask(
    method: str, arguments: Any, arrays: Sequence[Buffer], until: float, key: str
) -> tuple[Request, bool]:
    """Asks, and waits for the answer. Ctrl-C does not stop what is being written, so what became of it is waited for first."""
    request: Request | None = None
    try:
        request = Request(method, arguments, arrays)
        return request, request.wait(until - time.monotonic())
    except KeyboardInterrupt:
        if request is None:  # it may have been handed over
            raise KeyboardInterrupt(_unknown(key)) from None
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


def _not_there(key: str) -> str:
    return f"the experiment is not in the store; read_experiment({key!r}) tells whether a bucket took it after all"


def timeout() -> float:
    """How many seconds a call may take before it is given up."""
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
    return seconds


def _took_too_long(outcome: str) -> CoreError:
    return CoreError(
        f"the call took over {timeout():g} seconds and was given up; {outcome}. "
        "Is the store reachable? ML_TRACKING_TIMEOUT=SECONDS gives it more time",
        "CORE_TIMEOUT",
    )
