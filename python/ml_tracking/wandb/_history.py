"""The rows that a script logs: by step, one after another, as W&B documents log(step=..., commit=...)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Callable

from .._foreign import complaint
from .._metrics import number_of, whole_step
from .._plain import NotPlain, shown
from ._absent import warn_once
from ._media import Media, as_media
from ._metrics import Definitions, Summary

Write = Callable[[dict[str, float], int], None]
Keep = Callable[[str, "list[Media]", int], "list[str]"]


class History:
    """Collects a row until its step is over, then writes its numbers; what is no number is kept as a file at once."""

    def __init__(self, first_step: int, write: Write, keep: Keep) -> None:
        self.step = first_step
        self.definitions = Definitions()
        self.summary = Summary(self.definitions)
        self._write, self._keep = write, keep
        self._row: dict[str, float] = {}
        self._last: dict[str, float] = {}

    def log(self, data: Mapping[str, Any], step: Any = None, commit: bool | None = None) -> None:
        if not isinstance(data, Mapping):
            warn_once(f"log was given {shown(data)}; give a dict")
            return
        if step is not None:
            step = whole_step(step)
            if step < self.step:
                warn_once(f"log was given step {step} after step {self.step}; steps must not go back, so this was left out")
                return
            if step > self.step:
                self.flush()
                self.step = step
        for name, value in _flat(data, ""):
            try:
                self._take(name, value)
            except Exception as error:  # which costs no other value
                warn_once(f"{name} was not recorded: {complaint(error)}")
        if commit or (step is None and commit is None):
            self.flush()
            self.step += 1

    def flush(self) -> None:
        """Writes the row as it is, each metric at its step: of those with a step_metric, that one's value."""
        row, self._row = self._row, {}
        self._last.update(row)
        by_step: dict[int, dict[str, float]] = {}
        for name, value in row.items():
            by_step.setdefault(self._step_of(name), {})[name] = value
        for step, values in by_step.items():
            self._write(values, step)

    def _step_of(self, name: str) -> int:
        metric = self.definitions.of(name)
        if metric is None or metric.step_metric is None or metric.step_metric == name:
            return self.step
        step = self._last.get(metric.step_metric)
        try:
            return self.step if step is None else whole_step(step)
        except (ValueError, OverflowError):
            warn_once(f"{metric.step_metric} is {step}, not a whole number; {name} has the step of its log call instead")
            return self.step

    def _take(self, name: str, value: Any) -> None:
        several = value if isinstance(value, (list, tuple)) and value else [value]
        media = [as_media(each) for each in several]
        files = [each for each in media if each is not None]
        if len(files) == len(several):
            paths = self._keep(name, files, self.step)
            for each in files:
                for part, number in each.numbers().items():
                    self._number(f"{name}/{part}", number)
            self.summary.saw(name, paths[0] if len(paths) == 1 else paths)
            return
        try:
            self._number(name, number_of(value))
        except (NotPlain, TypeError, ValueError, OverflowError):
            self.summary.saw(name, value)
            warn_once(f"{name} is {shown(value)}, not a number: it is in the summary alone")

    def _number(self, name: str, value: float) -> None:
        self._row[name] = value
        self.summary.saw(name, value)


def _flat(data: Mapping[Any, Any], path: str) -> Iterator[tuple[str, Any]]:
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{path}{key}/")
        else:
            yield f"{path}{key}", value
