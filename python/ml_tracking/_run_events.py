"""Events as they wait in a queue, and as the core takes them."""

from __future__ import annotations

import json
from collections import deque
from typing import Any, NamedTuple

from ._core import Buffer
from ._metrics import sent_metric

_exact = 2**53
_most_values = 50_000
_most_text = 1_000_000
_encode = json.JSONEncoder(allow_nan=False, check_circular=False, separators=(",", ":")).encode


class Batch(NamedTuple):
    """Events that are sent together.

    Attributes
    ----------
    json : bytes
        The list of them as JSON, each as [milliseconds, step or None, kind, data].
    taken : int
        How many events of the queue they were; printed lines may be joined.
    points : int
        How many values they hold.
    """

    json: bytes
    taken: int
    points: int

    @property
    def events(self) -> Any:
        """What the header has in their place."""
        return {"$column": {"type": "uint8", "array": 0}}

    @property
    def arrays(self) -> list[Buffer]:
        return [self.json]


no_events = Batch(b"[]", 0, 0)


class EventTimes:
    """Times that the client takes, in milliseconds. What is logged twice within one, or after a clock went back, gets the
    next: of equal lines readers take one.
    """

    def __init__(self) -> None:
        self._point: tuple[int | None, int] = (None, 0)
        self._keys: set[str] = set()
        self._last: dict[tuple[str, str], int] = {}

    def of(self, seconds: float, step: int | None, kind: str, data: dict[str, Any]) -> int:
        time = round(seconds * 1000)
        if kind == "metric":
            last_step, last = self._point
            if step == last_step and time <= last and not self._keys.isdisjoint(data):
                time = last + 1
            if (step, time) != self._point:
                self._keys.clear()
            self._point = (step, time)
            self._keys.update(data)
        elif kind != "parameter":
            time = max(time, *(self._last.get((kind, name), 0) + 1 for name in data))
            self._last.update({(kind, name): time for name in data})
        return time


def batch_of(waiting: deque[Any], times: EventTimes) -> Batch:
    """Takes what is sent next. Parameters are sent alone: the core may refuse them.

    Each event becomes JSON by itself, so that other threads are not held up.
    """
    parts: list[str] = []
    taken = points = size = 0
    while waiting and points < _most_values and size < _most_text:
        seconds, step, kind, data, is_given = waiting[0]
        if kind == "parameter" and parts:
            break
        waiting.popleft()
        taken += 1
        points += len(data)
        time = round(seconds * 1000) if is_given else times.of(seconds, step, kind, data)
        if kind == "console":
            data, more = _joined_lines(data, waiting)
            taken += more
            points += more
        elif kind == "parameter":
            data = json_words(data)
        try:
            parts.append(_encode([time, step, kind, data]))
        except ValueError:  # seldom: what JSON has no number for
            parts.append(_encode([time, step, kind, json_words(data)]))
        size += len(parts[-1])
        if kind == "parameter":
            break
    return Batch(f"[{','.join(parts)}]".encode(), taken, points)


def json_words(value: Any) -> Any:
    """A plain value as JSON has it everywhere: what it has no number for is text."""
    if isinstance(value, float):
        return sent_metric(value)
    if isinstance(value, int) and not isinstance(value, bool) and not -_exact < value < _exact:
        return str(value)
    if isinstance(value, list):
        return [json_words(each) for each in value]
    return {name: json_words(each) for name, each in value.items()} if isinstance(value, dict) else value


def _joined_lines(data: dict[str, str], waiting: deque[Any]) -> tuple[dict[str, str], int]:
    """Lines with those of the same stream that follow, and how many events these are."""
    ((name, text),) = data.items()
    texts = [text]
    size = len(text)
    while waiting and waiting[0][2] == "console" and name in waiting[0][3] and size < _most_text:
        texts.append(waiting.popleft()[3][name])
        size += len(texts[-1])
    return {name: "".join(texts)}, len(texts) - 1
