"""A table as CSV, whichever library holds it: RFC 4180, with text in quotes and numbers without."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from ._errors import InvalidType, InvalidValue
from ._foreign import reading
from ._plain import NotPlain, plain_scalar, shown
from ._tensors import on_cpu, root_of
from ._times import is_time, time_text

_way_out = "give a data frame, a list of dicts, or a dict of columns"


def csv_table(frame: Any) -> str:
    """The table as text. A missing value is empty; a time is ISO 8601 text; what is no single value is JSON or its text.

    Raises InvalidType, or InvalidValue where the columns differ in length.
    """
    with reading("frame", frame, _way_out):
        columns = _columns(frame)
        lengths = {len(values) for _, values in columns}
        if len(lengths) > 1:
            told = ", ".join(f"{shown(name)} {len(values)}" for name, values in columns[:5])
            raise InvalidValue(f"the columns of frame differ in length: {told}", "LENGTH_MISMATCH")
        if not columns:
            raise InvalidType(f"frame is {shown(frame)}, which has no columns; {_way_out}", "INVALID_ARGUMENT")
        cells = [list(map(_cell, values)) for _, values in columns]
        head = ",".join(_quoted(name) for name, _ in columns)
        return "".join(f"{line}\r\n" for line in (head, *map(",".join, zip(*cells))))


def _columns(frame: Any) -> list[tuple[str, list[Any]]]:
    root = root_of(frame)
    if root == "pandas" and hasattr(frame, "columns"):
        index = frame.index
        if type(index).__name__ != "RangeIndex" or index.name is not None:  # else it only counts
            frame = frame.reset_index()
        return [(str(name), frame.iloc[:, i].tolist()) for i, name in enumerate(frame.columns)]
    if root == "polars" and hasattr(frame, "collect"):
        frame = frame.collect()
    if root == "polars" and hasattr(frame, "to_dict"):
        return list(frame.to_dict(as_series=False).items())
    if root == "pyarrow" and hasattr(frame, "column_names"):
        return [(name, column.to_pylist()) for name, column in zip(frame.column_names, frame.columns)]
    if isinstance(frame, Mapping):
        return [(str(name), _listed(values, str(name))) for name, values in frame.items()]
    if isinstance(frame, Sequence) and not isinstance(frame, (str, bytes)) and all(isinstance(row, Mapping) for row in frame):
        names = list(dict.fromkeys(name for row in frame for name in row))
        return [(str(name), [row.get(name) for row in frame]) for name in names]
    raise InvalidType(f"frame is {shown(frame)}; {_way_out}", "INVALID_ARGUMENT")


def _listed(values: Any, name: str) -> list[Any]:
    if isinstance(values, (str, bytes, Mapping)):
        raise InvalidType(f"the column {name} is {shown(values)}; give a list or an array", "INVALID_ARGUMENT")
    array = on_cpu(values, name)
    return list(array.tolist() if hasattr(array, "tolist") else array)


def _cell(value: Any) -> str:
    if is_time(value):
        text = time_text(value)
        return "" if text is None else _quoted(text)
    try:
        plain = plain_scalar(value)
    except NotPlain:
        return _quoted(_text(value))
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return "true" if plain else "false"
    if isinstance(plain, float) and not math.isfinite(plain):
        return "NaN" if plain != plain else "Infinity" if plain > 0 else "-Infinity"
    return repr(plain) if isinstance(plain, (int, float)) else _quoted(plain)


def _text(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, default=str)
    except (TypeError, ValueError):
        return str(value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
