"""What define_metric says, and the summary that follows from it."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator, MutableMapping
from typing import Any, NamedTuple

from ._absent import warn_once

_kinds = ("min", "max", "mean", "last", "first", "best", "copy", "none")


class Defined(NamedTuple):
    """A metric as define_metric has it."""

    name: str
    step_metric: str | None
    summaries: tuple[str, ...]
    goal: str | None


def defined(name: str, step_metric: Any, summary: Any, goal: Any) -> Defined:
    kinds = tuple(each.strip().lower() for each in str(summary).split(",")) if summary else ()
    for kind in kinds:
        if kind not in _kinds:
            warn_once(f'define_metric has no summary "{kind}"; there are {", ".join(_kinds)}')
    step = getattr(step_metric, "name", step_metric)
    return Defined(name, None if step is None else str(step), tuple(kind for kind in kinds if kind in _kinds), goal)


class Definitions:
    """The metrics that were defined; a name may end with a star."""

    def __init__(self) -> None:
        self._found: dict[str, Defined] = {}

    def add(self, metric: Defined) -> None:
        self._found[metric.name] = metric

    def of(self, name: str) -> Defined | None:
        exact = self._found.get(name)
        if exact is not None:
            return exact
        return next((each for each in self._found.values() if "*" in each.name and fnmatch.fnmatchcase(name, each.name)), None)


class Summary(MutableMapping[str, Any]):
    """One value a metric: the last, or what define_metric asks for; and what a script sets."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._values: dict[str, Any] = {}
        self._counts: dict[str, int] = {}
        self.set_by_hand: dict[str, Any] = {}

    def saw(self, name: str, value: Any) -> None:
        """A value was logged."""
        metric = self._definitions.of(name)
        kinds = () if metric is None else metric.summaries
        if name in self.set_by_hand or "none" in kinds:
            return
        if metric is None or not set(kinds) - {"last", "copy"} or not isinstance(value, (int, float)):
            self._values[name] = value
            return
        before = self._values.get(name)
        parts = dict(before) if isinstance(before, dict) else {}
        count = self._counts[name] = self._counts.get(name, 0) + 1
        for kind in kinds:
            parts[kind] = _summary(kind, metric.goal, parts.get(kind), value, count)
        self._values[name] = parts

    def recorded(self) -> dict[str, Any]:
        """What does not follow from the metrics' last values: by name what is computed or was set by hand."""
        found = dict(self.set_by_hand)
        for name, parts in self._values.items():
            metric = self._definitions.of(name)
            if name not in found and metric is not None and isinstance(parts, dict):
                found.update({f"{name}.{kind}": parts[kind] for kind in metric.summaries if kind in parts})
        return found

    def update(self, given: Any = None, **more: Any) -> None:  # type: ignore[override]
        for key, value in {**(given or {}), **more}.items():
            self[key] = value

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self._values[key] = self.set_by_hand[key] = value

    def __delitem__(self, key: str) -> None:
        del self._values[key]
        self.set_by_hand.pop(key, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._values.get(name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_") or name == "set_by_hand":
            object.__setattr__(self, name, value)
        else:
            self[name] = value

    def __repr__(self) -> str:
        return repr(self._values)


def _summary(kind: str, goal: str | None, before: float | None, value: float, count: int) -> float:
    if kind in ("last", "copy") or before is None:
        return value
    if kind == "first":
        return before
    if kind == "mean":
        return before + (value - before) / count
    largest = kind == "max" or (kind == "best" and goal == "maximize")
    return max(before, value) if largest else min(before, value)
