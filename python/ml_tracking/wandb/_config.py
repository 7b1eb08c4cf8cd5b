"""wandb.config: a script's settings, which become the run's parameters."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import Any, Callable

from .._recorded import Recorder
from .._run_events import json_words
from ._absent import warn_once

Record = Callable[[dict[str, Any]], None]


class Config(MutableMapping[str, Any]):
    """Settings, as items and as attributes. Each is recorded with its first value."""

    def __init__(self, record: Record | None = None) -> None:
        vars(self).update(_values={}, _record=record, _recorded={})

    def update(self, given: Any = None, allow_val_change: bool | None = None, **more: Any) -> None:  # type: ignore[override]
        self._take({**settings_of(given), **more})

    def setdefaults(self, given: Any) -> None:
        self._take({key: value for key, value in settings_of(given).items() if key not in self._values})

    def as_dict(self) -> dict[str, Any]:
        return dict(self._values)

    def _take(self, given: Mapping[str, Any]) -> None:
        self._values.update(given)
        words = {key: json_words(value) for key, value in Recorder().mapping(dict(given), "config").items()}
        for key, word in words.items():
            if self._recorded.setdefault(key, word) != word:
                warn_once(f"config.{key} changed while the run lasts; the run keeps its first value, since a parameter has one")
        fresh = {key: value for key, value in given.items() if self._recorded[str(key)] == words[str(key)]}
        if self._record is not None and fresh:
            self._record(fresh)

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self._take({key: value})

    def __delitem__(self, key: str) -> None:
        del self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(f"config has no {name}") from None

    def __setattr__(self, name: str, value: Any) -> None:
        self._take({name: value})

    def __repr__(self) -> str:
        return repr(self._values)


def settings_of(given: Any, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None) -> dict[str, Any]:
    """Settings by name: of a mapping, of argparse, absl or a dataclass, or of a YAML file by its path."""
    if given is None:
        return {}
    if isinstance(given, (str, os.PathLike)):
        found = settings_of_file(given)
    elif isinstance(given, Mapping):
        found = {str(key): value for key, value in given.items()}
    elif hasattr(given, "flag_values_dict"):  # of absl
        found = dict(given.flag_values_dict())
    elif hasattr(given, "__dict__") and type(given).__name__ in ("Namespace", "SimpleNamespace"):
        found = dict(vars(given))
    else:
        found = Recorder().mapping(given, "config")
    chosen = set(found) if include is None else set(include)
    return {key: value for key, value in found.items() if key in chosen and key not in set(exclude or ())}


def settings_of_file(path: str | os.PathLike[str]) -> dict[str, Any]:
    """The settings of a YAML file, of which each may be the member `value` of a mapping with a description."""
    try:
        import yaml  # type: ignore[import-untyped, unused-ignore]
    except ImportError:
        warn_once(f"{os.fspath(path)} is not read: that needs the package PyYAML")
        return {}
    with open(path, encoding="utf-8") as file:
        found = yaml.safe_load(file) or {}
    return {
        str(key): value["value"] if isinstance(value, dict) and "value" in value else value
        for key, value in found.items()
        if key != "wandb_version" and key != "_wandb"
    }
