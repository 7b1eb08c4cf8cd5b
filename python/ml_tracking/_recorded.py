"""Settings of every kind as JSON: what configuration libraries hold is converted, anything else is text, with a warning.

Nothing here raises: what is recorded besides must not cost an evaluation.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import decimal
import enum
import functools
import inspect
import itertools
import re
import sys
import types
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, Callable

from ._foreign import complaint
from ._plain import NotPlain, plain_scalar, shown
from ._tensors import on_cpu, root_of
from ._times import is_time, time_text

_deepest = 100
_most_values = 200_000
_longest_text = 200
_longest_range = 1000
_most_warnings = 20
_missing = "???"  # OmegaConf's mark of a value that is not there yet


class Recorder:
    """Turns settings into plain values, and collects what became text as warnings."""

    def __init__(self) -> None:
        self.warnings: list[str] = []
        self._values = 0

    def few_warnings(self) -> list[str]:
        """The first of many, and how many there are besides."""
        more = len(self.warnings) - _most_warnings
        return self.warnings if more <= 0 else [*self.warnings[:_most_warnings], f"and {more} more like these"]

    def recorded(self, value: Any, path: str) -> Any:
        """A value as None, bool, int, float, str, list or dict."""
        return self._of(value, path, ())

    def mapping(self, value: Any, path: str) -> dict[str, Any]:
        """A mapping, or what is one by its members; anything else as the member "value" of one."""
        found = self.recorded(value, path)
        if isinstance(found, dict):
            return found
        self.warnings.append(f'{path} is {shown(value)}, not a mapping; recorded as the member "value" of one')
        return {"value": found}

    def text(self, value: Any, path: str, why: str = "which JSON cannot hold") -> str:
        """What stands for a value that JSON cannot hold, with a warning that says so."""
        text = _text_of(value)
        place = path if len(path) <= _longest_text else path[:_longest_text] + "..."
        self.warnings.append(f'{place} is {shown(value)}, {why}; recorded as the text "{text}"')
        return text

    def _of(self, value: Any, path: str, around: tuple[int, ...]) -> Any:
        self._values += 1
        kind = type(value)
        if value is None or kind is str or kind is bool or kind is float:
            return value
        if kind is int:
            return value if value.bit_length() <= 3000 else self.text(hex(value), path, "a very large integer")
        if id(value) in around:
            return self.text(value, path, "which contains itself")
        if len(around) >= _deepest:
            return self.text(value, path, f"nested over {_deepest} levels")
        if self._values > _most_values:
            return self.text(value, path, f"beyond {_most_values} values")
        try:
            return self._of_object(value, path, (*around, id(value)))
        except Exception as error:
            return self.text(value, path, f"which cannot be read ({complaint(error)})")

    def _of_object(self, value: Any, path: str, around: tuple[int, ...]) -> Any:
        if isinstance(value, Mapping) and root_of(value) != "omegaconf":  # first, since its attributes may be its members
            return self._of_mapping(value, path, around)
        if isinstance(value, decimal.Decimal):
            return self._of_decimal(value, path)
        if isinstance(value, enum.Enum) and not isinstance(value.value, (str, int, float, bool, type(None))):
            return value.name
        if is_time(value):
            return _seconds_or_text(value)
        try:
            scalar = plain_scalar(value)
            return self._of(scalar, path, around) if type(scalar) is int else scalar
        except NotPlain:
            pass
        for convert in (self._of_omega_conf, self._of_members, self._of_mapping, self._of_numbers):
            found = convert(value, path, around)
            if found is not _no:
                return found
        if isinstance(value, range) and len(value) > _longest_range:
            return repr(value)
        if isinstance(value, (Set, Sequence)) and not isinstance(value, (bytes, bytearray, memoryview)):
            return self._list(_in_order(value) if isinstance(value, Set) else value, path, around)
        if type(value).__name__ in ("deque", "dict_keys", "dict_values", "dict_items"):
            return self._list(value, path, around)
        words = _in_words(value)
        if words is not None:
            return words
        if isinstance(value, functools.partial):
            function, arguments = partial_of(value)
            return {"function": function, "arguments": self._members(arguments.items(), path, around)}
        if isinstance(value, (bytes, bytearray)):
            return self._of_bytes(bytes(value), path)
        return self.text(value, path)

    def _of_decimal(self, value: decimal.Decimal, path: str) -> Any:
        if not value.is_finite():
            return str(value) if value.is_snan() else float(value)
        number = float(value)
        if decimal.Decimal(repr(number)) != value:
            return self.text(str(value), path, "which no float holds exactly")
        return int(value) if value == value.to_integral_value() and abs(value) < 2**53 else number

    def _of_omega_conf(self, value: Any, path: str, around: tuple[int, ...]) -> Any:
        if root_of(value) != "omegaconf" or not hasattr(value, "_metadata"):
            return _no
        conf = sys.modules["omegaconf"].OmegaConf
        raw = conf.to_container(value, resolve=False, throw_on_missing=False)
        if not isinstance(raw, (dict, list)):
            return self._missing_or(raw, path, around)

        def member(key: Any, place: str) -> Any:
            if conf.is_missing(value, key):
                return self._missing_or(_missing, place, around)
            try:
                return self._of(value[key], place, around)
            except Exception as error:  # an interpolation that leads nowhere
                return self.text(raw[key], place, f"which cannot be resolved ({complaint(error)})")

        if isinstance(raw, list):
            return [member(i, f"{path}[{i}]") for i in range(len(raw))]
        return {name: member(key, f"{path}.{name}") for key, name in self.names(raw, path)}

    def _missing_or(self, raw: Any, path: str, around: tuple[int, ...]) -> Any:
        if raw == _missing:
            self.warnings.append(f'{path} is missing in the configuration; recorded as the text "{_missing}"')
            return _missing
        return self._of(raw, path, around)

    def _of_members(self, value: Any, path: str, around: tuple[int, ...]) -> Any:
        names = _member_names(value)
        if names is None:
            return _no
        return self._members(((name, _Attribute(value, name)) for name in names), path, around)

    def _of_mapping(self, value: Any, path: str, around: tuple[int, ...]) -> Any:
        if isinstance(value, type):
            return _no
        if not isinstance(value, Mapping):  # ml_collections and others have what is one all the same
            if not callable(getattr(value, "keys", None)) or not hasattr(value, "__getitem__"):
                return _no
            if hasattr(value, "__array__") or hasattr(value, "columns"):  # tables
                return _no
        return self._members(((key, _Item(value, key)) for key in list(value.keys())), path, around)

    def _of_numbers(self, value: Any, path: str, around: tuple[int, ...]) -> Any:
        """Arrays, series and tensors."""
        if isinstance(value, type) or hasattr(value, "columns"):
            return _no
        if root_of(value) == "pandas" and hasattr(value, "items"):  # a series, whose index may name its values
            named = dict(value.items())
            if named and len(named) == len(value) and all(isinstance(name, str) for name in named):
                return self._members(named.items(), path, around)
        value = on_cpu(value, path)
        if root_of(value) == "builtins" and isinstance(value, list):  # of a torch without numpy
            return self._of(value, path, around) if id(value) not in around else _no
        for name in ("tolist", "to_list", "to_pylist"):
            if callable(getattr(value, name, None)):
                shape = getattr(value, "shape", None)
                size = 1
                for length in shape if isinstance(shape, tuple) else (len(value),):
                    size *= length
                if size > _most_values:
                    return self.text(value, path, f"of over {_most_values} values")
                return self._of(getattr(value, name)(), path, around)
        return value if isinstance(value, (int, float)) else _no

    def _of_bytes(self, value: bytes, path: str) -> str:
        try:
            return value[:100_000].decode()
        except UnicodeDecodeError:
            return self.text(value[:_longest_text].hex(), path, "bytes that are no UTF-8")

    def _list(self, values: Iterable[Any], path: str, around: tuple[int, ...]) -> Any:
        found: list[Any] = []
        before = self._values
        for i, value in enumerate(values):
            if self._values > _most_values:
                self._values = before  # what comes after it has its place
                return self.text(values, path, f"beyond {_most_values} values")
            found.append(self._of(value, f"{path}[{i}]", around))
        return found

    def _members(self, members: Iterable[tuple[Any, Any]], path: str, around: tuple[int, ...]) -> dict[str, Any]:
        """A member that raises when it is read costs no other one."""
        read = dict(_each_once(members))
        found: dict[str, Any] = {}
        for key, name in self.names(read, path):
            place, value = f"{path}.{name}", read[key]
            if isinstance(value, (_Attribute, _Item)):
                try:
                    value = value.read()
                except Exception as error:
                    self.warnings.append(f'{place} cannot be read ({complaint(error)}); recorded as the text "not readable"')
                    value = "not readable"
            found[name] = self._of(value, place, around)
        return found

    def names(self, mapping: Mapping[Any, Any], path: str) -> Iterator[tuple[Any, str]]:
        """The keys, and what each is called: of keys that are one as text, each keeps a name of its own."""
        taken = {key for key in mapping if type(key) is str}
        for key in mapping:
            if type(key) is str:
                yield key, key
                continue
            plain = _key_text(key)
            name, kind = plain, type(key).__name__
            for i in itertools.count(1):
                if name not in taken:
                    break
                name = f"{plain} ({kind})" if i == 1 else f"{plain} ({kind} {i})"
            if name != plain:
                self.warnings.append(f'{path} has two keys that are "{plain}" as text; the {kind} is recorded as "{name}"')
            taken.add(name)
            yield key, name


class _No:
    pass


_no: Any = _No()


class _Attribute:
    def __init__(self, owner: Any, name: str) -> None:
        self.read: Callable[[], Any] = lambda: getattr(owner, name)


class _Item:
    def __init__(self, owner: Any, key: Any) -> None:
        self.read: Callable[[], Any] = lambda: owner[key]


def _each_once(members: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    """Members by key; one that cannot be a key of a dict is its text."""
    for key, value in members:
        try:
            hash(key)
        except TypeError:
            key = _text_of(key)
        yield key, value


def _in_order(values: Set[Any]) -> list[Any]:
    try:
        return sorted(values)
    except TypeError:  # of several kinds
        return sorted(values, key=_text_of)


def _member_names(value: Any) -> list[str] | None:
    """The members of an object that a configuration library made; None for any other object."""
    kind = type(value)
    if isinstance(value, type):
        return None
    if dataclasses.is_dataclass(value):
        return [field.name for field in dataclasses.fields(value)]
    fields = getattr(kind, "__attrs_attrs__", None)
    if isinstance(fields, tuple):
        return [field.name for field in fields]
    for declared in ("__pydantic_fields__", "model_fields", "__fields__", "__struct_fields__"):  # of pydantic, msgspec
        fields = getattr(kind, declared, None)
        if isinstance(fields, (dict, tuple)):
            extra = getattr(value, "__pydantic_extra__", None)
            return [*fields, *(extra if isinstance(extra, dict) else ())]
    if kind.__name__ == "Namespace" or isinstance(value, types.SimpleNamespace):
        return list(vars(value))
    return None


def _in_words(value: Any) -> str | None:
    """What a type, a function, a dtype or a pattern is called; None for what has no name of its own."""
    if isinstance(value, type) or inspect.isroutine(value):
        return _name_of(value)
    if isinstance(value, types.ModuleType):
        return value.__name__
    if isinstance(value, re.Pattern):
        return str(value.pattern)
    name = type(value).__name__.lower()
    if name.endswith(("dtype", "datatype")) or root_of(value) in ("ipaddress", "zoneinfo", "pathlib"):
        return str(value)
    if root_of(value) in ("numpy", "torch", "jax", "jaxlib", "pandas", "polars", "pyarrow", "tensorflow"):
        if name in ("device", "dtype", "interval", "generator", "ufunc") or "type" in name or callable(value):
            return _name_of(value) if callable(value) and hasattr(value, "__name__") else str(value)
    return None


def _name_of(value: Any) -> str | None:
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
    return name if isinstance(name, str) and "<lambda>" not in name else None


def partial_of(value: functools.partial[Any]) -> tuple[str, dict[str, Any]]:
    """The name of a partial's function, and the arguments that it holds, by name where the function says how they are called."""
    function = value.func
    try:
        arguments = dict(inspect.signature(function).bind_partial(*value.args, **value.keywords).arguments)
        for parameter in inspect.signature(function).parameters.values():
            if parameter.kind is parameter.VAR_KEYWORD and parameter.name in arguments:
                arguments.update(arguments.pop(parameter.name))
    except (TypeError, ValueError):  # a function that is not written in Python
        arguments = {f"argument_{i}": each for i, each in enumerate(value.args)}
        arguments.update(value.keywords)
    return _name_of(function) or "lambda", arguments


