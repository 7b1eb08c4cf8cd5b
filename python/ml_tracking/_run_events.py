"""Events as they wait in a queue, and as the core takes them."""

from __future__ import annotations

from collections import deque
from typing import Any, NamedTuple

from ._metrics import sent_metric
from ._plain import to_json

_most_values = 20_000
_most_text = 1_000_000


class Batch(NamedTuple):
    """Events that are sent together.

    Attributes
    ----------
    events : list
        As the core takes them: [milliseconds, step or None, kind, data].
    taken : int
        How many events of the queue they were; printed lines may be joined.
    points : int
        How many values they hold.
    """

    events: list[Any]
    taken: int
    points: int


def batch_of(waiting: deque[Any]) -> Batch:
    """Takes what is sent next: not so much that making JSON of it would hold up other threads.

    Parameters are sent alone: the core may refuse them.
    """
    events: list[Any] = []
    taken = points = size = 0
    while waiting and points < _most_values and size < _most_text:
        seconds, step, kind, data = waiting[0]
        if kind == "parameter" and events:
            break
        waiting.popleft()
        taken += 1
        points += len(data)
        if kind == "metric":
            data = {name: sent_metric(value) for name, value in data.items()}
            if any(name.startswith("$") for name in data):
                data = to_json(data)
        elif kind == "console":
            size += sum(map(len, data.values()))
            if events and events[-1][2] == "console" and events[-1][3].keys() == data.keys():
                for name, text in data.items():
                    events[-1][3][name] += text
                continue
            data = dict(data)
        else:
            data = to_json(data)
        events.append([round(seconds * 1000), step, kind, data])
        if kind == "parameter":
            break
    return Batch(events, taken, points)