def _seconds_or_text(value: Any) -> float | str | None:
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    if type(value).__name__ == "timedelta64" and value == value:  # not NaT
        with contextlib.suppress(TypeError):  # months and years have no fixed length
            return float(value / type(value)(1, "s"))
    return time_text(value)


def _key_text(key: Any) -> str:
    if isinstance(key, tuple) and len(key) <= 20:
        return f"({', '.join(map(_key_text, key))})"
    try:
        plain = plain_scalar(key)
        return plain if isinstance(plain, str) else str(plain)
    except Exception:
        return _text_of(key)


def _text_of(value: Any) -> str:
    """An object as it prints itself, short, on one line and without an address in memory; else what it is."""
    try:
        text = _printed(value)
    except Exception:  # an object whose repr raises
        text = type(value).__name__
    text = " ".join(text.split())
    return text if len(text) <= _longest_text else text[:_longest_text] + "..."


def _printed(value: Any) -> str:
    if isinstance(value, str):
        return str.__str__(value)[: _longest_text + 1]
    if isinstance(value, (list, tuple, dict, Set)) or isinstance(getattr(value, "shape", None), tuple):
        return shown(value)  # printed whole it may be huge
    text = repr(value)
    if not isinstance(text, str) or text == "" or re.search(r" at 0x[0-9a-fA-F]+", text):
        return _name_of(value) or type(value).__name__
    return text
